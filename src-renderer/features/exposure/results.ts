import type { AnalysisResult } from '#shared/contract/analyses.ts';

/** Counts by window in days, as text: `{"28": 3}`. */
export type ByWindow = Readonly<Record<string, number>>;

export type Spread = {
  readonly min: number;
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
  readonly max: number;
  readonly mean: number;
  readonly gini: number;
};

export type PersonLoad = {
  readonly person: string;
  readonly role: string;
  readonly unit: string;
  readonly counts: ByWindow;
  readonly events: ByWindow;
  readonly decayed: number;
  readonly percentiles: ByWindow;
  readonly triggers: readonly { readonly rule: string; readonly words: string }[];
};

/** What `exposure-load` answers. */
export type ExposureLoad = {
  readonly people: number;
  readonly events: number;
  readonly eventsInPost: number;
  readonly coverage: number | null;
  readonly totals: Readonly<Record<'category' | 'role' | 'unit' | 'month', Readonly<Record<string, number>>>>;
  readonly distribution: Readonly<Record<string, Spread | null>>;
  readonly rows: readonly PersonLoad[];
};

export type SeriesCell = {
  readonly month: string;
  readonly unit: string;
  readonly role: string;
  readonly people: number;
  readonly counts: ByWindow;
  readonly decayed: number;
};

function shapeFault(method: string): Error {
  return new Error(`The result of ${method} does not have its shape.`);
}

export function readLoad(result: AnalysisResult): ExposureLoad {
  const load = result.result as Partial<ExposureLoad>;
  if (typeof load.people !== 'number' || typeof load.totals !== 'object') throw shapeFault('exposure-load');
  return { ...load, rows: load.rows ?? [] } as ExposureLoad;
}

export function readSeries(result: AnalysisResult): readonly SeriesCell[] {
  const { months } = result.result as { readonly months?: readonly SeriesCell[] };
  if (!Array.isArray(months)) throw shapeFault('exposure-series');
  return months;
}
