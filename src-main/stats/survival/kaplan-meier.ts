import { distinctSorted, type FollowUp, lastAtMost } from './near-times.ts';

/** A step function at every time at which someone's follow-up ends, in rising order. */
export type SurvivalCurve = {
  readonly time: Float64Array;
  /** Under observation just before the time. */
  readonly atRisk: Float64Array;
  readonly events: Float64Array;
  readonly censored: Float64Array;
  readonly survival: Float64Array;
  /** Standard error of log S (Greenwood); infinite where S is 0. */
  readonly seLog: Float64Array;
  /** Nelson–Aalen cumulative hazard, and its standard error. */
  readonly hazard: Float64Array;
  readonly hazardSe: Float64Array;
};

/**
 * Kaplan and Meier's product-limit estimator (1958, JASA 53:457) with Greenwood's variance (1926), and Nelson and Aalen's
 * cumulative hazard with variance Σ d/n². Those who enter late count from after their entry (left truncation). Equals
 * `survival::survfit` of one group.
 * @param status 1 event, 0 censored
 */
export function kaplanMeier({ time: ends, entry }: FollowUp, status: Float64Array): SurvivalCurve {
  const time = distinctSorted(ends);
  const length = time.length;
  const events = new Float64Array(length);
  const censored = new Float64Array(length);
  for (let i = 0; i < ends.length; i += 1) {
    const place = lastAtMost(time, ends[i] as number);
    if (status[i] === 1) events[place] = (events[place] as number) + 1;
    else censored[place] = (censored[place] as number) + 1;
  }
  const atRisk = riskSets(time, events, censored, entry);
  const survival = new Float64Array(length);
  const seLog = new Float64Array(length);
  const hazard = new Float64Array(length);
  const hazardSe = new Float64Array(length);
  let alive = 1;
  let greenwood = 0;
  let cumulative = 0;
  let aalen = 0;
  for (let k = 0; k < length; k += 1) {
    const n = atRisk[k] as number;
    const d = events[k] as number;
    if (d > 0) {
      alive *= (n - d) / n;
      greenwood += d / (n * (n - d));
      cumulative += d / n;
      aalen += d / (n * n);
    }
    survival[k] = alive;
    seLog[k] = Math.sqrt(greenwood);
    hazard[k] = cumulative;
    hazardSe[k] = Math.sqrt(aalen);
  }
  return { time, atRisk, events, censored, survival, seLog, hazard, hazardSe };
}

function riskSets(
  time: Float64Array,
  events: Float64Array,
  censored: Float64Array,
  entry: Float64Array | null,
): Float64Array {
  const notYet = new Float64Array(time.length);
  if (entry) {
    for (const start of entry) {
      const place = lastAtMost(time, start);
      if (place >= 0) notYet[place] = (notYet[place] as number) + 1;
    }
  }
  const atRisk = new Float64Array(time.length);
  let later = 0;
  let waiting = 0;
  for (let k = time.length - 1; k >= 0; k -= 1) {
    later += (events[k] as number) + (censored[k] as number);
    waiting += notYet[k] as number;
    atRisk[k] = later - waiting;
  }
  return atRisk;
}
