import { z } from 'zod';
import { dayOfIso } from '#shared/domain/dates.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';

export const supportGroupings = [
  'role',
  'unit',
  'rank',
  'workforce_type',
  'sex',
  'ethnicity_group',
  'age_band',
  'part_time',
] as const;
export type SupportGrouping = (typeof supportGroupings)[number];

const date = z.string().refine((text) => dayOfIso(text) !== null, 'must be a date such as 2026-03-31');
const name = z.string().min(1).max(200);

const change = z.strictObject({
  /** First day of the changed offer. */
  on: date,
  service: name,
  /** Days from an offer within which a first contact counts as taking it up. */
  withinDays: z.number().int().min(1).max(365).default(28),
  /** What the change did not touch: another service, or units in which the service stayed as it was. */
  comparison: z
    .union([z.strictObject({ service: name }), z.strictObject({ units: z.array(name).min(1).max(500) })])
    .nullable()
    .default(null),
});

const schema = z.strictObject({
  from: date,
  to: date,
  /** Last day known; the newest day of the support extract when left out. */
  until: date.nullable().default(null),
  /** One service; every service of the extract when left out. */
  service: name.nullable().default(null),
  by: z
    .array(z.enum(supportGroupings))
    .max(supportGroupings.length)
    .refine((list) => new Set(list).size === list.length, 'names a grouping twice')
    .default(['role', 'sex', 'ethnicity_group', 'age_band', 'part_time']),
  /** The group that the others of a grouping are compared with; the rest of the force where none is named. */
  reference: z.partialRecord(z.enum(supportGroupings), name).default({}),
  /** Days for which every offer is followed. */
  followDays: z.number().int().min(1).max(730).default(90),
  /** Fewer people are withheld. */
  minimum: z.number().int().min(10).max(1_000).default(10),
  change: change.nullable().default(null),
});

/** The spec of `support-uptake`; `until` is filled in from the store. */
export type SupportUptakeSpec = z.infer<typeof schema>;
export type ChangeSpec = z.infer<typeof change>;

const mostDays = 366 * 30;
const hint = 'Nothing was run. Correct the spec and run it again.';

/** Fails with `BAD_SPEC`, naming the field. */
export function parseSupportUptakeSpec(spec: unknown): Result<SupportUptakeSpec> {
  const parsed = schema.safeParse(spec);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const place = issue === undefined || issue.path.length === 0 ? 'it' : `“${issue.path.join('.')}”`;
    return fail(
      'BAD_SPEC',
      `The spec of support-uptake cannot be used: ${place}: ${issue?.message ?? 'unknown'}.`,
      hint,
    );
  }
  const { from, to, change: asked } = parsed.data;
  const days = (dayOfIso(to) ?? 0) - (dayOfIso(from) ?? 0);
  if (days < 0) return fail('BAD_SPEC', 'The period of support-uptake ends before it begins.', hint);
  if (days > mostDays) return fail('BAD_SPEC', 'The period of support-uptake is longer than 30 years.', hint);
  if (asked !== null && (asked.on <= from || asked.on > to)) {
    return fail('BAD_SPEC', 'The change in the offer lies outside the period, or on its first day.', hint);
  }
  if (asked?.comparison && 'service' in asked.comparison && asked.comparison.service === asked.service) {
    return fail('BAD_SPEC', 'The service that changed cannot be compared with itself.', hint);
  }
  return ok(parsed.data);
}
