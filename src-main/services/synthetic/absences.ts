import { isoOfDay } from '#shared/domain/dates.ts';
import { type RandomStream, randomStream } from '#shared/domain/random.ts';
import {
  drawLength,
  drawLengthGiven,
  drawReason,
  longTermAfterDays,
  psychological,
  type ReasonShape,
} from './absence-shape.ts';
import { choose, gamma, poisson } from './distributions.ts';
import { wallTime } from './exposure-rows.ts';
import type { RoleName } from './force-shape.ts';
import { type ForceOptions, type Period, periodOf } from './options.ts';
import type { SyntheticPerson } from './people.ts';
import { planted } from './planted.ts';

/** One spell; both days absent. It may end after the period, which nobody knows yet. */
export type SyntheticAbsence = {
  readonly startDay: number;
  readonly endDay: number;
  readonly reason: ReasonShape;
  readonly code: string;
  /** Day within the spell from which the record has another reason, null where it never changes. */
  readonly changes: { readonly day: number; readonly code: string } | null;
  readonly recordedDay: number;
  readonly onDuty: boolean;
  readonly halfDay: boolean;
};

export const absenceHeader = [
  'person_ref',
  'start',
  'end',
  'reason_code',
  'fte_days',
  'injury_on_duty',
  'recorded_at',
] as const;

type Coming = { readonly day: number; readonly reason: ReasonShape; readonly days: number };

/** Days of an interval in which a long psychological spell must begin, as near as the spells that come anyway allow. */
type Wanted = { readonly from: number; readonly to: number };

/**
 * The spells of one person in order of time. When and how often they begin is drawn beforehand; a spell that would begin in
 * another, or on the day after it, is put off to the second day after, so that each stays one spell.
 */
export class AbsenceCourse {
  readonly spells: SyntheticAbsence[] = [];
  readonly #random: RandomStream;
  readonly #coming: readonly Coming[];
  readonly #lastDay: number;
  readonly #drawnDay: number;
  #next = 0;
  /** Until this day a psychological spell is long only where it is to be. */
  shortUntil = Number.NEGATIVE_INFINITY;

  constructor(options: ForceOptions, person: SyntheticPerson, index: number) {
    this.#random = randomStream(options.seed, `absences ${index}`);
    const period = periodOf(options);
    this.#drawnDay = period.lastDay + 1;
    this.#lastDay = Math.min(period.lastDay, person.serviceEndDay ?? period.lastDay);
    this.#coming = drawComing(this.#random, options, person, period);
  }

  /** Lets the spells begin that are due up to a day; answers whether the wanted one was among them. */
  advance(toDay: number, wanted: Wanted | null = null): boolean {
    let met = false;
    for (; this.#next < this.#coming.length; this.#next += 1) {
      const coming = this.#coming[this.#next];
      if (!coming) break;
      const startDay = Math.max(coming.day, (this.spells.at(-1)?.endDay ?? Number.NEGATIVE_INFINITY) + 2);
      if (startDay > Math.min(toDay, this.#lastDay)) break;
      const here = wanted !== null && !met && startDay >= wanted.from && startDay <= wanted.to;
      if (here) met = true;
      this.#begin(startDay, coming, here);
    }
    return met;
  }

  isAbsent(day: number): boolean {
    return this.spells.some(({ startDay, endDay }) => startDay <= day && day <= endDay);
  }

  #begin(startDay: number, coming: Coming, wanted: boolean): void {
    const random = this.#random;
    const reason = wanted ? psychological : coming.reason;
    const held = reason === psychological && startDay <= this.shortUntil && coming.days > longTermAfterDays;
    const days = wanted || held ? drawLengthGiven(random, reason, wanted) : coming.days;
    const code = choose(random, reason.codes);
    const splits = reason === psychological && days > 20 && random.nextUniform() < 0.15;
    const lagDays = Math.floor(gamma(random, 1.2, 2));
    this.spells.push({
      startDay,
      endDay: startDay + days - 1,
      reason,
      code,
      changes: splits ? { day: startDay + 7 + random.nextBelow(7), code: choose(random, reason.codes) } : null,
      recordedDay: Math.min(startDay + lagDays, this.#drawnDay),
      onDuty: code === 'Injury' && random.nextUniform() < 0.35,
      halfDay: days === 1 && random.nextUniform() < 0.2,
    });
  }
}

function drawComing(
  random: RandomStream,
  { planted: changes }: ForceOptions,
  person: SyntheticPerson,
  { firstDay, lastDay }: Period,
): readonly Coming[] {
  const ratios: Partial<Record<RoleName, number>> = changes?.noAbsenceRatios ? {} : planted.absence.rateRatio;
  const from = Math.max(firstDay, person.serviceStartDay);
  const days = Math.min(lastDay, person.serviceEndDay ?? lastDay) - from + 1;
  const own = gamma(random, planted.absence.frailtyShape, 1);
  const perYear = planted.absence.spellsPerFullTimeYear * (ratios[person.role] ?? 1) * person.fte * own;
  const count = days > 0 ? poisson(random, (perYear * days) / 365.25) : 0;
  const starts = Array.from({ length: count }, () => from + random.nextBelow(days)).sort((a, b) => a - b);
  return starts.map((day) => {
    const reason = drawReason(random);
    return { day, reason, days: drawLength(random, reason) };
  });
}

/** One row, or two where the reason changed; the end is empty where the period ends first. */
export function absenceRows(
  person: SyntheticPerson,
  spell: SyntheticAbsence,
  lastDay: number,
): readonly (readonly string[])[] {
  const seenTo = Math.min(lastDay, person.serviceEndDay ?? lastDay);
  const endDay = spell.endDay > lastDay && seenTo === lastDay ? null : Math.min(spell.endDay, seenTo);
  const row = (fromDay: number, toDay: number | null, code: string, recordedDay: number): readonly string[] => [
    person.ref,
    isoOfDay(fromDay),
    toDay === null ? '' : isoOfDay(toDay),
    code,
    toDay === null ? '' : fteDays(person.fte * (spell.halfDay ? 0.5 : toDay - fromDay + 1)),
    String(spell.onDuty),
    wallTime(recordedDay * 86_400 + 10 * 3_600),
  ];
  const { changes } = spell;
  if (changes === null || changes.day > (endDay ?? lastDay)) {
    return [row(spell.startDay, endDay, spell.code, spell.recordedDay)];
  }
  return [
    row(spell.startDay, changes.day - 1, spell.code, spell.recordedDay),
    row(changes.day, endDay, changes.code, Math.max(spell.recordedDay, Math.min(changes.day + 1, lastDay + 1))),
  ];
}

function fteDays(days: number): string {
  return String(Number(days.toFixed(2)));
}
