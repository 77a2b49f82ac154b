/**
 * A root of a continuous function between two points where its sign differs: Brent's zeroin (1973, Algorithms for
 * Minimization without Derivatives, ch. 4), to the last bits that doubles hold.
 * @throws RangeError where the signs do not differ.
 */
export function findRoot(f: (x: number) => number, from: number, to: number, tolerance = 1e-14): number {
  let a = from;
  let b = to;
  let fa = f(a);
  let fb = f(b);
  if (fa === 0) return a;
  if (fb === 0) return b;
  if (!(fa < 0 !== fb < 0)) throw new RangeError('the function has one sign at both ends');
  let c = a;
  let fc = fa;
  let step = b - a;
  let previous = step;
  for (let iteration = 0; iteration < 300; iteration += 1) {
    if (Math.abs(fc) < Math.abs(fb)) {
      [a, b, c] = [b, c, b];
      [fa, fb, fc] = [fb, fc, fb];
    }
    const near = 2 * Number.EPSILON * Math.abs(b) + 0.5 * tolerance * Math.min(1, Math.abs(b));
    const half = 0.5 * (c - b);
    if (Math.abs(half) <= near || fb === 0) return b;
    if (Math.abs(previous) >= near && Math.abs(fa) > Math.abs(fb)) {
      const s = fb / fa;
      let p: number;
      let q: number;
      if (a === c) {
        p = 2 * half * s;
        q = 1 - s;
      } else {
        const r = fb / fc;
        const t = fa / fc;
        p = s * (2 * half * t * (t - r) - (b - a) * (r - 1));
        q = (t - 1) * (r - 1) * (s - 1);
      }
      if (p > 0) q = -q;
      p = Math.abs(p);
      if (2 * p < Math.min(3 * half * q - Math.abs(near * q), Math.abs(previous * q))) {
        previous = step;
        step = p / q;
      } else {
        step = half;
        previous = half;
      }
    } else {
      step = half;
      previous = half;
    }
    a = b;
    fa = fb;
    b += Math.abs(step) > near ? step : Math.sign(half) * near;
    fb = f(b);
    if (fb < 0 === fc < 0) {
      c = a;
      fc = fa;
      step = b - a;
      previous = step;
    }
  }
  return b;
}

/**
 * Steps away from `start` (where f has one sign) in `direction` until the sign changes, then finds the root; null where it has
 * not changed after 60 doublings.
 */
export function rootBeyond(f: (x: number) => number, start: number, step: number): number | null {
  const sign = Math.sign(f(start));
  let width = step;
  let near = start;
  for (let doubling = 0; doubling < 60; doubling += 1) {
    const far = near + width;
    const value = f(far);
    if (Number.isNaN(value)) return null;
    if (Math.sign(value) !== sign) return findRoot(f, near, far);
    near = far;
    width *= 2;
  }
  return null;
}

/** The minimum of a unimodal function in an interval, by golden section and parabolas (Brent 1973, ch. 5; R's `optimize`). */
export function findMinimum(
  f: (x: number) => number,
  from: number,
  to: number,
  tolerance = 1e-9,
): { readonly at: number; readonly value: number } {
  const golden = (3 - Math.sqrt(5)) / 2;
  let a = from;
  let b = to;
  let x = a + golden * (b - a);
  let w = x;
  let v = x;
  let fx = f(x);
  let fw = fx;
  let fv = fx;
  let step = 0;
  let previous = 0;
  for (let iteration = 0; iteration < 500; iteration += 1) {
    const middle = (a + b) / 2;
    const near = Math.sqrt(Number.EPSILON) * 1e-2 * Math.abs(x) + tolerance / 3;
    if (Math.abs(x - middle) <= 2 * near - (b - a) / 2) break;
    let p = 0;
    let q = 0;
    let r = 0;
    if (Math.abs(previous) > near) {
      r = (x - w) * (fx - fv);
      q = (x - v) * (fx - fw);
      p = (x - v) * q - (x - w) * r;
      q = 2 * (q - r);
      if (q > 0) p = -p;
      else q = -q;
      r = previous;
      previous = step;
    }
    if (Math.abs(p) >= Math.abs(0.5 * q * r) || p <= q * (a - x) || p >= q * (b - x)) {
      previous = x < middle ? b - x : a - x;
      step = golden * previous;
    } else {
      step = p / q;
      const u = x + step;
      if (u - a < 2 * near || b - u < 2 * near) step = x < middle ? near : -near;
    }
    const u = x + (Math.abs(step) >= near ? step : step > 0 ? near : -near);
    const fu = f(u);
    if (fu <= fx) {
      if (u < x) b = x;
      else a = x;
      [v, w, x] = [w, x, u];
      [fv, fw, fx] = [fw, fx, fu];
    } else {
      if (u < x) a = u;
      else b = u;
      if (fu <= fw || w === x) {
        [v, w] = [w, u];
        [fv, fw] = [fw, fu];
      } else if (fu <= fv || v === x || v === w) {
        v = u;
        fv = fu;
      }
    }
  }
  return { at: x, value: fx };
}
