import type { KnownScreening } from '#main/analysis/early-warning/landmarks/history.ts';
import { londonDay } from '#shared/domain/dates.ts';
import { dutiesOf, lastDay, type PlainPerson, startOf } from './small-history.ts';

/** The definitions once more, day by day and without any shortcut. */
export function naive(one: PlainPerson, own: KnownScreening): Record<string, number> {
  const t = own.day;
  const days = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, step) => from + step);
  const events = one.exposures.filter(({ day, recordedDay }) => day <= t && (recordedDay ?? day + 7) <= t);
  const inWindow = (from: number, to: number) => events.filter(({ day }) => day > from && day <= to).length;
  const last = Math.max(...events.map(({ day }) => day), Number.NEGATIVE_INFINITY);
  const earlier = one.screenings
    .filter(({ day, score, recordedDay }) => day < t && score !== null && (recordedDay ?? day) <= t)
    .sort((a, b) => b.day - a.day)[0];
  const lost = new Set<number>();
  let psychological = 0;
  for (const { startDay, endDay, recordedDay, psychological: mind } of one.absences) {
    if (startDay > t || (recordedDay ?? startDay + 7) > t) continue;
    const knowsEnd = endDay !== null && (recordedDay !== null || endDay + 7 <= t);
    for (const day of days(startDay, knowsEnd ? Math.min(endDay, t) : t)) {
      if (day <= t - 365) continue;
      lost.add(day);
      if (mind) psychological = 1;
    }
  }
  const all = dutiesOf(one).filter(({ type, restDayCancelled }) => type !== 'Rest day' || restDayCancelled);
  const endOf = (row: (typeof all)[number]) => startOf(row) + row.hours * 3_600;
  const known = all.filter((row) => londonDay(endOf(row)) + 7 <= t);
  const recent = known.filter(({ day }) => day > t - 28);
  const isNight = ({ type, hour, hours }: (typeof all)[number]) => {
    if (type === 'Night shift') return true;
    // Hours of the local clock between 23 and 6, of one night.
    const clock = Array.from({ length: hours }, (_, step) => hour + step);
    const nights = new Map<number, number>();
    for (const reached of clock) {
      if (reached % 24 < 23 && reached % 24 >= 6) continue;
      const night = Math.floor((reached + 1) / 24);
      nights.set(night, (nights.get(night) ?? 0) + 1);
    }
    return [...nights.values()].some((count) => count >= 3);
  };
  const isShort = (row: (typeof all)[number]) => {
    const before = all.filter((other) => startOf(other) < startOf(row)).map(endOf);
    const gap = startOf(row) - Math.max(...before, Number.NEGATIVE_INFINITY);
    return gap > 0 && gap < 11 * 3_600;
  };
  return {
    'exposures-28': inWindow(t - 28, t),
    'exposures-29-180': inWindow(t - 180, t - 28),
    'exposure-recency': events.length === 0 ? 0 : 2 ** ((last - t) / 28),
    'last-score': own.score!,
    'score-change': earlier ? own.score! - earlier.score! : 0,
    'first-screening': earlier ? 0 : 1,
    'absence-days-365': lost.size,
    'psychological-365': psychological,
    'nights-28': recent.filter(isNight).length,
    'overtime-hours-28': recent.reduce((sum, { overtimeMinutes }) => sum + overtimeMinutes / 60, 0),
    'rest-days-cancelled-90': new Set(
      known.filter(({ day, restDayCancelled }) => restDayCancelled && day > t - 90).map(({ day }) => day),
    ).size,
    'short-gaps-28': recent.filter(isShort).length,
  };
}

export function naiveOutcome(one: PlainPerson, t: number): [outcome: number, caseness: number, spell: number] {
  const end = t + 180;
  const later = one.screenings.filter(({ day, score }) => day > t && day <= end && day <= lastDay && score !== null);
  const caseness = later.some(({ score }) => score! >= 50) ? 1 : later.length > 0 && end <= lastDay ? 0 : -1;
  // Every day away for the mind, then runs of days.
  const lost = new Set<number>();
  const open = one.absences.filter(({ psychological }) => psychological);
  for (const { startDay, endDay } of open) {
    for (let day = startDay; day <= Math.min(endDay ?? lastDay, lastDay); day += 1) lost.add(day);
  }
  let long = false;
  let unsure = false;
  for (let day = t + 1; day <= Math.min(end, lastDay); day += 1) {
    if (!lost.has(day) || lost.has(day - 1)) continue;
    let last = day;
    while (lost.has(last + 1)) last += 1;
    if (last - day + 1 > 28) long = true;
    else if (last === lastDay && open.some(({ startDay, endDay }) => startDay <= last && (endDay ?? last + 1) > last)) {
      unsure = true;
    }
  }
  const stays = one.serviceEnd === null || one.serviceEnd >= end;
  const spell = long ? 1 : !unsure && stays && end <= lastDay ? 0 : -1;
  return [caseness === 1 || spell === 1 ? 1 : caseness === 0 && spell === 0 ? 0 : -1, caseness, spell];
}

export function isAtRisk(one: PlainPerson, { day, score }: KnownScreening): boolean {
  const within = (from: number | null, to: number | null) => (from ?? day) <= day && (to ?? day) >= day;
  return (
    score !== null &&
    score < 50 &&
    within(one.serviceStart, one.serviceEnd) &&
    !one.absences.some(({ startDay, endDay }) => within(startDay, endDay)) &&
    !one.cases.some(({ fromDay, toDay }) => within(fromDay, toDay))
  );
}
