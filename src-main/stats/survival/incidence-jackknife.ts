import type { CauseTable } from './aalen-johansen.ts';
import { lastAtMost } from './near-times.ts';

type People = {
  readonly time: Float64Array;
  readonly entry: Float64Array | null;
  readonly cause: Float64Array;
};

/**
 * Infinitesimal jackknife standard errors of a cumulative incidence: the root of the sum of squares of what each person's weight
 * would change (Therneau, Crowson and Atkinson, "Multi-state models and competing risks", §3). As `survfit` of a factor has them;
 * they allow for less than the model variance where a person counts once.
 *
 * A person at risk through s changes F by ∫ (A(u−)·S(u−)·h(u) + S(u−)·(dN − h)/n) with A = Σ d/(n(n − d)); one who left at X
 * carries the change of log S made until then along: a·(F(t) − F(X)).
 * @param ofCause events of the cause at each of the table's times
 */
export function jackknifeErrors(
  table: CauseTable,
  ofCause: Float64Array,
  { time, entry, cause }: People,
  code: number,
  wanted: readonly number[],
): readonly number[] {
  const sums = runningSums(table, ofCause);
  const n = time.length;
  const last = Int32Array.from(time, (t) => lastAtMost(table.time, t) + 1);
  const first = entry && Int32Array.from(entry, (t) => lastAtMost(table.time, t) + 1);
  return wanted.map((at) => {
    const now = lastAtMost(table.time, at) + 1;
    let total = 0;
    for (let i = 0; i < n; i += 1) {
      const from = first ? (first[i] as number) : 0;
      const to = Math.min(last[i] as number, now);
      if (to <= from) continue;
      const before = sums.greenwood[from] as number;
      const incidence = (place: number): number => sums.incidence[place] as number;
      let change =
        (sums.slope[to] as number) -
        (sums.slope[from] as number) -
        before * (incidence(to) - incidence(from)) -
        ((sums.spread[to] as number) - (sums.spread[from] as number));
      if ((last[i] as number) <= now) {
        const own = (last[i] as number) - 1;
        let drift = (sums.greenwood[own + 1] as number) - before;
        if (cause[i] !== 0) drift -= sums.share[own] as number;
        if (cause[i] === code) change += (sums.aliveBefore[own] as number) / (table.atRisk[own] as number);
        change += drift * (incidence(now) - incidence(own + 1));
      }
      total += change * change;
    }
    return Math.sqrt(total);
  });
}

/** Sums after so many of the table's times. */
function runningSums({ time, atRisk, events }: CauseTable, ofCause: Float64Array) {
  const length = time.length;
  const greenwood = new Float64Array(length + 1);
  const incidence = new Float64Array(length + 1);
  const slope = new Float64Array(length + 1);
  const spread = new Float64Array(length + 1);
  const aliveBefore = new Float64Array(length);
  const share = new Float64Array(length);
  let alive = 1;
  for (let k = 0; k < length; k += 1) {
    const n = atRisk[k] as number;
    const d = events[k] as number;
    const hazard = (ofCause[k] as number) / n;
    aliveBefore[k] = alive;
    share[k] = n > d ? 1 / (n - d) : 0;
    greenwood[k + 1] = (greenwood[k] as number) + (n > d ? d / (n * (n - d)) : 0);
    incidence[k + 1] = (incidence[k] as number) + alive * hazard;
    slope[k + 1] = (slope[k] as number) + (greenwood[k] as number) * alive * hazard;
    spread[k + 1] = (spread[k] as number) + (alive * hazard) / n;
    alive *= (n - d) / n;
  }
  return { greenwood, incidence, slope, spread, aliveBefore, share };
}
