import { pointsOf } from '#main/analysis/pilots/timetable/best-course.ts';
import { checkTimetable } from '#main/analysis/pilots/timetable/check-timetable.ts';
import type { Roster, TimetableRules } from '#shared/domain/session-timetable.ts';

type Place = { readonly at: number; readonly place: string };

/** The most points of any timetable on the grid, by trying every set of sessions for every person, and asking the check alone. */
export function mostByTryingAll(roster: Roster, rules: TimetableRules): number {
  const grid = rules.gridMinutes * 60;
  const alone = Array.from({ length: roster.enrolled }, (_, person) => {
    const starts = new Map<string, Place>();
    for (const { person: who, place, start, end } of roster.duties) {
      for (let at = Math.ceil(start / grid) * grid; who === person && at < end; at += grid) {
        const own = [{ ...sessionOf({ at, place }, rules), people: [person] }];
        if (checkTimetable(own, roster, rules).length === 0) starts.set(`${at} ${place}`, { at, place });
      }
    }
    // Courses that the person alone could not have, whoever else comes, are never tried.
    return subsets([...starts.values()], rules.sessionsEach).filter((course) => {
      const own = course.map((one) => ({ ...sessionOf(one, rules), people: [person] }));
      return !checkTimetable(own, roster, rules).some(({ rule }) => rule === 'days between sessions');
    });
  });
  let most = 0;
  const choose = (person: number, courses: readonly (readonly Place[])[], points: number): void => {
    if (person === roster.enrolled) {
      if (points > most && isAllowed(courses, roster, rules)) most = points;
      return;
    }
    for (const course of alone[person]!) {
      choose(person + 1, [...courses, course], points + pointsOf(course.length, rules.sessionsEach));
    }
  };
  choose(0, [], 0);
  return most;
}

function sessionOf({ at, place }: Place, { minutes }: TimetableRules) {
  return { at, place, minutes, facilitator: 1 };
}

function subsets(all: readonly Place[], most: number): Place[][] {
  const found: Place[][] = [[]];
  for (const one of all) {
    found.push(...found.filter((own) => own.length < most).map((own) => [...own, one]));
  }
  return found;
}

/** Whether all courses together can be held, with the facilitators taking turns. */
function isAllowed(courses: readonly (readonly Place[])[], roster: Roster, rules: TimetableRules): boolean {
  const people = new Map<string, number[]>();
  const places = new Map<string, Place>();
  courses.forEach((course, person) => {
    for (const one of course) {
      const key = `${one.at} ${one.place}`;
      places.set(key, one);
      people.set(key, [...(people.get(key) ?? []), person]);
    }
  });
  const sessions = [...places]
    .sort(([, a], [, b]) => a.at - b.at || (a.place < b.place ? -1 : 1))
    .map(([key, one], turn) => ({
      ...sessionOf(one, rules),
      people: people.get(key)!,
      facilitator: 1 + (turn % rules.facilitators),
    }));
  return checkTimetable(sessions, roster, rules).length === 0;
}
