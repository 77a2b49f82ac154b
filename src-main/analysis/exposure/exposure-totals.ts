import { monthOfDay } from '#shared/domain/dates.ts';
import { earliestDay, firstAfter } from './loads-at.ts';
import type { PackedExposures } from './packed-exposures.ts';
import { compareCodePoints, type PersonFrame, spellAt } from './person-frame.ts';

/** Plain event counts by code, codes with no event left out. */
export type CountsByCode = Readonly<Record<string, number>>;

export type ExposureTotals = {
  readonly category: CountsByCode;
  /** By the role and unit held on the day asked for; `UNKNOWN` for people with no post on it. */
  readonly role: CountsByCode;
  readonly unit: CountsByCode;
  /** By month of the event, `2026-03`. */
  readonly month: CountsByCode;
};

export const unknownPost = 'UNKNOWN';

/** All countable events up to a day, whoever they belong to. */
export function exposureTotals(
  exposures: PackedExposures,
  people: PersonFrame,
  asOfDay: number,
): { readonly events: number; readonly totals: ExposureTotals } {
  const { offsets, day, category, categories } = exposures;
  const byCategory = new Float64Array(categories.length);
  const byRole = new Float64Array(people.roles.length + 1);
  const byUnit = new Float64Array(people.units.length + 1);
  const first = earliestDay(exposures);
  const dayCounts = new Uint32Array(Math.max(0, asOfDay - first + 1));
  let events = 0;
  for (let person = 0; person + 1 < offsets.length; person++) {
    const start = offsets[person] ?? 0;
    const end = firstAfter(day, start, offsets[person + 1] ?? 0, asOfDay);
    if (end === start) continue;
    for (let i = start; i < end; i++) {
      const code = category[i] ?? 0;
      byCategory[code] = (byCategory[code] ?? 0) + 1;
      const slot = (day[i] ?? 0) - first;
      dayCounts[slot] = (dayCounts[slot] ?? 0) + 1;
    }
    const spell = spellAt(people, person, asOfDay);
    const role = spell < 0 ? people.roles.length : (people.spells.role[spell] ?? 0);
    const unit = spell < 0 ? people.units.length : (people.spells.unit[spell] ?? 0);
    byRole[role] = (byRole[role] ?? 0) + end - start;
    byUnit[unit] = (byUnit[unit] ?? 0) + end - start;
    events += end - start;
  }
  return {
    events,
    totals: {
      category: named(categories, byCategory),
      role: named([...people.roles, unknownPost], byRole),
      unit: named([...people.units, unknownPost], byUnit),
      month: byCode(Array.from(dayCounts, (count, slot) => [monthOfDay(first + slot), count])),
    },
  };
}

function named(codes: readonly string[], counts: Float64Array): CountsByCode {
  return byCode(codes.map((code, index) => [code, counts[index] ?? 0]));
}

function byCode(entries: readonly (readonly [string, number])[]): CountsByCode {
  const sums = new Map<string, number>();
  for (const [code, count] of entries) {
    if (count > 0) sums.set(code, (sums.get(code) ?? 0) + count);
  }
  return Object.fromEntries([...sums].sort(([a], [b]) => compareCodePoints(a, b)));
}
