/** Charts of a review of evidence, as the field draws them. */

type Interval = { readonly estimate: number | null; readonly low: number | null; readonly high: number | null };

/** Studies with their weights, the pooled effect as a diamond, and the range of a further study below it. */
export type MetaForestSpec = {
  readonly kind: 'meta-forest';
  readonly measure: string;
  /** Ratios lie on a log scale, so that half and double are equally far from 1. */
  readonly ratio: boolean;
  /** Heads of the columns of words at the right. */
  readonly heads: { readonly effect: string; readonly weight: string };
  /** Top to bottom. */
  readonly rows: readonly (Interval & {
    readonly kind: 'study' | 'pooled' | 'prediction' | 'review';
    readonly label: string;
    /** Effect and limits as they are written everywhere. */
    readonly text: string;
    /** Per cent; null where the row has none. */
    readonly weight: number | null;
  })[];
  /** Where there is no difference; null of a measure that is none. */
  readonly none: number | null;
  /** What lies on either side of no difference. */
  readonly sides: { readonly left: string; readonly right: string } | null;
};

/** Effects of studies against how precise they are, to see whether small ones differ. */
export type StudyFunnelSpec = {
  readonly kind: 'study-funnel';
  readonly measure: string;
  readonly ratio: boolean;
  readonly points: readonly { readonly label: string; readonly effect: number; readonly se: number }[];
  readonly pooled: number;
};

/** Judgements of studies by domain, each a mark with a sign of its own beside its colour. */
export type TrafficLightsSpec = {
  readonly kind: 'traffic-lights';
  readonly domains: readonly string[];
  /** One light a domain; null where nobody has judged. */
  readonly studies: readonly {
    readonly label: string;
    readonly lights: readonly ('low' | 'some' | 'high' | null)[];
  }[];
  /** What the lights are called by the tool. */
  readonly names: { readonly low: string; readonly some: string; readonly high: string };
};
