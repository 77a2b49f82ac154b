import { describe, expect, it } from 'vitest';
import { readPilotTimetable } from '#main/analysis/pilots/timetable/reading.ts';
import { type PilotTimetableSpec, parsePilotTimetableSpec, rulesOf } from '#main/analysis/pilots/timetable/spec.ts';
import { tellTimetable } from '#main/analysis/pilots/timetable/tell-timetable.ts';
import { tableToShow } from '#main/workers/counts-to-show.ts';
import { dayOfIso } from '#shared/domain/dates.ts';
import type { SessionTimetable, Shortfall } from '#shared/domain/session-timetable.ts';

function specOf(given: Record<string, unknown> = {}): PilotTimetableSpec {
  const parsed = parsePilotTimetableSpec({ pilot: 'P', from: '2026-04-06', to: '2026-05-31', ...given });
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}

function timetable(full: number, shortfalls: readonly Omit<Shortfall, 'person'>[]): SessionTimetable {
  const people = full + shortfalls.length;
  const none = shortfalls.filter(({ sessions }) => sessions === 0).length;
  const own = shortfalls.map((one, at) => ({ ...one, person: full + at }));
  return {
    sessions: [{ at: 1_775_466_000, minutes: 20, place: 'North', facilitator: 1, people: [0, full], mayCome: 2 }],
    coverage: { people, full, part: shortfalls.length - none, none, dose: 0.5, shortfalls: own },
    points: 97,
    bound: 100,
  };
}

function told(made: SessionTimetable, given: Record<string, unknown> = {}) {
  const people = Array.from({ length: made.coverage.people }, (_, at) => `person ${at}`);
  const spec = specOf(given);
  const result = tellTimetable({ ...made, proven: made }, spec, {
    people,
    reach: 'consented',
    mayShowTable: tableToShow,
  });
  return { result, reading: readPilotTimetable(result, made, spec) };
}

const many = (count: number, one: Omit<Shortfall, 'person'>) => Array.from({ length: count }, () => one);

describe('what is told of a timetable', () => {
  it('counts people by course and by reason, and says how good it is', () => {
    const short = [
      ...many(6, { sessions: 0, reason: 'nights only' }),
      ...many(9, { sessions: 3, reason: 'places taken' }),
    ];
    const { result, reading } = told(timetable(20, short));
    expect(result.coverage).toMatchObject({ people: 35, full: 20, part: 9, none: 6, dose: 0.5 });
    expect(result.coverage.shortfalls.map(({ reason, people }) => [reason, people])).toEqual([
      ['nights only', 6],
      ['places taken', 9],
    ]);
    expect(result.sessions).toEqual([{ at: '2026-04-06T09:00:00Z', minutes: 20, place: 'North', facilitator: 1 }]);
    expect(reading).toContain('20 of 35 people have a whole course of 8 sessions. 6 have none.');
    expect(reading).toContain('This is at least 97% of what any timetable within these rules could reach.');
    expect(reading).toContain('6 people: no duty but nights, which are left out.');
  });

  it('withholds fewer than five, and what they follow from', () => {
    const short = [
      ...many(2, { sessions: 0, reason: 'on leave' }),
      ...many(9, { sessions: 3, reason: 'places taken' }),
    ];
    const { coverage } = told(timetable(20, short)).result;
    expect(coverage.people).toBe(31);
    expect(coverage.none).toBeNull();
    expect([coverage.full, coverage.part].filter((count) => count !== null).length).toBeLessThan(2);
    expect(coverage.shortfalls[0]?.people).toBeNull();
    expect(told(timetable(3, [])).result).toMatchObject({ atLeast: null, coverage: { people: null, dose: null } });
    expect(told(timetable(3, [])).reading).toEqual(['Fewer than 5 people are to be reached: nothing is told of them.']);
  });

  it('names people and why they are missed with rows alone', () => {
    const made = timetable(6, many(6, { sessions: 1, reason: 'duties too few' }));
    expect(told(made).result).not.toHaveProperty('rows');
    const { rows } = told(made, { rows: true }).result;
    expect(rows).toHaveLength(12);
    expect(rows?.[6]).toEqual({ person: 'person 6', sessions: [0], shortfall: 'no more duties far enough apart' });
    expect(rows?.[1]).toEqual({ person: 'person 1', sessions: [], shortfall: null });
  });
});

describe('the spec of pilot-timetable', () => {
  it('fills in the rules, with days as numbers', () => {
    const rules = rulesOf(specOf({ closedDays: ['2026-05-04'], gapDays: 7 }));
    expect(rules).toMatchObject({ firstDay: dayOfIso('2026-04-06'), closedDays: [dayOfIso('2026-05-04')], gapDays: 7 });
    expect(Object.keys(rules)).not.toContain('pilot');
  });

  it('is refused by field, in words', () => {
    const refusal = (given: Record<string, unknown>): string => {
      const parsed = parsePilotTimetableSpec({ pilot: 'P', from: '2026-04-06', to: '2026-05-31', ...given });
      return parsed.ok ? 'not refused' : parsed.error.message;
    };
    expect(refusal({ to: '2026-04-01' })).toContain('"to": must be on or after "from"');
    expect(refusal({ gridMinutes: 7 })).toContain('"gridMinutes"');
    expect(refusal({ to: '2028-04-06' })).toContain('within 400 days');
    expect(refusal({ check: [] })).toContain('"check": needs "rows": true');
  });
});
