import { z } from 'zod';
import { forceNameSchema } from '../domain/bundle.ts';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'A day is written as 2026-03-31.' });
const knot = z.number().min(0).max(1e6);

/** A curve of an outcome on exposure, as the analysis exposure-outcome fits it, at knots that every force shares. */
const curveAskedSchema = z.strictObject({
  instrument: z.string().min(1).max(64),
  scale: z.string().min(1).max(64).nullable().default(null),
  outcome: z.enum(['score', 'case']).default('score'),
  cutOff: z.string().min(1).max(200).nullable().default(null),
  windowDays: z.number().int().min(1).max(3_660).default(180),
  knots: z.array(knot).min(3).max(5),
  adjust: z
    .array(z.enum(['role', 'service', 'prior']))
    .max(3)
    .default(['role', 'service', 'prior']),
});
export type CurveAsked = z.output<typeof curveAskedSchema>;

/** What of a vault is to be let out for pooling. */
export const releaseSpecSchema = z.strictObject({
  force: forceNameSchema,
  /** Whole months: the first day of one and the last of another. */
  from: day,
  to: day,
  /** Null takes every indicator that can be pooled; an empty list none. */
  indicators: z.array(z.string().min(1).max(60)).max(60).nullable().default(null),
  exposures: z.boolean().default(true),
  /** The rate of absence spells. */
  absence: z.boolean().default(true),
  curves: z.array(curveAskedSchema).max(10).default([]),
  /** Codes of pilots whose main effect goes out. */
  pilots: z.array(z.string().min(1).max(100)).max(50).default([]),
  /** Counts above 0 and below are withheld: of work, and of health. */
  threshold: z.number().int().min(5).max(1_000).default(5),
  clinicalThreshold: z.number().int().min(10).max(1_000).default(10),
  marking: z.string().trim().min(1).max(100).default('OFFICIAL-SENSITIVE'),
});
export type ReleaseSpec = z.output<typeof releaseSpecSchema>;
