import type { SessionTimetable, ShortfallReason } from '#shared/domain/session-timetable.ts';

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

/** How good a timetable is, in words that only say what is proven. */
export function boundWords({ points, bound }: Pick<SessionTimetable, 'points' | 'bound'>): string {
  if (points >= bound) return 'No timetable within these rules reaches more.';
  // Rounded down: never said to be nearer than it is.
  return `This is at least ${Math.floor((100 * points) / bound)}% of what any timetable within these rules could reach.`;
}
