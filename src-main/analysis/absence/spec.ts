import { z } from 'zod';
import { dayOfIso } from '#shared/domain/dates.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { reasonCodeSets, reasonGroups } from './reasons.ts';

export const absenceGroupings = ['force', 'unit', 'role', 'rank', 'workforce', 'sex', 'ethnicity', 'age-band'] as const;
export type AbsenceGrouping = (typeof absenceGroupings)[number];

const date = z.string().refine((text) => dayOfIso(text) !== null, 'must be a date such as 2026-03-31');
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

const mostDays = 366 * 30;
const hint = 'Nothing was run. Correct the spec and run it again.';

/** Fails with `BAD_SPEC`, naming the field. */
export function parseAbsenceSpec(spec: unknown): Result<AbsenceSpec> {
  const parsed = schema.safeParse(spec);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const place = issue === undefined || issue.path.length === 0 ? 'it' : `“${issue.path.join('.')}”`;
    return fail('BAD_SPEC', `The spec of absence cannot be used: ${place}: ${issue?.message ?? 'unknown'}.`, hint);
  }
  const days = (dayOfIso(parsed.data.to) ?? 0) - (dayOfIso(parsed.data.from) ?? 0);
  if (days < 0) return fail('BAD_SPEC', 'The period of absence ends before it begins.', hint);
  if (days > mostDays) return fail('BAD_SPEC', 'The period of absence is longer than 30 years.', hint);
  return ok(parsed.data);
}
