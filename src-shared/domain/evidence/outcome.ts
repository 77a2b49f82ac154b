import { z } from 'zod';
import { effectMeasures } from './numbers.ts';
import { evidenceCodeSchema, studyDesigns } from './study.ts';

const positive = z.number().positive().max(1e9);

/** How the findings of one outcome are put together, and what they are read against. */
export const synthesisOptions = {
  measure: z.enum(effectMeasures),
  /** Which way is good for the person who is measured. */
  better: z.enum(['low', 'high']).default('low'),
  model: z.enum(['random', 'fixed']).default('random'),
  /** Limits by Hartung, Knapp, Sidik and Jonkman, or normal ones. */
  test: z.enum(['knha', 'z']).default('knha'),
  confidence: z.number().gt(0).lt(1).default(0.95),
  /** Which times of a study count where it measured at several. */
  perStudy: z.enum(['all', 'longest', 'shortest']).default('all'),
  /** Null is every design; a review of other studies is never pooled with any. */
  designs: z
    .array(z.enum(studyDesigns).exclude(['review']))
    .min(1)
    .nullable()
    .default(null),
  /** `design`, `studied`, or a group that the studies are given. */
  subgroup: z.string().trim().min(1).max(200).nullable().default(null),
  /** Least difference that matters, as a distance from no difference; for ratios the factor, above 1. */
  importantDifference: positive.nullable().default(null),
  /** Share of people of the comparison who have the outcome, for absolute effects of ratios. */
  baselineRisk: z.number().gt(0).lt(1).nullable().default(null),
  /** Standard deviation of a familiar instrument, to say a standardised difference in its points. */
  points: z
    .strictObject({ sd: positive, of: z.string().trim().min(1).max(200) })
    .nullable()
    .default(null),
};

/** One outcome of a review, as it is put together. */
export const reviewOutcomeSchema = z.strictObject({
  outcome: evidenceCodeSchema,
  /** How it is called in tables. */
  title: z.string().trim().min(1).max(200),
  importance: z.enum(['critical', 'important', 'not important']).default('important'),
  ...synthesisOptions,
});
