import { normalQuantile } from '../../distributions/normal.ts';
import type { Maximum } from '../../survival/newton.ts';
import { notEstimable, type TermResult, waldTerm } from '../term.ts';
import { orNull } from './or-null.ts';

export type HazardTerm = TermResult & {
  /** exp(estimate) and its limits. */
  readonly hazardRatio: {
    readonly estimate: number | null;
    readonly low: number | null;
    readonly high: number | null;
  };
};

/** A coefficient of a model of hazards, on the log scale, and as a hazard ratio. */
export function hazardRow(term: string, estimate: number, se: number, confidence: number): HazardTerm {
  const none = { estimate: null, low: null, high: null };
  if (Number.isNaN(estimate)) return { ...notEstimable(term), hazardRatio: none };
  if (Number.isNaN(se)) {
    return { ...notEstimable(term), estimate, hazardRatio: { ...none, estimate: orNull(Math.exp(estimate)) } };
  }
  const width = se * normalQuantile(1 - (1 - confidence) / 2);
  return {
    ...waldTerm(term, estimate, se, null, confidence),
    hazardRatio: {
      estimate: orNull(Math.exp(estimate)),
      low: orNull(Math.exp(estimate - width)),
      high: orNull(Math.exp(estimate + width)),
    },
  };
}

export function warnOfColumns(names: readonly string[], estimable: readonly number[], warnings: string[]): void {
  const left = names.filter((_name, j) => !estimable.includes(j));
  if (left.length === 0) return;
  warnings.push(
    `${left.join(', ')} ${left.length === 1 ? 'adds' : 'add'} nothing to the terms before ${left.length === 1 ? 'it' : 'them'} and cannot be estimated.`,
  );
}

export function warnOfSearch(names: readonly string[], maximum: Maximum, warnings: string[]): void {
  const unbounded = maximum.unbounded.map((j) => names[j] as string);
  if (unbounded.length > 0) {
    warnings.push(
      `The likelihood rises without end in ${unbounded.join(', ')}: the estimate is infinite in truth, and its standard error, p and limits mean nothing. Trust the likelihood-ratio test instead.`,
    );
  } else if (!maximum.converged) {
    warnings.push(
      `The search for the maximum did not converge in ${maximum.iterations} steps: do not use the estimates.`,
    );
  }
}
