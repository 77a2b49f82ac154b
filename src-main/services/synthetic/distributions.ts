import type { RandomStream } from '#shared/domain/random.ts';

/** Standard normal. Polar method: Marsaglia and Bray, SIAM Review 6 (1964). */
export function normal(random: RandomStream): number {
  for (;;) {
    const x = 2 * random.nextUniform() - 1;
    const y = 2 * random.nextUniform() - 1;
    const square = x * x + y * y;
    if (square > 0 && square < 1) return x * Math.sqrt((-2 * Math.log(square)) / square);
  }
}

/** Gamma with a shape of at least 1 and a mean above 0. Marsaglia and Tsang, ACM Trans. Math. Software 26(3), 2000. */
export function gamma(random: RandomStream, shape: number, mean: number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(random);
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    const u = 1 - random.nextUniform();
    if (Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) return (d * v * mean) / shape;
  }
}

const poissonChunk = 20;

/**
 * Poisson. Product of uniforms: Knuth, The Art of Computer Programming 2, §3.4.1; a large mean is split, because a sum of
 * Poisson counts is Poisson. Time grows with the mean.
 */
export function poisson(random: RandomStream, mean: number): number {
  let total = 0;
  for (let rest = mean; rest > 0; rest -= poissonChunk) {
    const limit = Math.exp(-Math.min(rest, poissonChunk));
    let product = random.nextUniform();
    while (product > limit) {
      total += 1;
      product *= random.nextUniform();
    }
  }
  return total;
}

/** Index drawn with probability proportional to the steps of a table of cumulative weights. Inversion by bisection. */
export function drawIndex(random: RandomStream, cumulative: ArrayLike<number>): number {
  const total = cumulative[cumulative.length - 1] ?? 0;
  const target = random.nextUniform() * total;
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((cumulative[middle] ?? 0) > target) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Running totals of weights, for `drawIndex`. */
export function cumulate(weights: ArrayLike<number>): Float64Array {
  const cumulative = new Float64Array(weights.length);
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    total += weights[i] ?? 0;
    cumulative[i] = total;
  }
  return cumulative;
}

export type Choice<T> = { readonly values: readonly T[]; readonly cumulative: Float64Array };

/** A categorical distribution from pairs of value and weight. */
export function choiceOf<T>(pairs: readonly (readonly [value: T, weight: number])[]): Choice<T> {
  return { values: pairs.map(([value]) => value), cumulative: cumulate(pairs.map(([, weight]) => weight)) };
}

/** One value of a categorical distribution, which must not be empty. */
export function choose<T>(random: RandomStream, choice: Choice<T>): T {
  return choice.values[drawIndex(random, choice.cumulative)] as T;
}

/** One member of a list that is not empty, all equally likely. */
export function pick<T>(random: RandomStream, values: readonly T[]): T {
  return values[random.nextBelow(values.length)] as T;
}

/** The list in random order. Durstenfeld, Communications of the ACM 7(7), 1964. */
export function shuffled<T>(random: RandomStream, values: readonly T[]): readonly T[] {
  const order = [...values];
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.nextBelow(i + 1);
    const held = order[i] as T;
    order[i] = order[j] as T;
    order[j] = held;
  }
  return order;
}
