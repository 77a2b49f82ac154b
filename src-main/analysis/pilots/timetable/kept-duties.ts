import { londonDay, londonOffsetSeconds } from '#shared/domain/dates.ts';
import type { Roster, RosteredDuty } from '#shared/domain/session-timetable.ts';

const secondsPerDay = 86_400;
const hour = 3_600;
/** Night time is 23:00 to 06:00, and night work is at least three hours of it (Working Time Regulations 1998, reg. 2). */
const nightHours = { from: 23, to: 6, least: 3 };

export type KeptDuty = RosteredDuty & { readonly isNight: boolean };

/** Duties that are worked, by person and start, and those that leave takes out. */
export type KeptDuties = { readonly worked: readonly KeptDuty[]; readonly onLeave: readonly RosteredDuty[] };

/**
 * Leaves out duties that begin on a day of leave, and any that begins before an earlier one of the same person is over: nobody
 * is on duty twice.
 */
export function keptDuties({ duties, away }: Roster): KeptDuties {
  const leave = new Map<number, (readonly [number, number])[]>();
  for (const { person, firstDay, lastDay } of away) {
    leave.set(person, [...(leave.get(person) ?? []), [firstDay, lastDay]]);
  }
  const isOnLeave = ({ person, start }: RosteredDuty): boolean => {
    const own = leave.get(person);
    if (own === undefined) return false;
    const day = londonDay(start);
    return own.some(([first, last]) => day >= first && day <= last);
  };
  const onLeave: RosteredDuty[] = [];
  const worked: KeptDuty[] = [];
  const inOrder = duties.toSorted((a, b) => a.person - b.person || a.start - b.start || a.end - b.end);
  for (const duty of inOrder) {
    if (isOnLeave(duty)) {
      onLeave.push(duty);
      continue;
    }
    const before = worked.at(-1);
    if (before?.person === duty.person && duty.start < before.end) continue;
    if (duty.end > duty.start) worked.push({ ...duty, isNight: isNightDuty(duty) });
  }
  return { worked, onLeave };
}

/** Whether a duty is night work, by the clock in London. */
export function isNightDuty({ start, end }: Pick<RosteredDuty, 'start' | 'end'>): boolean {
  const [from, to] = [start + londonOffsetSeconds(start), end + londonOffsetSeconds(end)];
  let seconds = 0;
  for (let day = Math.floor(from / secondsPerDay) - 1; day * secondsPerDay < to; day += 1) {
    const nightStart = day * secondsPerDay + nightHours.from * hour;
    const nightEnd = (day + 1) * secondsPerDay + nightHours.to * hour;
    seconds += Math.max(0, Math.min(to, nightEnd) - Math.max(from, nightStart));
  }
  return seconds >= nightHours.least * hour;
}
