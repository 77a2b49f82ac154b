import { z } from 'zod';
import { certainties } from './grade.ts';
import { evidenceCodeSchema } from './study.ts';

/** How firmly something is advised: for all, for most with their say, or not at all. */
export const guidanceStrengths = ['strong for', 'conditional for', 'conditional against', 'strong against'] as const;

/** What a review advises. Others link to it by the review and its code, which therefore never changes what it is about. */
export const guidanceSchema = z.strictObject({
  guidance: evidenceCodeSchema,
  /** Whom it is for. */
  who: z.string().trim().min(3).max(500),
  /** What they are advised to do. */
  what: z.string().trim().min(3).max(2_000),
  strength: z.enum(guidanceStrengths),
  certainty: z.enum(certainties),
  /** Outcomes of the review that it rests on. */
  outcomes: z.array(evidenceCodeSchema).min(1, 'must rest on at least one outcome').max(50),
  /** How certainty, benefit, harm, cost and what people want led to it. */
  reason: z.string().trim().min(3).max(4_000),
});
