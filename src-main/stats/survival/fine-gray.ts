import type { Matrix } from '../linear-algebra/matrix.ts';
import { matrixOf } from '../linear-algebra/matrix.ts';
import { sortedOrder } from '../numeric/ranks.ts';
import { sandwich } from './cluster-sandwich.ts';
import {
  type Covariates,
  linearPredictor,
  standardise,
  unscaledCoefficients,
  unscaledCovariance,
} from './covariates.ts';
import { type Evaluation, type Maximum, maximise } from './newton.ts';

export type FineGrayFit = {
  readonly coefficients: Float64Array;
  readonly estimable: readonly number[];
  /** Of the estimable coefficients, allowing for the estimated censoring; null where the information cannot be inverted. */
  readonly covariance: Matrix | null;
  readonly maximum: Maximum;
};

type Sample = {
  readonly x: Covariates;
  readonly time: Float64Array;
  /** 0 censored, 1 the cause, 2 another cause. */
  readonly kind: Uint8Array;
  /** Kaplan–Meier curve of being uncensored, just before each place's time. */
  readonly uncensored: Float64Array;
};

/**
 * Proportional subdistribution hazards (Fine and Gray 1999, JASA 94:496): people with another cause stay in the risk set with
 * weight G(t−)/G(X−), G the Kaplan–Meier curve of censoring; ties as Breslow's; the variance of their eq. 7, with the term for
 * the estimated G. One sort, then O(n·p²) an iteration. Equals `cmprsk::crr`. No late entry.
 * @param design with an intercept first
 * @param cause 0 censored, `code` the cause of interest, anything else another cause
 */
export function fitFineGray(design: Matrix, time: Float64Array, cause: Float64Array, code: number): FineGrayFit {
  const order = sortedOrder(time);
  const sorted = Float64Array.from(order, (row) => time[row] as number);
  const kind = Uint8Array.from(order, (row) => (cause[row] === 0 ? 0 : cause[row] === code ? 1 : 2));
  const sample = { x: standardise(design, order), time: sorted, kind, uncensored: uncensoredBefore(sorted, kind) };
  const maximum = maximise(sample.x.p, (beta) => evaluate(sample, beta));
  const { estimable } = maximum;
  const robust = maximum.covariance && sandwich(residualMatrix(sample, maximum.beta, estimable), maximum.covariance);
  return {
    coefficients: unscaledCoefficients(maximum.beta, sample.x).map((value, j) =>
      estimable.includes(j) ? value : Number.NaN,
    ),
    estimable,
    covariance: robust && unscaledCovariance(robust, sample.x, estimable),
    maximum,
  };
}

function uncensoredBefore(time: Float64Array, kind: Uint8Array): Float64Array {
  const n = time.length;
  const result = new Float64Array(n);
  let alive = 1;
  for (let start = 0; start < n; ) {
    let end = start;
    let censored = 0;
    for (; end < n && time[end] === time[start]; end += 1) if (kind[end] === 0) censored += 1;
    result.fill(alive, start, end);
    alive *= (n - start - censored) / (n - start);
    start = end;
  }
  return result;
}

/** Start of each run of equal times, and n. */
function tieStarts(time: Float64Array): Int32Array {
  const starts: number[] = [];
  for (let i = 0; i < time.length; i += 1) if (i === 0 || time[i] !== time[i - 1]) starts.push(i);
  return Int32Array.from([...starts, time.length]);
}

/** Weighted sums of 1, x and xxᵀ: two of them, for those at risk and those with another cause before. */
class Sums {
  readonly p: number;
  zero = 0;
  readonly first: Float64Array;
  readonly second: Float64Array;

  constructor(p: number) {
    this.p = p;
    this.first = new Float64Array(p);
    this.second = new Float64Array(p * p);
  }

  add(values: Float64Array, offset: number, weight: number): void {
    const { p, first, second } = this;
    this.zero += weight;
    for (let j = 0; j < p; j += 1) {
      const weighted = weight * (values[offset + j] as number);
      first[j] = (first[j] as number) + weighted;
      for (let k = 0; k <= j; k += 1) {
        second[j * p + k] = (second[j * p + k] as number) + weighted * (values[offset + k] as number);
      }
    }
  }
}

function evaluate({ x, time, kind, uncensored }: Sample, beta: Float64Array): Evaluation {
  const { n, p, values } = x;
  const eta = linearPredictor(x, beta);
  const risk = eta.map(Math.exp);
  const atRisk = new Sums(p);
  const others = new Sums(p);
  for (let i = 0; i < n; i += 1) {
    if (kind[i] === 2) others.add(values, i * p, (risk[i] as number) / (uncensored[i] as number));
  }
  const score = new Float64Array(p);
  const information = matrixOf(p, p);
  let logLik = 0;
  const starts = tieStarts(time);
  const mean = new Float64Array(p);
  for (let tie = starts.length - 2; tie >= 0; tie -= 1) {
    const start = starts[tie] as number;
    const end = starts[tie + 1] as number;
    let events = 0;
    for (let i = start; i < end; i += 1) {
      atRisk.add(values, i * p, risk[i] as number);
      if (kind[i] === 2) others.add(values, i * p, -(risk[i] as number) / (uncensored[i] as number));
      if (kind[i] !== 1) continue;
      events += 1;
      logLik += eta[i] as number;
      for (let j = 0; j < p; j += 1) score[j] = (score[j] as number) + (values[i * p + j] as number);
    }
    if (events === 0) continue;
    const weight = uncensored[start] as number;
    const total = atRisk.zero + weight * others.zero;
    logLik -= events * Math.log(total);
    for (let j = 0; j < p; j += 1) {
      mean[j] = ((atRisk.first[j] as number) + weight * (others.first[j] as number)) / total;
      score[j] = (score[j] as number) - events * (mean[j] as number);
      for (let k = 0; k <= j; k += 1) {
        const second = ((atRisk.second[j * p + k] as number) + weight * (others.second[j * p + k] as number)) / total;
        const place = j * p + k;
        information.data[place] =
          (information.data[place] as number) + events * (second - (mean[j] as number) * (mean[k] as number));
      }
    }
  }
  for (let j = 0; j < p; j += 1) {
    for (let k = 0; k < j; k += 1) information.data[k * p + j] = information.data[j * p + k] as number;
  }
  return { logLik, score, information };
}

/** η̂ + ψ̂ of every place, one column an estimable coefficient. */
function residualMatrix(sample: Sample, beta: Float64Array, estimable: readonly number[]): Matrix {
  const { n, p } = sample.x;
  const residuals = scoreResiduals(sample, beta);
  const result = matrixOf(n, estimable.length);
  estimable.forEach((j, k) => {
    for (let i = 0; i < n; i += 1) result.data[k * n + i] = residuals[i * p + j] as number;
  });
  return result;
}

/** Running Σ dΛ and Σ E dΛ up to each tie, plain and weighted by G. */
type Hazards = {
  readonly plain: Float64Array;
  readonly weighted: Float64Array;
  readonly means: Float64Array;
  readonly plainMeans: Float64Array;
  readonly weightedMeans: Float64Array;
};

function hazardsOf({ x, kind, uncensored }: Sample, risk: Float64Array, starts: Int32Array): Hazards {
  const { n, p, values } = x;
  const ties = starts.length - 1;
  const means = new Float64Array(ties * p);
  const totals = new Float64Array(ties);
  const atRisk = new Float64Array(p + 1);
  const others = new Float64Array(p + 1);
  const add = (sums: Float64Array, i: number, weight: number): void => {
    sums[p] = (sums[p] as number) + weight;
    for (let j = 0; j < p; j += 1) sums[j] = (sums[j] as number) + weight * (values[i * p + j] as number);
  };
  for (let i = 0; i < n; i += 1) if (kind[i] === 2) add(others, i, (risk[i] as number) / (uncensored[i] as number));
  for (let tie = ties - 1; tie >= 0; tie -= 1) {
    const start = starts[tie] as number;
    for (let i = start; i < (starts[tie + 1] as number); i += 1) {
      add(atRisk, i, risk[i] as number);
      if (kind[i] === 2) add(others, i, -(risk[i] as number) / (uncensored[i] as number));
    }
    const weight = uncensored[start] as number;
    const total = (atRisk[p] as number) + weight * (others[p] as number);
    totals[tie] = total;
    for (let j = 0; j < p; j += 1) {
      means[tie * p + j] = ((atRisk[j] as number) + weight * (others[j] as number)) / total;
    }
  }
  const plain = new Float64Array(ties + 1);
  const weighted = new Float64Array(ties + 1);
  const plainMeans = new Float64Array((ties + 1) * p);
  const weightedMeans = new Float64Array((ties + 1) * p);
  for (let tie = 0; tie < ties; tie += 1) {
    let events = 0;
    for (let i = starts[tie] as number; i < (starts[tie + 1] as number); i += 1) if (kind[i] === 1) events += 1;
    const jump = events === 0 ? 0 : events / (totals[tie] as number);
    const weight = uncensored[starts[tie] as number] as number;
    plain[tie + 1] = (plain[tie] as number) + jump;
    weighted[tie + 1] = (weighted[tie] as number) + weight * jump;
    for (let j = 0; j < p; j += 1) {
      const mean = jump === 0 ? 0 : (means[tie * p + j] as number) * jump;
      plainMeans[(tie + 1) * p + j] = (plainMeans[tie * p + j] as number) + mean;
      weightedMeans[(tie + 1) * p + j] = (weightedMeans[tie * p + j] as number) + weight * mean;
    }
  }
  return { plain, weighted, means, plainMeans, weightedMeans };
}

function scoreResiduals(sample: Sample, beta: Float64Array): Float64Array {
  const { x, time, kind, uncensored } = sample;
  const { n, p, values } = x;
  const risk = linearPredictor(x, beta).map(Math.exp);
  const starts = tieStarts(time);
  const ties = starts.length - 1;
  const found = hazardsOf(sample, risk, starts);
  const result = new Float64Array(n * p);
  const others = new Float64Array(p + 1);
  const fromCensoring = new Float64Array(p);
  for (let tie = 0; tie < ties; tie += 1) {
    const start = starts[tie] as number;
    const end = starts[tie + 1] as number;
    const present = n - start;
    const q = new Float64Array(p);
    let censored = 0;
    for (let i = start; i < end; i += 1) if (kind[i] === 0) censored += 1;
    // q(u): what the weights of those with another cause before u still owe to G at u.
    const ahead = (found.weighted[ties] as number) - (found.weighted[tie] as number);
    for (let j = 0; j < p; j += 1) {
      const aheadMean = (found.weightedMeans[ties * p + j] as number) - (found.weightedMeans[tie * p + j] as number);
      q[j] = (others[j] as number) * ahead - (others[p] as number) * aheadMean;
      fromCensoring[j] = (fromCensoring[j] as number) - (censored * (q[j] as number)) / (present * present);
    }
    const beyond = (found.weighted[ties] as number) - (found.weighted[tie + 1] as number);
    for (let i = start; i < end; i += 1) {
      const r = risk[i] as number;
      const own = kind[i] === 2 ? r / (uncensored[i] as number) : 0;
      for (let j = 0; j < p; j += 1) {
        const value = values[i * p + j] as number;
        let residual =
          -r * (value * (found.plain[tie + 1] as number) - (found.plainMeans[(tie + 1) * p + j] as number));
        if (kind[i] === 1) residual += value - (found.means[tie * p + j] as number);
        if (own > 0) {
          const aheadMean =
            (found.weightedMeans[ties * p + j] as number) - (found.weightedMeans[(tie + 1) * p + j] as number);
          residual -= own * (value * beyond - aheadMean);
        }
        residual += fromCensoring[j] as number;
        if (kind[i] === 0) residual += (q[j] as number) / present;
        result[i * p + j] = residual;
      }
    }
    for (let i = start; i < end; i += 1) {
      if (kind[i] !== 2) continue;
      const weight = (risk[i] as number) / (uncensored[i] as number);
      others[p] = (others[p] as number) + weight;
      for (let j = 0; j < p; j += 1) others[j] = (others[j] as number) + weight * (values[i * p + j] as number);
    }
  }
  return result;
}
