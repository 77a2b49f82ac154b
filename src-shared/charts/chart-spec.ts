import type { CurvesSpec } from './curves-spec.ts';
import type { DoseSpec } from './dose-spec.ts';
import type { MetaForestSpec, StudyFunnelSpec, TrafficLightsSpec } from './evidence-specs.ts';
import type { IntervalsSpec } from './intervals-spec.ts';
import type { NetworkSpec } from './network-spec.ts';
import type { PathSpec } from './path-spec.ts';

/** What a chart shows, as plain data: the same spec is drawn on screen, in the PDF and in the HTML report. */

/** A withheld value is drawn as a gap with its marker, never as zero. */
export type ChartValue = number | 'withheld' | null;

export type TrendSpec = {
  readonly kind: 'trend';
  /** What is counted, for the axis: "exposures a month". */
  readonly measure: string;
  readonly decimals: number;
  /** Months as `2026-03`, oldest first. */
  readonly months: readonly string[];
  /** One value per month in each; the first is the one the centre line and limits belong to. */
  readonly series: readonly { readonly name: string; readonly values: readonly ChartValue[] }[];
  /** Run chart: mean and process limits, in the units of the values. */
  readonly centre?: { readonly value: number; readonly label: string; readonly decimals?: number };
  readonly limits?: { readonly lower: number | null; readonly upper: number; readonly label: string };
  /** Points of the first series that a run rule picked out, by position among the months. */
  readonly flags?: readonly { readonly index: number; readonly rule: string }[];
  /** Events to be read beside the line, at a month. */
  readonly events?: readonly { readonly month: string; readonly label: string }[];
};

export type BarsSpec = {
  readonly kind: 'bars';
  readonly measure: string;
  readonly decimals: number;
  /** Top to bottom. `n` is the number of people behind the bar; low and high are its interval. */
  readonly bars: readonly {
    readonly label: string;
    readonly value: ChartValue;
    readonly n?: number | 'withheld';
    readonly low?: number;
    readonly high?: number;
  }[];
  /** A line across all bars, such as the force as a whole. */
  readonly reference?: { readonly value: number; readonly label: string };
};

export type HistogramSpec = {
  readonly kind: 'histogram';
  /** What lies along the axis: "exposures in 365 days". */
  readonly measure: string;
  /** What the bars count: "people". */
  readonly counted: string;
  readonly bins: readonly { readonly label: string; readonly count: ChartValue }[];
  /** Places to mark along the bins, such as the median: the first bin runs from 0 to 1, so 2.5 is the middle of the third. */
  readonly marks?: readonly { readonly position: number; readonly label: string }[];
};

export type BoxesSpec = {
  readonly kind: 'boxes';
  readonly measure: string;
  readonly decimals: number;
  /** How far the whiskers go, in words: "10th to 90th percentile". */
  readonly whiskers: string;
  /** Top to bottom; null values where the group is too small to show. */
  readonly groups: readonly {
    readonly label: string;
    readonly n: number | 'withheld';
    readonly five: readonly [low: number, q1: number, median: number, q3: number, high: number] | null;
  }[];
};

export type HeatMapSpec = {
  readonly kind: 'heat-map';
  readonly measure: string;
  readonly decimals: number;
  /** Months as `2026-03`, left to right. */
  readonly months: readonly string[];
  readonly units: readonly string[];
  /** One list per unit, one value per month. */
  readonly values: readonly (readonly ChartValue[])[];
};

/** What a rule says of a point: for a measure that is neither good nor bad in itself, only which way it went. */
export type RunSignal = {
  readonly kind: 'improvement' | 'concern' | 'neutral';
  readonly direction: 'high' | 'low' | null;
};

/** A run chart with process limits (XmR, u, u′), as NHS England's "Making Data Count" draws it. */
export type RunSpec = {
  readonly kind: 'run';
  readonly measure: string;
  readonly decimals: number;
  /** Months as `2026-03`, oldest first. */
  readonly months: readonly string[];
  /** One per month. Centre and limits may step from month to month; null where there are none. */
  readonly points: readonly {
    readonly value: ChartValue;
    readonly centre: number | null;
    readonly lower: number | null;
    readonly upper: number | null;
    readonly signal: RunSignal | null;
  }[];
  /** Names of rules, each at the month where it first fired. */
  readonly labels: readonly { readonly index: number; readonly text: string }[];
  readonly target?: { readonly value: number; readonly label: string };
};

/** Units against the rate of all of them, by size. */
export type FunnelSpec = {
  readonly kind: 'funnel';
  readonly measure: string;
  /** What lies along the bottom: "duty days". */
  readonly size: string;
  readonly decimals: number;
  readonly centre: { readonly value: number; readonly label: string };
  readonly points: readonly {
    readonly label: string;
    readonly size: number;
    readonly value: number;
    readonly outside: 'high' | 'low' | null;
  }[];
  /** Limits by size, ascending: 95% and 99.8% with the spread between units allowed for, and 99.8% by chance alone. */
  readonly limits: readonly {
    readonly size: number;
    readonly inner: ChartRange;
    readonly outer: ChartRange;
    readonly chance: ChartRange;
  }[];
};

/** Ratios with their intervals on a logarithmic axis, one row each. */
export type ForestSpec = {
  readonly kind: 'forest';
  readonly measure: string;
  readonly decimals: number;
  /** Top to bottom; the reference has no interval. */
  readonly rows: readonly {
    readonly label: string;
    readonly estimate: number | null;
    readonly low: number | null;
    readonly high: number | null;
    readonly reference?: boolean;
  }[];
};

/** Kaplan–Meier curves with their intervals, and how many are at risk below. */
export type SurvivalSpec = {
  readonly kind: 'survival';
  /** What goes down: "still absent". */
  readonly measure: string;
  /** What lies along the bottom: "days since the first day absent". */
  readonly time: string;
  readonly longest: number;
  readonly curves: readonly {
    readonly name: string;
    /** The curve starts at 1 and falls to each share at its time. */
    readonly steps: readonly {
      readonly time: number;
      readonly share: number;
      readonly low: number | null;
      readonly high: number | null;
    }[];
    readonly median: number | null;
    /** Null where too few are at risk to show. */
    readonly atRisk: readonly { readonly time: number; readonly count: number | null }[];
  }[];
};

export type ChartRange = { readonly low: number; readonly high: number };

export type ChartSpec =
  | TrendSpec
  | BarsSpec
  | HistogramSpec
  | BoxesSpec
  | HeatMapSpec
  | RunSpec
  | FunnelSpec
  | ForestSpec
  | SurvivalSpec
  | CurvesSpec
  | IntervalsSpec
  | DoseSpec
  | PathSpec
  | NetworkSpec
  | MetaForestSpec
  | StudyFunnelSpec
  | TrafficLightsSpec;

/** Shown wherever a count is withheld by disclosure control. */
export const withheldMarker = '[c]';
