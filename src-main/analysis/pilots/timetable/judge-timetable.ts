import type {
  BrokenRule,
  ProposedSession,
  Roster,
  TimetableCoverage,
  TimetableRules,
} from '#shared/domain/session-timetable.ts';
import { candidateSlots } from './candidate-slots.ts';
import { checkTimetable } from './check-timetable.ts';
import { coverageOf } from './coverage.ts';
import { keptDuties } from './kept-duties.ts';

/** What a timetable that somebody has made or changed by hand gives, and every rule that it breaks. */
export function judgeTimetable(
  sessions: readonly Omit<ProposedSession, 'mayCome'>[],
  roster: Roster,
  rules: TimetableRules,
): { readonly coverage: TimetableCoverage; readonly broken: readonly BrokenRule[] } {
  const kept = keptDuties(roster);
  const courses = Array.from({ length: roster.enrolled }, (_, person) =>
    sessions.filter(({ people }) => people.includes(person)),
  );
  const candidates = candidateSlots(roster.enrolled, kept.worked, rules);
  return {
    coverage: coverageOf({ candidates, rules, courses }, { roster, kept }),
    broken: checkTimetable(sessions, roster, rules),
  };
}
