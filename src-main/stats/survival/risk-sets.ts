import type { CoxSample } from './cox-sample.ts';

export type Ties = 'efron' | 'breslow';

/**
 * What one event time contributes. Efron spreads d tied events over d risk sets, from which the share k/d of those dying is
 * taken (k = 0 … d − 1); sums over these k are given. The arrays are used again at the next time.
 */
export type RiskStep = {
  stratum: number;
  time: number;
  /** Places whose follow-up ends now. */
  start: number;
  end: number;
  events: number;
  /** Sums over those dying of η and of x. */
  deadEta: number;
  readonly deadX: Float64Array;
  /** Σ log S₀. */
  logSum: number;
  /** Σ 1/S₀, Σ (1 − k/d)/S₀ and Σ 1/S₀². */
  jump: number;
  jumpOfDead: number;
  jumpSquared: number;
  /** Σ E, Σ E/S₀ and Σ E·(1 − k/d)/S₀ with E = S₁/S₀. */
  readonly means: Float64Array;
  readonly jumpMeans: Float64Array;
  readonly jumpMeansOfDead: Float64Array;
  /** Σ (S₂/S₀ − EEᵀ), lower triangle, row after row. */
  readonly variance: Float64Array;
};

/**
 * Visits the event times of each stratum from the last to the first. Risk sets are carried along as sums of risk, risk·x and
 * risk·xxᵀ, so that a walk takes O(n·p²).
 * @param eta linear predictor at each place
 */
export function walkRiskSets(
  sample: CoxSample,
  eta: Float64Array,
  ties: Ties,
  visit: (step: RiskStep) => void,
  withVariance = true,
): void {
  const { x, time, entry, status, strata, byEntry } = sample;
  const risk = eta.map(Math.exp);
  const all = new Moments(x.p, x.values, withVariance);
  const dead = new Moments(x.p, x.values, withVariance);
  const step = emptyStep(x.p);
  for (let s = 0; s + 1 < strata.length; s += 1) {
    const first = strata[s] as number;
    all.clear();
    let present = 0;
    let left = first;
    for (let end = strata[s + 1] as number; end > first; ) {
      const now = time[end - 1] as number;
      let start = end;
      let events = 0;
      while (start > first && time[start - 1] === now) {
        start -= 1;
        events += status[start] as number;
        all.add(start, risk[start] as number);
        present += 1;
      }
      if (events > 0) {
        if (byEntry && entry) {
          // Those who enter now or later were not there yet.
          const last = strata[s + 1] as number;
          for (; left < last && (entry[byEntry[left] as number] as number) >= now; left += 1) {
            all.add(byEntry[left] as number, -(risk[byEntry[left] as number] as number));
            present -= 1;
            if (present === 0) all.clear();
          }
        }
        Object.assign(step, { stratum: s, time: now, start, end, events });
        gatherDead(sample, eta, risk, dead, step);
        fillStep(step, all, dead, ties);
        visit(step);
      }
      end = start;
    }
  }
}

class Moments {
  readonly p: number;
  readonly #values: Float64Array;
  readonly #withSecond: boolean;
  zero = 0;
  readonly first: Float64Array;
  readonly second: Float64Array;

  constructor(p: number, values: Float64Array, withSecond: boolean) {
    this.p = p;
    this.#values = values;
    this.#withSecond = withSecond;
    this.first = new Float64Array(p);
    this.second = new Float64Array(withSecond ? p * p : 0);
  }

  clear(): void {
    this.zero = 0;
    this.first.fill(0);
    this.second.fill(0);
  }

  add(place: number, weight: number): void {
    const { p, first, second } = this;
    const values = this.#values;
    const offset = place * p;
    this.zero += weight;
    for (let j = 0; j < p; j += 1) {
      const weighted = weight * (values[offset + j] as number);
      first[j] = (first[j] as number) + weighted;
      if (!this.#withSecond) continue;
      for (let k = 0; k <= j; k += 1) {
        second[j * p + k] = (second[j * p + k] as number) + weighted * (values[offset + k] as number);
      }
    }
  }
}

function emptyStep(p: number): RiskStep {
  return {
    stratum: 0,
    time: 0,
    start: 0,
    end: 0,
    events: 0,
    deadEta: 0,
    deadX: new Float64Array(p),
    logSum: 0,
    jump: 0,
    jumpOfDead: 0,
    jumpSquared: 0,
    means: new Float64Array(p),
    jumpMeans: new Float64Array(p),
    jumpMeansOfDead: new Float64Array(p),
    variance: new Float64Array(p * p),
  };
}

function gatherDead(sample: CoxSample, eta: Float64Array, risk: Float64Array, dead: Moments, step: RiskStep): void {
  const { p, values } = sample.x;
  dead.clear();
  step.deadEta = 0;
  step.deadX.fill(0);
  for (let place = step.start; place < step.end; place += 1) {
    if (sample.status[place] !== 1) continue;
    step.deadEta += eta[place] as number;
    for (let j = 0; j < p; j += 1) step.deadX[j] = (step.deadX[j] as number) + (values[place * p + j] as number);
    if (step.events > 1) dead.add(place, risk[place] as number);
  }
}

function fillStep(step: RiskStep, all: Moments, dead: Moments, ties: Ties): void {
  const { p } = all;
  const { events, means, jumpMeans, jumpMeansOfDead, variance } = step;
  means.fill(0);
  jumpMeans.fill(0);
  jumpMeansOfDead.fill(0);
  variance.fill(0);
  step.logSum = 0;
  step.jump = 0;
  step.jumpOfDead = 0;
  step.jumpSquared = 0;
  const rounds = ties === 'efron' ? events : 1;
  const times = ties === 'efron' ? 1 : events;
  const withVariance = all.second.length > 0;
  const mean = new Float64Array(p);
  for (let k = 0; k < rounds; k += 1) {
    const taken = k / rounds;
    const total = all.zero - taken * dead.zero;
    const jump = times / total;
    step.logSum += times * Math.log(total);
    step.jump += jump;
    step.jumpOfDead += (1 - taken) * jump;
    step.jumpSquared += jump / total;
    for (let j = 0; j < p; j += 1) {
      const value = ((all.first[j] as number) - taken * (dead.first[j] as number)) / total;
      mean[j] = value;
      means[j] = (means[j] as number) + times * value;
      jumpMeans[j] = (jumpMeans[j] as number) + jump * value;
      jumpMeansOfDead[j] = (jumpMeansOfDead[j] as number) + (1 - taken) * jump * value;
      if (!withVariance) continue;
      for (let m = 0; m <= j; m += 1) {
        const place = j * p + m;
        const second = ((all.second[place] as number) - taken * (dead.second[place] as number)) / total;
        variance[place] = (variance[place] as number) + times * (second - value * (mean[m] as number));
      }
    }
  }
}
