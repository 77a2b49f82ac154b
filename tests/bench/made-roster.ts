import { dayOfIso, utcOfLondon } from '#shared/domain/dates.ts';
import { randomStream } from '#shared/domain/random.ts';
import type { Roster, RosteredDuty, TimeAway } from '#shared/domain/session-timetable.ts';

const hour = 3_600;
const early = { starts: 7, hours: 9 };
const late = { starts: 14, hours: 10 };
const night = { starts: 22, hours: 9 };
const day = { starts: 8, hours: 8 };
const half = { starts: 9, hours: 4 };
const rest = null;

/** Five shift patterns as forces work them: two response rotas, a neighbourhood team, an office, and part-timers of one. */
const patterns = [
  [early, early, late, late, night, night, rest, rest, rest, rest],
  [early, early, early, late, late, late, night, night, night, rest, rest, rest],
  [early, late, late, early, early, rest, rest],
  [day, day, day, day, day, rest, rest],
  [half, half, half, rest, rest, rest, rest],
] as const;

/** A synthetic force over some weeks from 1 March 2026, the clock change among them: everybody has a pattern, some have leave. */
export function madeRoster(people: number, weeks: number, places = 8): Roster & { readonly firstDay: number } {
  const firstDay = dayOfIso('2026-03-01') ?? 0;
  const random = randomStream(20_260_301, 'roster');
  const duties: RosteredDuty[] = [];
  const away: TimeAway[] = [];
  for (let person = 0; person < people; person += 1) {
    const pattern = patterns[person % patterns.length] ?? patterns[0];
    // Teams of a rota begin it on different days, and the people of a team together.
    const team = random.nextBelow(pattern.length);
    const place = `Station ${1 + random.nextBelow(places)}`;
    for (let at = 0; at < weeks * 7; at += 1) {
      const shift = pattern[(at + team) % pattern.length];
      const isRestDay = !shift && random.nextBelow(40) === 0;
      const { starts, hours } = shift ?? early;
      if (!shift && !isRestDay) continue;
      const start = utcOfLondon((firstDay + at) * 24 * hour + starts * hour);
      duties.push({ person, place, start, end: start + hours * hour, isRestDay });
    }
    if (random.nextBelow(3) === 0) {
      const from = firstDay + random.nextBelow(weeks * 7);
      away.push({ person, firstDay: from, lastDay: from + 6 + random.nextBelow(8) });
    }
  }
  return { enrolled: people, duties, away, firstDay };
}
