import { ExpectedError } from '#shared/domain/result.ts';
import { findRoot, rootBeyond } from '../numeric/root.ts';

/** The four quantities of which three give the fourth. */
export type PowerQuantities = {
  readonly n: number;
  readonly effect: number;
  readonly power: number;
  readonly alpha: number;
};

export type PowerQuantity = keyof PowerQuantities;

export type PowerModel = {
  /** Rises with each of n, effect (from 0) and alpha. */
  readonly power: (n: number, effect: number, alpha: number) => number;
  /** The fewest that the test takes. */
  readonly leastN: number;
  /** Effects that the scale allows, the last not among them. */
  readonly mostEffect: number;
};

/** Whether more than the least n would be needed at all. */
export type PowerSolution = PowerQuantities & { readonly atLeast: boolean };

/**
 * The quantity that is missing, to the last digits that the tail probabilities hold.
 * @throws ExpectedError REFUSED_MODEL where no value of it gives the power
 */
export function solvePower(model: PowerModel, known: Partial<PowerQuantities>, missing: PowerQuantity): PowerSolution {
  const given = { n: Number.NaN, effect: Number.NaN, power: Number.NaN, alpha: Number.NaN, ...known };
  const { n, effect, power, alpha } = given;
  if (missing === 'power') return { ...given, power: model.power(n, effect, alpha), atLeast: false };
  if (missing === 'n') {
    const gap = (size: number): number => model.power(size, effect, alpha) - power;
    if (gap(model.leastN) >= 0) return { ...given, n: model.leastN, atLeast: true };
    const found = rootBeyond(gap, model.leastN, model.leastN);
    if (found === null) throw unreachable('n', power);
    return { ...given, n: found, atLeast: false };
  }
  if (missing === 'effect') return { ...given, effect: solveEffect(model, n, power, alpha), atLeast: false };
  return { ...given, alpha: solveAlpha(model, n, effect, power), atLeast: false };
}

function solveEffect({ power: powerOf, mostEffect }: PowerModel, n: number, power: number, alpha: number): number {
  const gap = (size: number): number => powerOf(n, size, alpha) - power;
  if (gap(0) >= 0) {
    throw refusal(
      `Even without an effect the test rejects with a probability of ${powerOf(n, 0, alpha)}, so a power of ${power} says nothing of its size.`,
      'Ask for a power above alpha.',
    );
  }
  if (mostEffect === Number.POSITIVE_INFINITY) {
    const found = rootBeyond(gap, 0, 1 / Math.sqrt(n));
    if (found === null) throw unreachable('effect', power);
    return found;
  }
  const most = mostEffect * (1 - Number.EPSILON);
  if (gap(most) < 0) throw unreachable('effect', power);
  return findRoot(gap, 0, most);
}

const leastLogAlpha = -600;

function solveAlpha({ power: powerOf }: PowerModel, n: number, effect: number, power: number): number {
  const gap = (logAlpha: number): number => powerOf(n, effect, Math.exp(logAlpha)) - power;
  const most = -1e-9;
  if (!(gap(most) > 0) || !(gap(leastLogAlpha) < 0)) throw unreachable('alpha', power);
  return Math.exp(findRoot(gap, leastLogAlpha, most));
}

function refusal(message: string, hint: string): ExpectedError {
  return new ExpectedError('REFUSED_MODEL', message, `Nothing was computed. ${hint}`);
}

function unreachable(missing: PowerQuantity, power: number): ExpectedError {
  return refusal(
    `No ${missing} gives a power of ${power} with the rest as it is.`,
    missing === 'n'
      ? 'Take a larger effect, or more clusters where their number is given.'
      : 'Ask for less power, or take more people or clusters.',
  );
}
