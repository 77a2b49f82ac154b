import { quadraticForm } from '../../linear-algebra/matrix.ts';
import { type MediationFit, standardError } from '../../mediation/fit-mediation.ts';
import { addGradient, effectOf, type SpecificEffect } from '../../mediation/mediation-effects.ts';
import { productLimits } from '../../mediation/product-of-normals.ts';
import { quantileOfSorted } from '../../numeric/quantile.ts';
import { mean, variance } from '../../numeric/sums.ts';
import { bootstrapSummary } from '../../resampling/bootstrap-limits.ts';
import { type TermResult, waldTerm } from '../term.ts';
import type { MediationFound } from './spec.ts';

type Row = Readonly<Record<string, unknown>>;

/** Every path with its t-test, the total effect last. */
export function pathRows({ fit, confidence }: MediationFound, names: readonly string[]): Row[] {
  const { diagram, coefficients, covariance, dfs, total } = fit;
  const p = coefficients.length;
  const row = (from: number, to: number, { term, ...numbers }: TermResult): Row => ({
    term,
    path: `${names[from]} → ${names[to]}`,
    from: names[from],
    to: names[to],
    ...numbers,
  });
  return [
    ...diagram.paths.map(({ name, from, to }, i) => {
      const se = Math.sqrt(covariance.data[i * p + i] as number);
      return row(from, to, waldTerm(name, coefficients[i] as number, se, dfs[i] as number, confidence));
    }),
    row(0, names.length - 1, waldTerm('c', total.estimate, total.se, total.df, confidence)),
  ];
}

/** `indirect` (all ways together), each way in `specific`, `direct`, `total`. */
export function effectRows(found: MediationFound, names: readonly string[], warnings: string[]): Row {
  const { fit, confidence, resampled, jackknife, drawn } = found;
  const { diagram, coefficients, covariance, dfs, total } = fit;
  const p = coefficients.length;
  if (found.method === 'monte-carlo' && drawn === null) {
    warnings.push(
      'The covariance of the paths is singular, so nothing could be drawn: the limits are those of the delta method.',
    );
  }
  const indirect = effectRow(found, diagram.effects, resampled?.indirect, jackknife?.indirect, drawn?.indirect);
  const specific = diagram.effects.map((effect, index) => ({
    term: effect.nodes.map((node) => names[node]).join(' → '),
    through: effect.nodes.slice(1, -1).map((node) => names[node]),
    paths: effect.paths.map((path) => diagram.paths[path]?.name),
    ...effectRow(found, [effect], resampled?.specific[index], jackknife?.specific[index], drawn?.specific[index]),
  }));
  if (
    found.interval === 'bca' &&
    found.method === 'bootstrap' &&
    [indirect, ...specific].some(({ low }) => low === null)
  ) {
    warnings.push(
      'Bias-corrected and accelerated limits do not exist for every effect here (all resampled estimates lie on one side, or leaving one row out leaves no estimate); those are null. Percentile limits are given beside them.',
    );
  }
  const beside = (estimate: number, values?: Float64Array, without?: Float64Array): Row =>
    values ? { bootstrap: bootstrapRow(estimate, values, confidence, usable(found, without)) } : {};
  const direct = coefficients[p - 1] as number;
  const directSe = Math.sqrt(covariance.data[p * p - 1] as number);
  return {
    indirect,
    specific,
    direct: {
      ...withoutTerm(waldTerm('', direct, directSe, dfs[p - 1] as number, confidence)),
      ...beside(direct, resampled?.direct, jackknife?.direct),
    },
    total: {
      ...withoutTerm(waldTerm('', total.estimate, total.se, total.df, confidence)),
      ...beside(total.estimate, resampled?.total, jackknife?.total),
    },
    proportionMediated: total.estimate === 0 ? null : (indirect.estimate as number) / total.estimate,
  };
}

function withoutTerm({ term: _term, ...numbers }: TermResult): Omit<TermResult, 'term'> {
  return numbers;
}

type EffectRow = Row & { readonly estimate: number; readonly low: number | null };

/** One indirect effect, or the sum of several, with limits by the method asked for and by the others that are at hand. */
function effectRow(
  found: MediationFound,
  effects: readonly SpecificEffect[],
  resampled: Float64Array | undefined,
  jackknife: Float64Array | undefined,
  drawn: Float64Array | undefined,
): EffectRow {
  const { fit, confidence } = found;
  const gradient = new Float64Array(fit.coefficients.length);
  let estimate = 0;
  for (const effect of effects) {
    estimate += effectOf(effect, fit.coefficients);
    addGradient(effect, fit.coefficients, gradient);
  }
  const se = Math.sqrt(quadraticForm(gradient, fit.covariance));
  const { statistic, p, low, high } = waldTerm('', estimate, se, null, confidence);
  const delta = { se, statistic, p, low, high };
  const bootstrap = resampled ? bootstrapRow(estimate, resampled, confidence, usable(found, jackknife)) : null;
  const shown = (): Row => {
    if (found.method === 'bootstrap' && bootstrap) {
      const limits = found.interval === 'bca' ? bootstrap.bca : bootstrap.percentile;
      return { se: bootstrap.se, low: limits?.low ?? null, high: limits?.high ?? null };
    }
    if (!drawn) return delta;
    const sorted = Float64Array.from(drawn).sort();
    const tail = (1 - confidence) / 2;
    return {
      se: Math.sqrt(variance(drawn)),
      low: quantileOfSorted(sorted, tail),
      high: quantileOfSorted(sorted, 1 - tail),
      mean: mean(drawn),
    };
  };
  return {
    estimate,
    ...shown(),
    delta,
    ...(effects.length === 1 ? twoPathRow(fit, effects[0] as SpecificEffect, confidence) : {}),
    ...(bootstrap ? { bootstrap } : {}),
  } as unknown as EffectRow;
}

function usable({ fit }: MediationFound, jackknife: Float64Array | undefined): Float64Array | null {
  const n = fit.equations[0]?.fit.residuals.length;
  return jackknife && jackknife.length === n ? jackknife : null;
}

function bootstrapRow(
  estimate: number,
  resampled: Float64Array,
  confidence: number,
  jackknife: Float64Array | null,
): Row & { readonly se: number; readonly percentile: Limit; readonly bca?: Limit | null } {
  const found = bootstrapSummary(estimate, resampled, confidence, jackknife);
  return {
    samples: found.used,
    mean: found.mean,
    se: found.se,
    percentile: found.percentile,
    z0: Number.isFinite(found.biasCorrection) ? found.biasCorrection : null,
    biasCorrected: found.biasCorrected,
    ...(jackknife ? { acceleration: found.acceleration, bca: found.bca } : {}),
  };
}

type Limit = { readonly low: number; readonly high: number };

/** What is only known of a product of two paths: other standard errors (Goodman 1960; Aroian 1947) and exact normal-theory limits. */
function twoPathRow(fit: MediationFit, { paths }: SpecificEffect, confidence: number): Row {
  if (paths.length !== 2) return {};
  const size = fit.coefficients.length;
  const [a, b] = paths.map((place) => ({
    mean: fit.coefficients[place] as number,
    sd: Math.sqrt(fit.covariance.data[place * size + place] as number),
  })) as [{ mean: number; sd: number }, { mean: number; sd: number }];
  const first = a.mean ** 2 * b.sd ** 2 + b.mean ** 2 * a.sd ** 2;
  const second = a.sd ** 2 * b.sd ** 2;
  return {
    aroian: { se: Math.sqrt(first + second) },
    // Goodman's subtracts what Aroian's adds, and can fall below zero.
    goodman: { se: first < second ? null : Math.sqrt(first - second) },
    distributionOfProduct: productLimits(a, b, confidence),
  };
}

/** Every regression with all its coefficients. */
export function equationRows(
  fit: MediationFit,
  names: readonly string[],
  covariates: readonly string[],
  confidence: number,
): Row[] {
  return fit.equations.map((equation, place) => {
    const { dfResidual, outcome, regressors } = equation;
    const terms = ['(Intercept)', ...regressors.map((node) => names[node] as string), ...covariates];
    return {
      outcome: names[outcome],
      ...(place === fit.equations.length - 1 ? { effect: 'total' } : {}),
      terms: terms.map((term, column) =>
        waldTerm(
          term,
          equation.fit.coefficients[column] as number,
          standardError(equation, column),
          dfResidual,
          confidence,
        ),
      ),
      sigma: Math.sqrt(equation.fit.residualSumOfSquares / dfResidual),
      dfResidual,
      rSquared: 1 - equation.fit.residualSumOfSquares / equation.totalSumOfSquares,
    };
  });
}
