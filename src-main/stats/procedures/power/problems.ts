import { normalCdf, normalQuantile } from '../../distributions/normal.ts';
import { anovaPower, correlationPower, eventsPower } from '../../power/other-powers.ts';
import { proportionsPower } from '../../power/proportions-power.ts';
import { oneSampleTPower, twoSampleTPower } from '../../power/t-test-power.ts';
import { rNumber } from '../../r/script.ts';
import { badSpec } from '../shared/chart-series.ts';
import { known, type PowerProblem, positiveEffect, proportionsOf, roundedUp, scriptSides, sidesOf } from './problem.ts';
import type { PowerSpecOf } from './spec.ts';

const infinite = Number.POSITIVE_INFINITY;

export function tProblem(spec: PowerSpecOf<'t'>): PowerProblem {
  const { n, n2, ratio, sd, type } = spec;
  const sides = sidesOf(spec);
  const single = type !== 'two-sample';
  if (single && (n2 !== undefined || ratio !== undefined))
    throw badSpec('There is no second group in this test.', 'Leave “n2” and “ratio” out.');
  if (n2 !== undefined && ratio !== undefined) throw badSpec('“n2” and “ratio” say the same.', 'Give one of them.');
  if (n2 !== undefined && n === undefined)
    throw badSpec('n is asked for, so n2 cannot be given.', 'Give “ratio”, the second group over the first.');
  const share = n2 !== undefined && n !== undefined ? n2 / n : (ratio ?? 1);
  const unit = sd ?? 1;
  const effect = positiveEffect(spec.effect);
  return {
    model: {
      power: (size, d, alpha) =>
        single ? oneSampleTPower(size, d, alpha, sides) : twoSampleTPower(size, share * size, d, alpha, sides),
      leastN: single || share >= 1 ? 2 : 2 / share,
      mostEffect: infinite,
    },
    known: known({ n, effect: effect === undefined ? undefined : effect / unit, power: spec.power, alpha: spec.alpha }),
    shownEffect: (d) => d * unit,
    keys: (found) => ({
      type,
      ...(sd === undefined ? {} : { sd, d: found.effect }),
      nRounded: roundedUp(found.n),
      ...(single ? {} : { n2: share * found.n, total: roundedUp(found.n) + roundedUp(share * found.n) }),
    }),
    warnings: () => [],
    script: [
      scriptSides(spec),
      single || share === 1
        ? `powerOf <- function(n, effect, alpha) power.t.test(n = n, delta = effect, sd = 1, sig.level = alpha, type = "${single ? 'one' : 'two'}.sample", alternative = if (sides == 2) "two.sided" else "one.sided", strict = strict)$power`
        : `powerOf <- function(n, effect, alpha) { m <- ${rNumber(share)} * n; df <- n + m - 2; ncp <- effect / sqrt(1 / n + 1 / m); q <- qt(alpha / sides, df, lower.tail = FALSE)
  pt(q, df, ncp, lower.tail = FALSE) + if (strict && sides == 2) pt(-q, df, ncp) else 0 }`,
    ],
    scriptEffect: `effect * ${rNumber(unit)}`,
  };
}

export function proportionsProblem(spec: PowerSpecOf<'proportions'>): PowerProblem {
  const sides = sidesOf(spec);
  const ratio = spec.ratio ?? 1;
  const { p1, p2 } = proportionsOf(spec);
  const sign = p2 !== null && p2 < p1 ? -1 : 1;
  return {
    model: {
      power: (n, effect, alpha) => proportionsPower(n, p1, p1 + sign * effect, alpha, sides, ratio),
      leastN: 1,
      mostEffect: 1 - p1,
    },
    known: known({
      n: spec.n,
      effect: p2 === null ? undefined : Math.abs(p2 - p1),
      power: spec.power,
      alpha: spec.alpha,
    }),
    shownEffect: (effect) => sign * effect,
    keys: (found) => ({
      p1,
      p2: p2 ?? p1 + found.effect,
      nRounded: roundedUp(found.n),
      n2: ratio * found.n,
      total: roundedUp(found.n) + roundedUp(ratio * found.n),
    }),
    warnings: (found) => smallCells(found.n, p1, p2 ?? p1 + found.effect, ratio),
    script: [scriptSides(spec), ...proportionLines(p1, sign, ratio)],
    scriptEffect: `${sign} * effect`,
  };
}

function smallCells(n: number, p1: number, p2: number, ratio: number): string[] {
  const least = Math.min(n * Math.min(p1, 1 - p1), ratio * n * Math.min(p2, 1 - p2));
  return least < 5
    ? [
        `A cell of the table is expected to hold ${least.toFixed(1)} people; with fewer than 5 the normal approximation is rough.`,
      ]
    : [];
}

/** `powerOf` for two proportions in R. */
export function proportionLines(p1: number, sign: number, ratio: number): string[] {
  return [
    `powerOf <- function(n, effect, alpha) { a <- ${rNumber(p1)}; b <- a + ${sign} * effect; r <- ${rNumber(ratio)}; m <- (a + r * b) / (1 + r)`,
    '  null <- sqrt(m * (1 - m) * (1 + 1 / r)); own <- sqrt(a * (1 - a) + b * (1 - b) / r); q <- qnorm(alpha / sides, lower.tail = FALSE)',
    '  pnorm((sqrt(n) * effect - q * null) / own) + if (strict && sides == 2) pnorm((sqrt(n) * effect + q * null) / own, lower.tail = FALSE) else 0 }',
  ];
}

export function anovaProblem(spec: PowerSpecOf<'anova'>): PowerProblem {
  const { groups } = spec;
  return {
    model: { power: (n, f, alpha) => anovaPower(n, groups, f, alpha), leastN: 2, mostEffect: infinite },
    known: known({ n: spec.n, effect: positiveEffect(spec.effect), power: spec.power, alpha: spec.alpha }),
    shownEffect: (f) => f,
    keys: (found) => ({ groups, nRounded: roundedUp(found.n), total: groups * roundedUp(found.n) }),
    warnings: () => [],
    script: [
      `powerOf <- function(n, effect, alpha) { k <- ${groups}; df <- k * (n - 1); pf(qf(alpha, k - 1, df, lower.tail = FALSE), k - 1, df, k * n * effect^2, lower.tail = FALSE) }`,
    ],
    scriptEffect: 'effect',
  };
}

export function correlationProblem(spec: PowerSpecOf<'correlation'>): PowerProblem {
  const sides = sidesOf(spec);
  if (spec.effect !== undefined && Math.abs(spec.effect) >= 1)
    throw badSpec('A correlation lies between −1 and 1.', 'Give the correlation as “effect”.');
  const sign = (spec.effect ?? 1) < 0 ? -1 : 1;
  return {
    model: { power: (n, r, alpha) => correlationPower(n, r, alpha, sides), leastN: 4, mostEffect: 1 },
    known: known({ n: spec.n, effect: positiveEffect(spec.effect), power: spec.power, alpha: spec.alpha }),
    shownEffect: (r) => sign * r,
    keys: (found) => ({ nRounded: roundedUp(found.n) }),
    warnings: () => [],
    script: [
      scriptSides(spec),
      'powerOf <- function(n, effect, alpha) { t <- qt(alpha / sides, n - 2, lower.tail = FALSE); z <- atanh(effect) + effect / (2 * (n - 1)); c <- atanh(sqrt(t^2 / (t^2 + n - 2)))',
      '  pnorm((z - c) * sqrt(n - 3)) + if (sides == 2) pnorm((-z - c) * sqrt(n - 3)) else 0 }',
    ],
    scriptEffect: `${sign} * effect`,
  };
}

export function eventsProblem(spec: PowerSpecOf<'events'>): PowerProblem {
  const sides = sidesOf(spec);
  const { allocation, eventShare, effect } = spec;
  if (effect !== undefined && effect <= 0)
    throw badSpec('A hazard ratio is greater than 0.', 'Give the hazard ratio as “effect”.');
  const sign = effect !== undefined && effect < 1 ? -1 : 1;
  return {
    model: {
      power: (events, logRatio, alpha) => eventsPower(events, logRatio, allocation, alpha, sides),
      leastN: 1,
      mostEffect: infinite,
    },
    known: known({
      n: spec.n,
      effect: effect === undefined ? undefined : positiveEffect(Math.log(effect)),
      power: spec.power,
      alpha: spec.alpha,
    }),
    shownEffect: (logRatio) => Math.exp(sign * logRatio),
    keys: (found) => ({
      events: found.n,
      nRounded: roundedUp(found.n),
      allocation,
      ...(eventShare === undefined ? {} : { eventShare, people: found.n / eventShare }),
    }),
    warnings: () => [],
    script: [
      scriptSides(spec),
      `powerOf <- function(n, effect, alpha) { d <- effect * sqrt(n * ${rNumber(allocation)} * (1 - ${rNumber(allocation)})); q <- qnorm(alpha / sides, lower.tail = FALSE)`,
      '  pnorm(d - q) + if (strict && sides == 2) pnorm(-d - q) else 0 }',
    ],
    scriptEffect: `exp(${sign} * effect)`,
  };
}

/** People needed so that a confidence interval reaches `effect` to either side. It has no power: the interval is what is asked for. */
export function precisionOf({ sd, p, n, effect, power, alpha }: PowerSpecOf<'precision'>) {
  if ((sd === undefined) === (p === undefined))
    throw badSpec('Precision needs “sd” for a mean, or “p” for a proportion.', 'Give one of them.');
  if (power !== undefined) throw badSpec('An interval has no power.', 'Leave “power” out.');
  if (n !== undefined && effect !== undefined && alpha !== undefined)
    throw badSpec('Nothing is left to be found.', 'Leave out n, effect or alpha.');
  if (n === undefined && effect === undefined)
    throw badSpec('n and effect are both missing.', 'Give n, or the half-width of the interval as “effect”.');
  if (effect !== undefined && effect <= 0)
    throw badSpec('The half-width of an interval is greater than 0.', 'Give it as “effect”.');
  const spread = sd ?? Math.sqrt((p as number) * (1 - (p as number)));
  const level =
    alpha ?? (n !== undefined && effect !== undefined ? 2 * normalCdf((-effect * Math.sqrt(n)) / spread) : 0.05);
  const quantile = -normalQuantile(level / 2);
  const size = n ?? (quantile * spread) ** 2 / (effect as number) ** 2;
  return {
    n: size,
    effect: effect ?? (quantile * spread) / Math.sqrt(size),
    alpha: level,
    spread,
    halfWidthOf: (people: number): number => (quantile * spread) / Math.sqrt(people),
  };
}
