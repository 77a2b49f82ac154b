import { cholesky, solveCholesky } from '../linear-algebra/cholesky.ts';
import { type Matrix, matrixOf, multiplyVector } from '../linear-algebra/matrix.ts';
import { symmetricEigen } from '../linear-algebra/symmetric-eigen.ts';

export type Point = { readonly value: number; readonly gradient: Float64Array };

export type Minimum = {
  readonly at: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  readonly converged: boolean;
  /** Size of the last Newton step, each coordinate relative to 1 or its own size. */
  readonly lastStep: number;
};

/** A function with its gradient; null where it has no value. */
export type Smooth = (x: Float64Array) => Point | null;

const mostQuasiNewton = 400;
const mostNewton = 60;

/**
 * A minimum of a smooth function by BFGS with a backtracking search (Nocedal and Wright 2006, Numerical Optimization, ch. 6), polished
 * by Newton steps whose Hessian is the difference of gradients, until a step changes nothing. Saddle points are left along the
 * direction in which the function falls.
 */
export function minimise(f: Smooth, start: Float64Array): Minimum | null {
  const first = f(start);
  if (!first) return null;
  let best = { at: start, ...first };
  if (start.length === 0) return { ...best, converged: true, lastStep: 0 };
  for (let attempt = 0; attempt < 5; attempt += 1) {
    best = quasiNewton(f, best);
    const polished = newton(f, best);
    if (!polished.saddle) return polished.found;
    best = polished.found;
  }
  return { ...best, converged: false, lastStep: Number.POSITIVE_INFINITY };
}

type Place = Point & { readonly at: Float64Array };

function moved(x: Float64Array, direction: Float64Array, length: number): Float64Array {
  return x.map((value, i) => value + length * (direction[i] as number));
}

function inner(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let i = 0; i < a.length; i += 1) total += (a[i] as number) * (b[i] as number);
  return total;
}

function largestOf(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

function quasiNewton(f: Smooth, from: Place): Place {
  const n = from.at.length;
  let place = from;
  let inverse = scaledIdentity(n, 1 / Math.max(1, largestOf(place.gradient)));
  let fresh = true;
  for (let iteration = 0; iteration < mostQuasiNewton; iteration += 1) {
    if (largestOf(place.gradient) <= 1e-6 * Math.max(1, Math.abs(place.value) * 1e-3)) break;
    let direction = multiplyVector(inverse, place.gradient).map((value) => -value);
    let slope = inner(direction, place.gradient);
    if (!(slope < 0)) {
      inverse = scaledIdentity(n, 1 / Math.max(1, largestOf(place.gradient)));
      fresh = true;
      direction = multiplyVector(inverse, place.gradient).map((value) => -value);
      slope = inner(direction, place.gradient);
    }
    // What is left to fall is near rounding: Newton steps end it better.
    if (!fresh && -slope <= 1e-9 * Math.max(1, Math.abs(place.value))) break;
    const next = search(f, place, direction, slope);
    if (!next) {
      if (fresh) break;
      inverse = scaledIdentity(n, 1 / Math.max(1, largestOf(place.gradient)));
      fresh = true;
      continue;
    }
    updateInverse(inverse, place, next, fresh);
    fresh = false;
    place = next;
  }
  return place;
}

function scaledIdentity(n: number, size: number): Matrix {
  const result = matrixOf(n, n);
  for (let i = 0; i < n; i += 1) result.data[i * n + i] = size;
  return result;
}

/** The first of a falling series of steps that lowers the function enough; where the slope is still steep there, longer ones. */
function search(f: Smooth, from: Place, direction: Float64Array, slope: number): Place | null {
  const lowers = (length: number): Place | null => {
    const at = moved(from.at, direction, length);
    const point = f(at);
    return point && point.value <= from.value + 1e-4 * length * slope ? { at, ...point } : null;
  };
  let length = 1;
  let found = lowers(length);
  while (!found && length > 1e-12) {
    length /= length > 1e-3 ? 3 : 10;
    found = lowers(length);
  }
  if (!found) return null;
  for (let doubling = 0; doubling < 20 && inner(found.gradient, direction) < 0.9 * slope; doubling += 1) {
    const longer = lowers(length * 2);
    if (!longer || longer.value >= found.value) break;
    length *= 2;
    found = longer;
  }
  return found;
}

function updateInverse(inverse: Matrix, from: Place, to: Place, fresh: boolean): void {
  const n = inverse.rows;
  const step = to.at.map((value, i) => value - (from.at[i] as number));
  const change = to.gradient.map((value, i) => value - (from.gradient[i] as number));
  const curvature = inner(step, change);
  if (!(curvature > 1e-12 * Math.sqrt(inner(step, step) * inner(change, change)))) return;
  if (fresh) inverse.data.set(scaledIdentity(n, curvature / inner(change, change)).data);
  const turned = multiplyVector(inverse, change);
  const factor = (1 + inner(change, turned) / curvature) / curvature;
  for (let j = 0; j < n; j += 1) {
    for (let i = 0; i < n; i += 1) {
      inverse.data[j * n + i] =
        (inverse.data[j * n + i] as number) +
        factor * (step[i] as number) * (step[j] as number) -
        ((turned[i] as number) * (step[j] as number) + (step[i] as number) * (turned[j] as number)) / curvature;
    }
  }
}

function newton(f: Smooth, from: Place): { readonly found: Minimum; readonly saddle: boolean } {
  let place = from;
  let lastStep = Number.POSITIVE_INFINITY;
  let stalled = 0;
  for (let iteration = 0; iteration < mostNewton; iteration += 1) {
    const hessian = differencedHessian(f, place.at, (at) => 1e-4 * Math.max(0.1, Math.abs(at)));
    if (!hessian) break;
    const left = leaveSaddle(f, place, hessian);
    if (left) return { found: { ...left, converged: false, lastStep }, saddle: true };
    const step = newtonStep(hessian, place.gradient);
    const next = newtonSearch(f, place, step);
    lastStep = step.reduce(
      (most, value, i) => Math.max(most, Math.abs(value) / Math.max(1, Math.abs(place.at[i] as number))),
      0,
    );
    if (!next) break;
    const smaller = largestOf(next.gradient) < largestOf(place.gradient);
    const lower = next.value < place.value - 1e-13 * Math.max(1, Math.abs(place.value));
    if (smaller || next.value < place.value) place = next;
    // The step after such a one would be below rounding.
    if (lastStep < 1e-9) break;
    stalled = smaller || lower ? 0 : stalled + 1;
    if (stalled >= 2) break;
  }
  return { found: { ...place, converged: lastStep < 1e-6, lastStep }, saddle: false };
}

/** The whole step where it does not raise the function beyond rounding, else a part of it. */
function newtonSearch(f: Smooth, place: Place, step: Float64Array): Place | null {
  for (let length = 1; length > 1e-10; length /= 4) {
    const at = moved(place.at, step, length);
    const point = f(at);
    if (point && point.value <= place.value + 1e-12 * Math.max(1, Math.abs(place.value))) return { at, ...point };
  }
  return null;
}

/** Differences of the gradient, second order, symmetrised. */
export function differencedHessian(
  f: Smooth,
  x: Float64Array,
  width: (at: number, place: number) => number,
): Matrix | null {
  const n = x.length;
  const result = matrixOf(n, n);
  for (let j = 0; j < n; j += 1) {
    const h = width(x[j] as number, j);
    const unit = new Float64Array(n);
    unit[j] = h;
    const up = f(moved(x, unit, 1));
    const down = f(moved(x, unit, -1));
    if (!up || !down) return null;
    for (let i = 0; i < n; i += 1)
      result.data[j * n + i] = ((up.gradient[i] as number) - (down.gradient[i] as number)) / (2 * h);
  }
  return symmetrised(result);
}

export function symmetrised(a: Matrix): Matrix {
  const n = a.rows;
  const result = matrixOf(n, n);
  for (let j = 0; j < n; j += 1) {
    for (let i = 0; i < n; i += 1)
      result.data[j * n + i] = ((a.data[j * n + i] as number) + (a.data[i * n + j] as number)) / 2;
  }
  return result;
}

function newtonStep(hessian: Matrix, gradient: Float64Array): Float64Array {
  const factor = cholesky(hessian);
  if (factor) return solveCholesky(factor, gradient).map((value) => -value);
  const { values, vectors } = symmetricEigen(hessian);
  const n = gradient.length;
  const least = 1e-9 * Math.max(...values.map(Math.abs), 1e-12);
  const step = new Float64Array(n);
  for (let k = 0; k < n; k += 1) {
    const value = Math.abs(values[k] as number);
    if (value <= least) continue;
    const vector = vectors.data.subarray(k * n, (k + 1) * n);
    const along = inner(vector, gradient) / value;
    for (let i = 0; i < n; i += 1) step[i] = (step[i] as number) - along * (vector[i] as number);
  }
  return step;
}

/** A lower point beside a saddle; null where the Hessian has no direction that falls. */
function leaveSaddle(f: Smooth, place: Place, hessian: Matrix): Place | null {
  if (cholesky(hessian)) return null;
  const { values, vectors } = symmetricEigen(hessian);
  const n = place.at.length;
  const least = values[0] as number;
  if (!(least < -1e-7 * Math.max(...values.map(Math.abs)))) return null;
  const direction = vectors.data.slice(0, n);
  const enough = 1e-9 * Math.max(1, Math.abs(place.value));
  for (let length = 0.5; length > 1e-4; length /= 4) {
    for (const sign of [1, -1]) {
      const at = moved(place.at, direction, sign * length);
      const point = f(at);
      if (point && point.value < place.value - enough) return { at, ...point };
    }
  }
  return null;
}
