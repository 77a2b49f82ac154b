import type { AnalysisResult } from '#shared/contract/analyses.ts';

type Moved = { readonly people: number; readonly higher: number; readonly lower: number };
type Correlation = { readonly estimate: number; readonly low: number | null; readonly high: number | null };

export type MovedPerson = {
  readonly person: string;
  readonly role: string;
  readonly unit: string;
  readonly first: number;
  readonly second: number;
  readonly bandFirst: string;
  readonly bandSecond: string;
};

/** What `scheme-comparison` answers. */
export type Comparison = {
  readonly schemes: readonly { readonly scheme: string; readonly status: string; readonly halfLifeDays: number }[];
  readonly people: number;
  readonly coverage: number | null;
  readonly rankCorrelation: Correlation | null;
  readonly bands: readonly string[];
  readonly byBand: readonly (readonly number[])[];
  readonly moved: Moved;
  readonly roles: readonly (Moved & {
    readonly role: string;
    readonly inPost: number;
    readonly rankCorrelation: Correlation | null;
  })[];
  readonly signals: {
    readonly first: number;
    readonly second: number;
    readonly onlyFirst: number;
    readonly onlySecond: number;
    readonly rules: readonly {
      readonly scheme: string;
      readonly rule: string;
      readonly words: string;
      readonly people: number;
    }[];
  };
  readonly rows: readonly MovedPerson[];
};

export function readComparison({ result }: AnalysisResult): Comparison {
  const given = result as Partial<Comparison>;
  if (!Array.isArray(given.byBand) || typeof given.people !== 'number') {
    throw new Error('The result of scheme-comparison does not have its shape.');
  }
  return { ...given, rows: (given.rows ?? []).filter((row) => row.bandFirst !== row.bandSecond) } as Comparison;
}
