import { earliestDay, halving } from './loads-at.ts';
import { type PackedExposures, personCount } from './packed-exposures.ts';
import type { PersonFrame } from './person-frame.ts';
import { type CompiledScheme, eventWeights } from './scheme-weights.ts';
import type { MonthEnds } from './specs.ts';

export type PersonSeriesInput = {
  readonly exposures: PackedExposures;
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
 * One person's loads at all month ends in one pass over that person's events: the events up to each month end are found
 * once, each window has one pointer to where it begins, and the decayed load is carried from one month end to the next.
 *
 * @throws RangeError when people and exposures are not of one length, which is a fault of the caller.
 */
export function personWalk(input: PersonSeriesInput): PersonWalk {
  const { exposures, people, windowsDays, halfLifeDays } = input;
  if (people.pseudonyms.length !== personCount(exposures)) throw new RangeError('People and exposures do not match.');
  const { offsets, day } = exposures;
  const days = input.monthEnds.days;
  const weights = eventWeights(exposures, input.compiled);
  const windows = Int32Array.from(windowsDays);
  const counts = new Float64Array(windows.length * days.length);
  const decayed = new Float64Array(days.length);
  const spells = new Int32Array(days.length);
  const ends = new Int32Array(days.length);
  const sums = new Float64Array(weights === null ? 0 : longestRun(offsets) + 1);
  const shareLeft = halving(halfLifeDays, Math.max(31, (days[0] ?? 0) - earliestDay(exposures)));
  return {
    counts,
    decayed,
    spells,
    readPosts: (person) => fillSpells(people, person, days, spells),
    readLoads: (person) => {
      const start = offsets[person] ?? 0;
      const end = offsets[person + 1] ?? 0;
      fillEnds(day, start, end, days, ends);
      fillDecayed(day, weights, start, days, ends, shareLeft, halfLifeDays, decayed);
      if (weights === null) {
        fillCounts(day, start, days, ends, windows, counts);
      } else {
        fillSums(weights, start, end, sums);
        fillWeighted(day, start, days, ends, windows, sums, counts);
      }
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

function longestRun(offsets: Uint32Array): number {
  let longest = 0;
  for (let i = 1; i < offsets.length; i++) longest = Math.max(longest, (offsets[i] ?? 0) - (offsets[i - 1] ?? 0));
  return longest;
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

/** For each month end, the index after the last event up to it. */
function fillEnds(day: Int32Array, start: number, end: number, days: Int32Array, ends: Int32Array): void {
  let at = start;
  for (let month = 0; month < days.length; month++) {
    const limit = days[month] ?? 0;
    while (at < end && (day[at] ?? 0) <= limit) at++;
    ends[month] = at;
  }
}

function fillCounts(
  day: Int32Array,
  start: number,
  days: Int32Array,
  ends: Int32Array,
  windows: Int32Array,
  counts: Float64Array,
): void {
  let slot = 0;
  for (let window = 0; window < windows.length; window++) {
    const windowDays = windows[window] ?? 0;
    let from = start;
    for (let month = 0; month < days.length; month++) {
      const limit = (days[month] ?? 0) - windowDays;
      const end = ends[month] ?? 0;
      while (from < end && (day[from] ?? 0) <= limit) from++;
      counts[slot++] = end - from;
    }
  }
}

/** Running sums of one person's weights: `sums[k]` over the first k events. */
function fillSums(weights: Float64Array, start: number, end: number, sums: Float64Array): void {
  let sum = 0;
  sums[0] = 0;
  for (let i = start; i < end; i++) {
    sum += weights[i] ?? 0;
    sums[i - start + 1] = sum;
  }
}

function fillWeighted(
  day: Int32Array,
  start: number,
  days: Int32Array,
  ends: Int32Array,
  windows: Int32Array,
  sums: Float64Array,
  counts: Float64Array,
): void {
  let slot = 0;
  for (let window = 0; window < windows.length; window++) {
    const windowDays = windows[window] ?? 0;
    let from = start;
    for (let month = 0; month < days.length; month++) {
      const limit = (days[month] ?? 0) - windowDays;
      const end = ends[month] ?? 0;
      while (from < end && (day[from] ?? 0) <= limit) from++;
      counts[slot++] = (sums[end - start] ?? 0) - (sums[from - start] ?? 0);
    }
  }
}

function fillDecayed(
  day: Int32Array,
  weights: Float64Array | null,
  start: number,
  days: Int32Array,
  ends: Int32Array,
  shareLeft: Float64Array,
  halfLifeDays: number,
  decayed: Float64Array,
): void {
  let load = 0;
  let at = start;
  let last = days[0] ?? 0;
  for (let month = 0; month < days.length; month++) {
    const monthEnd = days[month] ?? 0;
    load *= shareLeft[monthEnd - last] ?? 0;
    const end = ends[month] ?? 0;
    for (; at < end; at++) {
      const ageDays = monthEnd - (day[at] ?? 0);
      const left = shareLeft[ageDays] ?? 2 ** (-ageDays / halfLifeDays);
      load += weights === null ? left : (weights[at] ?? 0) * left;
    }
    decayed[month] = load;
    last = monthEnd;
  }
}
