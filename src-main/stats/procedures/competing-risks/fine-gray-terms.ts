import { ExpectedError } from '#shared/domain/result.ts';
import { designOf } from '../../formula/design.ts';
import type { ModelFrame } from '../../formula/model-frame.ts';
import type { SurvivalResponse } from '../../formula/survival-response.ts';
import { at } from '../../linear-algebra/matrix.ts';
import { fitFineGray } from '../../survival/fine-gray.ts';
import { hazardRow, warnOfColumns, warnOfSearch } from '../shared/hazard-terms.ts';

/** The rows of a Fine–Gray regression of one cause. */
export function fineGrayTerms(
  frame: ModelFrame,
  { time, entry, status }: SurvivalResponse,
  cause: number,
  confidence: number,
  warnings: string[],
) {
  if (entry) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      'The Fine–Gray regression takes no late entry.',
      'Nothing was computed. Set “regression” to false, or use cox for the hazard of one cause.',
    );
  }
  const design = designOf({ ...frame.formula, intercept: true }, frame.variables, frame.n);
  const names = design.names.slice(1);
  const events = status.reduce((total, code) => total + (code === cause ? 1 : 0), 0);
  const fit = fitFineGray(design.matrix, time, status, cause);
  warnOfColumns(names, fit.estimable, warnings);
  warnOfSearch(names, fit.maximum, warnings);
  const terms = names.map((term, j) => {
    const place = fit.estimable.indexOf(j);
    const estimate = place < 0 ? Number.NaN : (fit.coefficients[j] as number);
    // A sandwich of a coefficient without a finite maximum comes out small, as if it were known well.
    const unknown = place < 0 || !fit.covariance || fit.maximum.unbounded.includes(j);
    const se = unknown || !fit.covariance ? Number.NaN : Math.sqrt(at(fit.covariance, place, place));
    return hazardRow(term, estimate, se, confidence);
  });
  return {
    terms,
    fit: {
      cause,
      n: frame.n,
      events,
      logLik: fit.maximum.atMaximum.logLik,
      logLikNull: fit.maximum.atZero.logLik,
      converged: fit.maximum.converged,
      iterations: fit.maximum.iterations,
    },
  };
}
