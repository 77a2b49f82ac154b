import type { ForceQuarterlySpec } from '#shared/contract/report-specs/force-quarterly.ts';
import { dayOfIso, isoOfDay, lastDayOfMonth, monthIndexOfIso } from '#shared/domain/dates.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { formatDate } from '#shared/report/format.ts';

/** Three whole months. */
export type Quarter = {
  /** First and last day, ISO, both included. */
  readonly from: string;
  readonly to: string;
  /** Its months as `2026-03`, oldest first. */
  readonly months: readonly string[];
  /** `Jan to Mar 2026`. */
  readonly name: string;
};

/** A quarter, the one before it, and the same one of the year before. None of them overlaps another. */
export type Quarters = { readonly now: Quarter; readonly before: Quarter; readonly yearBefore: Quarter };

const monthsOfQuarter = 3;
const monthsOfYear = 12;

/** @param first its first month, as months since the year 0 */
function quarterFrom(first: number): Quarter {
  const months = [0, 1, 2].map((at) => isoOfDay(lastDayOfMonth(first + at)).slice(0, 7));
  const [start = '', , end = ''] = months;
  const sameYear = start.slice(0, 4) === end.slice(0, 4);
  return {
    from: `${start}-01`,
    to: isoOfDay(lastDayOfMonth(first + monthsOfQuarter - 1)),
    months,
    name: `${sameYear ? formatDate(start).slice(0, 3) : formatDate(start)} to ${formatDate(end)}`,
  };
}

const whatToWrite = 'Nothing was built. Write "quarter" as 2026-Q1, or "from" and "to" as 2026-02-01 and 2026-04-30.';

function firstMonthOf({ quarter, from, to }: ForceQuarterlySpec): Result<number> {
  if (quarter !== undefined) {
    if (from !== undefined || to !== undefined) {
      return fail('BAD_SPEC', 'The report names both a quarter and days.', whatToWrite);
    }
    const first = (Number(quarter.slice(6)) - 1) * monthsOfQuarter + 1;
    return ok(monthIndexOfIso(`${quarter.slice(0, 4)}-${String(first).padStart(2, '0')}`) ?? 0);
  }
  const [firstDay, lastDay] = [dayOfIso(from ?? ''), dayOfIso(to ?? '')];
  if (from === undefined || to === undefined || firstDay === null || lastDay === null) {
    return fail('BAD_SPEC', 'The report names neither a quarter nor two days.', whatToWrite);
  }
  const first = monthIndexOfIso(from) ?? 0;
  const isWhole = from.endsWith('-01') && lastDay === lastDayOfMonth(first + monthsOfQuarter - 1);
  return isWhole
    ? ok(first)
    : fail('BAD_SPEC', 'A quarter is three whole months, and these days are not.', whatToWrite);
}

/** The quarter that a report is about and the two that it is compared with. Fails with `BAD_SPEC`. */
export function quartersOf(spec: ForceQuarterlySpec): Result<Quarters> {
  const first = firstMonthOf(spec);
  if (!first.ok) return first;
  return ok({
    now: quarterFrom(first.value),
    before: quarterFrom(first.value - monthsOfQuarter),
    yearBefore: quarterFrom(first.value - monthsOfYear),
  });
}

/** First day of the twelve months that end with a quarter. */
export function yearTo({ months }: Quarter): string {
  const last = monthIndexOfIso(months.at(-1) ?? '') ?? 0;
  return isoOfDay(lastDayOfMonth(last - monthsOfYear) + 1);
}
