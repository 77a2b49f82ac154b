import { signalType } from '../../control-charts/assurance.ts';
import {
  adjustedLimits,
  exactLimits,
  type Funnel,
  type FunnelLimits,
  funnel,
  funnelQuantiles,
  normalLimits,
} from '../../control-charts/funnel.ts';
import { asCategorical, columnNamed, type DataTable } from '../../data/table.ts';
import { endOfScript, rColumn, rNumber, rScript, rVector, scriptOpening } from '../../r/script.ts';
import { wilsonInterval } from '../../wilson-interval.ts';
import type { Outcome, RunContext } from '../procedure.ts';
import { badSpec, chartValues, orderedRows, refused } from '../shared/chart-series.ts';
import { type SpcSpec, spcColumns } from '../shared/spc-spec.ts';

const { inner, outer } = funnelQuantiles;

/** A funnel of units rather than a series of points: shares or ratios against their size, with 95% and 99.8% limits. */
export function runFunnel(table: DataTable, spec: SpcSpec, context: RunContext): Outcome {
  const { measure, better } = spec;
  if (spec.denominator === undefined)
    throw badSpec('A funnel needs a denominator.', 'Name the column of people at risk, or of expected counts.');
  const { rows, excluded } = orderedRows(table, spcColumns(spec), undefined, spec.factors);
  const counts = chartValues(table, spec.y, rows, 0);
  const denominators = chartValues(table, spec.denominator, rows, 0, true);
  const proportion = measure === 'proportion';
  const at = proportion ? counts.findIndex((count, i) => count > (denominators[i] as number)) : -1;
  if (at >= 0) {
    throw refused(
      `Row ${(rows[at] as number) + 1} has more events than people at risk, so its share is above 1.`,
      'Give “measure”: “ratio” where the denominator is an expected count.',
    );
  }
  const target = spec.target ?? (proportion ? null : 1);
  const found = funnel(measure, counts, denominators, target);
  if (!(found.target > 0) || (proportion && !(found.target < 1))) {
    throw refused(
      `The target is ${found.target}, where a funnel has no width.`,
      'Give a target between none and all, or other units.',
    );
  }
  const names = spec.subgroup === undefined ? null : asCategorical(columnNamed(table, spec.subgroup));
  const points = Array.from(found.values, (value, i) => {
    const [z, n] = [found.adjustedZ[i] as number, denominators[i] as number];
    const { low, high } = adjustedLimits(measure, found, n, outer);
    const direction = z > 0 ? 'high' : 'low';
    return {
      index: i + 1,
      ...(names ? { subgroup: names.levels[names.codes[rows[i] as number] as number] } : {}),
      value,
      count: counts[i],
      denominator: n,
      centre: found.target,
      lower: low,
      upper: high,
      sigma: Math.sqrt(1 / (4 * n) + found.tau2),
      inner: adjustedLimits(measure, found, n, inner),
      z: found.z[i],
      steadyZ: found.steadyZ[i],
      adjustedZ: z,
      signals: Math.abs(z) > outer ? [{ rule: 'outside', direction, type: signalType(direction, better) }] : [],
    };
  });
  return {
    n: rows.length,
    excluded,
    chart: 'funnel',
    measure,
    centre: found.target,
    phi: found.phi,
    steadyPhi: found.steadyPhi,
    tau2: found.tau2,
    signals: { outside: points.filter(({ signals }) => signals.length > 0).map(({ index }) => index) },
    ...(spec.at ? { curve: spec.at.map((n) => curveAt(spec, found, n)) } : {}),
    points,
    warnings: warningsOf(rows.length, counts, denominators, found, proportion),
    r: script(table, spec, target, context),
  };
}

function curveAt({ measure }: SpcSpec, found: Funnel, denominator: number): Record<string, unknown> {
  const { target } = found;
  const both = (limits: (z: number) => FunnelLimits): Record<string, FunnelLimits> => ({
    inner: limits(inner),
    outer: limits(outer),
  });
  return {
    denominator,
    adjusted: both((z) => adjustedLimits(measure, found, denominator, z)),
    normal: both((z) => normalLimits(measure, target, denominator, z)),
    ...(measure === 'proportion'
      ? {
          exact: {
            inner: exactLimits(target, denominator, 0.025),
            outer: exactLimits(target, denominator, 0.001),
          },
          wilson: {
            inner: wilsonInterval(target * denominator, denominator),
            outer: wilsonInterval(target * denominator, denominator, 0.998),
          },
        }
      : {}),
  };
}

function warningsOf(
  units: number,
  counts: Float64Array,
  denominators: Float64Array,
  { steadyPhi, tau2, target }: Funnel,
  proportion: boolean,
): string[] {
  const whole = (values: Float64Array): boolean => values.every(Number.isInteger);
  const few = denominators.filter((n) => n * (proportion ? Math.min(target, 1 - target) : 1) < 5).length;
  return [
    ...(units < 10 ? [`With ${units} units the spread between them is uncertain.`] : []),
    ...(tau2 > 0
      ? [
          `The units spread ${Math.sqrt(steadyPhi).toFixed(1)} times as widely as chance within them would make them; the limits allow for that (τ² = ${tau2.toPrecision(3)}).`,
        ]
      : []),
    ...(whole(counts) && (!proportion || whole(denominators))
      ? []
      : ['Some numbers are not whole; a funnel is meant for counts.']),
    ...(few > 0 ? [`In ${few} units fewer than 5 events are to be expected; their limits are rough.`] : []),
  ];
}

function script(table: DataTable, spec: SpcSpec, target: number | null, { dataName }: RunContext): string {
  const { measure, at } = spec;
  const proportion = measure === 'proportion';
  return rScript(
    scriptOpening([], { dataName, table, columns: spcColumns(spec), factors: spec.factors }),
    `y <- ${rColumn(spec.y)}; n <- ${rColumn(spec.denominator as string)}; v <- y / n`,
    `target <- ${target === null ? 'sum(y) / sum(n)' : rNumber(target)}; q <- c(qnorm(0.975), qnorm(0.999)); k <- length(v)`,
    proportion
      ? 'to <- function(p) asin(sqrt(p)); from <- function(x) sin(pmin(pmax(x, 0), pi / 2))^2; spread <- sqrt(target * (1 - target))'
      : 'to <- sqrt; from <- function(x) pmax(x, 0)^2; spread <- sqrt(target)',
    'square <- function(z) { b <- quantile(z, c(0.1, 0.9)); mean(pmin(pmax(z, b[1]), b[2])^2) }',
    'z <- (v - target) / (spread / sqrt(n)); s <- 1 / (2 * sqrt(n)); steady <- (to(v) - to(target)) / s; w <- 1 / s^2',
    'phi <- square(steady); tau2 <- max(0, (k * phi - (k - 1)) / (sum(w) - sum(w^2) / sum(w)))',
    'adjusted <- (to(v) - to(target)) / sqrt(s^2 + tau2); reach <- sqrt(s^2 + tau2)',
    'points <- data.frame(value = v, lower = from(to(target) - q[2] * reach), upper = from(to(target) + q[2] * reach), sigma = reach, z = z, steadyZ = steady, adjustedZ = adjusted)',
    'result <- list(n = k, centre = target, phi = square(z), steadyPhi = phi, tau2 = tau2, signals = list(outside = which(abs(adjusted) > q[2])), points = points)',
    ...(at ? curveLines(at, proportion) : []),
    endOfScript,
  );
}

function curveLines(at: readonly number[], proportion: boolean): string[] {
  return [
    'pair <- function(l) list(inner = list(low = l[1], high = l[2]), outer = list(low = l[3], high = l[4]))',
    'sides <- c(-q[1], q[1], -q[2], q[2]); tails <- c(0.025, 0.975, 0.001, 0.999)',
    `result$curve <- lapply(${rVector(at)}, function(m) {`,
    '  found <- list(denominator = m, adjusted = pair(from(to(target) + sides * sqrt(1 / (4 * m) + tau2))), normal = pair(target + sides * spread / sqrt(m)))',
    ...(proportion
      ? [
          '  r <- qbinom(tails, m, target); exact <- (r - (pbinom(r, m, target) - tails) / dbinom(r, m, target)) / m',
          '  c(found, list(exact = pair(pmin(pmax(exact, 0), 1)), wilson = pair((target + sides^2 / (2 * m) + sides * sqrt(target * (1 - target) / m + sides^2 / (4 * m^2))) / (1 + sides^2 / m)))) })',
        ]
      : ['  found })']),
  ];
}
