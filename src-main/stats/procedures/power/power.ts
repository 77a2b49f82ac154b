import type { DataTable } from '../../data/table.ts';
import { type PowerQuantity, type PowerSolution, solvePower } from '../../power/power-model.ts';
import { endOfScript, rNumber, rScript, rVector } from '../../r/script.ts';
import type { Outcome, Procedure } from '../procedure.ts';
import { badSpec, refused } from '../shared/chart-series.ts';
import { clusterProblem, steppedWedgeProblem } from './clusters.ts';
import { type PowerProblem, roundedUp } from './problem.ts';
import {
  anovaProblem,
  correlationProblem,
  eventsProblem,
  precisionOf,
  proportionsProblem,
  tProblem,
} from './problems.ts';
import { type PowerSpec, type PowerSpecOf, powerSchema } from './spec.ts';

type PoweredSpec = Exclude<PowerSpec, { readonly test: 'precision' }>;

function problemOf(spec: PoweredSpec): PowerProblem {
  switch (spec.test) {
    case 't':
      return tProblem(spec);
    case 'proportions':
      return proportionsProblem(spec);
    case 'cluster':
      return clusterProblem(spec);
    case 'stepped-wedge':
      return steppedWedgeProblem(spec);
    case 'anova':
      return anovaProblem(spec);
    case 'correlation':
      return correlationProblem(spec);
    case 'events':
      return eventsProblem(spec);
  }
}

const usualAlpha = 0.05;

/** The one quantity that is asked for; alpha is 0.05 where another is missing too. */
function missingOf(known: PowerProblem['known']): {
  readonly missing: PowerQuantity;
  readonly alpha: number | undefined;
} {
  const absent = (['n', 'effect', 'power'] as const).filter((name) => known[name] === undefined);
  const [first, second] = absent;
  if (second !== undefined) {
    throw badSpec(
      `${absent.join(' and ')} are missing, and only one quantity can be found from the others.`,
      'Leave out one of n, effect, power and alpha; alpha is 0.05 unless given.',
    );
  }
  if (first === undefined && known.alpha !== undefined) {
    throw badSpec('n, effect, power and alpha are all given.', 'Leave out the one that is to be found.');
  }
  return first === undefined
    ? { missing: 'alpha', alpha: undefined }
    : { missing: first, alpha: known.alpha ?? usualAlpha };
}

function run(_table: DataTable, spec: PowerSpec): Outcome {
  if (spec.test === 'precision') return runPrecision(spec);
  const problem = problemOf(spec);
  const { missing, alpha } = missingOf(problem.known);
  const known = alpha === undefined ? problem.known : { ...problem.known, alpha };
  const found = solvePower(problem.model, known, missing);
  if (Number.isNaN(found.power) || (missing === 'power' && found.n < problem.model.leastN)) {
    throw refused(`With n = ${found.n} the test cannot be carried out.`, 'Take more people.');
  }
  const sizes = curveSizes(found.n, problem.model.leastN);
  const { n, power } = found;
  return {
    n,
    excluded: 0,
    test: spec.test,
    missing,
    effect: problem.shownEffect(found.effect),
    power,
    alpha: found.alpha,
    ...('alternative' in spec ? { alternative: spec.alternative, strict: spec.strict } : {}),
    ...problem.keys(found),
    curve: sizes.map((size) => ({
      n: size,
      ...problem.curveKeys?.(size),
      power: problem.model.power(size, found.effect, found.alpha),
    })),
    warnings: [...solutionWarnings(found), ...problem.warnings(found)],
    r: script(problem, known, missing, found, sizes),
  };
}

/** Round numbers of people from a quarter to twice what was found. */
function curveSizes(n: number, least: number): number[] {
  const step = n / 20;
  const sizes = Array.from({ length: 36 }, (_none, k) => (n > 40 ? Math.round((k + 5) * step) : (k + 5) * step));
  return [...new Set(sizes.map((size) => Math.max(least, size)))];
}

function solutionWarnings({ atLeast, n, power, alpha }: PowerSolution): string[] {
  return [
    ...(atLeast
      ? [`The fewest people that the test takes, n = ${n}, already give more power than was asked for.`]
      : []),
    ...(power < alpha
      ? ['The power is below alpha: the test would find such an effect less often than it errs without one.']
      : []),
  ];
}

function script(
  problem: PowerProblem,
  known: PowerProblem['known'],
  missing: PowerQuantity,
  found: PowerSolution,
  sizes: readonly number[],
): string {
  const given = (name: PowerQuantity): string => rNumber(known[name] as number);
  const lines = Object.keys(known).map((name) => `${name} <- ${given(name as PowerQuantity)}`);
  const root: Record<PowerQuantity, string> = {
    power: 'power <- powerOf(n, effect, alpha)',
    n: found.atLeast
      ? `n <- ${rNumber(found.n)}`
      : `n <- uniroot(function(x) powerOf(x, effect, alpha) - power, ${rVector([(problem.model.leastN + found.n) / 2, 2 * found.n])}, tol = ${rNumber(1e-13 * found.n)}, maxiter = 5000)$root`,
    effect: `effect <- uniroot(function(x) powerOf(n, x, alpha) - power, ${rVector([found.effect / 10, Math.min(2 * found.effect, (found.effect + problem.model.mostEffect) / 2)])}, tol = ${rNumber(1e-14 * found.effect)}, maxiter = 5000)$root`,
    alpha: `alpha <- exp(uniroot(function(x) powerOf(n, effect, exp(x)) - power, c(${rNumber(2 * Math.log(found.alpha))}, ${rNumber(Math.log(found.alpha) / 2)}), tol = 1e-14, maxiter = 5000)$root)`,
  };
  return rScript(
    'more <- function(n) list()',
    problem.script,
    lines.join('; '),
    root[missing],
    `curve <- data.frame(n = ${rVector(sizes)}); curve$power <- vapply(curve$n, powerOf, 0, effect = effect, alpha = alpha)`,
    `result <- c(list(n = n, effect = ${problem.scriptEffect}, power = power, alpha = alpha), more(n), list(curve = curve))`,
    endOfScript,
  );
}

function runPrecision(spec: PowerSpecOf<'precision'>): Outcome {
  const { n, effect, alpha, spread, halfWidthOf } = precisionOf(spec);
  const sizes = curveSizes(n, 1);
  return {
    n,
    excluded: 0,
    test: 'precision',
    missing: spec.n === undefined ? 'n' : spec.effect === undefined ? 'effect' : 'alpha',
    effect,
    power: null,
    alpha,
    sd: spread,
    ...(spec.p === undefined ? {} : { p: spec.p }),
    nRounded: roundedUp(n),
    curve: sizes.map((size) => ({ n: size, power: null, effect: halfWidthOf(size) })),
    warnings: [],
    r: rScript(
      `sd <- ${rNumber(spread)}; alpha <- ${spec.alpha === undefined && spec.n !== undefined && spec.effect !== undefined ? `2 * pnorm(-${rNumber(spec.effect)} * sqrt(${rNumber(spec.n)}) / sd)` : rNumber(alpha)}; q <- qnorm(1 - alpha / 2)`,
      `n <- ${spec.n === undefined ? `(q * sd / ${rNumber(effect)})^2` : rNumber(spec.n)}`,
      `curve <- data.frame(n = ${rVector(sizes)}); curve$effect <- q * sd / sqrt(curve$n)`,
      'result <- list(n = n, effect = q * sd / sqrt(n), alpha = alpha, curve = curve)',
      endOfScript,
    ),
  };
}

export const power: Procedure<PowerSpec> = {
  name: 'power',
  summary: 'How many people or clusters a study needs, what it can find, or how likely it is to find it.',
  schema: powerSchema,
  columns: () => [],
  run,
  example: {
    question:
      'How many people a group are needed to find a difference of half a standard deviation with a power of 80%?',
    data: null,
    spec: { test: 't', effect: 0.5, power: 0.8 },
  },
};
