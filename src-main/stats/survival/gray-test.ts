import { chiSquaredUpperTail } from '../distributions/chi-squared.ts';
import { cholesky, solveLower } from '../linear-algebra/cholesky.ts';
import { matrixOf } from '../linear-algebra/matrix.ts';
import { sortedOrder } from '../numeric/ranks.ts';
import { type Grouping, rowsByGroup } from './grouping.ts';

export type GrayTest = { readonly statistic: number; readonly df: number; readonly p: number };

/**
 * Gray's test of equal cumulative incidence of one cause in all groups (1988, Annals of Statistics 16:1141), weighted by
 * (1 − F(t−))^rho of the pooled incidence, summed over strata. The score is that of §2, with R_k = Y_k·(1 − F_k(t−))/S_k(t−); its
 * variance that of §3, from the martingales of the cause (pooled) and of the other causes (by group), with the hypergeometric
 * factor for ties. Equals `cmprsk::cuminc`'s Tests.
 * @param cause 0 censored, `code` the cause of interest, anything else another cause
 */
export function grayTest(
  time: Float64Array,
  cause: Float64Array,
  code: number,
  groups: Grouping,
  strata: Grouping,
  rho: number,
): GrayTest {
  const k = groups.names.length;
  const score = new Float64Array(k - 1);
  const variance = new Float64Array((k - 1) * (k - 1));
  for (const rows of rowsByGroup(strata)) {
    const walk = new StratumWalk(k, rho, score, variance);
    const order = sortedOrder(Float64Array.from(rows, (row) => time[row] as number));
    for (const row of rows) walk.enter(groups.codes[row] as number);
    for (let start = 0; start < order.length; ) {
      const now = time[rows[order[start] as number] as number];
      let end = start;
      for (; end < order.length; end += 1) {
        const row = rows[order[end] as number] as number;
        if (time[row] !== now) break;
        walk.count(groups.codes[row] as number, cause[row] === 0 ? 0 : cause[row] === code ? 1 : 2);
      }
      walk.pass();
      start = end;
    }
    walk.finish();
  }
  const lower = cholesky(matrixOf(k - 1, k - 1, variance));
  const statistic = lower ? solveLower(lower, score).reduce((sum, value) => sum + value * value, 0) : Number.NaN;
  return { statistic, df: k - 1, p: chiSquaredUpperTail(statistic, k - 1) };
}

/** The running estimates of one stratum, passed from time to time. */
class StratumWalk {
  readonly #k: number;
  readonly #rho: number;
  readonly #score: Float64Array;
  readonly #variance: Float64Array;
  readonly #atRisk: Float64Array;
  /** By group: leaving at this time, of the cause, of others. */
  readonly #leaving: Float64Array;
  readonly #own: Float64Array;
  readonly #others: Float64Array;
  /** By group: F(t−) and S(t−), and both just after t. */
  readonly #incidenceBefore: Float64Array;
  readonly #incidence: Float64Array;
  readonly #aliveBefore: Float64Array;
  readonly #alive: Float64Array;
  /** Pooled F(t−). */
  #pooled = 0;
  /** Gray's a_ij at this time and c_ij = ∫ a_ij dF/(1 − F) up to it. */
  readonly #a: Float64Array;
  readonly #c: Float64Array;
  /** Sums over time for each group: of slope², and of slope times (a_ig − slope·c_ig). */
  readonly #square: Float64Array;
  readonly #cross: Float64Array;

  constructor(k: number, rho: number, score: Float64Array, variance: Float64Array) {
    this.#k = k;
    this.#rho = rho;
    this.#score = score;
    this.#variance = variance;
    this.#atRisk = new Float64Array(k);
    this.#leaving = new Float64Array(k);
    this.#own = new Float64Array(k);
    this.#others = new Float64Array(k);
    this.#incidenceBefore = new Float64Array(k);
    this.#incidence = new Float64Array(k);
    this.#aliveBefore = new Float64Array(k).fill(1);
    this.#alive = new Float64Array(k).fill(1);
    this.#a = new Float64Array(k * k);
    this.#c = new Float64Array(k * k);
    this.#square = new Float64Array(k);
    this.#cross = new Float64Array(k * k);
  }

  enter(group: number): void {
    this.#atRisk[group] = (this.#atRisk[group] as number) + 1;
  }

  count(group: number, kind: 0 | 1 | 2): void {
    this.#leaving[group] = (this.#leaving[group] as number) + 1;
    if (kind === 1) this.#own[group] = (this.#own[group] as number) + 1;
    if (kind === 2) this.#others[group] = (this.#others[group] as number) + 1;
  }

  /** All that happens at one time has been counted. */
  pass(): void {
    let own = 0;
    let others = 0;
    for (let g = 0; g < this.#k; g += 1) {
      own += this.#own[g] as number;
      others += this.#others[g] as number;
    }
    if (own + others > 0) this.#event(own, others);
    for (let g = 0; g < this.#k; g += 1) {
      this.#atRisk[g] = (this.#atRisk[g] as number) - (this.#leaving[g] as number);
      this.#incidenceBefore[g] = this.#incidence[g] as number;
      this.#aliveBefore[g] = this.#alive[g] as number;
    }
    this.#leaving.fill(0);
    this.#own.fill(0);
    this.#others.fill(0);
  }

  #event(own: number, others: number): void {
    let hazardWeight = 0;
    let riskWeight = 0;
    for (let g = 0; g < this.#k; g += 1) {
      const n = this.#atRisk[g] as number;
      if (n <= 0) continue;
      const before = this.#aliveBefore[g] as number;
      const happened = (this.#own[g] as number) + (this.#others[g] as number);
      this.#alive[g] = (before * (n - happened)) / n;
      this.#incidence[g] = (this.#incidenceBefore[g] as number) + (before * (this.#own[g] as number)) / n;
      hazardWeight += n / before;
      riskWeight += (n * (1 - (this.#incidenceBefore[g] as number))) / before;
    }
    const after = this.#pooled + own / hazardWeight;
    const weight = (1 - this.#pooled) ** this.#rho;
    this.#coefficients(own, hazardWeight, weight);
    for (let g = 0; g < this.#k - 1; g += 1) {
      const n = this.#atRisk[g] as number;
      if (n <= 0) continue;
      const risk = (n * (1 - (this.#incidenceBefore[g] as number))) / (this.#aliveBefore[g] as number);
      this.#score[g] = (this.#score[g] as number) + weight * ((this.#own[g] as number) - (own * risk) / riskWeight);
    }
    if (own > 0) this.#spreadOfOwn(own, hazardWeight, after);
    if (others > 0) this.#spreadOfOthers(after);
    this.#pooled = after;
  }

  #coefficients(own: number, hazardWeight: number, weight: number): void {
    const k = this.#k;
    const ratio = own / (hazardWeight * (1 - this.#pooled));
    for (let i = 0; i < k; i += 1) {
      const mine = (this.#atRisk[i] as number) > 0 ? (this.#atRisk[i] as number) / (this.#aliveBefore[i] as number) : 0;
      for (let j = 0; j < k; j += 1) {
        const its =
          (this.#atRisk[j] as number) > 0 ? (this.#atRisk[j] as number) / (this.#aliveBefore[j] as number) : 0;
        const place = i * k + j;
        const a = weight * mine * ((i === j ? 1 : 0) - its / hazardWeight);
        this.#a[place] = a;
        if (a !== 0) this.#c[place] = (this.#c[place] as number) + a * ratio;
      }
    }
  }

  #spreadOfOwn(own: number, hazardWeight: number, after: number): void {
    for (let g = 0; g < this.#k; g += 1) {
      const n = this.#atRisk[g] as number;
      if (n <= 0) continue;
      const before = this.#aliveBefore[g] as number;
      const alive = this.#alive[g] as number;
      const slope = alive > 0 ? 1 - (1 - after) / alive : 1;
      const ties = own > 1 ? 1 - (own - 1) / (hazardWeight * before - 1) : 1;
      this.#add(g, slope, (ties * before * own) / (hazardWeight * n), true);
    }
  }

  #spreadOfOthers(after: number): void {
    for (let g = 0; g < this.#k; g += 1) {
      const alive = this.#alive[g] as number;
      const others = this.#others[g] as number;
      if (alive <= 0 || others <= 0) continue;
      const n = this.#atRisk[g] as number;
      const before = this.#aliveBefore[g] as number;
      const ties = others > 1 ? 1 - (others - 1) / (n - 1) : 1;
      this.#add(g, -(1 - after) / alive, (ties * before * before * others) / (n * n), false);
    }
  }

  #add(g: number, slope: number, hazard: number, withA: boolean): void {
    const k = this.#k;
    const part = (i: number): number =>
      (withA ? (this.#a[i * k + g] as number) : 0) - slope * (this.#c[i * k + g] as number);
    this.#square[g] = (this.#square[g] as number) + slope * slope * hazard;
    for (let i = 0; i < k - 1; i += 1) {
      this.#cross[i * k + g] = (this.#cross[i * k + g] as number) + part(i) * slope * hazard;
      for (let j = 0; j < k - 1; j += 1) {
        const place = i * (k - 1) + j;
        this.#variance[place] = (this.#variance[place] as number) + part(i) * part(j) * hazard;
      }
    }
  }

  /** c at the end of follow-up multiplies what was left open in the sums. */
  finish(): void {
    const k = this.#k;
    for (let i = 0; i < k - 1; i += 1) {
      for (let j = 0; j < k - 1; j += 1) {
        let total = 0;
        for (let g = 0; g < k; g += 1) {
          const ci = this.#c[i * k + g] as number;
          const cj = this.#c[j * k + g] as number;
          total +=
            ci * cj * (this.#square[g] as number) +
            ci * (this.#cross[j * k + g] as number) +
            cj * (this.#cross[i * k + g] as number);
        }
        const place = i * (k - 1) + j;
        this.#variance[place] = (this.#variance[place] as number) + total;
      }
    }
  }
}
