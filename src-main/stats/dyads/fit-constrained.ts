import { cholesky, inverseFromCholesky, solveCholesky } from '../linear-algebra/cholesky.ts';
import { addMatrices, type Matrix, matrixOf, multiply, multiplyVector, transpose } from '../linear-algebra/matrix.ts';
import { impliedMoments, type Layout, structureCurvature, structureJacobian } from './actor-partner-structure.ts';
import type { MissingPattern } from './missing-patterns.ts';
import { likelihoodDerivatives, observedLogLikelihood } from './observed-likelihood.ts';

/** What a constrained model leaves free: the free parameter behind each parameter, −1 where it is fixed at 0. */
export type Constraints = { readonly free: Int32Array; readonly count: number };

export type ConstrainedFit = {
  readonly theta: Float64Array;
  readonly logLik: number;
  /** Of all parameters, singular where constraints tie them; null where the information is singular. */
  readonly covariance: Matrix | null;
  readonly converged: boolean;
};

/** Groups of parameters that are equal, and those that are 0; the rest is free. */
export function constraintsOf(
  parameters: number,
  equal: readonly (readonly number[])[],
  zero: readonly number[] = [],
): Constraints {
  const leader = Int32Array.from({ length: parameters }, (_none, place) => place);
  for (const group of equal) for (const place of group) leader[place] = Math.min(...group);
  const free = new Int32Array(parameters).fill(-1);
  let count = 0;
  for (let place = 0; place < parameters; place += 1) {
    if (zero.includes(place)) continue;
    if (leader[place] === place) {
      free[place] = count;
      count += 1;
    } else free[place] = free[leader[place] as number] as number;
  }
  return { free, count };
}

const mostSteps = 200;

/**
 * Maximum likelihood under equality constraints by Newton's method, with the expected information where the observed one is not
 * positive definite.
 * @param information of the standard errors: `expected` as lavaan has it for complete data, `observed` with missing values
 */
export function fitConstrained(
  patterns: readonly MissingPattern[],
  layout: Layout,
  constraints: Constraints,
  start: Float64Array,
  information: 'observed' | 'expected',
): ConstrainedFit {
  let tau = averaged(constraints, start);
  let theta = expanded(constraints, tau);
  let logLik = observedLogLikelihood(patterns, impliedMoments(layout, theta));
  let converged = false;
  for (let step = 0; step < mostSteps && !converged; step += 1) {
    const ascent = ascentAt(patterns, layout, constraints, theta);
    if (!ascent) break;
    if (ascent.decrement < 1e-20) {
      converged = true;
      break;
    }
    const before = logLik;
    let moved = false;
    for (let share = 1; share > 1e-6 && !moved; share /= 2) {
      const next = tau.map((value, place) => value + share * (ascent.step[place] as number));
      const nextTheta = expanded(constraints, next);
      const reached = observedLogLikelihood(patterns, impliedMoments(layout, nextTheta));
      if (!(reached >= before - 1e-13 * Math.abs(before))) continue;
      moved = true;
      tau = next;
      theta = nextTheta;
      logLik = reached;
    }
    converged = ascent.decrement < 1e-11 && (!moved || !(logLik > before));
    if (!moved) break;
  }
  return { theta, logLik, covariance: covarianceAt(patterns, layout, constraints, theta, information), converged };
}

function averaged({ free, count }: Constraints, theta: Float64Array): Float64Array {
  const sums = new Float64Array(count);
  const members = new Float64Array(count);
  free.forEach((place, parameter) => {
    if (place < 0) return;
    sums[place] = (sums[place] as number) + (theta[parameter] as number);
    members[place] = (members[place] as number) + 1;
  });
  return sums.map((value, place) => value / (members[place] as number));
}

function expanded({ free }: Constraints, tau: Float64Array): Float64Array {
  return Float64Array.from(free, (place) => (place < 0 ? 0 : (tau[place] as number)));
}

/** Derivatives of parameters by free parameters. */
function selection({ free, count }: Constraints): Matrix {
  const result = matrixOf(free.length, count);
  free.forEach((place, parameter) => {
    if (place >= 0) result.data[place * free.length + parameter] = 1;
  });
  return result;
}

function ascentAt(
  patterns: readonly MissingPattern[],
  layout: Layout,
  constraints: Constraints,
  theta: Float64Array,
): { readonly step: Float64Array; readonly decrement: number } | null {
  const found = informationAt(patterns, layout, constraints, theta, 'observed');
  if (!found) return null;
  const factor =
    cholesky(found.information) ??
    cholesky(informationAt(patterns, layout, constraints, theta, 'expected')?.information ?? matrixOf(0, 0));
  if (!factor || factor.rows === 0) return null;
  const step = solveCholesky(factor, found.gradient);
  let decrement = 0;
  for (let i = 0; i < step.length; i += 1) decrement += (step[i] as number) * (found.gradient[i] as number);
  return { step, decrement };
}

function informationAt(
  patterns: readonly MissingPattern[],
  layout: Layout,
  constraints: Constraints,
  theta: Float64Array,
  kind: 'observed' | 'expected',
): { readonly information: Matrix; readonly gradient: Float64Array } | null {
  const derivatives = likelihoodDerivatives(patterns, impliedMoments(layout, theta), kind);
  if (!derivatives) return null;
  const jacobian = structureJacobian(layout, theta);
  const byParameters = multiply(multiply(transpose(jacobian), derivatives.hessian), jacobian);
  const hessian =
    kind === 'expected'
      ? byParameters
      : addMatrices(byParameters, structureCurvature(layout, theta, derivatives.gradient));
  const select = selection(constraints);
  const reduced = multiply(multiply(transpose(select), hessian), select);
  return {
    information: { ...reduced, data: reduced.data.map((value) => -value) },
    gradient: multiplyVector(transpose(select), multiplyVector(transpose(jacobian), derivatives.gradient)),
  };
}

/** Covariance of all parameters from the inverse information of the free ones. */
export function covarianceAt(
  patterns: readonly MissingPattern[],
  layout: Layout,
  constraints: Constraints,
  theta: Float64Array,
  kind: 'observed' | 'expected',
): Matrix | null {
  const found = informationAt(patterns, layout, constraints, theta, kind);
  const factor = found ? cholesky(found.information) : null;
  if (!factor) return null;
  const select = selection(constraints);
  return multiply(multiply(select, inverseFromCholesky(factor)), transpose(select));
}
