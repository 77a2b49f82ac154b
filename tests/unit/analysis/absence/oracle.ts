import type { AbsenceRow } from '#main/analysis/absence/spells.ts';
import type { StaffMember } from '#main/analysis/absence/staff-timeline.ts';
import { dayOfIso, isoOfDay } from '#shared/domain/dates.ts';
import { randomStream } from '#shared/domain/random.ts';

export const day = (iso: string): number => dayOfIso(iso)!;

export function member(pseudonym: string, more: Partial<StaffMember> = {}): StaffMember {
  return {
    pseudonym,
    unit: 'North',
    role: 'Response',
    rank: null,
    workforce: null,
    sex: null,
    ethnicity: null,
    birthYear: null,
    serviceStart: null,
    serviceEnd: null,
    fte: 1,
    postings: [],
    ...more,
  };
}

export function away(start: string, end: string | null, more: Partial<AbsenceRow> = {}): AbsenceRow {
  return {
    startDay: day(start),
    endDay: end === null ? null : day(end),
    reason: null,
    fteDays: null,
    injuryOnDuty: false,
    ...more,
  };
}

/** People who move, change hours, come, leave and are away, drawn at random. */
export function randomForce(seed: number, people: number, firstDay: number, days: number) {
  const stream = randomStream(seed, 'absence');
  const below = (count: number): number => stream.nextBelow(count);
  const members: StaffMember[] = [];
  const absences: AbsenceRow[][] = [];
  for (let at = 0; at < people; at += 1) {
    const postings = Array.from({ length: below(3) }, () => {
      const fromDay = firstDay - 30 + below(days + 60);
      return {
        fromDay,
        toDay: below(2) === 0 ? null : fromDay + below(200),
        unit: ['North', 'South', 'East'][below(3)]!,
        role: 'Response',
        fte: below(3) === 0 ? null : [1, 0.8, 0.5][below(3)]!,
      };
    }).sort((a, b) => a.fromDay - b.fromDay);
    members.push(
      member(`P${String(at).padStart(4, '0')}`, {
        unit: ['North', 'South', 'East'][below(3)]!,
        fte: [1, 0.6, null][below(3)]!,
        serviceStart: below(4) === 0 ? firstDay + below(days) : null,
        serviceEnd: below(5) === 0 ? firstDay + below(days) : null,
        postings: postings.filter((posting, place) => place === 0 || posting.fromDay > postings[place - 1]!.fromDay),
      }),
    );
    const starts = new Set(Array.from({ length: below(6) }, () => firstDay - 60 + below(days + 90)));
    absences.push(
      [...starts]
        .sort((a, b) => a - b)
        .map((startDay) => ({
          startDay,
          endDay: below(12) === 0 ? null : startDay + (below(3) === 0 ? 0 : below(60)),
          reason: ['Stress', 'Back pain', 'Zz', null][below(4)]!,
          fteDays: below(3) === 0 ? 0.5 : null,
          injuryOnDuty: false,
        })),
    );
  }
  return { members, absences };
}

const isWorkingDay = (at: number): boolean => {
  const weekday = new Date(`${isoOfDay(at)}T12:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
};

/** Day by day, with no cleverness: who is in post, where, at what FTE, and absent under which row. */
export function naiveDays(
  force: ReturnType<typeof randomForce>,
  fromDay: number,
  toDay: number,
  days: 'calendar' | 'working',
  isPsychological: (reason: string | null) => boolean,
) {
  const groups = new Map<
    string,
    { available: number; lost: number; calendar: number; psychological: number; personDays: number }
  >();
  force.members.forEach((person, index) => {
    for (let at = fromDay; at <= toDay; at += 1) {
      if (at < (person.serviceStart ?? at) || at > (person.serviceEnd ?? at)) continue;
      const posting = person.postings.filter((one) => one.fromDay <= at && at <= (one.toDay ?? at)).at(-1);
      const fte = posting?.fte ?? person.fte ?? 1;
      const unit = posting?.unit ?? person.unit;
      const sums = groups.get(unit) ?? { available: 0, lost: 0, calendar: 0, psychological: 0, personDays: 0 };
      groups.set(unit, sums);
      const counts = days === 'calendar' || isWorkingDay(at);
      sums.personDays += 1;
      if (counts) sums.available += fte;
      const row = force.absences[index]!.filter((one) => one.startDay <= at && at <= (one.endDay ?? at)).at(-1);
      if (!row) continue;
      const partly = row.startDay === row.endDay && row.fteDays !== null && row.fteDays > 0 && row.fteDays < fte;
      const whole = partly ? row.fteDays! / fte : 1;
      sums.calendar += whole;
      if (!counts) continue;
      sums.lost += fte * whole;
      if (isPsychological(row.reason)) sums.psychological += fte * whole;
    }
  });
  return groups;
}
