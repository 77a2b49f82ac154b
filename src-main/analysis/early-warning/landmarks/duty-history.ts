import { londonOffsetSeconds } from '#shared/domain/dates.ts';
import { cancelledRestDayBit, type DutyHistory, nightBit, shortGapBit } from './history.ts';

/** A row of the duties extract: UTC epoch seconds, the kind of its type. */
export type DutyRow = {
  readonly start: number;
  readonly end: number;
  readonly kind: DutyKind;
  readonly overtimeMinutes: number;
  readonly restDayCancelled: boolean;
};

/** A rest that stands in the roster is no duty. */
export type DutyKind = 'rest' | 'night' | 'other';

const restWords: ReadonlySet<string> = new Set(['rest', 'rd', 'rdr', 'leave', 'al', 'off', 'toil', 'sick']);
const nightWords: ReadonlySet<string> = new Set(['night', 'nights', 'n']);

/** Reads the type of a duty as a force writes it. */
export function dutyKind(type: string | null): DutyKind {
  const words = (type ?? '').toLowerCase().split(/[^a-z]+/);
  if (words.some((word) => nightWords.has(word))) return 'night';
  return words.some((word) => restWords.has(word)) ? 'rest' : 'other';
}

const hour = 3_600;
const daySeconds = 86_400;
const shortGapSeconds = 11 * hour;
/** Night time and night work of the Working Time Regulations 1998: three hours or more between 23:00 and 06:00. */
const nightFrom = 23 * hour;
const nightTo = 30 * hour;
const nightWorkSeconds = 3 * hour;

/** @param from seconds on the clocks of London, as is `to` */
function isNightWork(from: number, to: number): boolean {
  for (let day = Math.floor(from / daySeconds) - 1; day * daySeconds + nightFrom < to; day += 1) {
    const midnight = day * daySeconds;
    const overlap = Math.min(to, midnight + nightTo) - Math.max(from, midnight + nightFrom);
    if (overlap >= nightWorkSeconds) return true;
  }
  return false;
}

/** Fills a history person by person; rows of a person come ascending by start. */
export class DutyCollector {
  #size = 0;
  #day = new Int32Array(1_024);
  #endDay = new Int32Array(1_024);
  #overtimeHours = new Float64Array(1_024);
  #marks = new Uint8Array(1_024);
  readonly #from: Uint32Array;
  readonly #to: Uint32Array;
  #person = -1;
  #lastEnd = Number.NEGATIVE_INFINITY;

  constructor(people: number) {
    this.#from = new Uint32Array(people);
    this.#to = new Uint32Array(people);
  }

  /** Takes the next row; those of one person follow each other. */
  add(person: number, { start, end, kind, overtimeMinutes, restDayCancelled }: DutyRow): void {
    if (kind === 'rest' && !restDayCancelled) return;
    if (person !== this.#person) {
      this.#person = person;
      this.#lastEnd = Number.NEGATIVE_INFINITY;
      this.#from[person] = this.#size;
    }
    if (this.#size === this.#day.length) this.#grow();
    const at = this.#size;
    const gap = start - this.#lastEnd;
    const from = start + londonOffsetSeconds(start);
    const to = end + londonOffsetSeconds(end);
    this.#day[at] = Math.floor(from / daySeconds);
    this.#endDay[at] = Math.floor(to / daySeconds);
    this.#overtimeHours[at] = overtimeMinutes / 60;
    this.#marks[at] =
      (kind === 'night' || isNightWork(from, to) ? nightBit : 0) |
      (restDayCancelled ? cancelledRestDayBit : 0) |
      (gap > 0 && gap < shortGapSeconds ? shortGapBit : 0);
    this.#lastEnd = Math.max(this.#lastEnd, end);
    this.#size += 1;
    this.#to[person] = this.#size;
  }

  history(): DutyHistory {
    return {
      from: this.#from,
      to: this.#to,
      day: this.#day.subarray(0, this.#size),
      endDay: this.#endDay.subarray(0, this.#size),
      overtimeHours: this.#overtimeHours.subarray(0, this.#size),
      marks: this.#marks.subarray(0, this.#size),
    };
  }

  #grow(): void {
    const size = this.#size * 2;
    const grown = <Column extends { set: (from: Column) => void }>(column: Column, wider: Column): Column => {
      wider.set(column);
      return wider;
    };
    this.#day = grown(this.#day, new Int32Array(size));
    this.#endDay = grown(this.#endDay, new Int32Array(size));
    this.#overtimeHours = grown(this.#overtimeHours, new Float64Array(size));
    this.#marks = grown(this.#marks, new Uint8Array(size));
  }
}
