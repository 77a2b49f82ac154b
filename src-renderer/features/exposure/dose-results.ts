import type { AnalysisResult } from '#shared/contract/analyses.ts';

export type Interval = { readonly estimate: number; readonly low: number; readonly high: number };

export type DosePoint = Interval & {
  readonly exposure: number;
  /** Pairs with at least that exposure. */
  readonly pairs: number;
};

export type DoseWindow = {
  readonly windowDays: number;
  /** AIC less that of the best window. */
  readonly difference: number;
  readonly slope: Interval;
  /** Pairs whose earlier screening lies within the window. */
  readonly shortened: number;
};

export type DoseSensitivity = {
  readonly schemes: readonly [string, string];
  readonly rankCorrelation: { readonly estimate: number; readonly low: number | null; readonly high: number | null };
  readonly bands: readonly string[];
  readonly people: readonly (readonly number[])[];
  readonly changed: number;
};

/** What `exposure-outcome` answers. */
export type DoseResult = {
  readonly instrument: string;
  readonly pairs: number;
  readonly people: number;
  readonly cases: number | null;
  readonly completed: number;
  readonly unanswered: number;
  readonly excluded: Readonly<Record<string, number>>;
  readonly exposure: { readonly min: number; readonly median: number; readonly q3: number; readonly max: number };
  readonly measure: 'points of the score' | 'odds ratio';
  readonly errors: 'CR1' | 'CR2';
  readonly knots: readonly { readonly percentile: number; readonly exposure: number }[];
  readonly slope: Interval & { readonly p: number };
  readonly reference: number;
  readonly curve: readonly DosePoint[];
  readonly nonlinear: { readonly p: number } | null;
  readonly windows: readonly DoseWindow[];
  readonly sensitivity: DoseSensitivity | null;
};

export function readDose(result: AnalysisResult): DoseResult {
  const dose = result.result as Partial<DoseResult>;
  if (!Array.isArray(dose.curve) || typeof dose.slope !== 'object') {
    throw new Error('The result of exposure-outcome does not have its shape.');
  }
  return dose as DoseResult;
}
