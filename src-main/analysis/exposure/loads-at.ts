import type { ExposureDays, PackedExposures } from './packed-exposures.ts';

/** The first index in [start, end) whose day is after `limit`; the days ascend. */
export function firstAfter(day: Int32Array, start: number, end: number, limit: number): number {
  let low = start;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((day[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Values of chosen persons, in their order: plain counts and summed weights. */
export type WindowLoads = { readonly events: Uint32Array; readonly loads: Float64Array };

/** What each person met in the window of `windowDays` that ends on `asOfDay`: asOfDay − windowDays < day ≤ asOfDay. */
export function windowLoads(
  exposures: PackedExposures,
  weights: Float64Array | null,
  persons: Uint32Array,
  asOfDay: number,
  windowDays: number,
): WindowLoads {
  const { offsets, day } = exposures;
  const events = new Uint32Array(persons.length);
  const loads = new Float64Array(persons.length);
  for (let k = 0; k < persons.length; k++) {
    const person = persons[k] ?? 0;
    const end = firstAfter(day, offsets[person] ?? 0, offsets[person + 1] ?? 0, asOfDay);
    const start = firstAfter(day, offsets[person] ?? 0, end, asOfDay - windowDays);
    events[k] = end - start;
    loads[k] = weights === null ? end - start : sumBetween(weights, start, end);
  }
  return { events, loads };
}

function sumBetween(values: Float64Array, start: number, end: number): number {
  let sum = 0;
  for (let i = start; i < end; i++) sum += values[i] ?? 0;
  return sum;
}

/** Σ weight · 2^(−(asOfDay − day) / halfLifeDays) over each person's events with day ≤ asOfDay. */
export function decayedLoads(
  exposures: PackedExposures,
  weights: Float64Array | null,
  persons: Uint32Array,
  asOfDay: number,
  halfLifeDays: number,
): Float64Array {
  const { offsets, day } = exposures;
  const shareLeft = halving(halfLifeDays, asOfDay - earliestDay(exposures));
  const loads = new Float64Array(persons.length);
  for (let k = 0; k < persons.length; k++) {
    const person = persons[k] ?? 0;
    const end = offsets[person + 1] ?? 0;
    let sum = 0;
    for (let i = offsets[person] ?? 0; i < end; i++) {
      const ageDays = asOfDay - (day[i] ?? 0);
      if (ageDays < 0) break;
      const left = shareLeft[ageDays] ?? 2 ** (-ageDays / halfLifeDays);
      sum += weights === null ? left : (weights[i] ?? 0) * left;
    }
    loads[k] = sum;
  }
  return loads;
}

const longestTableDays = 40_000;

/** 2^(−age / halfLifeDays) for ages from 0 on, long enough for a working life; older ages are worked out one by one. */
export function halving(halfLifeDays: number, oldestDays: number): Float64Array {
  const length = Math.max(0, Math.min(oldestDays, longestTableDays)) + 1;
  return Float64Array.from({ length }, (_, age) => 2 ** (-age / halfLifeDays));
}

/** The first day of any event; 0 when there is none. */
export function earliestDay({ offsets, day }: ExposureDays): number {
  let earliest = Number.POSITIVE_INFINITY;
  for (let person = 0; person + 1 < offsets.length; person++) {
    const first = offsets[person] ?? 0;
    if (first < (offsets[person + 1] ?? 0)) earliest = Math.min(earliest, day[first] ?? 0);
  }
  return Number.isFinite(earliest) ? earliest : 0;
}

/** How a value stands among those of the same group. */
export type GroupRanks = {
  readonly inGroup: Uint32Array;
  /** How many of the group have at most the value, the person included. */
  readonly atMost: Uint32Array;
  /** How many of the group have less. */
  readonly below: Uint32Array;
};

/** Two sums of the same weights in another order may differ in the last bit: nearer than this is a tie. */
const tiesPerUnit = 1e9;

/** Ranks values within groups given by number. Values closer than 1e-9 are ties. */
export function ranksWithin(groups: Int32Array, values: Float64Array): GroupRanks {
  const members = new Map<number, number[]>();
  groups.forEach((group, k) => {
    const list = members.get(group);
    if (list === undefined) members.set(group, [k]);
    else list.push(k);
  });
  const inGroup = new Uint32Array(values.length);
  const atMost = new Uint32Array(values.length);
  const below = new Uint32Array(values.length);
  const key = (k: number) => Math.round((values[k] ?? 0) * tiesPerUnit);
  for (const list of members.values()) {
    list.sort((a, b) => key(a) - key(b));
    let start = 0;
    while (start < list.length) {
      const level = key(list[start] ?? 0);
      let stop = start + 1;
      while (stop < list.length && key(list[stop] ?? 0) === level) stop++;
      for (const k of list.slice(start, stop)) {
        inGroup[k] = list.length;
        atMost[k] = stop;
        below[k] = start;
      }
      start = stop;
    }
  }
  return { inGroup, atMost, below };
}
