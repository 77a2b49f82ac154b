const longest = 1_000_000;

/** μ − log(1 + μ), to the last digits near 0 too. */
function logOnePlusGap(mu: number): number {
  if (Math.abs(mu) > 0.3) return mu - Math.log1p(mu);
  let term = mu * mu;
  let total = term / 2;
  for (let k = 3; k < 200; k += 1) {
    term *= -mu;
    const add = term / k;
    total += add;
    if (Math.abs(add) < Number.EPSILON * Math.abs(total)) break;
  }
  return total;
}

/** xᵃ·e⁻ˣ/Γ(a + 1) by Stirling's series, for a ≥ 100. */
function prefactor(a: number, x: number): number {
  const square = a * a;
  const stirling = (1 / 12 - (1 / 360 - (1 / 1260 - 1 / (1680 * square)) / square) / square) / a;
  return Math.exp(-a * logOnePlusGap((x - a) / a) - stirling) / Math.sqrt(2 * Math.PI * a);
}

/**
 * Regularised incomplete gamma functions P(a, x) and Q(a, x) for a ≥ 100, by the series below a and the continued fraction above
 * it (Abramowitz and Stegun 1964, 6.5.29 and 6.5.31). The library's own expansion is wrong in the second digit for a around
 * 1,000 and x near a.
 */
export function largeGammaTails(a: number, x: number): { readonly lower: number; readonly upper: number } {
  const front = prefactor(a, x);
  if (x < a + 1) {
    let term = 1;
    let total = 1;
    for (let k = 1; k < longest; k += 1) {
      term *= x / (a + k);
      total += term;
      if (term < total * 1e-17) break;
    }
    const lower = front * total;
    return { lower, upper: 1 - lower };
  }
  const upper = front * a * continuedFraction(a, x);
  return { lower: 1 - upper, upper };
}

/** Γ(a, x)·eˣ·x⁻ᵃ by Lentz's method. */
function continuedFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let value = d;
  for (let k = 1; k < longest; k += 1) {
    const numerator = -k * (k - a);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    const factor = c * d;
    value *= factor;
    if (Math.abs(factor - 1) < 1e-16) break;
  }
  return value;
}
