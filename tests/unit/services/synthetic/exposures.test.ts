import { describe, expect, test } from 'vitest';
import { suddenDeaths, unmappedCodes } from '#main/services/synthetic/exposure-rates.ts';
import { exposureHeader, exposureRow, type SyntheticExposure } from '#main/services/synthetic/exposure-rows.ts';
import { generateForce } from '#main/services/synthetic/index.ts';
import { periodOf } from '#main/services/synthetic/options.ts';
import { inService } from '#main/services/synthetic/people.ts';
import { dayOfIso } from '#shared/domain/dates.ts';
import {
  attributions,
  type ExposureCategory,
  exposureCategories,
  proximities,
} from '#shared/domain/exposure-categories.ts';
import { extractKindNamed } from '#shared/domain/extract-kinds/index.ts';

const force = generateForce({ people: 1_200, years: 2, seed: 5 });
const period = periodOf(force.options);
const rows: SyntheticExposure[] = [];
let officerDays = 0;
for (const day of force.exposures()) {
  officerDays += day.officers;
  rows.push(...day.rows);
}
const dayOf = (row: SyntheticExposure) => Math.floor(row.occurredSeconds / 86_400);

/** Incidents with at least one row of these categories, by their number. */
function incidents(codes: readonly string[]): number {
  return new Set(rows.filter((row) => codes.includes(row.code)).map(({ incidentRef }) => incidentRef)).size;
}

describe('synthetic exposures', () => {
  test('the header is the canonical one', () => {
    expect(exposureHeader).toEqual(extractKindNamed('exposures')?.columns.map(({ name }) => name));
    expect(exposureRow(rows[0]!)).toHaveLength(exposureHeader.length);
  });

  test('everybody named is listed, but for the planted unknown references', () => {
    const refs = new Set(force.people.map(({ ref }) => ref));
    const unknown = rows.filter(({ ref }) => !refs.has(ref));
    expect(unknown.every(({ ref, person }) => person === -1 && /^P99000[1-4]$/.test(ref))).toBe(true);
    expect(unknown.length).toBeGreaterThan(5);
    expect(unknown.length / rows.length).toBeLessThan(0.004);
    expect(rows.filter(({ person }) => person >= 0).every(({ person, ref }) => force.people[person]?.ref === ref)).toBe(
      true,
    );
  });

  test('nobody is exposed before service starts or after it ends, or outside the period', () => {
    for (const row of rows) {
      expect(dayOf(row)).toBeGreaterThanOrEqual(period.firstDay);
      expect(dayOf(row)).toBeLessThanOrEqual(period.lastDay);
      const person = force.people[row.person];
      if (person && !inService(person, dayOf(row))) expect.fail('exposed while not in service');
    }
  });

  test('rows come in order of time, and no key comes twice', () => {
    expect(rows.every((row, index) => index === 0 || rows[index - 1]!.occurredSeconds <= row.occurredSeconds)).toBe(
      true,
    );
    const keys = new Set(rows.map((row) => `${row.ref}|${row.occurredSeconds}|${row.code}|${row.incidentRef}`));
    expect(keys.size).toBe(rows.length);
  });

  test('records come after the event and before the extract was drawn', () => {
    const drawnAt = (period.lastDay + 1) * 86_400 + 6 * 3_600;
    expect(rows.every((row) => row.recordedSeconds > row.occurredSeconds && row.recordedSeconds <= drawnAt)).toBe(true);
  });

  test('no time falls in the hour that the clocks skip', () => {
    for (const date of ['2024-03-31', '2025-03-30', '2026-03-29']) {
      const day = dayOfIso(date)!;
      const times = rows.flatMap((row) => [row.occurredSeconds, row.recordedSeconds]);
      const skipped = times.filter((time) => time >= day * 86_400 + 3_600 && time < day * 86_400 + 7_200);
      expect(skipped).toEqual([]);
      expect(rows.some((row) => dayOf(row) === day)).toBe(true);
    }
  });

  test('closed lists hold only their members', () => {
    const categories = new Set<string>([...exposureCategories.map(({ code }) => code), ...unmappedCodes]);
    for (const row of rows) {
      expect(categories.has(row.code)).toBe(true);
      expect(['', ...proximities]).toContain(row.proximity);
      expect(attributions).toContain(row.attribution);
      expect(['', 'true', 'false']).toContain(row.firstOnScene);
      expect(row.minutes).toMatch(/^(|[1-9]\d*)$/);
    }
  });

  test('sudden deaths and fatal collisions come at the rates of the sizing: 4.14 and 1.04 a day for 1,430 officers', () => {
    const perDay = (codes: readonly ExposureCategory[]) => (1_430 * incidents(codes)) / officerDays;
    expect(perDay(suddenDeaths)).toBeGreaterThan(3.8);
    expect(perDay(suddenDeaths)).toBeLessThan(4.7);
    expect(perDay(['RTC_FATAL'])).toBeGreaterThan(0.9);
    expect(perDay(['RTC_FATAL'])).toBeLessThan(1.25);
  });

  test('about 1.5% of rows carry a code that nothing maps', () => {
    const share = rows.filter(({ counted }) => !counted).length / rows.length;
    expect(share).toBeGreaterThan(0.011);
    expect(share).toBeLessThan(0.019);
  });

  test('several people attend one incident, one of them first, none twice', () => {
    const byIncident = Map.groupBy(
      rows.filter(({ source }) => source === 'command_and_control'),
      ({ incidentRef }) => incidentRef,
    );
    const sizes = [...byIncident.values()].map((group) => group.length);
    expect(sizes.filter((size) => size > 1).length / sizes.length).toBeGreaterThan(0.3);
    for (const group of byIncident.values()) {
      expect(group.filter(({ firstOnScene }) => firstOnScene === 'true').length).toBeLessThanOrEqual(1);
      const known = group.filter(({ person }) => person >= 0);
      expect(new Set(known.map(({ person }) => person)).size).toBe(known.length);
    }
  });

  test('roles meet what their work brings', () => {
    const roleOf = (row: SyntheticExposure) => force.people[row.person]?.role;
    const ofRole = (role: string) => rows.filter((row) => row.counted && roleOf(row) === role);
    const shareOf = (role: string, code: string) =>
      ofRole(role).filter((row) => row.code === code).length / ofRole(role).length;
    expect(shareOf('Call handling', 'CALL_HANDLER_TRAUMATIC')).toBeGreaterThan(0.9);
    expect(shareOf('Digital forensics', 'CSAM_VIEWING')).toBe(1);
    expect(shareOf('Response', 'CSAM_VIEWING')).toBe(0);
    expect(ofRole('Call handling').every(({ proximity }) => proximity === 'remote' || proximity === '')).toBe(true);
    const linked = ofRole('Call handling').filter((call) =>
      rows.some((row) => row.opens && row.incidentRef === call.incidentRef),
    );
    expect(linked.length).toBeGreaterThan(0);
  });

  test('people of one role differ more than chance alone would have them', () => {
    const throughout = force.people.flatMap((person, index) =>
      person.role === 'Response' &&
      person.fte === 1 &&
      inService(person, period.firstDay) &&
      inService(person, period.lastDay)
        ? [index]
        : [],
    );
    const counts = throughout.map((index) => rows.filter((row) => row.counted && row.person === index).length);
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (counts.length - 1);
    // Planted: mean + mean² / 3, so about ten times the mean for a mean near 28.
    expect(variance / mean).toBeGreaterThan(4);
    expect(mean ** 2 / (variance - mean)).toBeGreaterThan(2);
    expect(mean ** 2 / (variance - mean)).toBeLessThan(5);
  });

  test('more assaults in summer, more sudden deaths in winter', () => {
    const inMonths = (code: string, months: readonly string[]) =>
      rows.filter((row) => row.code === code && months.includes(exposureRow(row)[1]!.slice(5, 7))).length;
    expect(inMonths('ASSAULT_ON_SELF', ['06', '07', '08'])).toBeGreaterThan(
      inMonths('ASSAULT_ON_SELF', ['12', '01', '02']),
    );
    expect(inMonths('DEATH_SUDDEN_NONSUS', ['12', '01', '02'])).toBeGreaterThan(
      inMonths('DEATH_SUDDEN_NONSUS', ['06', '07', '08']),
    );
  });
});

describe('the planted step', () => {
  // Counted from the rows, not from the generator's own tally.
  function ratioOf(seed: number, unitName: string): { before: number; after: number } {
    const seeded = generateForce({ people: 600, years: 2, seed });
    const from = dayOfIso('2025-07-01')!;
    const sums = { before: 0, after: 0 };
    for (const day of seeded.exposures()) {
      for (const row of day.rows) {
        if (!row.counted || seeded.people[row.person]?.unitName !== unitName) continue;
        sums[day.day < from ? 'before' : 'after'] += 1;
      }
    }
    return sums;
  }

  test('is there in its unit, at about its size, and not in the steady one', () => {
    const pooled = (unitName: string) => {
      const sums = [1, 2, 3, 4, 5, 6].map((seed) => ratioOf(seed, unitName));
      const before = sums.reduce((sum, one) => sum + one.before, 0) / (730.5 - 274);
      const after = sums.reduce((sum, one) => sum + one.after, 0) / 274;
      return after / before;
    };
    const stepped = pooled('Eastmoor Response A');
    expect(stepped).toBeGreaterThan(1.55);
    expect(stepped).toBeLessThan(2.1);
    const steady = pooled('Westford Response A');
    expect(steady).toBeGreaterThan(0.85);
    expect(steady).toBeLessThan(1.18);
  });
});
