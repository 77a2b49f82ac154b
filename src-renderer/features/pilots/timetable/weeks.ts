import {
  dayOfIso,
  isoOfDay,
  isoOfEpoch,
  londonDay,
  londonOffsetSeconds,
  mondayOf,
  utcOfLondon,
} from '#shared/domain/dates.ts';

const secondsPerDay = 86_400;
const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

function secondsOf(at: string): number {
  return Math.floor(Date.parse(at) / 1_000);
}

/** `2026-03-31` and `09:30` by the clock in London, of a moment in UTC. */
export function localOf(at: string): { readonly day: string; readonly time: string } {
  const seconds = secondsOf(at);
  const local = seconds + londonOffsetSeconds(seconds);
  const minutes = Math.floor((((local % secondsPerDay) + secondsPerDay) % secondsPerDay) / 60);
  const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  return { day: isoOfDay(londonDay(seconds)), time };
}

/** The moment in UTC of a time by the clock in London; null where it is no time, such as `25:00`. */
export function momentOf(day: string, time: string): string | null {
  const clock = /^([01]?\d|2[0-3])[:.]([0-5]\d)$/.exec(time.trim());
  const number = dayOfIso(day);
  if (!clock || number === null) return null;
  return isoOfEpoch(utcOfLondon(number * secondsPerDay + Number(clock[1]) * 3_600 + Number(clock[2]) * 60));
}

/** `Mon` of an ISO day. */
export function weekdayOf(iso: string): string {
  const day = dayOfIso(iso) ?? 0;
  return weekdays[day - mondayOf(day)] ?? '';
}

export type CalendarWeek<Session> = {
  /** ISO days, Monday first. */
  readonly days: readonly string[];
  readonly sessions: readonly Session[];
};

/** Every week from the first day to the last, with its sessions; weeks without any among them. */
export function weeksBetween<Session extends { readonly at: string }>(
  from: string,
  to: string,
  sessions: readonly Session[],
): CalendarWeek<Session>[] {
  const byWeek = Map.groupBy(sessions, ({ at }) => mondayOf(londonDay(secondsOf(at))));
  const mondays = [mondayOf(dayOfIso(from) ?? 0), mondayOf(dayOfIso(to) ?? 0), ...byWeek.keys()];
  const [first, last] = [Math.min(...mondays), Math.max(...mondays)];
  return Array.from({ length: (last - first) / 7 + 1 }, (_, at) => {
    const monday = first + 7 * at;
    return {
      days: Array.from({ length: 7 }, (_day, day) => isoOfDay(monday + day)),
      sessions: byWeek.get(monday) ?? [],
    };
  });
}
