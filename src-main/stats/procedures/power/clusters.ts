import { designEffect, steppedWedge, steppedWedgeVariance } from '../../power/cluster-design.ts';
import { normalPower } from '../../power/other-powers.ts';
import type { PowerSolution } from '../../power/power-model.ts';
import { proportionsPower } from '../../power/proportions-power.ts';
import { type Sides, tPower } from '../../power/t-test-power.ts';
import { rNumber } from '../../r/script.ts';
import { badSpec, refused } from '../shared/chart-series.ts';
import { known, type PowerProblem, positiveEffect, proportionsOf, roundedUp, scriptSides, sidesOf } from './problem.ts';
import { proportionLines } from './problems.ts';
import type { PowerSpecOf } from './spec.ts';

/** Size of a cluster and number of clusters in one group, as far as they are given; n of that group is their product. */
type Layout = {
  readonly n: number | undefined;
  readonly sizeAt: (n: number) => number;
  readonly clustersAt: (n: number) => number;
  /** What the script makes of n. */
  readonly scriptSize: string;
  readonly scriptClusters: string;
};

/** @param multiple periods in which a cluster is measured */
function layoutOf(
  spec: { readonly n?: number | undefined; readonly size?: number | undefined; readonly clusters?: number | undefined },
  multiple: number,
): Layout {
  const { n, size, clusters } = spec;
  if (size === undefined && clusters === undefined) {
    throw badSpec(
      '“size” and “clusters” are both missing.',
      'Give the number of people in a cluster, or the number of clusters.',
    );
  }
  const product = size !== undefined && clusters !== undefined ? size * clusters * multiple : undefined;
  if (product !== undefined && n !== undefined && Math.abs(product - n) > 1e-6 * n) {
    throw badSpec(`n is ${n}, but size and clusters make ${product}.`, 'Give two of the three.');
  }
  const each = multiple === 1 ? '' : ` / ${multiple}`;
  return size === undefined
    ? {
        n,
        sizeAt: (people) => people / (multiple * (clusters as number)),
        clustersAt: () => clusters as number,
        scriptSize: `n${each} / ${rNumber(clusters as number)}`,
        scriptClusters: rNumber(clusters as number),
      }
    : {
        n: product ?? n,
        sizeAt: () => size,
        clustersAt: (people) => people / (multiple * size),
        scriptSize: rNumber(size),
        scriptClusters: `n${each} / ${rNumber(size)}`,
      };
}

/**
 * Two groups of clusters: the normal formula for single people, 2·(z₁₋α/₂ + z₁₋β)²/d² a group (for proportions that of `power.prop.test`), times the design effect
 * (Donner and Klar 2000, Design and Analysis of Cluster Randomization Trials, §5.2).
 */
export function clusterProblem(spec: PowerSpecOf<'cluster'>): PowerProblem {
  const { icc, cv, sd } = spec;
  const sides = sidesOf(spec);
  const layout = layoutOf(spec, 1);
  const binary = spec.p1 !== undefined || spec.p2 !== undefined;
  if (binary && sd !== undefined)
    throw badSpec('A proportion has no sd of its own.', 'Give “sd” for a mean, or “p1” and “p2”.');
  const proportions = binary ? proportionsOf(spec) : null;
  const sign = proportions?.p2 !== null && proportions && proportions.p2 < proportions.p1 ? -1 : 1;
  const unit = sd ?? 1;
  const effect = proportions
    ? proportions.p2 === null
      ? undefined
      : Math.abs(proportions.p2 - proportions.p1)
    : scaled(positiveEffect(spec.effect), unit);
  const inflation = (n: number): number => designEffect(layout.sizeAt(n), icc, cv);
  const powerOf = (n: number, size: number, alpha: number): number => {
    const people = n / inflation(n);
    if (proportions) return proportionsPower(people, proportions.p1, proportions.p1 + sign * size, alpha, sides);
    return normalPower(size * Math.sqrt(people / 2), alpha, sides);
  };
  const p2 = (found: PowerSolution): number => proportions?.p2 ?? (proportions?.p1 as number) + found.effect;
  return {
    model: {
      power: powerOf,
      // One cluster, or one person in each.
      leastN: spec.size ?? (spec.clusters as number),
      mostEffect: proportions ? 1 - proportions.p1 : Number.POSITIVE_INFINITY,
    },
    known: known({ n: layout.n, effect, power: spec.power, alpha: spec.alpha }),
    shownEffect: (size) => (proportions ? sign * size : size * unit),
    keys: (found) => ({
      ...(proportions ? { p1: proportions.p1, p2: p2(found) } : {}),
      ...(sd === undefined ? {} : { sd, d: found.effect }),
      icc,
      cv,
      size: layout.sizeAt(found.n),
      designEffect: inflation(found.n),
      nIndividual: found.n / inflation(found.n),
      nRounded: roundedUp(found.n),
      clusters: layout.clustersAt(found.n),
      clustersRounded: roundedUp(layout.clustersAt(found.n)),
      ...(proportions ? {} : { powerByClusterDf: byClusterDf(found, layout, inflation, sides) }),
    }),
    curveKeys: (n) => ({ clusters: layout.clustersAt(n), size: layout.sizeAt(n) }),
    warnings: (found) => fewClusters(layout.clustersAt(found.n)),
    script: [
      scriptSides(spec),
      ...(proportions
        ? [...proportionLines(proportions.p1, sign, 1), 'simple <- powerOf']
        : [
            'simple <- function(n, effect, alpha) { d <- effect * sqrt(n / 2); q <- qnorm(alpha / sides, lower.tail = FALSE)',
            '  pnorm(d - q) + if (strict && sides == 2) pnorm(-d - q) else 0 }',
          ]),
      `deff <- function(n) 1 + ((1 + ${rNumber(cv)}^2) * ${layout.scriptSize} - 1) * ${rNumber(icc)}`,
      'powerOf <- function(n, effect, alpha) simple(n / deff(n), effect, alpha)',
      `more <- function(n) list(designEffect = deff(n), nIndividual = n / deff(n), clusters = ${layout.scriptClusters}, size = ${layout.scriptSize})`,
    ],
    scriptEffect: proportions ? `${sign} * effect` : `effect * ${rNumber(unit)}`,
  };
}

function scaled(effect: number | undefined, unit: number): number | undefined {
  return effect === undefined ? undefined : effect / unit;
}

/** The same noncentrality with the degrees of freedom of a test on cluster means, 2(k − 1): what few clusters can really do. */
function byClusterDf(
  { n, effect, alpha }: PowerSolution,
  layout: Layout,
  inflation: (n: number) => number,
  sides: Sides,
): number | null {
  const clusters = layout.clustersAt(n);
  if (!(clusters > 1)) return null;
  return tPower(2 * (clusters - 1), effect * Math.sqrt(n / inflation(n) / 2), alpha, sides);
}

function fewClusters(clusters: number): string[] {
  if (clusters < 2) {
    return [
      'With one cluster a group, differences between clusters cannot be told from the effect: no analysis has this power.',
    ];
  }
  return clusters < 20
    ? [
        `With ${clusters.toFixed(1)} clusters a group the usual formula promises too much; see powerByClusterDf, and add one or two clusters.`,
      ]
    : [];
}

export function steppedWedgeProblem(spec: PowerSpecOf<'stepped-wedge'>): PowerProblem {
  const { icc, sd, periods: wanted } = spec;
  if (wanted === undefined && spec.design === undefined)
    throw badSpec('“periods” is missing.', 'Give the number of periods of measurement, or a design.');
  const design = spec.design ?? steppedWedge(wanted as number);
  const periods = (design[0] as readonly number[]).length;
  if (wanted !== undefined && wanted !== periods)
    throw badSpec(`The design has ${periods} periods, not ${wanted}.`, 'Leave “periods” out.');
  const sides = sidesOf(spec);
  const layout = layoutOf(spec, periods);
  const binary = spec.p1 !== undefined || spec.p2 !== undefined;
  if (binary && sd !== undefined)
    throw badSpec('A proportion has no sd of its own.', 'Give “sd” for a mean, or “p1” and “p2”.');
  const proportions = binary ? proportionsOf(spec) : null;
  if (proportions && proportions.p2 === null)
    throw badSpec('A stepped wedge needs both proportions.', 'Give “p2”, or an “sd” and no proportions.');
  const middle = proportions ? (proportions.p1 + (proportions.p2 as number)) / 2 : Number.NaN;
  const unit = proportions ? Math.sqrt(middle * (1 - middle)) : (sd ?? 1);
  const difference = proportions ? (proportions.p2 as number) - proportions.p1 : spec.effect;
  const sign = (difference ?? 1) < 0 ? -1 : 1;
  if (steppedWedgeVariance(design, 1, 1, icc, 1) === Number.POSITIVE_INFINITY) {
    throw refused(
      'In this design the treatment cannot be told apart from the periods.',
      'Let some sequences start earlier than others, or keep some untreated.',
    );
  }
  const variance = (n: number): number => steppedWedgeVariance(design, layout.clustersAt(n), layout.sizeAt(n), icc, 1);
  return {
    model: {
      power: (n, effect, alpha) => normalPower(effect / Math.sqrt(variance(n)), alpha, sides),
      // A cluster in each sequence, or one person in each of the clusters given.
      leastN: periods * (spec.clusters ?? design.length) * (spec.clusters === undefined ? (spec.size as number) : 1),
      mostEffect: Number.POSITIVE_INFINITY,
    },
    known: known({
      n: layout.n,
      effect: scaled(positiveEffect(difference), unit),
      power: spec.power,
      alpha: spec.alpha,
    }),
    shownEffect: (effect) => sign * effect * unit,
    keys: (found) => ({
      ...(proportions ? { p1: proportions.p1, p2: proportions.p2 } : {}),
      ...(sd === undefined ? {} : { sd }),
      icc,
      periods,
      sequences: design.length,
      clusters: layout.clustersAt(found.n),
      clustersRounded: roundedUp(layout.clustersAt(found.n) / design.length) * design.length,
      size: layout.sizeAt(found.n),
      sizeRounded: roundedUp(layout.sizeAt(found.n)),
      se: unit * Math.sqrt(variance(found.n)),
    }),
    curveKeys: (n) => ({ clusters: layout.clustersAt(n), size: layout.sizeAt(n) }),
    warnings: (found) => wedgeWarnings(layout.clustersAt(found.n), design.length, found.n !== layout.n, binary),
    script: [
      scriptSides(spec),
      `X <- rbind(${design.map((row) => `c(${row.join(', ')})`).join(', ')}); periods <- ncol(X)`,
      '# Hussey and Hughes (2007), eq. 8, for as many clusters as sequences; more of them divide it.',
      `variance <- function(n) { I <- nrow(X); s <- (1 - ${rNumber(icc)}) / (${layout.scriptSize}); t <- ${rNumber(icc)}; U <- sum(X); W <- sum(colSums(X)^2); V <- sum(rowSums(X)^2)`,
      `  I * s * (s + periods * t) / ((I * U - W) * s + (U^2 + I * periods * U - periods * W - I * V) * t) * I / (${layout.scriptClusters}) }`,
      'powerOf <- function(n, effect, alpha) { d <- effect / sqrt(variance(n)); q <- qnorm(alpha / sides, lower.tail = FALSE)',
      '  pnorm(d - q) + if (strict && sides == 2) pnorm(-d - q) else 0 }',
      `more <- function(n) list(clusters = ${layout.scriptClusters}, size = ${layout.scriptSize}, se = ${rNumber(unit)} * sqrt(variance(n)))`,
    ],
    scriptEffect: `${rNumber(sign * unit)} * effect`,
  };
}

function wedgeWarnings(clusters: number, sequences: number, solved: boolean, binary: boolean): string[] {
  const uneven = Math.abs(clusters / sequences - Math.round(clusters / sequences)) > 1e-9;
  return [
    ...(uneven && !solved
      ? [
          `${clusters} clusters cannot be shared equally among ${sequences} sequences; the power is that of equal shares.`,
        ]
      : []),
    ...(clusters < 12
      ? [
          `With ${clusters.toFixed(1)} clusters the normal approximation promises too much; analyse with small-sample corrections, and add clusters.`,
        ]
      : []),
    ...(binary ? ['Proportions are treated as means with the variance of their average.'] : []),
  ];
}
