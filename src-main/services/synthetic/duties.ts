import { isoOfDay } from '#shared/domain/dates.ts';
import { type RandomStream, randomStream } from '#shared/domain/random.ts';
import { gamma } from './distributions.ts';
import { wallTime } from './exposure-rows.ts';
import { existing } from './exposures.ts';
import type { RoleName } from './force-shape.ts';
import { type ForceOptions, periodOf } from './options.ts';
import type { SyntheticPerson } from './people.ts';

export type DutyType = 'early' | 'day' | 'late' | 'night';

/** Times are wall-clock seconds, as if London were UTC. */
export type SyntheticDuty = {
  readonly day: number;
  readonly startSeconds: number;
  /** When the person went home, overtime included. */
  readonly endSeconds: number;
  readonly type: DutyType;
  readonly overtimeMinutes: number;
  readonly restDayCancelled: boolean;
};

export const dutyHeader = ['person_ref', 'start', 'end', 'type', 'overtime_minutes', 'rest_day_cancelled'] as const;

type Shift = { readonly type: DutyType; readonly startHour: number; readonly hours: number };

const early: Shift = { type: 'early', startHour: 7, hours: 9 };
const late: Shift = { type: 'late', startHour: 15, hours: 9 };
const night: Shift = { type: 'night', startHour: 22, hours: 9 };
const office: Shift = { type: 'day', startHour: 8, hours: 8 };
const longDay: Shift = { type: 'day', startHour: 7, hours: 12 };
const longNight: Shift = { type: 'night', startHour: 19, hours: 12 };
const lateToEleven: Shift = { type: 'late', startHour: 14, hours: 9 };
const cancelledRestDay: Shift = { type: 'day', startHour: 11, hours: 8 };

/** One turn of each pattern, day by day; null is a rest day. Assumptions. */
const patterns = {
  rotating: [early, early, late, late, night, night, null, null, null, null],
  /** Lates before earlies: eight hours between the two. */
  quickReturn: [lateToEleven, lateToEleven, early, early, night, night, null, null, null, null],
  twelveHours: [longDay, longDay, longNight, longNight, null, null, null, null],
  extendedDays: [early, early, early, lateToEleven, lateToEleven, null, null],
  office: [office, office, office, office, office, null, null],
} as const satisfies Readonly<Record<string, readonly (Shift | null)[]>>;

const patternOfRole: Partial<Record<RoleName, keyof typeof patterns>> = {
  Response: 'rotating',
  'Roads policing': 'rotating',
  'Dog unit': 'rotating',
  Firearms: 'rotating',
  'Call handling': 'quickReturn',
  Dispatch: 'quickReturn',
  Custody: 'twelveHours',
  Neighbourhood: 'extendedDays',
  'Scenes of crime': 'extendedDays',
};

const overtimeShare = 0.14;
const mostOvertimeMinutes = 285;
const cancelledShare = 0.02;
const leaveChance = 1 / 80;
const leaveDays = 9;

/** The duties of one person, a day at a time; who is absent or on leave has none. */
export class DutyCourse {
  readonly duties: SyntheticDuty[] = [];
  readonly #random: RandomStream;
  readonly #pattern: readonly (Shift | null)[];
  readonly #fte: number;
  readonly #turn: number;
  readonly #eager: number;
  readonly #lastDay: number;
  #day: number;
  #leaveUntil = Number.NEGATIVE_INFINITY;
  #shifts = 0;

  constructor(options: ForceOptions, person: SyntheticPerson, index: number) {
    this.#random = randomStream(options.seed, `duties ${index}`);
    const { firstDay, lastDay } = periodOf(options);
    const pattern = patternOfRole[person.role] ?? 'office';
    this.#pattern = patterns[pattern];
    // The office keeps weekdays: day 0 of the calendar was a Thursday. Every other pattern has its people spread over its turn.
    this.#turn = pattern === 'office' ? 3 : this.#random.nextBelow(this.#pattern.length);
    this.#eager = gamma(this.#random, 1.5, 1);
    this.#fte = Math.min(person.fte, 1);
    this.#day = Math.max(firstDay, person.serviceStartDay);
    this.#lastDay = Math.min(lastDay, person.serviceEndDay ?? lastDay);
  }

  /** Works the days up to and with `toDay`. */
  advance(toDay: number, isAbsent: (day: number) => boolean): void {
    for (; this.#day <= Math.min(toDay, this.#lastDay); this.#day += 1) this.#work(this.#day, isAbsent);
  }

  #work(day: number, isAbsent: (day: number) => boolean): void {
    const random = this.#random;
    const size = this.#pattern.length;
    const shift = this.#pattern[(((day + this.#turn) % size) + size) % size] ?? null;
    if (random.nextUniform() < leaveChance) this.#leaveUntil = Math.max(this.#leaveUntil, day + leaveDays);
    if (shift === null) {
      const cancelled = random.nextUniform() < cancelledShare * this.#eager * this.#fte;
      const tired = this.duties.at(-1)?.day === day - 1 && this.duties.at(-1)?.type === 'night';
      if (cancelled && !tired && day > this.#leaveUntil && !isAbsent(day)) this.#add(day, cancelledRestDay, true);
      return;
    }
    this.#shifts += 1;
    const due = Math.floor(this.#shifts * this.#fte) > Math.floor((this.#shifts - 1) * this.#fte);
    if (due && day > this.#leaveUntil && !isAbsent(day)) this.#add(day, shift, false);
  }

  #add(day: number, { type, startHour, hours }: Shift, restDayCancelled: boolean): void {
    const random = this.#random;
    const stays = random.nextUniform() < Math.min(0.8, overtimeShare * this.#eager);
    const overtimeMinutes = stays ? Math.min(mostOvertimeMinutes, 15 * Math.ceil(gamma(random, 1.4, 90) / 15)) : 0;
    const startSeconds = day * 86_400 + startHour * 3_600;
    const endSeconds = existing(startSeconds + hours * 3_600 + overtimeMinutes * 60);
    this.duties.push({ day, startSeconds, endSeconds, type, overtimeMinutes, restDayCancelled });
  }
}

const isoDays = new Map<number, string>();

/** Local time of wall-clock seconds; a force has the same days again and again. */
function timeOf(seconds: number): string {
  const day = Math.floor(seconds / 86_400);
  let date = isoDays.get(day);
  if (date === undefined) {
    date = isoOfDay(day);
    isoDays.set(day, date);
  }
  return `${date}${wallTime(seconds - day * 86_400).slice(10)}`;
}

/** One line of the extract, its end of line included. */
export function dutyLine(ref: string, duty: SyntheticDuty): string {
  const { startSeconds, endSeconds, type, overtimeMinutes, restDayCancelled } = duty;
  return `${ref},${timeOf(startSeconds)},${timeOf(endSeconds)},${type},${overtimeMinutes},${restDayCancelled}\n`;
}
