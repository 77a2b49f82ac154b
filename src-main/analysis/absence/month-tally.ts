import type { Month } from '../indicators/spec.ts';
import { postSegments } from './staff-timeline.ts';
import { daysBetween, partsOf, shareOfDay, type Tally, type TallyInput } from './tally.ts';

/** Sums over everybody in a month; days are those of the spec: calendar or working. */
export type MonthSums = {
  /** People with at least a day in post, and those of them with at least part of a day absent. */
  people: number;
  absent: number;
  availableFte: number;
  lostFte: number;
  calendarDays: number;
  /** Spells that began in the month, in post. */
  started: number;
};

/** Splits what a period was counted from by the months that cover it, each day and spell in one. */
export function tallyMonths({ members }: Tally, input: TallyInput, months: readonly Month[]): MonthSums[] {
  const sums = months.map(
    (): MonthSums => ({ people: 0, absent: 0, availableFte: 0, lostFte: 0, calendarDays: 0, started: 0 }),
  );
  const firstDay = months[0]?.firstDay ?? 0;
  const places = months.flatMap((month, at) => Array.from({ length: month.lastDay - month.firstDay + 1 }, () => at));
  const placeOf = (day: number): number => places[day - firstDay] ?? 0;
  /** Calls back for each month with a day of a stretch, with that part of it. */
  const eachMonth = (from: number, to: number, take: (at: number, from: number, to: number) => void): void => {
    for (let at = placeOf(from); at <= placeOf(to); at += 1) {
      const month = months[at];
      if (month) take(at, Math.max(from, month.firstDay), Math.min(to, month.lastDay));
    }
  };
  for (const { member: index, spells } of members) {
    const member = input.members[index];
    if (!member) continue;
    const segments = postSegments(member, input.fromDay, input.toDay);
    const [inPost, absent] = [new Set<MonthSums>(), new Set<MonthSums>()];
    for (const post of segments) {
      eachMonth(post.fromDay, post.toDay, (at, from, to) => {
        const sum = sums[at] as MonthSums;
        sum.availableFte += daysBetween(input.days, from, to) * post.fte;
        inPost.add(sum);
      });
    }
    for (const spell of spells) {
      const parts = partsOf({ member, index, segments, spell });
      for (const part of parts) {
        const whole = shareOfDay(part);
        eachMonth(part.from, part.to, (at, from, to) => {
          const sum = sums[at] as MonthSums;
          sum.lostFte += daysBetween(input.days, from, to) * part.post.fte * whole;
          sum.calendarDays += (to - from + 1) * whole;
          absent.add(sum);
        });
      }
      const begins = parts[0]?.from === spell.startDay && spell.startDay >= input.fromDay;
      if (begins) (sums[placeOf(spell.startDay)] as MonthSums).started += 1;
    }
    for (const sum of inPost) sum.people += 1;
    for (const sum of absent) sum.absent += 1;
  }
  return sums;
}
