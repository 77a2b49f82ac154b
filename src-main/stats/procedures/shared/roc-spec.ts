import { z } from 'zod';
import { columnSpec, commonSpec } from '../common-spec.ts';

export const rocSchema = z.strictObject({
  ...commonSpec,
  /** 0 and 1, or two values of which the second is the event. */
  outcome: columnSpec,
  /** The value that is the event, where it is not the second. */
  event: z.union([z.string(), z.number().transform(String)]).optional(),
  /** Scores; higher ones mean the event. */
  predictors: z.union([columnSpec.transform((name) => [name]), z.array(columnSpec).min(1).max(50)]),
  /** A column whose values make groups of different people, each with its own curves. */
  by: columnSpec.optional(),
  /** Specificities between which the partial area is taken. */
  partial: z
    .tuple([z.number().min(0).max(1), z.number().min(0).max(1)])
    .refine(([from, to]) => from < to, 'the first specificity must be below the second')
    .default([0.9, 1]),
});
export type RocSpec = z.output<typeof rocSchema>;

/** Points of a curve that are listed. */
export const mostPoints = 1_000;

export function rocColumns({ outcome, predictors, by }: RocSpec): string[] {
  return [outcome, ...predictors, ...(by === undefined ? [] : [by])];
}
