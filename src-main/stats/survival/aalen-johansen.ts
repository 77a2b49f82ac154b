import { distinctSorted, type FollowUp, lastAtMost } from './near-times.ts';

/** Counts at each distinct time of one group. */
export type CauseTable = {
  readonly time: Float64Array;
  readonly atRisk: Float64Array;
  /** Events of any cause. */
  readonly events: Float64Array;
};

export type Incidence = {
  /** Cumulative incidence just after each of the table's times, and its variance. */
  readonly incidence: Float64Array;
  readonly variance: Float64Array;
};

/**
 * Who is at risk and has an event at each time at which someone's follow-up ends; those who enter late count from after their
 * entry.
 * @param cause 0 censored, else the code of the cause
 */
export function causeTable({ time: ends, entry }: FollowUp, cause: Float64Array): CauseTable {
  const time = distinctSorted(ends);
  const ending = new Float64Array(time.length);
  const events = new Float64Array(time.length);
  for (let i = 0; i < ends.length; i += 1) {
    const place = lastAtMost(time, ends[i] as number);
    ending[place] = (ending[place] as number) + 1;
    if (cause[i] !== 0) events[place] = (events[place] as number) + 1;
  }
  if (entry) {
    for (const start of entry) {
      const place = lastAtMost(time, start);
      if (place >= 0) ending[place] = (ending[place] as number) - 1;
    }
  }
  const atRisk = new Float64Array(time.length);
  let later = 0;
  for (let k = time.length - 1; k >= 0; k -= 1) {
    later += ending[k] as number;
    atRisk[k] = later;
  }
  return { time, atRisk, events };
}

/**
 * Cumulative incidence of one cause among others (Aalen and Johansen 1978, Scandinavian Journal of Statistics 5:141), with the
 * variance of Aalen (1978, Annals of Statistics 6:534) by the delta method, ties by the hypergeometric factor 1 − (d − 1)/(n − 1),
 * as `cmprsk::cuminc` has it: it changes only where the cause itself happens.
 *
 * With F the incidence and S the survival from every cause, F(t) − F(s) depends on the hazards at s through
 * (1 − F(t)/S(s) …), so var F(t) = v₁ + F(t)²·v₃ − 2·F(t)·v₂ with three running sums over the times up to t.
 */
export function aalenJohansen(table: CauseTable, ofCause: Float64Array): Incidence {
  const length = table.time.length;
  const incidence = new Float64Array(length);
  const variance = new Float64Array(length);
  let alive = 1;
  let reached = 0;
  let latest = 0;
  const v: Sums = { first: 0, cross: 0, square: 0 };
  for (let k = 0; k < length; k += 1) {
    const n = table.atRisk[k] as number;
    const own = ofCause[k] as number;
    const others = (table.events[k] as number) - own;
    if (own + others > 0) {
      const after = (alive * (n - own - others)) / n;
      reached += (alive * own) / n;
      if (others > 0 && after > 0) addSums(v, alive, others, n, reached / after, 1 / after);
      if (own > 0) {
        const inverse = after > 0 ? 1 / after : 0;
        addSums(v, alive, own, n, 1 + inverse * reached, inverse);
        latest = v.first + reached * reached * v.square - 2 * reached * v.cross;
      }
      alive = after;
    }
    incidence[k] = reached;
    variance[k] = Math.max(latest, 0);
  }
  return { incidence, variance };
}

type Sums = { first: number; cross: number; square: number };

function addSums(v: Sums, alive: number, events: number, n: number, slope: number, inverse: number): void {
  const ties = events > 1 ? 1 - (events - 1) / (n - 1) : 1;
  const hazard = (alive * alive * ties * events) / (n * n);
  v.first += slope * slope * hazard;
  v.cross += slope * inverse * hazard;
  v.square += inverse * inverse * hazard;
}

/** Events of one cause at each of the table's times. */
export function eventsOfCause(table: CauseTable, ends: Float64Array, cause: Float64Array, code: number): Float64Array {
  const events = new Float64Array(table.time.length);
  for (let i = 0; i < ends.length; i += 1) {
    if (cause[i] !== code) continue;
    const place = lastAtMost(table.time, ends[i] as number);
    events[place] = (events[place] as number) + 1;
  }
  return events;
}
