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

export type TrendPoint = {
  readonly month: string;
  /** Per 100 days of the basis; null where the month has no data. */
  readonly value: number | null;
  readonly count: number;
  readonly denominator: number;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly signals: readonly string[];
};

export type RunSignalFound = {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
  readonly points: number;
  readonly direction: 'high' | 'low' | null;
  readonly words: string;
};

export type TrendChart = {
  readonly group: string;
  readonly category: string | null;
  /** False where a group has fewer than ten people in some month. */
  readonly share: boolean;
  readonly chanceIfStable: number | null;
  readonly chart: string;
  readonly centre: number | null;
  readonly charted: number;
  readonly points: readonly TrendPoint[];
  readonly signals: readonly RunSignalFound[];
  readonly notes: readonly string[];
};

type Limits = { readonly low: number; readonly high: number };
export type FunnelPoint = {
  readonly group: string;
  readonly count: number;
  readonly denominator: number;
  readonly expected: number;
  readonly rate: number;
  readonly inner: Limits;
  readonly outer: Limits;
  readonly outside: 'high' | 'low' | null;
  readonly rough: boolean;
  readonly share: boolean;
};
export type Funnel = {
  readonly rate: number;
  readonly phi: number;
  readonly tau2: number;
  readonly points: readonly FunnelPoint[];
  readonly notCompared?: readonly string[];
};

export type HeatCell = {
  /** Per 100 days of the basis; null, with the denominator, where a reason stands beside it. */
  readonly rate: number | null;
  readonly denominator: number | null;
  readonly reason: string | null;
};

/** What `exposure-trend` answers. */
export type ExposureTrend = {
  readonly basis: string;
  readonly per: number;
  readonly months: readonly { readonly month: string; readonly state: string }[];
  readonly charts: readonly TrendChart[];
  readonly signalling: { readonly charts: number; readonly withSignals: number; readonly expectedIfStable: number };
  readonly funnel: Funnel | null;
  readonly funnelWithinRoles: Funnel | null;
  /** By group, then by month of `months`. */
  readonly heat: { readonly groups: readonly string[]; readonly cells: readonly (readonly HeatCell[])[] };
  readonly events: number;
  readonly unplaced: number;
};

export function readTrend(result: AnalysisResult): ExposureTrend {
  const trend = result.result as Partial<ExposureTrend>;
  if (!Array.isArray(trend.charts) || typeof trend.signalling !== 'object') throw shapeFault('exposure-trend');
  return trend as ExposureTrend;
}
