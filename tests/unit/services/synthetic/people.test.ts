import { describe, expect, test } from 'vitest';
import { roleNames, unitsOf } from '#main/services/synthetic/force-shape.ts';
import { checkedForceOptions, periodOf } from '#main/services/synthetic/options.ts';
import { inService, peopleHeader, peopleRow, planPeople } from '#main/services/synthetic/people.ts';
import { civilOfDay, dayOfIso } from '#shared/domain/dates.ts';
import { extractKindNamed } from '#shared/domain/extract-kinds/index.ts';

const options = checkedForceOptions({ people: 3_000 });
const people = planPeople(options);
const period = periodOf(options);

describe('synthetic people', () => {
  test('the header is the canonical one', () => {
    expect(peopleHeader).toEqual(extractKindNamed('people')?.columns.map(({ name }) => name));
    expect(peopleRow(people[0]!)).toHaveLength(peopleHeader.length);
  });

  test('references and collars are unique, references count up', () => {
    expect(people.map(({ ref }) => ref).slice(0, 2)).toEqual(['P000001', 'P000002']);
    expect(new Set(people.map(({ ref }) => ref)).size).toBe(3_000);
    expect(new Set(people.map(({ collar }) => collar)).size).toBe(3_000);
  });

  test('every role and unit is staffed, and a unit holds one role', () => {
    const units = unitsOf(3_000);
    expect(new Set(people.map(({ role }) => role))).toEqual(new Set(roleNames));
    expect(new Set(people.map(({ unitName }) => unitName))).toEqual(new Set(units.map(({ name }) => name)));
    expect(people.every((person) => units[person.unit]?.role === person.role)).toBe(true);
    expect(new Set(units.map(({ name }) => name)).size).toBe(units.length);
  });

  test('a default force has about two dozen units', () => {
    const units = new Set(planPeople(checkedForceOptions()).map(({ unitName }) => unitName));
    expect(units.size).toBe(25);
    expect(units).toContain('Eastmoor Response A');
    expect(units).toContain('Westford Response A');
  });

  test('officers are about two thirds; sex and ethnicity are close to the published shares', () => {
    const share = (test_: (person: (typeof people)[number]) => boolean) => people.filter(test_).length / people.length;
    expect(share(({ workforceType }) => workforceType === 'officer')).toBeGreaterThan(0.62);
    expect(share(({ workforceType }) => workforceType === 'officer')).toBeLessThan(0.71);
    expect(share(({ ethnicityGroup }) => ethnicityGroup === 'White')).toBeGreaterThan(0.87);
    const officers = people.filter(({ workforceType }) => workforceType === 'officer');
    const women = officers.filter(({ sex }) => sex === 'Female').length / officers.length;
    expect(Math.abs(women - 0.36)).toBeLessThan(4 * Math.sqrt((0.36 * 0.64) / officers.length));
  });

  test('service dates are possible: an adult at the start, the end after it, and joiners and leavers in the period', () => {
    for (const person of people) {
      const startYear = civilOfDay(person.serviceStartDay).year;
      expect(startYear - person.birthYear).toBeGreaterThanOrEqual(18);
      expect(startYear - person.birthYear).toBeLessThanOrEqual(46);
      if (person.serviceEndDay !== null) expect(person.serviceEndDay).toBeGreaterThan(person.serviceStartDay);
      expect(person.fte).toBeGreaterThan(0);
      expect(person.fte).toBeLessThanOrEqual(1);
    }
    const leavers = people.filter(({ serviceEndDay }) => serviceEndDay !== null).length;
    const joiners = people.filter(({ serviceStartDay }) => serviceStartDay >= period.firstDay).length;
    expect(leavers).toBeGreaterThan(350);
    expect(joiners).toBeGreaterThan(400);
    expect(joiners).toBeLessThan(750);
  });

  test('the number in service stays level over the period', () => {
    const serving = (day: number) => people.filter((person) => inService(person, day)).length;
    const start = serving(period.firstDay);
    const end = serving(period.lastDay);
    expect(Math.abs(end / start - 1)).toBeLessThan(0.1);
  });

  test('without turnover everybody serves throughout', () => {
    const steady = planPeople(checkedForceOptions({ people: 200 }), undefined, false);
    expect(steady.every((person) => inService(person, period.firstDay - 1) && inService(person, period.lastDay))).toBe(
      true,
    );
  });

  test('the personal rate has mean 1 and the planted spread', () => {
    const mean = people.reduce((sum, { frailty }) => sum + frailty, 0) / people.length;
    const variance = people.reduce((sum, { frailty }) => sum + (frailty - mean) ** 2, 0) / people.length;
    expect(Math.abs(mean - 1)).toBeLessThan(4 * Math.sqrt(1 / 3 / people.length));
    expect(variance).toBeGreaterThan(0.27);
    expect(variance).toBeLessThan(0.4);
  });

  test.each([
    { people: 19 },
    { people: 100_001 },
    { people: 30.5 },
    { years: 0 },
    { seed: -1 },
    { seed: 2 ** 53 },
    { endDate: '2026-02-30' },
    { endDate: '1968-01-01' },
  ])('options out of range are refused: %o', (given) => {
    expect(() => checkedForceOptions(given)).toThrow(/synthetic force needs/);
  });

  test('the period ends on the last day and counts whole years', () => {
    expect(period.lastDay).toBe(dayOfIso('2026-03-31'));
    expect(period.firstDay).toBe(dayOfIso('2023-04-01'));
  });
});
