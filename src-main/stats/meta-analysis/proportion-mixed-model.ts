import { cholesky, inverseFromCholesky, solveCholesky } from '../linear-algebra/cholesky.ts';
import {
  type Matrix,
  matrixOf,
  multiply,
  multiplyVector,
  scale,
  subMatrix,
  transpose,
} from '../linear-algebra/matrix.ts';
import { normalQuadrature } from '../numeric/gauss-hermite.ts';
import { binomial } from '../regression/families.ts';
import { fitGlm } from '../regression/fit-glm.ts';
import { orthonormalBasis } from './weighted-moments.ts';

/** Events x out of n in each study, with a design of moderators (k × p, full rank). */
export type Proportions = { readonly x: Float64Array; readonly n: Float64Array; readonly design: Matrix };

export type ProportionFit = {
  readonly coefficients: Float64Array;
  readonly covariance: Matrix;
  readonly tau2: number;
  /** Without the binomial coefficients, which no parameter changes. */
  readonly logLik: number;
  readonly converged: boolean;
};

/** Points of the adaptive quadrature: metafor's default. */
export const quadraturePoints = 7;

/**
 * Logistic regression with a normal random intercept for each study: x ~ Binomial(n, p), logit p = Xβ + τz (Stijnen, Hamza and
 * Özdemir 2010, Statistics in Medicine 29:3046), by maximum likelihood with 7-point adaptive Gauss–Hermite quadrature (Pinheiro
 * and Bates 1995, J Comput Graph Stat 4:12); covariance from the Hessian in β and τ together. As metafor's
 * `rma.glmm(measure = "PLO", method = "ML")`, which calls lme4's `glmer`, but converged further.
 * Null where the likelihood has no maximum (all or none had the event).
 */
export function fitProportions(data: Proportions, fixedEffect: boolean): ProportionFit | null {
  // In an orthonormal basis of the moderators one step length suits every coefficient.
  const { basis, back } = orthonormalBasis(data.design);
  const root = Math.sqrt(data.x.length);
  const fit = fitInBasis({ ...data, design: scale(basis, root) }, fixedEffect);
  if (!fit) return null;
  const turn = scale(back, root);
  return {
    ...fit,
    coefficients: multiplyVector(turn, fit.coefficients),
    covariance: multiply(multiply(turn, fit.covariance), transpose(turn)),
  };
}

function fitInBasis(data: Proportions, fixedEffect: boolean): ProportionFit | null {
  const { x, n, design } = data;
  const share = x.map((value, i) => value / (n[i] as number));
  const fixed = fitGlm(design, share, binomial, { weights: n });
  // Whether the deviance still changes in its last digits does not matter here: the score is solved again below.
  if (fixed.boundary || !fixed.coefficients.every(Number.isFinite)) return null;
  const plain: ProportionFit = {
    coefficients: fixed.coefficients,
    covariance: fixed.unscaledCovariance,
    tau2: 0,
    logLik: fixedLogLik(data, fixed.linearPredictor),
    converged: true,
  };
  if (fixedEffect) return plain;
  const p = design.columns;
  const start = new Float64Array(p + 1);
  start.set(fixed.coefficients);
  start[p] = startingTau(data, fixed.fitted);
  const objective = (parameters: Float64Array): Gradient => gradientAt(data, parameters);
  const found = maximise(objective, start);
  const tau = Math.abs(found.parameters[p] as number);
  if (tau < 1e-5 || found.value <= plain.logLik) return { ...plain, converged: found.converged };
  const hessian = hessianAt(objective, found.parameters);
  const factor = cholesky(negated(hessian));
  if (!factor) return null;
  const used = Array.from({ length: p }, (_none, j) => j);
  return {
    coefficients: found.parameters.slice(0, p),
    covariance: subMatrix(inverseFromCholesky(factor), used, used),
    tau2: tau ** 2,
    logLik: found.value,
    converged: found.converged,
  };
}

function fixedLogLik({ x, n }: Proportions, eta: Float64Array): number {
  let total = 0;
  for (let i = 0; i < x.length; i += 1) {
    total += (x[i] as number) * (eta[i] as number) - (n[i] as number) * logOnePlusExp(eta[i] as number);
  }
  return total;
}

/** A moment estimate on the logit scale. */
function startingTau({ x, n, design }: Proportions, fitted: Float64Array): number {
  let excess = 0;
  let information = 0;
  for (let i = 0; i < x.length; i += 1) {
    const variance = (n[i] as number) * (fitted[i] as number) * (1 - (fitted[i] as number));
    excess += ((x[i] as number) - (n[i] as number) * (fitted[i] as number)) ** 2 / variance;
    information += variance;
  }
  const tau2 = (excess - (x.length - design.columns)) / information;
  return Math.sqrt(Math.min(Math.max(tau2, 0.05), 4));
}

function logOnePlusExp(eta: number): number {
  return eta > 0 ? eta + Math.log1p(Math.exp(-eta)) : Math.log1p(Math.exp(eta));
}

type Gradient = { readonly value: number; readonly gradient: Float64Array };

const { nodes, weights } = normalQuadrature(quadraturePoints);
const logNodeWeights = weights.map((weight, k) => Math.log(weight) + 0.5 * (nodes[k] as number) ** 2);

/** Log-likelihood and its gradient in (β, τ), the nodes moving with the mode and the curvature of each study's integrand. */
function gradientAt({ x, n, design }: Proportions, parameters: Float64Array): Gradient {
  const k = x.length;
  const p = design.columns;
  const tau = parameters[p] as number;
  const gradient = new Float64Array(p + 1);
  let value = 0;
  for (let i = 0; i < k; i += 1) {
    let eta = 0;
    for (let j = 0; j < p; j += 1) eta += (design.data[j * k + i] as number) * (parameters[j] as number);
    const study = studyLikelihood(x[i] as number, n[i] as number, eta, tau);
    value += study.value;
    for (let j = 0; j < p; j += 1) {
      gradient[j] = (gradient[j] as number) + study.byEta * (design.data[j * k + i] as number);
    }
    gradient[p] = (gradient[p] as number) + study.byTau;
  }
  return { value, gradient };
}

/** log ∫ exp(x(η + τu) − n·log(1 + exp(η + τu)))·φ(u) du by quadrature about its mode, and its derivatives. */
function studyLikelihood(
  x: number,
  n: number,
  eta: number,
  tau: number,
): { readonly value: number; readonly byEta: number; readonly byTau: number } {
  const u = modeOf(x, n, eta, tau);
  const mean = 1 / (1 + Math.exp(-(eta + tau * u)));
  const variance = n * mean * (1 - mean);
  const skew = variance * (1 - 2 * mean);
  const curvature = 1 + tau * tau * variance;
  const modeByEta = (-tau * variance) / curvature;
  const modeByTau = (x - n * mean - tau * u * variance) / curvature;
  const curvatureByEta = tau * tau * skew * (1 + tau * modeByEta);
  const curvatureByTau = 2 * tau * variance + tau * tau * skew * (u + tau * modeByTau);
  const scale = 1 / Math.sqrt(curvature);
  const exponents = new Float64Array(nodes.length);
  let largest = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < nodes.length; k += 1) {
    const point = u + scale * (nodes[k] as number);
    const predictor = eta + tau * point;
    const exponent = x * predictor - n * logOnePlusExp(predictor) - 0.5 * point * point + (logNodeWeights[k] as number);
    exponents[k] = exponent;
    largest = Math.max(largest, exponent);
  }
  let total = 0;
  let byEta = 0;
  let byTau = 0;
  for (let k = 0; k < nodes.length; k += 1) {
    const share = Math.exp((exponents[k] as number) - largest);
    const stretch = (-0.5 * scale * (nodes[k] as number)) / curvature;
    const point = u + scale * (nodes[k] as number);
    const slope = x - n / (1 + Math.exp(-(eta + tau * point)));
    const byPoint = tau * slope - point;
    total += share;
    byEta += share * (slope + byPoint * (modeByEta + stretch * curvatureByEta));
    byTau += share * (point * slope + byPoint * (modeByTau + stretch * curvatureByTau));
  }
  return {
    value: largest + Math.log(total) - 0.5 * Math.log(curvature),
    byEta: byEta / total - (0.5 * curvatureByEta) / curvature,
    byTau: byTau / total - (0.5 * curvatureByTau) / curvature,
  };
}

/** Newton's method on the concave log integrand, steps halved where they would not raise it. */
function modeOf(x: number, n: number, eta: number, tau: number): number {
  let u = 0;
  const height = (point: number): number =>
    x * (eta + tau * point) - n * logOnePlusExp(eta + tau * point) - 0.5 * point * point;
  let here = height(u);
  for (let iteration = 0; iteration < 200; iteration += 1) {
    const mean = 1 / (1 + Math.exp(-(eta + tau * u)));
    const step = (tau * (x - n * mean) - u) / (1 + tau * tau * n * mean * (1 - mean));
    if (Math.abs(step) <= 1e-15 * (1 + Math.abs(u))) return u + step;
    let factor = 1;
    let next = height(u + step);
    while (!(next >= here - 1e-12 * Math.abs(here)) && factor > 1e-6) {
      factor /= 2;
      next = height(u + factor * step);
    }
    u += factor * step;
    here = next;
  }
  return u;
}

function hessianAt(objective: (parameters: Float64Array) => Gradient, at: Float64Array): Matrix {
  const size = at.length;
  const hessian = matrixOf(size, size);
  for (let j = 0; j < size; j += 1) {
    const h = 1e-4 * Math.max(0.1, Math.abs(at[j] as number));
    const shifted = (by: number): Float64Array => {
      const moved = Float64Array.from(at);
      moved[j] = (moved[j] as number) + by;
      return objective(moved).gradient;
    };
    // Richardson's extrapolation of central differences: an error of order h⁴.
    const near = [shifted(h), shifted(-h)] as const;
    const far = [shifted(2 * h), shifted(-2 * h)] as const;
    for (let i = 0; i < size; i += 1) {
      const inner = ((near[0][i] as number) - (near[1][i] as number)) / (2 * h);
      const outer = ((far[0][i] as number) - (far[1][i] as number)) / (4 * h);
      hessian.data[j * size + i] = (4 * inner - outer) / 3;
    }
  }
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j < i; j += 1) {
      const mean = ((hessian.data[j * size + i] as number) + (hessian.data[i * size + j] as number)) / 2;
      hessian.data[j * size + i] = mean;
      hessian.data[i * size + j] = mean;
    }
  }
  return hessian;
}

function negated(matrix: Matrix): Matrix {
  return { ...matrix, data: matrix.data.map((value) => -value) };
}

const mostSteps = 200;

/** Newton's method, the Hessian made definite where it is not, steps halved until the likelihood rises. */
function maximise(
  objective: (parameters: Float64Array) => Gradient,
  start: Float64Array,
): { readonly parameters: Float64Array; readonly value: number; readonly converged: boolean } {
  let parameters = start;
  let here = objective(parameters);
  for (let iteration = 0; iteration < mostSteps; iteration += 1) {
    const step = newtonStep(hessianAt(objective, parameters), here.gradient);
    // Near the top a rise is lost in the rounding of the likelihood, and the steps' size says when to stop.
    const rounding = 1e-13 * (1 + Math.abs(here.value));
    let factor = 1;
    let moved = added(parameters, step, factor);
    let next = objective(moved);
    while (!(next.value >= here.value - rounding) && factor > 1e-4) {
      factor /= 2;
      moved = added(parameters, step, factor);
      next = objective(moved);
    }
    if (!(next.value >= here.value - rounding)) return { parameters, value: here.value, converged: false };
    const size = step.reduce(
      (largest, value, j) => Math.max(largest, Math.abs(value) / (1 + Math.abs(parameters[j] as number))),
      0,
    );
    parameters = moved;
    here = next;
    if (size < Math.max(1e-11, 1e-15 * Math.abs(here.value))) {
      return { parameters, value: here.value, converged: true };
    }
  }
  return { parameters, value: here.value, converged: false };
}

function added(parameters: Float64Array, step: Float64Array, factor: number): Float64Array {
  return parameters.map((value, j) => value + factor * (step[j] as number));
}

function newtonStep(hessian: Matrix, gradient: Float64Array): Float64Array {
  const size = gradient.length;
  let ridge = 0;
  for (let trial = 0; trial < 60; trial += 1) {
    const shifted = negated(hessian);
    for (let i = 0; i < size; i += 1) shifted.data[i * size + i] = (shifted.data[i * size + i] as number) + ridge;
    const factor = cholesky(shifted);
    if (factor) return solveCholesky(factor, gradient);
    ridge = ridge === 0 ? 1e-3 * Math.max(1, ...hessian.data.map(Math.abs)) : ridge * 4;
  }
  return gradient.map((value) => value * 1e-3);
}
