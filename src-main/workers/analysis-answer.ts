/** What a method gives; envelope and provenance are put around it by the service. */
export type AnalysisAnswer = {
  readonly asOf: string;
  readonly result: Readonly<Record<string, unknown>>;
  readonly reading: readonly string[];
  readonly warnings: readonly string[];
  readonly coverage: number | null;
  readonly r: string;
};
