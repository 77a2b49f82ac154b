import { z } from 'zod';
import { fail, type Result } from '#shared/domain/result.ts';
import { date, parsePeriodOf, specHint } from '../parse-spec.ts';

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

/** Fails with `BAD_SPEC`, naming the field. */
export function parseSupportUptakeSpec(spec: unknown): Result<SupportUptakeSpec> {
  const parsed = parsePeriodOf(schema, spec, 'support-uptake');
  if (!parsed.ok) return parsed;
  const { from, to, change: asked } = parsed.value;
  if (asked !== null && (asked.on <= from || asked.on > to)) {
    return fail('BAD_SPEC', 'The change in the offer lies outside the period, or on its first day.', specHint);
  }
  if (asked?.comparison && 'service' in asked.comparison && asked.comparison.service === asked.service) {
    return fail('BAD_SPEC', 'The service that changed cannot be compared with itself.', specHint);
  }
  return parsed;
}
