import type { CoxSample } from './cox-sample.ts';
import { type Ties, walkRiskSets } from './risk-sets.ts';

/** The baseline hazard step by step, strata after one another and times rising. */
export type HazardSteps = {
  /** First step of each stratum, then the number of steps. */
  readonly strata: Int32Array;
  readonly time: Float64Array;
  /** Jump of the cumulative hazard, what of it falls on those dying then, and Σ 1/S₀². */
  readonly jump: Float64Array;
  readonly jumpOfDead: Float64Array;
  readonly jumpSquared: Float64Array;
  /** Mean covariates of the risk set: plain, times the jump, and times the jump of those dying; p a step. */
  readonly mean: Float64Array;
  readonly jumpMean: Float64Array;
  readonly jumpMeanOfDead: Float64Array;
};

export function hazardSteps(sample: CoxSample, eta: Float64Array, ties: Ties): HazardSteps {
  const { p } = sample.x;
  const strata = countSteps(sample);
  const count = strata.at(-1) as number;
  const steps: HazardSteps = {
    strata,
    time: new Float64Array(count),
    jump: new Float64Array(count),
    jumpOfDead: new Float64Array(count),
    jumpSquared: new Float64Array(count),
    mean: new Float64Array(count * p),
    jumpMean: new Float64Array(count * p),
    jumpMeanOfDead: new Float64Array(count * p),
  };
  // Each stratum is walked from its last time.
  const next = Int32Array.from(strata.subarray(1), (end) => end - 1);
  walkRiskSets(
    sample,
    eta,
    ties,
    (step) => {
      const place = next[step.stratum] as number;
      next[step.stratum] = place - 1;
      steps.time[place] = step.time;
      steps.jump[place] = step.jump;
      steps.jumpOfDead[place] = step.jumpOfDead;
      steps.jumpSquared[place] = step.jumpSquared;
      for (let j = 0; j < p; j += 1) {
        steps.mean[place * p + j] = (step.means[j] as number) / step.events;
        steps.jumpMean[place * p + j] = step.jumpMeans[j] as number;
        steps.jumpMeanOfDead[place * p + j] = step.jumpMeansOfDead[j] as number;
      }
    },
    false,
  );
  return steps;
}

/** Distinct event times before each stratum, and in all. */
function countSteps({ strata, time, status }: CoxSample): Int32Array {
  const starts = new Int32Array(strata.length);
  for (let s = 0; s + 1 < strata.length; s += 1) {
    let count = 0;
    let last = Number.NaN;
    for (let place = strata[s] as number; place < (strata[s + 1] as number); place += 1) {
      if (status[place] !== 1 || time[place] === last) continue;
      last = time[place] as number;
      count += 1;
    }
    starts[s + 1] = (starts[s] as number) + count;
  }
  return starts;
}

export type CoxResiduals = {
  /** At each place of the sample: events less expected ones (Barlow and Prentice 1988, Biometrika 75:65). */
  readonly martingale: Float64Array;
  /** p a place: contributions to the score, which sum to it. */
  readonly score: Float64Array;
};

/** Martingale and score residuals, Efron's ties as in `survival`: someone dying with others is at risk for a share of each jump. */
export function coxResiduals(sample: CoxSample, eta: Float64Array, ties: Ties): CoxResiduals {
  const { x, time, entry, status, strata } = sample;
  const { n, p, values } = x;
  const steps = hazardSteps(sample, eta, ties);
  const martingale = new Float64Array(n);
  const score = new Float64Array(n * p);
  for (let s = 0; s + 1 < strata.length; s += 1) {
    const sums = runningSums(steps, steps.strata[s] as number, steps.strata[s + 1] as number, p);
    let passed = 0;
    for (let place = strata[s] as number; place < (strata[s + 1] as number); place += 1) {
      const first = steps.strata[s] as number;
      while (passed < sums.count && (steps.time[first + passed] as number) <= (time[place] as number)) passed += 1;
      const before = entry ? stepsUpTo(steps.time, first, first + sums.count, entry[place] as number) : 0;
      const died = status[place] === 1;
      const through = died ? passed - 1 : passed;
      const risk = Math.exp(eta[place] as number);
      const last = first + through;
      let hazard = (sums.hazard[through] as number) - (sums.hazard[before] as number);
      if (died) hazard += steps.jumpOfDead[last] as number;
      martingale[place] = (died ? 1 : 0) - risk * hazard;
      for (let j = 0; j < p; j += 1) {
        const value = values[place * p + j] as number;
        let mean = (sums.means[through * p + j] as number) - (sums.means[before * p + j] as number);
        if (died) mean += steps.jumpMeanOfDead[last * p + j] as number;
        const own = died ? value - (steps.mean[last * p + j] as number) : 0;
        score[place * p + j] = own - risk * (value * hazard - mean);
      }
    }
  }
  return { martingale, score };
}

function stepsUpTo(time: Float64Array, from: number, to: number, at: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((time[middle] as number) <= at) low = middle + 1;
    else high = middle;
  }
  return low - from;
}

/** Cumulative hazard and Σ E dΛ after so many steps of a stratum. */
function runningSums(steps: HazardSteps, from: number, to: number, p: number) {
  const count = to - from;
  const hazard = new Float64Array(count + 1);
  const means = new Float64Array((count + 1) * p);
  for (let k = 0; k < count; k += 1) {
    hazard[k + 1] = (hazard[k] as number) + (steps.jump[from + k] as number);
    for (let j = 0; j < p; j += 1) {
      means[(k + 1) * p + j] = (means[k * p + j] as number) + (steps.jumpMean[(from + k) * p + j] as number);
    }
  }
  return { count, hazard, means };
}

/** Schoenfeld residuals (1982, Biometrika 69:239): covariates of each event less the mean of its risk set, in standardised units. */
export function schoenfeldResiduals(
  sample: CoxSample,
  eta: Float64Array,
  ties: Ties,
): { readonly places: Int32Array; readonly values: Float64Array } {
  const { x, strata, status, time } = sample;
  const { p, values } = x;
  const steps = hazardSteps(sample, eta, ties);
  const places: number[] = [];
  const residuals: number[] = [];
  for (let s = 0; s + 1 < strata.length; s += 1) {
    let step = (steps.strata[s] as number) - 1;
    for (let place = strata[s] as number; place < (strata[s + 1] as number); place += 1) {
      if (status[place] !== 1) continue;
      while (step < (steps.strata[s] as number) || (steps.time[step] as number) < (time[place] as number)) step += 1;
      places.push(place);
      for (let j = 0; j < p; j += 1)
        residuals.push((values[place * p + j] as number) - (steps.mean[step * p + j] as number));
    }
  }
  return { places: Int32Array.from(places), values: Float64Array.from(residuals) };
}
