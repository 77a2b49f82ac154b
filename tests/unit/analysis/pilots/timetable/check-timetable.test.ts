import { describe, expect, it } from 'vitest';
import { checkTimetable } from '#main/analysis/pilots/timetable/check-timetable.ts';
import { isNightDuty } from '#main/analysis/pilots/timetable/kept-duties.ts';
import { utcOfLondon } from '#shared/domain/dates.ts';
import { type Roster, type TimetableRules, timetableRuleNames } from '#shared/domain/session-timetable.ts';
import { duty, firstDay, rulesWith } from './any-roster.ts';

/** Four people of North on an early shift on ten days, the first of them enrolled with the second and the third. */
const days = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const roster: Roster = {
  enrolled: 3,
  duties: [
    ...[0, 1, 2, 3].flatMap((person) => days.map((day) => duty(person, day, 7, 9))),
    duty(2, 10, 22, 9),
    duty(2, 12, 7, 9, { isRestDay: true }),
    ...[0, 1, 3].map((person) => duty(person, 12, 7, 9)),
    ...[0, 1, 3].map((person) => duty(person, 10, 22, 9)),
  ],
  away: [{ person: 1, firstDay: firstDay + 9, lastDay: firstDay + 9 }],
};

function at(day: number, hour: number, minute = 0): number {
  return utcOfLondon((firstDay + day) * 86_400 + hour * 3_600 + minute * 60);
}

function session(day: number, hour: number, people: readonly number[], given: object = {}) {
  return { at: at(day, hour), minutes: 20, place: 'North', facilitator: 1, people, ...given };
}

function broken(sessions: readonly ReturnType<typeof session>[], given: Partial<TimetableRules> = {}) {
  return checkTimetable(sessions, roster, rulesWith({ gapDays: 3, sessionsEach: 2, ...given }));
}

/** For each rule a timetable that breaks it and no other: where nobody is on duty, nobody could stay either. */
const alone = timetableRuleNames.filter((rule) => rule !== 'on duty there');
const breaking: Readonly<Record<(typeof alone)[number], () => ReturnType<typeof broken>>> = {
  length: () => broken([session(0, 9, [0], { minutes: 25 })]),
  period: () => broken([session(9, 9, [0])], { lastDay: firstDay + 8 }),
  'closed day': () => broken([session(1, 9, [0])], { closedDays: [firstDay + 1] }),
  places: () => broken([session(0, 9, [0, 1, 2])], { places: 2 }),
  'fewest people': () => broken([session(0, 9, [0, 1])], { fewestPeople: 3 }),
  'enough on duty': () => broken([session(0, 9, [0, 1, 2])], { awayShare: 0.5 }),
  'one session at a time in a place': () =>
    broken([session(0, 9, [0]), session(0, 9, [1], { at: at(0, 9, 10), facilitator: 2 })]),
  'one session at a time for a facilitator': () =>
    broken([session(0, 9, [0]), session(0, 9, [1], { at: at(0, 9, 30) })]),
  'sessions of a facilitator in a day': () =>
    broken([session(0, 9, [0]), session(0, 11, [1])], { sessionsPerFacilitatorDay: 1 }),
  'sessions in a day': () => broken([session(0, 9, [0]), session(0, 11, [1])], { sessionsPerDay: 1 }),
  enrolled: () => broken([session(0, 9, [0, 3])]),
  'once in a session': () => broken([session(0, 9, [0, 0])]),
  'not on leave': () => broken([session(9, 9, [1])]),
  'no rest day': () => broken([session(12, 9, [2])]),
  'no night': () => broken([session(10, 23, [2])]),
  'not at the edge of a duty': () => broken([session(0, 9, [0], { at: at(0, 7, 20) })]),
  'days between sessions': () => broken([session(0, 9, [0]), session(2, 9, [0])]),
  'no more than wanted': () => broken([0, 3, 6].map((day) => session(day, 9, [0]))),
};

describe('the check of a timetable', () => {
  it('finds nothing wrong with one that keeps every rule', () => {
    expect(broken([session(0, 9, [0, 1, 2]), session(3, 9, [0, 1])])).toEqual([]);
    expect(broken([session(10, 23, [2])], { nights: true })).toEqual([]);
  });

  it.each(alone)('names “%s” where it alone is broken', (rule) => {
    const found = breaking[rule]();
    expect([...new Set(found.map((one) => one.rule))]).toEqual([rule]);
  });

  it('names whoever is not on duty there, and that nobody is there who could stay', () => {
    expect(broken([session(11, 9, [0])])).toEqual([
      { rule: 'enough on duty', session: 0, person: null },
      { rule: 'on duty there', session: 0, person: 0 },
    ]);
    expect(broken([session(0, 9, [0], { place: 'South' })]).map(({ rule }) => rule)).toContain('on duty there');
  });

  it('names the session and the person', () => {
    expect(broken([session(0, 9, [0, 1]), session(2, 9, [1, 2])])).toEqual([
      { rule: 'days between sessions', session: 1, person: 1 },
    ]);
  });

  it('counts those on duty at every moment of a session', () => {
    const leaving = [duty(0, 0, 7, 9), duty(1, 0, 7, 4), duty(2, 0, 11, 5)];
    const own = { enrolled: 1, duties: leaving, away: [] };
    const rules = rulesWith({ awayShare: 0.5 });
    expect(checkTimetable([session(0, 10, [0])], own, rules)).toEqual([]);
    // One goes at 11:00 and another comes then: two are there at any moment.
    expect(checkTimetable([session(0, 10, [0], { at: at(0, 10, 50) })], own, rules)).toEqual([]);
    const late = { ...own, duties: [...leaving.slice(0, 2), duty(2, 0, 12, 4)] };
    expect(checkTimetable([session(0, 10, [0], { at: at(0, 10, 50) })], late, rules).map(({ rule }) => rule)).toEqual([
      'enough on duty',
    ]);
  });
});

describe('night work', () => {
  it('is at least three hours between 23:00 and 06:00 by the clock in London, the clock change among them', () => {
    expect(isNightDuty(duty(0, 0, 22, 9))).toBe(true);
    expect(isNightDuty(duty(0, 0, 14, 12))).toBe(true);
    expect(isNightDuty(duty(0, 0, 14, 11.5))).toBe(false);
    expect(isNightDuty(duty(0, 0, 3.5, 9))).toBe(false);
    expect(isNightDuty(duty(0, 0, 3, 9))).toBe(true);
    expect(isNightDuty(duty(0, 2, 23, 3))).toBe(true);
  });
});
