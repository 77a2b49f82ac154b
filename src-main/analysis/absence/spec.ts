import { z } from 'zod';
import type { Result } from '#shared/domain/result.ts';
import { date, parsePeriodOf } from '../parse-spec.ts';
import { reasonCodeSets, reasonGroups } from './reasons.ts';

export const absenceGroupings = ['force', 'unit', 'role', 'rank', 'workforce', 'sex', 'ethnicity', 'age-band'] as const;
export type AbsenceGrouping = (typeof absenceGroupings)[number];

const groups = reasonGroups.map(({ code }) => code);

const schema = z.strictObject({
  from: date,
  to: date,
  by: z.enum(absenceGroupings).default('force'),
  /** Groups with fewer people, or fewer people absent, are withheld. */
  minimum: z.number().int().min(5).max(1_000).default(10),
  /** What days are lost and available in: every day, or Monday to Friday. */
  days: z.enum(['calendar', 'working']).default('calendar'),
  gapDays: z.number().int().min(0).max(28).default(0),
  bridgeWeekends: z.boolean().default(false),
  /** The group whose rate the others are compared with; the largest when left out. */
  reference: z.string().min(1).max(200).nullable().default(null),
  reasons: z.record(z.string().min(1).max(200), z.enum(groups as [string, ...string[]])).default({}),
  codeSets: z
    .array(z.enum(reasonCodeSets as [string, ...string[]]))
    .nullable()
    .default(null),
  rows: z.boolean().default(false),
});

/** The spec of `absence` with every default filled in. */
export type AbsenceSpec = z.infer<typeof schema>;

/** Fails with `BAD_SPEC`, naming the field. */
export function parseAbsenceSpec(spec: unknown): Result<AbsenceSpec> {
  return parsePeriodOf(schema, spec, 'absence');
}
