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
  readonly centre?: { readonly value: number; readonly label: string };
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

export type ChartSpec = TrendSpec | BarsSpec | HistogramSpec | BoxesSpec | HeatMapSpec;

/** Shown wherever a count is withheld by disclosure control. */
export const withheldMarker = '[c]';
