/** An outcome along an exposure against one level of it, with its interval, and below how many met how much. */
export type DoseSpec = {
  readonly kind: 'dose';
  /** What lies along the bottom: "exposures in 180 days". */
  readonly exposure: string;
  /** What goes up: "points against 0 exposures". */
  readonly measure: string;
  /** Ratios are drawn on a log scale, so that half and double lie equally far from 1. */
  readonly ratio: boolean;
  /** Ascending by exposure. */
  readonly points: readonly {
    readonly exposure: number;
    readonly estimate: number;
    readonly low: number;
    readonly high: number;
  }[];
  /** Exposure that the others are compared with. */
  readonly reference: number;
  /** What the bars below count: "pairs of screenings". */
  readonly counted: string;
  /** From an exposure up to, but without, the next; no count where it is too small to show. */
  readonly bins: readonly { readonly from: number; readonly to: number; readonly count: number | null }[];
};
