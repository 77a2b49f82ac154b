import { estimateFirth, type FirthEstimate, penalisedLimits, penalisedTest } from '../../regression/estimate-firth.ts';
import type { GlmProblem } from '../../regression/estimate-glm.ts';
import type { GlmData } from '../shared/glm-data.ts';
import type { GlmSpec } from '../shared/glm-spec.ts';
import { orNull } from '../shared/or-null.ts';
import type { TermResult, TestResult } from '../term.ts';
import { glmTerms } from './terms.ts';

export type FirthFound = {
  readonly estimate: FirthEstimate;
  readonly terms: readonly TermResult[];
  readonly likelihoodRatio: TestResult | null;
};

/** Terms with penalised profile limits and penalised likelihood ratio tests: `statistic` is χ² with `df` 1. Wald where asked for. */
export function firthTerms(data: GlmData, problem: GlmProblem, spec: GlmSpec, warnings: string[]): FirthFound {
  const estimate = estimateFirth(problem);
  const wald = glmTerms(data, estimate, { matrix: estimate.bread, df: null }, spec.confidence);
  const slopes = estimate.used.flatMap((j, place) => (data.design.assign[j] === 0 ? [] : [place]));
  const test = slopes.length === 0 ? null : penalisedTest(estimate, slopes);
  const likelihoodRatio = test && { name: 'penalised likelihood ratio against the null model', ...test };
  if (spec.interval === 'wald') return { estimate, terms: wald, likelihoodRatio };
  const terms = wald.map((term, j) => {
    const place = estimate.used.indexOf(j);
    if (place < 0) return term;
    const { statistic, df, p } = penalisedTest(estimate, [place]);
    const limits = penalisedLimits(estimate, place, spec.confidence);
    if (!Number.isFinite(limits.low) || !Number.isFinite(limits.high)) {
      warnings.push(`A penalised profile limit of ${term.term} is infinite: the likelihood does not fall far enough.`);
    }
    return { ...term, statistic, df, p, low: orNull(limits.low), high: orNull(limits.high) };
  });
  return { estimate, terms, likelihoodRatio };
}
