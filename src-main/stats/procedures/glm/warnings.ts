import { ExpectedError } from '#shared/domain/result.ts';
import type { GlmEstimate } from '../../regression/estimate-glm.ts';
import type { GlmData } from '../shared/glm-data.ts';
import { distributionOf, type GlmSpec } from '../shared/glm-spec.ts';

const mostNamed = 10;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, mostNamed).join(', ');
  return names.length > mostNamed ? `${shown} and ${names.length - mostNamed} more` : shown;
}

function refuse(message: string, hint: string): never {
  throw new ExpectedError('REFUSED_MODEL', message, `Nothing was computed. ${hint}`);
}

/** @throws ExpectedError REFUSED_MODEL where no model of the kind can say anything about the data. */
export function refuseHopeless(data: GlmData, spec: GlmSpec): void {
  const { design, n, y } = data;
  const columns = design.names.length;
  if (columns === 0) refuse('The formula has nothing to estimate.', 'Give it an intercept or a term.');
  if (columns > n) {
    refuse(
      `The model has ${columns} coefficients and the data ${n} ${n === 1 ? 'row' : 'rows'}, so they cannot be told apart.`,
      'Use fewer terms, or more rows.',
    );
  }
  const distribution = distributionOf(spec.family);
  if (distribution === 'binomial' && !spec.firth) {
    if (y.every((value) => value === 0)) refuse('No row has the event, so there is nothing to explain.', hintOfOneSide);
    if (y.every((value) => value === 1))
      refuse('Every row has the event, so there is nothing to explain.', hintOfOneSide);
  }
  if ((distribution === 'poisson' || distribution === 'negative-binomial') && y.every((value) => value === 0)) {
    refuse('Every count is 0, so no rate can be estimated.', 'Use data with events.');
  }
}

const hintOfOneSide = 'Use data with both outcomes; with “firth”: true an estimate is finite all the same.';

/** What a reader must know of a fitted model. */
export function glmWarnings(data: GlmData, spec: GlmSpec, estimate: GlmEstimate): string[] {
  return [
    ...responseWarnings(data, spec),
    ...designWarnings(data, estimate),
    ...separationWarnings(data, estimate),
    ...fitWarnings(data, spec, estimate),
  ];
}

function responseWarnings({ y, weights, trials }: GlmData, spec: GlmSpec): string[] {
  const counts = spec.family === 'poisson' || spec.family === 'negative-binomial';
  if (counts && !y.every(Number.isInteger)) {
    return [
      spec.family === 'poisson'
        ? 'Some counts are not whole numbers, so logLik and aic are null; quasipoisson asks for no whole numbers.'
        : 'Some counts are not whole numbers.',
    ];
  }
  if (spec.family !== 'binomial') return [];
  const whole = y.every((value, i) => {
    const events = value * (weights[i] as number);
    return Math.abs(events - Math.round(events)) < 1e-3;
  });
  if (whole) return [];
  return [
    trials
      ? 'Some numbers of successes are not whole: quasibinomial suits them better.'
      : 'Some proportions times their weights are not whole numbers of events: name the numbers of trials in “weights”, or use quasibinomial.',
  ];
}

/** R's `lm` drops a column that has less than this share of its length left. */
const toleranceOfR = 1e-7;

function designWarnings(data: GlmData, estimate: GlmEstimate): string[] {
  const warnings: string[] = [];
  if (estimate.aliased.length > 0) {
    const names = estimate.aliased.map((j) => data.design.names[j] as string);
    warnings.push(
      `${listed(names)} ${names.length === 1 ? 'is' : 'are'} determined by the terms before, so ${names.length === 1 ? 'it has' : 'they have'} no estimate.`,
    );
  }
  if (estimate.leastShare < toleranceOfR) {
    warnings.push(
      'The predictors are nearly collinear: R’s lm with its usual tolerance of 1e-7 would leave one out. It is kept here, but has few digits that can be trusted.',
    );
  }
  return warnings;
}

function separationWarnings(data: GlmData, estimate: GlmEstimate): string[] {
  const { separation } = estimate;
  if (!separation) {
    return estimate.boundary
      ? ['Some fitted probabilities are 0 or 1 to the last digit; look for outliers, or for separation.']
      : [];
  }
  if (separation.complete) {
    return [
      'Complete separation: the predictors tell every response for certain, so no coefficient has a finite maximum likelihood estimate. Use “firth”: true, or fewer terms.',
    ];
  }
  const names = separation.infinite.map((k) => {
    const finite = estimate.coefficients.map((_value, j) => j).filter((j) => !estimate.aliased.includes(j));
    return data.design.names[finite[k] as number] as string;
  });
  return [
    `Quasi-complete separation: the predictors tell the response of ${separation.count} ${separation.count === 1 ? 'row' : 'rows'} for certain, so ${listed(names)} ${names.length === 1 ? 'has' : 'have'} no finite maximum likelihood estimate. The other terms are those of the limit. ${estimate.family.name === 'binomial' ? 'Use “firth”: true for finite estimates of all.' : 'Leave the term out, or join levels.'}`,
  ];
}

function fitWarnings(data: GlmData, spec: GlmSpec, estimate: GlmEstimate): string[] {
  const warnings: string[] = [];
  if (!estimate.converged) {
    warnings.push(`The fit has not converged after ${estimate.iterations} iterations; its numbers are not to be used.`);
  }
  if (estimate.df !== null && estimate.dfResidual <= 0) {
    warnings.push('There are as many coefficients as rows, so no dispersion, and no standard error, can be estimated.');
  }
  if (estimate.logLik === null) {
    warnings.push('A quasi-likelihood has no log-likelihood, so logLik, aic and bic are null.');
  }
  const excess = estimate.pearson / estimate.dfResidual;
  if (spec.family === 'poisson' && data.n >= 20 && excess > 1.5) {
    warnings.push(
      `The counts vary ${excess.toFixed(1)} times as much as a Poisson model says (Pearson χ² over its degrees of freedom), so its standard errors are too small: consider negative-binomial, quasipoisson or robust errors.`,
    );
  }
  return warnings;
}
