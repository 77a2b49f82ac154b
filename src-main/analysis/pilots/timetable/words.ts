import type { SessionTimetable, ShortfallReason, TimetableRuleName } from '#shared/domain/session-timetable.ts';

/** Why somebody has fewer sessions than wanted. */
export const shortfallWords: Readonly<Record<ShortfallReason, string>> = {
  'no duty': 'no duty in these weeks',
  'on leave': 'no duty outside leave',
  'rest days only': 'no duty but cancelled rest days',
  'nights only': 'no duty but nights, which are left out',
  'duties too short': 'no duty long enough on a day that may be used',
  'no slack': 'no duty with enough slack: too few are on duty there for a session',
  'duties too few': 'no more duties far enough apart',
  'places taken': 'no place left: sessions or facilitators are used up',
};

/** What a timetable breaks, in words that follow the session or the person. */
export const brokenWords: Readonly<Record<TimetableRuleName, string>> = {
  length: 'does not last as long as sessions do',
  period: 'lies outside the days of the timetable',
  'closed day': 'lies on a day that may not be used',
  places: 'has more people than places',
  'fewest people': 'has fewer people than a session needs',
  'enough on duty': 'leaves too few on duty there',
  'one session at a time in a place': 'overlaps another in the same place',
  'one session at a time for a facilitator': 'overlaps another of its facilitator or leaves no pause',
  'sessions of a facilitator in a day': 'is one too many for its facilitator that day',
  'sessions in a day': 'is one too many that day',
  enrolled: 'is not enrolled, or not in these arms',
  'once in a session': 'is named twice',
  'on duty there': 'is not on duty there',
  'not on leave': 'is away',
  'no rest day': 'has a rest day that was cancelled',
  'no night': 'is on a night',
  'not at the edge of a duty': 'has only begun or is about to end a duty',
  'days between sessions': 'has come too few days before',
  'no more than wanted': 'has had a whole course',
};

/** How good a timetable is, in words that only say what is proven. */
export function boundWords({ points, bound }: Pick<SessionTimetable, 'points' | 'bound'>): string {
  if (points >= bound) return 'No timetable within these rules reaches more.';
  // Rounded down: never said to be nearer than it is.
  return `This is at least ${Math.floor((100 * points) / bound)}% of what any timetable within these rules could reach.`;
}
