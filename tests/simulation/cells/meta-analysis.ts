import { tQuantile, twoSidedT } from '#main/stats/distributions/student-t.ts';
import { matrixOf } from '#main/stats/linear-algebra/matrix.ts';
import { clusterRobust } from '#main/stats/meta-analysis/cluster-robust.ts';
import { fitProportions } from '#main/stats/meta-analysis/proportion-mixed-model.ts';
import { fitRandomEffects, qProfileLimits } from '#main/stats/meta-analysis/random-effects.ts';
import { eggerTest } from '#main/stats/meta-analysis/small-study-effects.ts';
import { type EffectModel, meanModel, regressionModel } from '#main/stats/meta-analysis/weighted-moments.ts';
import type { RandomStream } from '#shared/domain/random.ts';
import { normalDraws } from '../../statistics/draws.ts';
import type { Reading, SimulationCell } from '../cell.ts';

const effect = 0.3;

/** Sampling variances from 0.02 to 0.4, most of them small, as studies of 10 to 200 people have. */
function variances(stream: RandomStream, k: number): Float64Array {
  return Float64Array.from({ length: k }, () => 4 / (10 + 190 * stream.nextUniform()));
}

function effects(stream: RandomStream, v: Float64Array, tau: number): Float64Array {
  const own = normalDraws(stream, v.length);
  const error = normalDraws(stream, v.length);
  return v.map((value, i) => effect + tau * own[i]! + Math.sqrt(value) * error[i]!);
}

function reading(parameter: string, estimate: number, variance: number, df: number, truth: number): Reading {
  const width = tQuantile(0.975, df) * Math.sqrt(variance);
  return { parameter, low: estimate - width, high: estimate + width, truth };
}

function meanCell(k: number, tau: number): SimulationCell {
  return {
    name: `meta: REML with Knapp and Hartung’s limits, ${k} studies, tau ${tau}`,
    replicate: (stream) => {
      const v = variances(stream, k);
      const model = meanModel(effects(stream, v, tau), v);
      const fit = fitRandomEffects(model, 'REML', 'knha');
      const limits = qProfileLimits(model, 0.95);
      return [
        reading('mean', fit.coefficients[0]!, fit.covariance.data[0]!, k - 1, effect),
        ...(limits ? [{ parameter: 'tau2', low: limits.low, high: limits.high, truth: tau ** 2 }] : []),
      ];
    },
  };
}

/** A moderator without effect, and an intercept. */
function withModerator(stream: RandomStream, k: number): EffectModel {
  const v = variances(stream, k);
  const y = effects(stream, v, 0.3);
  const design = matrixOf(k, 2);
  design.data.fill(1, 0, k);
  design.data.set(normalDraws(stream, k), k);
  return regressionModel(y, v, design);
}

const moderator: SimulationCell = {
  name: 'meta: a moderator without effect, REML with Knapp and Hartung’s test, 15 studies',
  replicate: (stream) => {
    const fit = fitRandomEffects(withModerator(stream, 15), 'REML', 'knha');
    return [
      reading('intercept', fit.coefficients[0]!, fit.covariance.data[0]!, 13, effect),
      { parameter: 'moderator', p: twoSidedT(fit.coefficients[1]! / Math.sqrt(fit.covariance.data[3]!), 13) },
    ];
  },
};

const dependent: SimulationCell = {
  name: 'meta: three dependent effects in each of 15 studies, CR2',
  replicate: (stream) => {
    const studies = 15;
    const v = variances(stream, 3 * studies);
    const shared = normalDraws(stream, studies);
    const sharedError = normalDraws(stream, studies);
    const error = normalDraws(stream, 3 * studies);
    const y = v.map((value, i) => {
      const study = Math.floor(i / 3);
      return (
        effect +
        0.3 * shared[study]! +
        Math.sqrt(value) * (Math.SQRT1_2 * sharedError[study]! + Math.SQRT1_2 * error[i]!)
      );
    });
    const model = meanModel(y, v);
    const fit = fitRandomEffects(model, 'REML', 'z');
    const codes = Int32Array.from(v, (_value, i) => Math.floor(i / 3));
    const robust = clusterRobust(model, fit.atTau2, fit.coefficients, codes);
    return [reading('mean', fit.coefficients[0]!, robust.covariance.data[0]!, robust.df[0]!, effect)];
  },
};

const funnel: SimulationCell = {
  name: 'meta: Egger’s test without asymmetry, 15 studies',
  replicate: (stream) => {
    const v = variances(stream, 15);
    const test = eggerTest(effects(stream, v, 0), v);
    return test && [{ parameter: 'asymmetry', p: test.p }];
  },
};

const proportions: SimulationCell = {
  name: 'meta: 40 proportions by a binomial mixed model',
  replicate: (stream) => {
    const k = 40;
    const logit = -1.5;
    const own = normalDraws(stream, k);
    const n = Float64Array.from({ length: k }, () => 20 + stream.nextBelow(100));
    const x = n.map((size, i) => {
      const p = 1 / (1 + Math.exp(-(logit + 0.5 * own[i]!)));
      let events = 0;
      for (let person = 0; person < size; person += 1) if (stream.nextUniform() < p) events += 1;
      return events;
    });
    const fit = fitProportions({ x, n, design: matrixOf(k, 1, new Float64Array(k).fill(1)) }, false);
    return fit && [reading('logit', fit.coefficients[0]!, fit.covariance.data[0]!, Number.POSITIVE_INFINITY, logit)];
  },
};

export const metaAnalysisCells: readonly SimulationCell[] = [
  meanCell(10, 0.3),
  meanCell(20, 0.3),
  meanCell(20, 0.1),
  moderator,
  dependent,
  funnel,
  proportions,
];
