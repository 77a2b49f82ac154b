import { at, type Matrix } from '../linear-algebra/matrix.ts';
import type { FamilyName } from '../regression/families.ts';

export type QuasiInformation = {
  readonly quasiLikelihood: number;
  readonly qic: number;
  readonly qicu: number;
  readonly cic: number;
  readonly qicc: number | null;
};

/** Quasi-likelihood of the means, with scale 1 and without what does not depend on them. */
export function quasiLikelihood(y: Float64Array, mu: Float64Array, family: FamilyName): number {
  let total = 0;
  for (let i = 0; i < y.length; i += 1) {
    const value = y[i] as number;
    const mean = mu[i] as number;
    if (family === 'gaussian') total -= (value - mean) ** 2 / 2;
    else if (family === 'binomial') total += value * Math.log(mean / (1 - mean)) + Math.log1p(-mean);
    else if (family === 'poisson') total += value * Math.log(mean) - mean;
    else total -= value / mean + Math.log(mean);
  }
  return total;
}

/**
 * Pan's criteria of means and working correlations (2001, Biometrics 57:120), as `geepack::QIC`; the gamma family's
 * quasi-likelihood is −y/μ − log μ (McCullagh and Nelder 1989, table 9.1), where geepack has a slip.
 * @param independent inverse of the model-based covariance under independence
 * @param robust robust covariance of the model
 * @param correlations how many parameters the working correlation has
 */
export function quasiInformation(
  likelihood: number,
  independent: Matrix,
  robust: Matrix,
  correlations: number,
  clusters: number,
): QuasiInformation {
  const p = robust.rows;
  let cic = 0;
  for (let i = 0; i < p; i += 1) for (let j = 0; j < p; j += 1) cic += at(independent, i, j) * at(robust, j, i);
  const qic = -2 * (likelihood - cic);
  const parameters = p + correlations;
  const room = clusters - parameters - 1;
  return {
    quasiLikelihood: likelihood,
    qic,
    qicu: -2 * (likelihood - p),
    cic,
    qicc: room > 0 ? qic + (2 * parameters * (parameters + 1)) / room : null,
  };
}
