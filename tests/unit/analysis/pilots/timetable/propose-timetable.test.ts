import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DraftMaker } from '#main/analysis/pilots/timetable/better-draft.ts';
import { candidateSlots } from '#main/analysis/pilots/timetable/candidate-slots.ts';
import { checkTimetable } from '#main/analysis/pilots/timetable/check-timetable.ts';
import { Draft } from '#main/analysis/pilots/timetable/draft.ts';
import { keptDuties } from '#main/analysis/pilots/timetable/kept-duties.ts';
import { proposeTimetable } from '#main/analysis/pilots/timetable/propose-timetable.ts';
import { boundWords, shortfallWords } from '#main/analysis/pilots/timetable/words.ts';
import { isoOfEpoch, londonDay } from '#shared/domain/dates.ts';
import type { Roster, RosteredDuty, SessionTimetable, TimetableRules } from '#shared/domain/session-timetable.ts';
import { anyRoster, anyRules, dayShifts, duty, firstDay, rulesWith } from './any-roster.ts';
import { mostByTryingAll } from './by-trying-all.ts';

function proposed(
  duties: readonly RosteredDuty[],
  given: Partial<TimetableRules> = {},
  roster: Partial<Roster> = {},
): SessionTimetable {
  const enrolled = Math.max(0, ...duties.map(({ person }) => person + 1));
  return proposeTimetable({ enrolled, duties, away: [], ...roster }, rulesWith(given));
}

function reasons({ coverage }: SessionTimetable): (readonly [number, string])[] {
  return coverage.shortfalls.map(({ sessions, reason }) => [sessions, reason] as const);
}

describe('a proposed timetable', () => {
  it('puts everybody who works together into one session a week', () => {
    const duties = [0, 1, 2].flatMap((person) => [0, 1, 7, 8].map((day) => duty(person, day, 7, 9)));
    const timetable = proposed(duties, { sessionsEach: 2, gapDays: 7 });
    expect(timetable.sessions.map(({ people }) => people)).toEqual([
      [0, 1, 2],
      [0, 1, 2],
    ]);
    expect(timetable.coverage).toEqual({ people: 3, full: 3, part: 0, none: 0, dose: 1, shortfalls: [] });
    expect(boundWords(timetable)).toBe('No timetable within these rules reaches more.');
  });

  it('keeps the clock in London when the clocks change', () => {
    const { sessions } = proposed([duty(0, 0, 7, 2), duty(0, 5, 7, 2)], { sessionsEach: 2, afterStartMinutes: 60 });
    expect(sessions.map(({ at }) => isoOfEpoch(at))).toEqual(['2026-03-26T08:00:00Z', '2026-03-31T07:00:00Z']);
  });

  it('lets no more go than may be away, colleagues who are not enrolled among those who stay', () => {
    const team = [0, 1, 2, 3, 4, 5, 6, 7].map((person) => duty(person, 0, 7, 9));
    const alone = proposed(team, { awayShare: 0.25, sessionsEach: 1 }, { enrolled: 4 });
    expect(alone.sessions.map(({ people }) => people.length)).toEqual([2, 2]);
    expect(proposed(team.slice(0, 3), { awayShare: 0.25, sessionsEach: 1 }).sessions).toEqual([]);
  });

  it('gives facilitators a pause and no more than their sessions of a day', () => {
    const places = ['A', 'B', 'C', 'D', 'E'];
    const duties = places.map((place, person) => duty(person, 0, 7, 3, { place }));
    const { sessions, coverage } = proposed(duties, { sessionsEach: 1, facilitators: 2, sessionsPerFacilitatorDay: 2 });
    expect(sessions.map(({ facilitator }) => facilitator)).toEqual([1, 2, 1, 2]);
    expect(sessions.map(({ at }) => isoOfEpoch(at).slice(11, 16))).toEqual(['07:30', '07:30', '08:30', '08:30']);
    expect(coverage).toMatchObject({ full: 4, none: 1, dose: 0.8 });
  });

  it('says in words why somebody has fewer sessions than wanted', () => {
    const leave = { person: 1, firstDay, lastDay: firstDay + 13 };
    const rest = duty(2, 0, 7, 9, { isRestDay: true });
    const duties = [duty(1, 3, 7, 9), rest, duty(3, 0, 22, 9), duty(4, 0, 9, 1), duty(6, 0, 7, 9), duty(6, 1, 7, 9)];
    const lone = duty(5, 0, 7, 9, { place: 'South' });
    const team = [7, 8, 9].map((person) => duty(person, 0, 7, 9));
    const timetable = proposed([...duties, lone, ...team], { awayShare: 0.5, sessionsEach: 2 }, { away: [leave] });
    const first = [
      [0, 'no duty'],
      [0, 'on leave'],
      [0, 'rest days only'],
      [0, 'nights only'],
      [0, 'duties too short'],
      [0, 'no slack'],
      [1, 'duties too few'],
    ];
    expect(reasons(timetable).slice(0, 7)).toEqual(first);
    const taken = proposed([duty(0, 0, 7, 9), duty(1, 0, 7, 9)], { places: 1, sessionsPerDay: 1, sessionsEach: 1 });
    expect(reasons(taken)).toEqual([[0, 'places taken']]);
    expect(Object.values(shortfallWords).every((words) => words.startsWith('no '))).toBe(true);
  });

  it('holds no session for fewer people than are asked for', () => {
    const pair = [duty(0, 0, 7, 9), duty(1, 0, 7, 9), duty(2, 3, 7, 9)];
    const sizes = (fewestPeople: number): number[] =>
      proposed(pair, { sessionsEach: 1, fewestPeople }).sessions.map(({ people }) => people.length);
    expect([sizes(1), sizes(2), sizes(3)]).toEqual([[2, 1], [2], []]);
  });

  it('holds no session that people have no less without', () => {
    const rules = rulesWith({ sessionsEach: 1 });
    const duties = [duty(0, 0, 7, 9), duty(1, 0, 10, 9), duty(2, 0, 10, 6)];
    const candidates = candidateSlots(3, keptDuties({ enrolled: 3, duties, away: [] }).worked, rules);
    const draft = new Draft(candidates, rules);
    const [early, late] = [0, candidates.slots.length - 1];
    const midday = candidates.slots.findIndex(({ window }) => candidates.windows[window]?.people.length === 3);
    [early, late, midday].forEach((slot, person) => {
      draft.hold(slot);
      draft.setCourse(person, [candidates.slots[slot]!.window]);
    });
    new DraftMaker(candidates, rules).thin(draft);
    expect([draft.held, draft.points]).toEqual([[midday], 3]);
  });

  it('asks people on nights only where told to', () => {
    const duties = [duty(0, 0, 22, 9)];
    expect(proposed(duties, { sessionsEach: 1 }).sessions).toEqual([]);
    expect(proposed(duties, { sessionsEach: 1, nights: true }).coverage.full).toBe(1);
  });

  it('is empty where nobody is enrolled or nobody works', () => {
    expect(proposed([])).toMatchObject({ sessions: [], points: 0, bound: 0, coverage: { people: 0, dose: 0 } });
    expect(proposed([], {}, { enrolled: 3 }).coverage).toMatchObject({ people: 3, none: 3 });
  });
});

describe('the timetable of any roster', () => {
  it('breaks no rule, is never above its bound, and counts everybody once', () => {
    let sessions = 0;
    const rosters = anyRoster({ people: 9, colleagues: 4, days: 16, duties: 100, places: ['North', 'South'] });
    fc.assert(
      fc.property(rosters, anyRules(14), (roster, rules) => {
        const timetable = proposeTimetable(roster, rules);
        expect(checkTimetable(timetable.sessions, roster, rules)).toEqual([]);
        expect(timetable.points).toBeLessThanOrEqual(timetable.bound);
        const { full, part, none, people, shortfalls } = timetable.coverage;
        expect([full + part + none, part + none]).toEqual([people, shortfalls.length]);
        for (const { people: own, mayCome, at } of timetable.sessions) {
          expect(own.length).toBeGreaterThan(0);
          expect(own.length).toBeLessThanOrEqual(mayCome);
          expect(rules.closedDays).not.toContain(londonDay(at));
        }
        sessions += timetable.sessions.length;
      }),
      { seed: 21, numRuns: 150 },
    );
    expect(sessions).toBeGreaterThan(300);
  });

  it('reaches what trying every timetable reaches, where that can be tried', () => {
    let reached = 0;
    // Two or three starts a duty, so that they can all be tried, and few places.
    const tight = {
      gridMinutes: 60 as const,
      fewestPeople: 1,
      afterStartMinutes: 240,
      beforeEndMinutes: 180,
      awayShare: 0.7,
      closedDays: [],
    };
    const small = anyRoster({ people: 3, colleagues: 1, days: 5, duties: 16, places: ['North'], shifts: dayShifts });
    fc.assert(
      fc.property(small, anyRules(5), (roster, given) => {
        const rules = { ...given, ...tight };
        const most = mostByTryingAll(roster, rules);
        const { points, bound } = proposeTimetable(roster, rules);
        expect(points).toBe(most);
        expect(bound).toBeGreaterThanOrEqual(most);
        reached += most;
      }),
      { seed: 22, numRuns: 150 },
    );
    expect(reached).toBeGreaterThan(500);
  });

  it('is the same for the same roster, in whatever order its duties come', () => {
    const rosters = anyRoster({ people: 6, colleagues: 2, days: 14, duties: 40, places: ['North', 'South'] });
    fc.assert(
      fc.property(rosters, anyRules(14), (roster, rules) => {
        const turned = { ...roster, duties: roster.duties.toReversed() };
        const unique = new Set(roster.duties.map(({ person, start }) => `${person} ${start}`));
        // Two duties of somebody at one start contradict each other: which holds is nobody's to say.
        fc.pre(unique.size === roster.duties.length);
        expect(proposeTimetable(turned, rules)).toEqual(proposeTimetable(roster, rules));
      }),
      { seed: 23, numRuns: 40 },
    );
  });
});
