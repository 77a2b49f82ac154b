import { z } from 'zod';
import { planCode, planDay, planPost, planWords } from './plan-parts.ts';

/** A value of an indicator as it stood at a meeting; null with the reason where it was withheld or not measured. */
const standingSchema = z.strictObject({
  indicator: z.string(),
  title: z.string(),
  unit: z.string(),
  month: z.string().nullable(),
  value: z.number().nullable(),
  reason: z.string().nullable(),
  target: z.number().nullable(),
});
export type IndicatorStanding = z.output<typeof standingSchema>;

/** What was looked at and decided at a meeting. What indicators stood at is read by the engine, never typed. */
export const meetingSchema = z.strictObject({
  meeting: planCode,
  on: planDay,
  /** Posts that were there. */
  present: z.array(planPost).min(1, 'name who was there').max(50),
  decisions: z
    .array(z.strictObject({ words: planWords, action: planCode.nullable().default(null) }))
    .max(100)
    .default([]),
  /** Actions that were changed at it. */
  changed: z.array(planCode).max(100).default([]),
  nextOn: planDay.nullable().default(null),
});

export const heldMeetingSchema = z.strictObject({
  ...meetingSchema.shape,
  standings: z.array(standingSchema),
  /** SHA-256 of the spec of `indicators`, and the snapshot that it was asked of. */
  specHash: z.string(),
  snapshot: z.string(),
});
export type HeldMeeting = z.output<typeof heldMeetingSchema>;
