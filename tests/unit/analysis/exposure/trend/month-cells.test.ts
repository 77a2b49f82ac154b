import { describe, expect, it } from 'vitest';
import { monthEndsBetween } from '#main/analysis/exposure/specs.ts';
import { type MonthCells, monthCells } from '#main/analysis/exposure/trend/month-cells.ts';
import { recordedMonths } from '#main/analysis/exposure/trend/month-states.ts';
import { type Force, frameOf, packedOf, randomForce, randomFrom } from '../force.ts';
import { dayNumber, isoDate, spellOn } from '../oracle.ts';

const [from, to] = ['2023-07', '2026-04'];
const ends = monthEndsBetween(from, to);
if (!ends.ok) throw new Error(ends.error.message);
const monthEnds = ends.value;
const first = dayNumber('2023-07-01');
const last = dayNumber('2026-04-30');

/** Day by day, person by person, straight from the records. */
function naive(force: Force, by: 'unit' | 'role' | 'force', category: string | null, fteOf: (index: number) => number) {
  const sums = new Map<string, number>();
  const add = (key: string, value: number) => sums.set(key, (sums.get(key) ?? 0) + value);
  const groupOf = (who: Force['people'][number], date: string): string | null => {
    const spell = spellOn(who, date);
    return spell === null ? null : by === 'force' ? 'force' : spell[by];
  };
  let unplaced = 0;
  for (const { person, date, category: code } of force.events) {
    if (dayNumber(date) < first || dayNumber(date) > last) continue;
    if (category !== null && category !== 'each' && category !== code) continue;
    const group = groupOf(force.people.find(({ name }) => name === person)!, date);
    if (group === null) unplaced += 1;
    else add(`count ${group} ${category === 'each' ? code : category} ${date.slice(0, 7)}`, 1);
  }
  force.people.forEach((who, index) => {
    for (let day = first; day <= last; day += 1) {
      const date = isoDate(day);
      const group = groupOf(who, date);
      if (group === null) continue;
      add(`fte ${group} ${date.slice(0, 7)}`, fteOf(index));
      if ((day * 7 + index) % 3 === 0) add(`duty ${group} ${date.slice(0, 7)}`, 1);
      if (monthEnds.days.includes(day)) add(`people ${group} ${date.slice(0, 7)}`, 1);
    }
  });
  return { sums, unplaced };
}

function flat({ groups, slots, months, ...cells }: MonthCells): Map<string, number> {
  const sums = new Map<string, number>();
  groups.forEach((group, g) => {
    months.forEach((month, m) => {
      slots.forEach((slot, s) => {
        sums.set(`count ${group} ${slot} ${month}`, cells.counts[(g * slots.length + s) * months.length + m]!);
      });
      sums.set(`fte ${group} ${month}`, cells.fteDays[g * months.length + m]!);
      sums.set(`duty ${group} ${month}`, cells.dutyDays![g * months.length + m]!);
      sums.set(`people ${group} ${month}`, cells.people[g * months.length + m]!);
    });
  });
  return sums;
}

describe('monthCells against plain loops over the records', () => {
  for (const [seed, by, category] of [
    [11, 'unit', null],
    [12, 'role', 'RTC_FATAL'],
    [13, 'unit', 'each'],
    [14, 'force', null],
  ] as const) {
    it(`agrees by ${by} for the category ${category ?? 'of all together'}`, () => {
      const force = randomForce(seed, { people: 30, events: 900 });
      const random = randomFrom(seed);
      const fte = Float64Array.from(force.people, () => (random() < 0.2 ? Number.NaN : random() < 0.5 ? 1 : 0.6));
      const found = monthCells({
        exposures: packedOf(force),
        people: frameOf(force.people),
        fte,
        eachDutyDay: (take) => {
          for (let index = 0; index < force.people.length; index += 1) {
            for (let day = first - 40; day <= last + 40; day += 1) if ((day * 7 + index) % 3 === 0) take(index, day);
          }
        },
        weights: null,
        monthEnds,
        by,
        category,
      });
      const expected = naive(force, by, category, (index) => (Number.isNaN(fte[index]) ? 1 : fte[index]!));
      const sums = flat(found);
      for (const [key, value] of sums) expect(value, key).toBeCloseTo(expected.sums.get(key) ?? 0, 9);
      for (const key of expected.sums.keys()) expect(sums.has(key), key).toBe(true);
      expect(found.unplaced).toBe(expected.unplaced);
      expect(found.events).toBe([...found.counts].reduce((sum, count) => sum + count, 0));
    });
  }
});

describe('which months the records hold', () => {
  const days = ['2024-01-01', '2024-01-30', '2024-02-14', '2024-05-02', '2024-06-20'].map(dayNumber);
  const rowsUpTo = (day: number) => days.filter((own) => own <= day).length;
  const range = monthEndsBetween('2023-12', '2024-07');

  it('calls a month without a row none, and one in which the rows end early a part', () => {
    if (!range.ok) throw new Error(range.error.message);
    const { states, firstDay, lastDay } = recordedMonths(range.value, rowsUpTo);
    expect(states).toEqual(['none', 'held', 'held', 'none', 'none', 'held', 'part', 'none']);
    expect([firstDay, lastDay]).toEqual([days[0], days.at(-1)]);
    expect(recordedMonths(range.value, () => 0).states.every((state) => state === 'none')).toBe(true);
  });
});
