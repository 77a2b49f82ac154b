import { chiSquaredUpperTail } from '../../distributions/chi-squared.ts';
import { fUpperTail } from '../../distributions/f.ts';
import { cholesky, inverseFromCholesky } from '../../linear-algebra/cholesky.ts';
import { quadraticForm, subMatrix } from '../../linear-algebra/matrix.ts';
import type { RobustFit } from '../../meta-analysis/cluster-robust.ts';
import { type HeterogeneityMethod, isFixed } from '../../meta-analysis/heterogeneity.ts';
import { fitRandomEffects, type RandomEffectsFit } from '../../meta-analysis/random-effects.ts';
import type { Studies } from '../../meta-analysis/read-studies.ts';
import { type EffectModel, meanModel } from '../../meta-analysis/weighted-moments.ts';
import type { TestResult } from '../term.ts';
import { finiteOrNull, meanRow } from './rows.ts';
import type { MetaSpec } from './spec.ts';

/** Coefficients of the moderators, their joint test, and the share of heterogeneity that they explain. */
export function moderatorResults(
  studies: Studies,
  model: EffectModel,
  fit: RandomEffectsFit,
  robust: RobustFit | null,
  method: HeterogeneityMethod,
  spec: MetaSpec,
  warnings: string[],
): Readonly<Record<string, unknown>> {
  const { design, hasIntercept, y, v } = studies;
  if (!design) return { moderatorTest: null };
  const { estimable } = model;
  const dropped = design.names.filter((_name, column) => !estimable.includes(column));
  if (dropped.length > 0)
    warnings.push(`Left out because the moderators before them say the same: ${dropped.join(', ')}.`);
  const useRobust = robust !== null && robust.studies > fit.p;
  const terms = design.names.map((term, column) => {
    const place = estimable.indexOf(column);
    if (place < 0) return { term, ...meanRow(Number.NaN, Number.NaN, null, spec.confidence) };
    const variance = (useRobust ? robust.covariance : fit.covariance).data[place * fit.p + place] as number;
    const df = useRobust ? (robust.df[place] as number) : fit.df;
    return { term, ...meanRow(fit.coefficients[place] as number, Math.sqrt(variance), df, spec.confidence) };
  });
  const tested = estimable.flatMap((column, place) => (hasIntercept && column === 0 ? [] : [place]));
  const mean = fitRandomEffects(meanModel(y, v), method, spec.test);
  return {
    terms,
    moderatorTest: useRobust ? robustTest(robust, tested) : jointTest(fit, tested),
    residualHeterogeneity: fit.q,
    rSquared: hasIntercept ? explained(fit, mean, method) : null,
    overall: {
      ...meanRow(
        mean.coefficients[0] as number,
        Math.sqrt(mean.covariance.data[0] as number),
        mean.df,
        spec.confidence,
      ),
      tau2: mean.tau2,
      i2: mean.i2,
      h2: mean.h2,
      q: mean.q,
    },
  };
}

/** Wald test that the coefficients at these places are 0: χ², or F where the errors are scaled. */
export function jointTest(
  { coefficients, covariance, df }: Pick<RandomEffectsFit, 'coefficients' | 'covariance' | 'df'>,
  tested: readonly number[],
): TestResult | null {
  const m = tested.length;
  if (m === 0) return null;
  const factor = cholesky(subMatrix(covariance, tested, tested));
  if (!factor) return { name: 'QM', statistic: null, df: m, p: null };
  const values = tested.map((place) => coefficients[place] as number);
  const wald = quadraticForm(values, inverseFromCholesky(factor));
  if (df === null) return { name: 'QM', statistic: wald, df: m, p: chiSquaredUpperTail(wald, m) };
  return { name: 'QM', statistic: wald / m, df: [m, df], p: fUpperTail(wald / m, m, df) };
}

function robustTest(robust: RobustFit, tested: readonly number[]): TestResult | null {
  const found = robust.test(tested);
  if (tested.length === 0) return null;
  return found ? { name: 'QM (HTZ)', ...found } : { name: 'QM (HTZ)', statistic: null, df: null, p: null };
}

/** Per cent of τ² that the moderators explain (Raudenbush 2009); for a fixed effect, of the weighted variance, adjusted. */
function explained(fit: RandomEffectsFit, mean: RandomEffectsFit, method: HeterogeneityMethod): number | null {
  if (isFixed(method)) {
    const total = mean.q.statistic / mean.q.df;
    return total === 0 ? 0 : finiteOrNull(Math.max(0, 100 * (1 - fit.q.statistic / fit.q.df / total)));
  }
  return mean.tau2 === 0 ? 0 : Math.max(0, (100 * (mean.tau2 - fit.tau2)) / mean.tau2);
}
