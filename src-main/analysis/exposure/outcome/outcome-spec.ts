import { z } from 'zod';
import type { Result } from '#shared/domain/result.ts';
import { date, parseSpec } from '../../parse-spec.ts';

const days = z.number().int().min(1).max(3_660);
const exposure = z.number().min(0).max(1e6);

const outcomeSchema = z.strictObject({
  instrument: z.string().min(1).max(64),
  /** Null is the main scale of the instrument. */
  scale: z.string().min(1).max(64).nullable().default(null),
  outcome: z.enum(['score', 'case']).default('score'),
  /** Name of a cut-off of the scale, for caseness; null is its first. */
  cutOff: z.string().min(1).max(200).nullable().default(null),
  /** First and last day of the later screening. */
  from: date,
  to: date,
  /** Days before the later screening in which exposure counts; chosen beforehand, not by the comparison. */
  windowDays: days.default(180),
  windows: z
    .array(days)
    .min(1)
    .max(8)
    .refine((list) => new Set(list).size === list.length, 'each window may be named once')
    .default([28, 90, 180, 365]),
  scheme: z.string().min(1).max(64).default('count-v1'),
  /** Of the restricted cubic spline: how many, of which fewer are taken where the data carry no more; or where they stand, as pooling over forces asks. */
  knots: z
    .union([
      z.literal(3),
      z.literal(4),
      z.literal(5),
      z
        .array(exposure)
        .min(3)
        .max(5)
        .refine((list) => list.every((knot, at) => at === 0 || knot > (list[at - 1] as number)), 'knots must rise'),
    ])
    .default(4),
  /** Exposure that the curve is compared with; null is the lowest that was met. */
  reference: exposure.nullable().default(null),
  /** Exposures at which the curve is told; null takes quantiles of those that were met. */
  at: z.array(exposure).min(1).max(50).nullable().default(null),
  adjust: z
    .array(z.enum(['role', 'service', 'prior']))
    .refine((list) => new Set(list).size === list.length, 'each may be named once')
    .default(['role', 'service', 'prior']),
});

/** The spec of `exposure-outcome` with every default filled in. */
export type ExposureOutcomeSpec = z.infer<typeof outcomeSchema>;

/** Fails with `BAD_SPEC`, naming the field. */
export function parseExposureOutcomeSpec(spec: unknown): Result<ExposureOutcomeSpec> {
  return parseSpec(outcomeSchema, spec, 'exposure-outcome');
}
