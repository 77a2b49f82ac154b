import { z } from 'zod';
import { columnSpec, commonSpec } from '../common-spec.ts';

/** Points that limits come from: how many from the first on, or from the one to the other, counted from 1. */
export const baselineSpec = z.union([
  z.number().int().min(1),
  z
    .tuple([z.number().int().min(1), z.number().int().min(1)])
    .refine(([from, to]) => from < to, 'the first point must come before the last'),
  z
    .strictObject({ from: z.number().int().min(1), to: z.number().int().min(1) })
    .refine(({ from, to }) => from < to, 'the first point must come before the last')
    .transform(({ from, to }): [number, number] => [from, to]),
]);

export const spcSchema = z.strictObject({
  ...commonSpec,
  /** Values; events for p, np, u and funnel charts, counts for c, gaps between events for t. */
  y: columnSpec,
  /** What the events are counted in: people, contacts, hours; expected events for a funnel of ratios. */
  denominator: columnSpec.optional(),
  chart: z.enum(['xmr', 'p', 'np', 'u', 'c', 't', 'xbar', 'r', 's', 'funnel']).default('xmr'),
  /** A column that puts the rows in order; without it they stand as in the file. */
  time: columnSpec.optional(),
  baseline: baselineSpec.optional(),
  rules: z.enum(['nhs', 'nelson', 'western-electric', 'none']).default('nhs'),
  /** What is to be reached; for a funnel, its centre instead of the pooled value. */
  target: z.number().optional(),
  better: z.enum(['low', 'high', 'neither']).default('neither'),
  /** 3/d₂ = 2.6587 instead of 2.66. */
  exactConstant: z.boolean().default(false),
  /** Leave out moving ranges of at least 3.267 of their mean, once. */
  screen: z.boolean().default(false),
  /** Laney’s limits (p′, u′): without it, of u charts where they are overdispersed. */
  laney: z.boolean().optional(),
  /** Rows of one sample, for xbar, r and s charts; names of units for a funnel. */
  subgroup: columnSpec.optional(),
  /** How the spread within samples is found. */
  sigma: z.enum(['range', 'sd', 'pooled']).optional(),
  /** What a funnel shows: shares, or observed over expected. */
  measure: z.enum(['proportion', 'ratio']).default('proportion'),
  /** Denominators at which the limits of a funnel are wanted. */
  at: z.array(z.number().int().min(1).max(1e9)).max(1_000).optional(),
});
export type SpcSpec = z.output<typeof spcSchema>;

export function spcColumns({ y, denominator, time, subgroup }: SpcSpec): string[] {
  return [y, denominator, time, subgroup].filter((name) => name !== undefined);
}
