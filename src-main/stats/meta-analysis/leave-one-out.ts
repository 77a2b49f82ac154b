import type { HeterogeneityMethod } from './heterogeneity.ts';
import { fitRandomEffects, type RandomEffectsFit, type TestOfMean } from './random-effects.ts';
import { meanModel } from './weighted-moments.ts';

/** The mean without each study in turn, every one fitted anew; metafor's `leave1out`. */
export function leaveOneOut(
  y: Float64Array,
  v: Float64Array,
  method: HeterogeneityMethod,
  test: TestOfMean,
): RandomEffectsFit[] {
  return Array.from(y, (_effect, out) =>
    fitRandomEffects(meanModel(without(y, out), without(v, out)), method, test, false),
  );
}

export function without(values: Float64Array, out: number): Float64Array {
  const rest = new Float64Array(values.length - 1);
  rest.set(values.subarray(0, out));
  rest.set(values.subarray(out + 1), out);
  return rest;
}

export type Influence = {
  /** Deviation from the mean of the others, in standard errors. */
  readonly rstudent: number;
  /** Cook's distance of the mean. */
  readonly cook: number;
  readonly dffits: number;
};

/** Deletion diagnostics (Viechtbauer and Cheung 2010, Research Synthesis Methods 1:112), as metafor's `influence`. */
export function influenceOf(
  y: number,
  v: number,
  weightShare: number,
  whole: RandomEffectsFit,
  rest: RandomEffectsFit,
): Influence {
  const mean = whole.coefficients[0] as number;
  const other = rest.coefficients[0] as number;
  const df = rest.k - rest.p;
  const scale = rest.df === null ? 1 : rest.atTau2.q / df;
  const variance = scale * (v + rest.tau2);
  return {
    rstudent: (y - other) / Math.sqrt(variance + (rest.covariance.data[0] as number)),
    cook: (mean - other) ** 2 / (whole.covariance.data[0] as number),
    dffits: (mean - other) / Math.sqrt(variance * weightShare),
  };
}
