import { firstAfter } from '../loads-at.ts';
import type { PackedExposures } from '../packed-exposures.ts';
import { compareCodePoints, openEnd, openStart, type PersonFrame, spellAt } from '../person-frame.ts';
import type { MonthEnds } from '../specs.ts';
import { firstOfMonth } from './month-states.ts';

export type MonthCellsInput = {
  readonly exposures: PackedExposures;
  /** The same people, by the same indices, as in `exposures`. */
  readonly people: PersonFrame;
  /** By person; NaN where it is not known, which counts as 1. */
  readonly fte: Float64Array;
  /** Calls back for every person and day with a duty, each once; null where no duties are held. */
  readonly eachDutyDay: ((take: (person: number, day: number) => void) => void) | null;
  /** Weight by event, or null where all weigh 1. */
  readonly weights: Float64Array | null;
  readonly monthEnds: MonthEnds;
  readonly by: 'unit' | 'role' | 'force';
  /** A category code, `each`, or null for all together. */
  readonly category: string | null;
};

/** Sums by group and month: at `group * M + month`; those of events at `(group * S + slot) * M + month`. */
export type MonthCells = {
  readonly groups: readonly string[];
  /** Categories charted apart; one null where they are charted together. */
  readonly slots: readonly (string | null)[];
  readonly months: readonly string[];
  /** Events of people by the post they held on the day. */
  readonly counts: Float64Array;
  /** Their weights; the same as `counts` where all weigh 1. */
  readonly loads: Float64Array;
  readonly fteDays: Float64Array;
  /** Null where no duties are held. */
  readonly dutyDays: Float64Array | null;
  /** In post at the month end. */
  readonly people: Uint32Array;
  /** The same by role within each group: at `(group * R + role) * M + month`. */
  readonly roles: RoleCells;
  readonly events: number;
  /** Events of people who were in no post on the day: in no group. */
  readonly unplaced: number;
  /** People in post whose full-time equivalent is not known. */
  readonly withoutFte: number;
};

export type RoleCells = {
  readonly names: readonly string[];
  readonly counts: Float64Array;
  readonly fteDays: Float64Array;
  readonly dutyDays: Float64Array | null;
};

export const wholeForce = 'force';

/** Every sum that the trends rest on, in one pass over the events and one over the people. */
export function monthCells(input: MonthCellsInput): MonthCells {
  const { exposures, people, weights, monthEnds } = input;
  const { groups, ofSpell } = groupsOf(people, input.by);
  const slots = slotsOf(exposures, input.category);
  const slotOf = Int32Array.from(exposures.categories, (code) => (slots[0] === null ? 0 : slots.indexOf(code)));
  const months = monthEnds.days.length;
  const firstDay = firstOfMonth(monthEnds.days[0] ?? 0);
  const lastDay = monthEnds.days[months - 1] ?? -1;
  const monthOf = monthIndices(monthEnds, firstDay);
  const counts = new Float64Array(groups.length * slots.length * months);
  const loads = weights === null ? counts : new Float64Array(counts.length);
  const roleCounts = new Float64Array(groups.length * people.roles.length * months);
  let events = 0;
  let unplaced = 0;
  for (let person = 0; person + 1 < exposures.offsets.length; person += 1) {
    const end = exposures.offsets[person + 1] ?? 0;
    const start = firstAfter(exposures.day, exposures.offsets[person] ?? 0, end, firstDay - 1);
    for (let event = start; event < end; event += 1) {
      const day = exposures.day[event] ?? 0;
      if (day > lastDay) break;
      const slot = slotOf[exposures.category[event] ?? 0] ?? -1;
      if (slot < 0) continue;
      const spell = spellAt(people, person, day);
      if (spell < 0) {
        unplaced += 1;
        continue;
      }
      events += 1;
      const month = monthOf[day - firstDay] ?? 0;
      const cell = ((ofSpell[spell] ?? 0) * slots.length + slot) * months + month;
      counts[cell] = (counts[cell] ?? 0) + 1;
      const roleCell = roleRow(people, ofSpell, spell) * months + month;
      roleCounts[roleCell] = (roleCounts[roleCell] ?? 0) + 1;
      if (weights !== null) loads[cell] = (loads[cell] ?? 0) + (weights[event] ?? 0);
    }
  }
  const place = { groups: groups.length, ofSpell, monthOf, firstDay, lastDay, months };
  const { roleFteDays, ...present } = presence(input, place);
  const duties = dutyDaysOf(input, place);
  return {
    groups,
    slots,
    months: monthEnds.months,
    counts,
    loads,
    ...present,
    dutyDays: duties?.sums ?? null,
    roles: { names: people.roles, counts: roleCounts, fteDays: roleFteDays, dutyDays: duties?.roleSums ?? null },
    events,
    unplaced,
  };
}

/** Row of a spell's group and role. */
function roleRow({ spells, roles }: PersonFrame, ofSpell: Uint16Array, spell: number): number {
  return (ofSpell[spell] ?? 0) * roles.length + (spells.role[spell] ?? 0);
}

type Place = {
  readonly groups: number;
  readonly ofSpell: Uint16Array;
  /** Month of each day from `firstDay` on. */
  readonly monthOf: Uint16Array;
  readonly firstDay: number;
  readonly lastDay: number;
  readonly months: number;
};

function groupsOf({ spells, units, roles }: PersonFrame, by: MonthCellsInput['by']) {
  if (by === 'force') return { groups: [wholeForce], ofSpell: new Uint16Array(spells.unit.length) };
  const names = by === 'unit' ? units : roles;
  const groups = [...names].sort(compareCodePoints);
  const place = Uint16Array.from(names, (name) => groups.indexOf(name));
  return { groups, ofSpell: spells[by].map((number) => place[number] ?? 0) };
}

/** Where each is charted apart, only categories that the events hold. */
function slotsOf({ category, categories }: PackedExposures, wanted: string | null): readonly (string | null)[] {
  if (wanted !== 'each') return [wanted];
  const held = new Uint8Array(categories.length);
  for (const code of category) held[code] = 1;
  return categories.filter((_code, index) => held[index] === 1).sort(compareCodePoints);
}

function monthIndices({ days }: MonthEnds, firstDay: number): Uint16Array {
  const indices = new Uint16Array(Math.max(0, (days.at(-1) ?? firstDay - 1) - firstDay + 1));
  let start = 0;
  days.forEach((end, month) => {
    indices.fill(month, start, end - firstDay + 1);
    start = end - firstDay + 1;
  });
  return indices;
}

/** Days in post times full-time equivalent, and people in post at each month end. */
function presence(
  { people, fte, monthEnds }: MonthCellsInput,
  { groups, ofSpell, monthOf, firstDay, lastDay, months }: Place,
): Pick<MonthCells, 'fteDays' | 'people' | 'withoutFte'> & { readonly roleFteDays: Float64Array } {
  const fteDays = new Float64Array(groups * months);
  const roleFteDays = new Float64Array(groups * people.roles.length * months);
  const inPost = new Uint32Array(groups * months);
  const { offsets, from, to } = people.spells;
  let withoutFte = 0;
  for (let person = 0; person < people.pseudonyms.length; person += 1) {
    if (people.listed[person] !== 1) continue;
    const first = offsets[person] ?? 0;
    const stop = offsets[person + 1] ?? first;
    const known = fte[person] ?? Number.NaN;
    const share = Number.isNaN(known) ? 1 : known;
    let present = false;
    for (let spell = first; spell < stop; spell += 1) {
      const begin = Math.max(from[spell] ?? openStart, firstDay);
      const end = Math.min(to[spell] ?? openEnd, lastDay);
      const row = (ofSpell[spell] ?? 0) * months;
      for (let month = begin <= end ? (monthOf[begin - firstDay] ?? months) : months; month < months; month += 1) {
        const monthEnd = monthEnds.days[month] ?? 0;
        const monthStart = month === 0 ? firstDay : (monthEnds.days[month - 1] ?? 0) + 1;
        if (monthStart > end) break;
        const days = ownDays(people, person, spell, Math.max(begin, monthStart), Math.min(end, monthEnd), stop - first);
        if (days > 0) present = true;
        fteDays[row + month] = (fteDays[row + month] ?? 0) + days * share;
        const roleCell = roleRow(people, ofSpell, spell) * months + month;
        roleFteDays[roleCell] = (roleFteDays[roleCell] ?? 0) + days * share;
        if (spellAt(people, person, monthEnd) === spell) inPost[row + month] = (inPost[row + month] ?? 0) + 1;
      }
    }
    if (present && Number.isNaN(known)) withoutFte += 1;
  }
  return { fteDays, roleFteDays, people: inPost, withoutFte };
}

/** Days from begin to end that the spell holds: where several hold a day, the later one counts. */
function ownDays(
  people: PersonFrame,
  person: number,
  spell: number,
  begin: number,
  end: number,
  spells: number,
): number {
  if (spells === 1) return end - begin + 1;
  let days = 0;
  for (let day = begin; day <= end; day += 1) if (spellAt(people, person, day) === spell) days += 1;
  return days;
}

function dutyDaysOf({ eachDutyDay, people }: MonthCellsInput, place: Place) {
  if (eachDutyDay === null) return null;
  const { ofSpell, monthOf, firstDay, lastDay, months } = place;
  const sums = new Float64Array(place.groups * months);
  const roleSums = new Float64Array(place.groups * people.roles.length * months);
  let held = false;
  eachDutyDay((person, day) => {
    if (day < firstDay || day > lastDay) return;
    const spell = spellAt(people, person, day);
    if (spell < 0) return;
    held = true;
    const month = monthOf[day - firstDay] ?? 0;
    const cell = (ofSpell[spell] ?? 0) * months + month;
    sums[cell] = (sums[cell] ?? 0) + 1;
    const roleCell = roleRow(people, ofSpell, spell) * months + month;
    roleSums[roleCell] = (roleSums[roleCell] ?? 0) + 1;
  });
  return held ? { sums, roleSums } : null;
}
