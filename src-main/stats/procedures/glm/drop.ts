import { chiSquaredUpperTail } from '../../distributions/chi-squared.ts';
import { fUpperTail } from '../../distributions/f.ts';
import { parseFormula, type Term } from '../../formula/formula.ts';
import { columnsOf, type GlmEstimate, type GlmProblem } from '../../regression/estimate-glm.ts';
import { links } from '../../regression/families.ts';
import { fitGlm } from '../../regression/fit-glm.ts';
import { glmLogLik } from '../../regression/glm-likelihood.ts';
import type { GlmData } from '../shared/glm-data.ts';
import type { GlmSpec } from '../shared/glm-spec.ts';

export type DropRow = {
  readonly term: string;
  readonly df: number;
  /** χ² of the likelihood ratio, or F where the dispersion is estimated. */
  readonly statistic: number | null;
  readonly p: number | null;
  readonly aic: number | null;
};

/** Likelihood ratio tests of the terms that stand in no interaction, each left out by itself; as R's `drop1`. A theta is held. */
export function dropTerms(data: GlmData, problem: GlmProblem, estimate: GlmEstimate, spec: GlmSpec): DropRow[] {
  const { terms } = parseFormula(spec.formula);
  const { design } = data;
  return terms.flatMap((term, t) => {
    if (terms.some((other) => contains(other, term))) return [];
    const kept = design.names.map((_name, j) => j).filter((j) => design.assign[j] !== t + 1);
    return [{ term: design.termLabels[t] as string, ...without(problem, estimate, kept) }];
  });
}

function contains(other: Term, term: Term): boolean {
  return other.length > term.length && term.every((variable) => other.includes(variable));
}

function without(problem: GlmProblem, estimate: GlmEstimate, kept: readonly number[]): Omit<DropRow, 'term'> {
  const { x, y, weights, offset, family, link } = problem;
  const fit = fitGlm(columnsOf(x, kept), y, estimate.family, { link: links[link], weights, offset });
  const df = estimate.rank - fit.rank;
  if (df <= 0) return { df: 0, statistic: null, p: null, aic: null };
  const fall = fit.deviance - estimate.deviance;
  const logLik =
    estimate.logLik === null
      ? null
      : glmLogLik({ ...problem, family, mu: fit.fitted, deviance: fit.deviance, theta: estimate.theta });
  const aic = logLik === null || !Number.isFinite(logLik) ? null : -2 * logLik + 2 * (estimate.parameters - df);
  if (estimate.df === null) return { df, statistic: fall, p: chiSquaredUpperTail(fall, df), aic };
  const f = fall / df / estimate.dispersion;
  if (!Number.isFinite(f)) return { df, statistic: null, p: null, aic };
  return { df, statistic: f, p: fUpperTail(f, df, estimate.df), aic };
}
