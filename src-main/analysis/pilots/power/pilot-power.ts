import { power } from '#main/stats/procedures/power/power.ts';
import type { ProcedureResult } from '#main/stats/procedures/run-procedure.ts';
import { runOn, tableOf } from '../../absence/model-table.ts';
import type { PilotPowerSpec } from './spec.ts';

export type PilotPower = {
  /** What was asked: the two others are as given. */
  readonly found: 'people' | 'effect' | 'power';
  /** Everybody who takes part; rounded up to whole people and clusters where they are asked for. */
  readonly people: number;
  readonly followedUp: number;
  readonly clusters: number | null;
  /** As the spec has it: points, standard deviations or a difference of shares. */
  readonly effect: number;
  readonly power: number;
  readonly alpha: number;
  /** How many people in clusters count for one who is not; null without clusters. */
  readonly designEffect: number | null;
  /** Power of a test on the means of the clusters, which few of them leave; null where that is not what is tested. */
  readonly powerByClusters: number | null;
  /** The same difference with fewer and more people. */
  readonly curve: readonly { readonly people: number; readonly power: number }[];
  readonly warnings: readonly string[];
  readonly r: string;
};

/** How many count for `n` of the procedure, which counts those followed up: in a group, or in all periods of a wedge. */
function peoplePerN({ design, ratio, periods, lost }: PilotPowerSpec): number {
  const groups = { 'pre-post': 1, randomised: 1 + ratio, 'cluster-randomised': 2, 'stepped-wedge': 1 / (periods ?? 1) };
  return groups[design] / (1 - lost);
}

/**
 * Standard deviation that is left to the test. Adjusted by a baseline that correlates r with the score it is √(1 − r²) of the
 * score's (Borm, Fransen and Lemmens, Journal of Clinical Epidemiology 60(12), 2007); of a difference of two scores √(2 − 2r).
 */
function spreadLeft({ design, sd, correlation }: PilotPowerSpec): number {
  const part = design === 'pre-post' ? Math.sqrt(2 - 2 * correlation) : Math.sqrt(1 - correlation ** 2);
  return (sd ?? 1) * part;
}

function questionOf(spec: PilotPowerSpec): Record<string, unknown> {
  const { design, effect, share, icc, clusterSize, periods, sizeVariation, ratio, people, lost, alpha } = spec;
  const common = {
    ...{ n: people === null ? null : people / peoplePerN(spec), power: spec.power, alpha },
    ...(share === null ? { sd: spreadLeft(spec), effect } : { p1: share, effect }),
  };
  const clustered = { icc, size: (clusterSize ?? 1) * (1 - lost) };
  switch (design) {
    case 'pre-post':
      return { test: 't', type: 'paired', ...common };
    case 'randomised':
      return { test: share === null ? 't' : 'proportions', ratio, ...common };
    case 'cluster-randomised':
      return { test: 'cluster', cv: sizeVariation, ...clustered, ...common };
    case 'stepped-wedge': {
      const wedge = { test: 'stepped-wedge', periods, ...clustered, ...common };
      return share === null ? wedge : { ...wedge, p2: share + (effect ?? 0) };
    }
  }
}

function numberIn(outcome: ProcedureResult, key: string): number | null {
  const value = outcome[key];
  return typeof value === 'number' ? value : null;
}

/** People as they can be had: whole, and in whole clusters that can be shared out. */
function wholePeople(spec: PilotPowerSpec, outcome: ProcedureResult): number {
  const { design, clusterSize, ratio, lost } = spec;
  if (clusterSize !== null) {
    const rounded = numberIn(outcome, 'clustersRounded') ?? 0;
    return Math.ceil((design === 'cluster-randomised' ? 2 * rounded : rounded) * clusterSize);
  }
  const inGroup = Math.ceil((numberIn(outcome, 'nRounded') ?? outcome.n) / (1 - lost));
  return design === 'pre-post' ? inGroup : inGroup + Math.ceil(ratio * inGroup);
}

/**
 * How many people a pilot needs, what it can find, or how likely it is to find it. Reads no data.
 * @throws ExpectedError BAD_SPEC, REFUSED_MODEL
 */
export function pilotPower(spec: PilotPowerSpec): PilotPower {
  const outcome = runOn(power, questionOf(spec), tableOf(0, []), 'none');
  const perN = peoplePerN(spec);
  const found = spec.people === null ? 'people' : spec.effect === null ? 'effect' : 'power';
  const people = spec.people ?? wholePeople(spec, outcome);
  const curve = outcome['curve'] as readonly { readonly n: number; readonly power: number }[];
  return {
    ...{ found, people, followedUp: Math.floor(people * (1 - spec.lost) + 1e-9) },
    clusters: spec.clusterSize === null ? null : people / spec.clusterSize,
    effect: spec.effect ?? numberIn(outcome, 'effect') ?? 0,
    power: numberIn(outcome, 'power') ?? 0,
    alpha: spec.alpha,
    designEffect: numberIn(outcome, 'designEffect'),
    powerByClusters: numberIn(outcome, 'powerByClusterDf'),
    curve: curve.map((point) => ({ people: Math.round(point.n * perN), power: point.power })),
    warnings: outcome.warnings,
    r: outcome.r,
  };
}
