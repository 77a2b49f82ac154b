import { earliestDay } from './loads-at.ts';
import { type ExposureDays, type PackedExposures, personCount } from './packed-exposures.ts';
import type { PersonFrame } from './person-frame.ts';
import { type CompiledScheme, eventWeights } from './scheme-weights.ts';
import type { MonthEnds } from './specs.ts';

export type PersonSeriesInput = {
  /** Days are enough for a scheme that counts. */
  readonly exposures: PackedExposures | ExposureDays;
  /** The same people, by the same indices, as in `exposures`. */
  readonly people: PersonFrame;
  readonly compiled: CompiledScheme;
  readonly monthEnds: MonthEnds;
  readonly windowsDays: readonly number[];
  readonly halfLifeDays: number;
};

/** Load of every person at every month end. With M month ends and W windows, in the order of the input: */
export type PersonSeries = {
  /** Summed weights at `(person * W + window) * M + month`. */
  readonly counts: Float64Array;
  /** At `person * M + month`. */
  readonly decayed: Float64Array;
  /** Index into `people.spells` at `person * M + month`; -1 when the person is not in post then. */
  readonly spells: Int32Array;
};

/** The loads of one person, overwritten by the next: counts at `window * M + month`, the others by month. */
export type PersonWalk = {
  readonly counts: Float64Array;
  readonly decayed: Float64Array;
  readonly spells: Int32Array;
  /** Fills `spells`; false when the person is in post at no month end. */
  readonly readPosts: (person: number) => boolean;
  /** Fills `counts` and `decayed`. */
  readonly readLoads: (person: number) => void;
};

/**
 * One person's loads at all month ends in one pass over that person's events. Window ends are the same days for everybody, so
 * tables by day say once which ends an event lies between; a person's events are dropped into those slots and summed
 * from the left, a window is the difference of two sums, and the decayed load is carried from month end to month end.
 *
 * @throws RangeError when people and exposures are not of one length, which is a fault of the caller.
 */
export function personWalk(input: PersonSeriesInput): PersonWalk {
  const { exposures, people } = input;
  if (people.pseudonyms.length !== personCount(exposures)) throw new RangeError('People and exposures do not match.');
  const { offsets, day } = exposures;
  const days = input.monthEnds.days;
  const weights = eventWeights(exposures, input.compiled);
  const slots = windowSlots(days, input.windowsDays);
  const tables = dayTables(days, slots.ends, earliestDay(exposures), input.halfLifeDays);
  const keptToNext = Float64Array.from(
    days,
    (end, month) => 2 ** (((days[month - 1] ?? end) - end) / input.halfLifeDays),
  );
  const sums = new Float64Array(slots.ends.length);
  const counts = new Float64Array(slots.from.length);
  const decayed = new Float64Array(days.length);
  const spells = new Int32Array(days.length);
  return {
    counts,
    decayed,
    spells,
    readPosts: (person) => fillSpells(people, person, days, spells),
    readLoads: (person) => {
      sums.fill(0);
      decayed.fill(0);
      const start = offsets[person] ?? 0;
      const end = offsets[person + 1] ?? 0;
      if (weights === null) dropEvents(day, start, end, tables, sums, decayed);
      else dropWeighted(day, weights, start, end, tables, sums, decayed);
      sumUp(sums, slots, keptToNext, counts, decayed);
    },
  };
}

/** The loads of everybody at once, for analyses that go on from them. Whoever is in no post has loads all the same. */
export function personSeries(input: PersonSeriesInput): PersonSeries {
  const persons = personCount(input.exposures);
  const months = input.monthEnds.days.length;
  const walk = personWalk(input);
  const counts = new Float64Array(persons * walk.counts.length);
  const decayed = new Float64Array(persons * months);
  const spells = new Int32Array(persons * months);
  for (let person = 0; person < persons; person++) {
    walk.readPosts(person);
    walk.readLoads(person);
    counts.set(walk.counts, person * walk.counts.length);
    decayed.set(walk.decayed, person * months);
    spells.set(walk.spells, person * months);
  }
  return { counts, decayed, spells };
}

function fillSpells({ listed, spells }: PersonFrame, person: number, days: Int32Array, into: Int32Array): boolean {
  into.fill(-1);
  if (listed[person] !== 1) return false;
  let found = false;
  const end = spells.offsets[person + 1] ?? 0;
  for (let spell = spells.offsets[person] ?? 0; spell < end; spell++) {
    const from = spells.from[spell] ?? 0;
    const to = spells.to[spell] ?? 0;
    for (let month = 0; month < days.length; month++) {
      const monthEnd = days[month] ?? 0;
      if (monthEnd > to) break;
      if (monthEnd < from) continue;
      into[month] = spell;
      found = true;
    }
  }
  return found;
}

/** Every day on which a month or one of its windows ends or begins, and where each window lies among them. */
type WindowSlots = {
  /** Ascending days. A window from `ends[a]` to `ends[b]` holds the days after the one and up to the other. */
  readonly ends: Int32Array;
  /** Indices into `ends` at `window * M + month`. */
  readonly from: Int32Array;
  readonly to: Int32Array;
};

function windowSlots(days: Int32Array, windowsDays: readonly number[]): WindowSlots {
  const starts = windowsDays.flatMap((windowDays) => Array.from(days, (end) => end - windowDays));
  const ends = Int32Array.from(new Set([...days, ...starts])).sort();
  const place = new Map(Array.from(ends, (end, index) => [end, index]));
  return {
    ends,
    from: Int32Array.from(starts, (start) => place.get(start) ?? 0),
    to: Int32Array.from(starts, (_, slot) => place.get(days[slot % days.length] ?? 0) ?? 0),
  };
}

/** By day since `first`, up to the last month end. */
type DayTables = {
  readonly first: number;
  /** The slot of the first window end on the day or after. */
  readonly slot: Uint16Array;
  /** The first month that ends on the day or after, and the share of a load of that day that is left by then. */
  readonly month: Uint16Array;
  readonly left: Float64Array;
};

function dayTables(days: Int32Array, ends: Int32Array, first: number, halfLifeDays: number): DayTables {
  const length = Math.max(0, (days.at(-1) ?? 0) - first + 1);
  const slot = new Uint16Array(length);
  const month = new Uint16Array(length);
  const left = new Float64Array(length);
  let nextSlot = 0;
  let nextMonth = 0;
  for (let i = 0; i < length; i++) {
    while ((ends[nextSlot] ?? 0) < first + i) nextSlot++;
    while ((days[nextMonth] ?? 0) < first + i) nextMonth++;
    slot[i] = nextSlot;
    month[i] = nextMonth;
    left[i] = 2 ** ((first + i - (days[nextMonth] ?? 0)) / halfLifeDays);
  }
  return { first, slot, month, left };
}

function dropEvents(
  day: Int32Array,
  start: number,
  end: number,
  { first, slot, month, left }: DayTables,
  sums: Float64Array,
  decayed: Float64Array,
): void {
  for (let i = start; i < end; i++) {
    const at = (day[i] ?? 0) - first;
    if (at >= slot.length) break;
    const to = slot[at] ?? 0;
    const by = month[at] ?? 0;
    sums[to] = (sums[to] ?? 0) + 1;
    decayed[by] = (decayed[by] ?? 0) + (left[at] ?? 0);
  }
}

function dropWeighted(
  day: Int32Array,
  weights: Float64Array,
  start: number,
  end: number,
  { first, slot, month, left }: DayTables,
  sums: Float64Array,
  decayed: Float64Array,
): void {
  for (let i = start; i < end; i++) {
    const at = (day[i] ?? 0) - first;
    if (at >= slot.length) break;
    const to = slot[at] ?? 0;
    const by = month[at] ?? 0;
    const weight = weights[i] ?? 0;
    sums[to] = (sums[to] ?? 0) + weight;
    decayed[by] = (decayed[by] ?? 0) + weight * (left[at] ?? 0);
  }
}

function sumUp(
  sums: Float64Array,
  { from, to }: WindowSlots,
  keptToNext: Float64Array,
  counts: Float64Array,
  decayed: Float64Array,
): void {
  let sum = 0;
  for (let i = 0; i < sums.length; i++) {
    sum += sums[i] ?? 0;
    sums[i] = sum;
  }
  for (let i = 0; i < counts.length; i++) counts[i] = (sums[to[i] ?? 0] ?? 0) - (sums[from[i] ?? 0] ?? 0);
  let load = 0;
  for (let month = 0; month < decayed.length; month++) {
    load = load * (keptToNext[month] ?? 0) + (decayed[month] ?? 0);
    decayed[month] = load;
  }
}
