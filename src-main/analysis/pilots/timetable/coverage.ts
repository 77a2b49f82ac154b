import { londonDay } from '#shared/domain/dates.ts';
import type {
  Roster,
  RosteredDuty,
  ShortfallReason,
  TimetableCoverage,
  TimetableRules,
} from '#shared/domain/session-timetable.ts';
import type { Candidates } from './candidate-slots.ts';
import type { KeptDuties, KeptDuty } from './kept-duties.ts';

/** A timetable as its coverage sees it: how many sessions everybody has. */
type Planned = {
  readonly candidates: Candidates;
  readonly rules: TimetableRules;
  readonly courses: readonly { readonly length: number }[];
};

/** Who is to have a whole course, part of one or none, and why. */
export function coverageOf(
  { candidates, rules, courses }: Planned,
  { roster, kept }: { readonly roster: Roster; readonly kept: KeptDuties },
): TimetableCoverage {
  const isInPeriod = ({ person, start, end }: RosteredDuty): boolean =>
    person < roster.enrolled && londonDay(end) >= rules.firstDay && londonDay(start) <= rules.lastDay;
  const worked = Map.groupBy(kept.worked.filter(isInPeriod), ({ person }) => person);
  const onLeave = new Set(kept.onLeave.filter(isInPeriod).map(({ person }) => person));
  const shortfalls = courses.flatMap((course, person) => {
    if (course.length >= rules.sessionsEach) return [];
    const days = [...(candidates.windowsOf[person] ?? [])].map((window) => candidates.windows[window]?.day ?? 0);
    const own = worked.get(person) ?? [];
    const reason =
      reasonOfDuties(own, { isOnLeave: onLeave.has(person), hasTime: candidates.hasTime[person] === 1, rules }) ??
      (days.length === 0
        ? 'no slack'
        : mostSessions(days, rules) < rules.sessionsEach
          ? 'duties too few'
          : 'places taken');
    return [{ person, sessions: course.length, reason }];
  });
  const people = roster.enrolled;
  const none = shortfalls.filter(({ sessions }) => sessions === 0).length;
  const planned = courses.reduce((sum, { length }) => sum + length, 0);
  return {
    people,
    full: people - shortfalls.length,
    part: shortfalls.length - none,
    none,
    dose: people === 0 ? 0 : planned / (people * rules.sessionsEach),
    shortfalls,
  };
}

/** Why a person's duties hold no session at all; null where one could. */
function reasonOfDuties(
  worked: readonly KeptDuty[],
  {
    isOnLeave,
    hasTime,
    rules,
  }: {
    readonly isOnLeave: boolean;
    readonly hasTime: boolean;
    readonly rules: TimetableRules;
  },
): ShortfallReason | null {
  if (hasTime) return null;
  if (worked.length === 0) return isOnLeave ? 'on leave' : 'no duty';
  const rostered = worked.filter(({ isRestDay }) => !isRestDay);
  if (rostered.length === 0) return 'rest days only';
  return !rules.nights && rostered.every(({ isNight }) => isNight) ? 'nights only' : 'duties too short';
}

/** The most sessions that days, in order, allow: the first, and then each next that lies far enough away. */
function mostSessions(days: readonly number[], { gapDays }: TimetableRules): number {
  let last = Number.NEGATIVE_INFINITY;
  let sessions = 0;
  for (const day of days) {
    if (day - last < gapDays) continue;
    last = day;
    sessions += 1;
  }
  return sessions;
}
