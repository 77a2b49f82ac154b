import type { SeriesColumns } from '#main/analysis/exposure/exposure-series.ts';

/** What a method gives; envelope and provenance are put around it by the service. */
export type AnalysisAnswer = {
  readonly asOf: string;
  readonly result: Readonly<Record<string, unknown>>;
  /** The months of a series, which are made into records where the answer arrives. */
  readonly columns?: SeriesColumns;
  readonly reading: readonly string[];
  readonly warnings: readonly string[];
  readonly coverage: number | null;
  readonly r: string;
};
