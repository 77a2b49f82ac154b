import { describe, expect, it } from 'vitest';
import { exposureLoad } from '#main/analysis/exposure/exposure-load.ts';
import { type ExposureSeriesResult, exposureSeries, mostPersonRows } from '#main/analysis/exposure/exposure-series.ts';
import { personSeries } from '#main/analysis/exposure/person-series.ts';
import { monthEndsBetween } from '#main/analysis/exposure/specs.ts';
import type { Scheme } from '#shared/domain/scheme.ts';
import {
  compiled,
  countV1,
  event,
  type Force,
  frameOf,
  packedOf,
  person,
  randomForce,
  randomFrom,
  shuffled,
  tieredV1,
} from './force.ts';
import { dayLoads, dayNumber, decayedLoad, monthEnds, spellOn, windowLoad } from './oracle.ts';

function inputFor(force: Force, from: string, to: string, scheme: Scheme, windowsDays = [28, 90, 180, 365]) {
  const ends = monthEndsBetween(from, to);
  if (!ends.ok) throw new Error(ends.error.message);
  return {
    exposures: packedOf(force),
    people: frameOf(force.people),
    compiled: compiled(scheme),
    monthEnds: ends.value,
    windowsDays,
    halfLifeDays: 90,
    rows: true,
  };
}

function series(force: Force, from: string, to: string, scheme: Scheme, windowsDays?: number[]): ExposureSeriesResult {
  const result = exposureSeries(inputFor(force, from, to, scheme, windowsDays));
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

function near(actual: number | undefined, expected: number): void {
  expect(Math.abs((actual ?? Number.NaN) - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1e-3, Math.abs(expected)));
}

type Row = { month: string; unit: string; role: string; person: string; loads: Map<string, number>; end: string };

/** Everybody in post at every month end, straight from the records. */
function oracleRows(force: Force, from: string, to: string, scheme: Scheme): Row[] {
  return force.people.flatMap((who) => {
    const loads = dayLoads(force.events, who.name, scheme);
    return monthEnds(from, to).flatMap((end) => {
      const spell = spellOn(who, end);
      if (spell === null) return [];
      return [{ month: end.slice(0, 7), unit: spell.unit, role: spell.role, person: who.name, loads, end }];
    });
  });
}

describe('exposureSeries against a plain implementation', () => {
  for (const scheme of [countV1, tieredV1]) {
    for (const [seed, people, events] of [
      [1, 0, 0],
      [2, 1, 0],
      [3, 1, 50],
      [4, 25, 500],
    ] as const) {
      it(`agrees for ${people} people and ${events} events under ${scheme.id}`, () => {
        const force = randomForce(seed, { people, events });
        const windows = [1, 28, 365, 3_000];
        const found = series(force, '2023-04', '2026-07', scheme, windows);
        const rows = oracleRows(force, '2023-04', '2026-07', scheme);
        expect(found.rows?.map(({ month, unit, role, person: name }) => [month, unit, role, name])).toEqual(
          rows.map((row) => [row.month, row.unit, row.role, row.person]),
        );
        found.rows?.forEach((row, k) => {
          const { loads, end } = rows[k]!;
          near(row.decayed, decayedLoad(loads, end, 90));
          for (const days of windows) near(row.counts[days], windowLoad(loads, end, days));
        });
        const keys = [...new Set(rows.map((row) => `${row.month}|${row.unit}|${row.role}`))].sort((a, b) =>
          a < b ? -1 : 1,
        );
        expect(found.months.map((cell) => `${cell.month}|${cell.unit}|${cell.role}`)).toEqual(keys);
        for (const cell of found.months) {
          const members = rows.filter((r) => r.month === cell.month && r.unit === cell.unit && r.role === cell.role);
          const total = (valueAt: (row: Row) => number) => members.reduce((sum, row) => sum + valueAt(row), 0);
          expect(cell.people).toBe(members.length);
          near(
            cell.decayed,
            total((row) => decayedLoad(row.loads, row.end, 90)),
          );
          for (const days of windows)
            near(
              cell.counts[days],
              total((row) => windowLoad(row.loads, row.end, days)),
            );
        }
      });
    }
  }

  it('gives at each month end what exposureLoad gives', () => {
    const force = randomForce(9, { people: 30, events: 700 });
    const found = series(force, '2025-01', '2025-06', tieredV1);
    for (const end of monthEnds('2025-01', '2025-06')) {
      const load = exposureLoad({
        ...inputFor(force, '2025-01', '2025-06', tieredV1),
        uncounted: { unmapped: 0, notTraumatic: 0 },
        asOfDay: dayNumber(end),
      });
      const rows = found.rows?.filter((row) => row.month === end.slice(0, 7)) ?? [];
      expect(rows.map((row) => row.person)).toEqual(load.rows?.map((row) => row.person));
      rows.forEach((row, k) => {
        near(row.decayed, load.rows![k]!.decayed);
        near(row.counts['180'], load.rows![k]!.counts['180']!);
      });
    }
  });
});

describe('exposureSeries by hand', () => {
  it('follows a person from one post to the next, and out', () => {
    const mover = {
      name: 'A',
      listed: true,
      spells: [
        { from: '2024-01-10', to: '2024-02-28', unit: 'North', role: 'cid' },
        { from: '2024-02-29', to: '2024-03-30', unit: 'South', role: 'cid' },
      ],
    };
    const found = series({ people: [mover], events: [event('A', '2024-01-31')] }, '2023-12', '2024-04', countV1);
    expect(found.months.map(({ month, unit, people }) => [month, unit, people])).toEqual([
      ['2024-01', 'North', 1],
      ['2024-02', 'South', 1],
    ]);
    expect(found.months.map((cell) => cell.counts['28'])).toEqual([1, 0]);
    expect(found.months.map((cell) => cell.counts['90'])).toEqual([1, 1]);
  });

  it('orders units and roles by code point, numbers in names included', () => {
    const people = [
      person('A', 'b', '10'),
      person('B', 'a', '10'),
      person('C', 'a', '9'),
      person('D', 'a', 'É'),
      person('E', 'a', 'Z'),
    ];
    const found = series({ people, events: [] }, '2024-01', '2024-01', countV1);
    expect(found.months.map(({ unit, role }) => unit + role)).toEqual(['10a', '10b', '9a', 'Za', 'Éa']);
  });

  it('is the same to the last bit whatever the order of events and people', () => {
    const force = randomForce(11, { people: 40, events: 600 });
    const expected = JSON.stringify(series(force, '2024-01', '2025-12', tieredV1));
    const mixed = { people: shuffled(force.people, randomFrom(5)), events: shuffled(force.events, randomFrom(6)) };
    expect(JSON.stringify(series(mixed, '2024-01', '2025-12', tieredV1))).toBe(expected);
  });

  it('does not change with events after its last month', () => {
    const force = randomForce(12, { people: 20, events: 400 });
    const known = { ...force, events: force.events.filter((e) => e.date <= '2024-12-31') };
    expect(known.events.length).toBeLessThan(force.events.length);
    expect(series(force, '2024-01', '2024-12', tieredV1)).toEqual(series(known, '2024-01', '2024-12', tieredV1));
  });

  it('refuses more person-level rows than a result may hold', () => {
    const people = Array.from({ length: Math.ceil(mostPersonRows / 1_200) + 1 }, (_, index) => person(`P${index}`));
    const result = exposureSeries(inputFor({ people, events: [] }, '1926-01', '2025-12', countV1, [28]));
    expect(result.ok ? '' : result.error.code).toBe('TOO_LARGE');
  });
});

describe('personSeries', () => {
  it('lays out loads by person, window and month, and says when a person is in no post', () => {
    const unlisted = { name: 'B', listed: false, spells: [] };
    const force = {
      people: [person('A'), unlisted],
      events: [event('A', '2024-01-31'), event('B', '2024-02-29'), event('B', '2024-02-01')],
    };
    const found = personSeries(inputFor(force, '2024-01', '2024-03', countV1, [28, 60]));
    expect(Array.from(found.counts)).toEqual([1, 0, 0, 1, 1, 0, 0, 1, 0, 0, 2, 2]);
    expect(Array.from(found.spells)).toEqual([0, 0, 0, -1, -1, -1]);
    near(found.decayed[4], 1 + 2 ** (-28 / 90));
  });
});

describe('monthEndsBetween', () => {
  const months = (from: string, to: string) => {
    const ends = monthEndsBetween(from, to);
    return ends.ok ? ends.value.months : ends.error.code;
  };

  it('takes months whole, and a date as far as it goes', () => {
    expect(months('2023-12', '2024-02')).toEqual(['2023-12', '2024-01', '2024-02']);
    expect(months('2023-12-31', '2024-02-29')).toEqual(['2023-12', '2024-01', '2024-02']);
    expect(months('2023-12', '2024-02-28')).toEqual(['2023-12', '2024-01']);
  });

  it('refuses a span with no month end, with too many, or that is no span', () => {
    expect(months('2024-02', '2024-01')).toBe('BAD_SPEC');
    expect(months('2024-02-01', '2024-02-28')).toBe('BAD_SPEC');
    expect(months('1900-01', '2100-01')).toBe('BAD_SPEC');
    expect(months('2024-13', '2025-01')).toBe('BAD_SPEC');
  });
});
