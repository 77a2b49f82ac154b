import { describe, expect, it } from 'vitest';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import { defaultChoices, isComplete, timetableSpec } from '../../src-renderer/features/pilots/timetable/choices.ts';
import {
  coverageFigures,
  editable,
  faultLines,
  placedSessions,
  readTimetable,
  withSession,
} from '../../src-renderer/features/pilots/timetable/timetable-model.ts';
import { localOf, momentOf, weekdayOf, weeksBetween } from '../../src-renderer/features/pilots/timetable/weeks.ts';
import { pilotPlanSchema } from '../../src-shared/domain/pilot.ts';
import type { PilotTimetableResult } from '../../src-shared/domain/pilot-timetable.ts';

const plan = pilotPlanSchema.parse({
  pilot: 'P',
  title: 'A pilot',
  arms: [
    { arm: 'sessions', what: '' },
    { arm: 'as usual', what: '', isComparison: true },
  ],
  sessions: { planned: 6, minutes: 15, withinShift: true },
});

const timetable: PilotTimetableResult = {
  ...{ pilot: 'P', reach: 'consented', from: '2026-03-23', to: '2026-04-12', atLeast: 0.9899 },
  sessions: [
    { at: '2026-03-27T09:00:00Z', minutes: 15, place: 'North', facilitator: 1 },
    { at: '2026-03-30T08:00:00Z', minutes: 15, place: 'South', facilitator: 2 },
  ],
  coverage: { people: 20, full: null, part: 8, none: null, dose: 0.5, shortfalls: [] },
  rows: [
    { person: 'A', sessions: [0, 1], shortfall: null },
    { person: 'B', sessions: [1], shortfall: 'no place left' },
  ],
};

describe('what a timetable is asked for', () => {
  it('begins on the Monday to come, or before the end of the duties that are held', () => {
    expect(defaultChoices(plan, '2026-03-25', '2026-06-01').from).toBe('2026-03-30');
    const past = defaultChoices(plan, '2026-11-26', '2026-03-29');
    expect(past).toMatchObject({ from: '2026-02-02', weeks: 8, sessionsEach: 6, minutes: 15 });
    expect(isComplete(past)).toBe(true);
    expect(isComplete({ ...past, facilitators: Number.NaN })).toBe(false);
  });

  it('offers the sessions to the arms that are not only compared with, over whole weeks', () => {
    const spec = timetableSpec(defaultChoices(plan, '2026-03-25', '2026-06-01'), plan, true);
    expect(spec).toMatchObject({
      ...{ pilot: 'P', arms: ['sessions'], reach: null, from: '2026-03-30', to: '2026-05-24', awayShare: 0.25 },
      rows: true,
    });
    expect(spec).not.toHaveProperty('weeks');
  });
});

describe('a timetable on screen', () => {
  it('stands in weeks from Monday, by the clock in London before and after it changes', () => {
    expect([localOf('2026-03-27T09:00:00Z').time, localOf('2026-03-30T08:00:00Z').time]).toEqual(['09:00', '09:00']);
    expect(momentOf('2026-03-30', '9:00')).toBe('2026-03-30T08:00:00Z');
    expect([momentOf('2026-03-30', '25:00'), momentOf('2026-03-30', '')]).toEqual([null, null]);
    expect([weekdayOf('2026-03-30'), weekdayOf('2026-04-05')]).toEqual(['Mon', 'Sun']);
    const weeks = weeksBetween(timetable.from, timetable.to, placedSessions(timetable));
    expect(weeks.map(({ days, sessions }) => [days[0], days[6], sessions.length])).toEqual([
      ['2026-03-23', '2026-03-29', 1],
      ['2026-03-30', '2026-04-05', 1],
      ['2026-04-06', '2026-04-12', 0],
    ]);
  });

  it('knows who has a seat where single people are seen, and is changed session by session', () => {
    const placed = placedSessions(timetable);
    expect(placed.map(({ people }) => people)).toEqual([['A'], ['A', 'B']]);
    const { rows, ...others } = timetable;
    expect(placedSessions(others).map(({ people }) => people)).toEqual([null, null]);
    const sessions = editable(placed);
    expect(sessions[0]).not.toHaveProperty('index');
    const moved = { ...sessions[0]!, place: 'East' };
    expect(withSession(sessions, 0, moved).map(({ place }) => place)).toEqual(['East', 'South']);
    expect(withSession(sessions, 0, null).map(({ place }) => place)).toEqual(['South']);
    expect(withSession(sessions, null, moved).map(({ place }) => place)).toEqual(['North', 'South', 'East']);
  });

  it('says whom it reaches, what is withheld, and never that it is nearer to the best than is proven', () => {
    const figures = coverageFigures(readTimetable({ result: timetable } as unknown as AnalysisResult));
    expect(figures.map(({ value }) => value)).toEqual(['20', '–', '8', '–', '50.0%', '98%']);
    expect(figures[1]?.note).toContain('withheld');
    const fault = { session: 1, rule: 'no night' as const, words: 'is on a night' };
    expect(
      faultLines(
        [
          { ...fault, person: 'B' },
          { ...fault, person: null },
        ],
        placedSessions(timetable),
      ),
    ).toEqual([
      'Mon 30 Mar 2026, 09:00, South: B is on a night.',
      'Mon 30 Mar 2026, 09:00, South: The session is on a night.',
    ]);
  });
});
