/** Estimates with their intervals, one a row, as in a forest plot. */
export type IntervalsSpec = {
  readonly kind: 'intervals';
  readonly measure: string;
  /** Ratios are drawn on a log scale, so that half and double lie equally far from 1. */
  readonly ratio: boolean;
  readonly rows: readonly {
    readonly label: string;
    /** Null where there is none; the text then says why. */
    readonly estimate: number | null;
    readonly low: number | null;
    readonly high: number | null;
    /** Stands at the right of the row. */
    readonly text: string;
    /** To be looked at first. */
    readonly flagged?: boolean;
  }[];
  /** What lies between these is within bounds. */
  readonly bounds?: { readonly low: number; readonly high: number; readonly label: string };
  readonly reference?: number;
};
