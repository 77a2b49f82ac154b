import { z } from 'zod';
import { dayOfIso } from '#shared/domain/dates.ts';
import { reachedPeople } from '#shared/domain/pilot-timetable.ts';
import type { Result } from '#shared/domain/result.ts';
import { mostTimetableDays, type TimetableRules, timetableRuleFields } from '#shared/domain/session-timetable.ts';
import { date, parseSpec } from '../../parse-spec.ts';

const name = z.string().trim().min(1).max(200);

const given = z.strictObject({
  /** With its offset from UTC, such as `2026-03-31T09:00:00Z`. */
  at: z.iso.datetime({ offset: true }),
  minutes: z.number(),
  place: name,
  facilitator: z.number().int(),
  /** Pseudonyms. */
  people: z.array(name).max(500),
});

const schema = z
  .strictObject({
    /** As the `pilot` column of the extracts has it. */
    pilot: name,
    /** Arms that are offered the sessions; null for everybody enrolled. */
    arms: z.array(name).min(1).max(50).nullable().default(null),
    /** Everybody enrolled who has not withdrawn, or who of them has consented; null: who has consented, once anybody has. */
    reach: z.enum(reachedPeople).nullable().default(null),
    from: date,
    to: date,
    /** Days without sessions. */
    closedDays: z.array(date).max(3_660).default([]),
    /** Where sessions are held: in each unit, whose people on duty all count, or in each cluster of the pilot. */
    placeBy: z.enum(['unit', 'cluster']).default('unit'),
    /** Types of duty, in lower case, on which nobody is there. */
    withoutTypes: z.array(name).max(100).default(['rest', 'rest day', 'leave', 'annual leave', 'court', 'sick']),
    ...timetableRuleFields,
    rows: z.boolean().default(false),
    /** A timetable to check in place of a proposal, as `sessions` and `rows` of a result tell it. */
    check: z.array(given).max(20_000).nullable().default(null),
    /** Whether the seats of that timetable are given anew: people keep theirs where they may, and what is free is filled. */
    seat: z.boolean().default(false),
  })
  .refine(({ from, to }) => from <= to && dayNumber(to) - dayNumber(from) < mostTimetableDays, {
    path: ['to'],
    message: `must be on or after "from" and within ${mostTimetableDays} days of it`,
  })
  .refine(({ rows, check }) => rows || check === null, {
    path: ['check'],
    message: 'needs "rows": true, because what is found names people',
  });

/** The spec of `pilot-timetable` with every default filled in. */
export type PilotTimetableSpec = z.infer<typeof schema>;

function dayNumber(iso: string): number {
  return dayOfIso(iso) ?? 0;
}

/** Fails with `BAD_SPEC`, naming the field. */
export function parsePilotTimetableSpec(spec: unknown): Result<PilotTimetableSpec> {
  return parseSpec(schema, spec, 'pilot-timetable');
}

export function rulesOf(spec: PilotTimetableSpec): TimetableRules {
  const { pilot, arms, reach, from, to, closedDays, placeBy, withoutTypes, rows, check, seat, ...rules } = spec;
  return { ...rules, firstDay: dayNumber(from), lastDay: dayNumber(to), closedDays: closedDays.map(dayNumber) };
}
