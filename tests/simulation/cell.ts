import type { RandomStream } from '#shared/domain/random.ts';

/** One parameter of one replication: an interval with the truth it should cover, or a p-value under a true null hypothesis. */
export type Reading = { readonly parameter: string } & (
  | { readonly low: number; readonly high: number; readonly truth: number }
  | { readonly p: number }
);

/** A design with planted truth, drawn again and again. */
export type SimulationCell = {
  /** Estimator family and design, in words. */
  readonly name: string;
  /** Draws one data set and gives every parameter's reading; null where the draw has no estimate (counted, never hidden). */
  readonly replicate: (stream: RandomStream) => readonly Reading[] | null;
  /** Acceptance in the long run, as shares, where it is not 0.93–0.97 covered and 0.03–0.07 rejected; with the reason in `why`. */
  readonly bars?: {
    readonly covered?: readonly [number, number];
    readonly rejected?: readonly [number, number];
    readonly why: string;
  };
};
