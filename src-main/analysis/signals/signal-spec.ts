import { z } from 'zod';
import { dayOfIso, isoOfDay, lastDayOfMonth, monthIndexOfIso } from '#shared/domain/dates.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { date, parseSpec } from '../parse-spec.ts';

const everyWords = ['day', 'week', 'month'] as const;

const schema = z.strictObject({
  /** Looks that end on a day and go back from it. */
  asOf: date.optional(),
  /** Or the days, week ends (Sundays) or month ends of a period. */
  from: date.optional(),
  to: date.optional(),
  every: z.enum(everyWords).default('week'),
  scheme: z.string().min(1).max(64).default('count-v1'),
  /** How long a rule over a window has to be false at every look before it has cleared; the scheme’s cool-down unless given. */
  clearAfterDays: z.number().int().min(0).max(3_660).optional(),
  rows: z.boolean().default(false),
});

/** The spec of `signals` with its defaults filled in: looks up to `asOf` itself, or up to the last week or month end before `to`. */
export type SignalsSpec = z.infer<typeof schema> & { readonly from: string };

/** How far the looks of a single day go back: long enough for what holds on it to have a beginning. */
const lookBackDays = 364;
const mostLooks = 3_700;

function refused(reason: string): Result<never> {
  return fail(
    'BAD_SPEC',
    `The spec of signals cannot be used: ${reason}.`,
    'Nothing was run. Give "asOf", or "from" and "to".',
  );
}

/** Fails with `BAD_SPEC`, naming the field. */
export function parseSignalsSpec(given: unknown): Result<SignalsSpec> {
  const parsed = parseSpec(schema, given, 'signals');
  if (!parsed.ok) return parsed;
  const { asOf, from, to } = parsed.value;
  if (asOf === undefined && (from === undefined || to === undefined)) {
    return refused('neither "asOf" nor both "from" and "to" are given');
  }
  if (asOf !== undefined && to !== undefined) return refused('"asOf" and "to" are both given');
  const spec = { ...parsed.value, from: from ?? isoOfDay((dayOfIso(asOf ?? '') ?? 0) - lookBackDays) };
  if (spec.from > (asOf ?? to ?? '')) return refused('the period ends before it begins');
  const looks = lookDays(spec).length;
  if (looks === 0) return refused(`no ${spec.every} ends in the period`);
  if (looks > mostLooks) return refused(`it has ${looks} looks, and may have ${mostLooks}`);
  return ok(spec);
}

/** The days on which the rules are looked at, ascending. The week ends on Sunday. */
export function lookDays({ asOf, from, to, every }: SignalsSpec): Int32Array {
  const endsOnDay = asOf !== undefined;
  const [first, last] = [dayOfIso(from) ?? 0, dayOfIso(asOf ?? to ?? '') ?? 0];
  if (every === 'month') {
    const months = [];
    for (let month = monthIndexOfIso(from) ?? 0; lastDayOfMonth(month) <= last; month += 1) {
      if (lastDayOfMonth(month) >= first) months.push(lastDayOfMonth(month));
    }
    if (endsOnDay && months.at(-1) !== last) months.push(last);
    return Int32Array.from(months);
  }
  const step = every === 'day' ? 1 : 7;
  // 1 January 1970 was a Thursday: Sundays are 3 more than a multiple of 7.
  const end = endsOnDay || step === 1 ? last : last - ((((last - 3) % 7) + 7) % 7);
  const count = end < first ? 0 : Math.floor((end - first) / step) + 1;
  return Int32Array.from({ length: count }, (_, at) => end - (count - 1 - at) * step);
}
