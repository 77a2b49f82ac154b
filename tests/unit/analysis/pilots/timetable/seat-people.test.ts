import { describe, expect, it } from 'vitest';
import { checkTimetable } from '#main/analysis/pilots/timetable/check-timetable.ts';
import { seatPeople } from '#main/analysis/pilots/timetable/seat-people.ts';
import { utcOfLondon } from '#shared/domain/dates.ts';
import type { Roster, TimetableRules } from '#shared/domain/session-timetable.ts';
import { duty, firstDay, rulesWith } from './any-roster.ts';

/** Eight people of North on early shifts on ten days, six of them enrolled; the sixth is on leave from the fourth day on. */
const roster: Roster = {
  enrolled: 6,
  duties: [0, 1, 2, 3, 4, 5, 6, 7].flatMap((person) => Array.from({ length: 10 }, (_, day) => duty(person, day, 7, 9))),
  away: [{ person: 5, firstDay: firstDay + 3, lastDay: firstDay + 9 }],
};

function session(day: number, people: readonly number[] = [], hour = 9) {
  const at = utcOfLondon((firstDay + day) * 86_400 + hour * 3_600);
  return { at, minutes: 20, place: 'North', facilitator: 1, people };
}

function seated(sessions: readonly ReturnType<typeof session>[], given: Partial<TimetableRules> = {}) {
  const rules = rulesWith({ gapDays: 3, sessionsEach: 2, awayShare: 0.5, ...given });
  const found = seatPeople(sessions, roster, rules);
  return { people: found.map(({ people }) => people), broken: checkTimetable(found, roster, rules) };
}

describe('seats of sessions that were placed by hand', () => {
  it('stay with whoever may come, and what is free goes to those with the fewest sessions', () => {
    expect(seated([session(0, [4, 5])])).toEqual({ people: [[0, 1, 4, 5]], broken: [] });
    const twice = seated([session(0, [0, 1, 2, 3]), session(4)]);
    // On the fifth day seven are on duty, so that three may be away at once.
    expect(twice).toEqual({
      people: [
        [0, 1, 2, 3],
        [0, 1, 4],
      ],
      broken: [],
    });
  });

  it('are taken from whoever breaks a rule, and never from more than may be away', () => {
    const { people, broken } = seated([session(4, [5, 6, 0]), session(5, [0, 1])]);
    expect(broken).toEqual([]);
    expect(people[0]).toContain(0);
    expect(people.flat()).not.toContain(5);
    expect(people.flat().filter((person) => person > 5)).toEqual([]);
    expect(people[1]).not.toContain(0);
    expect(seated([session(0)], { awayShare: 0.25 }).people).toEqual([[0, 1]]);
    expect(seated([session(0)], { places: 1 }).people).toEqual([[0]]);
  });

  it('stay empty where nobody could come, and no session is moved', () => {
    expect(seated([session(0, [0], 3), { ...session(1), place: 'South' }]).people).toEqual([[], []]);
    const given = [session(4), session(0)];
    const found = seatPeople(given, roster, rulesWith({}));
    expect(found.map(({ people, ...own }) => own)).toEqual(given.map(({ people, ...own }) => own));
  });
});
