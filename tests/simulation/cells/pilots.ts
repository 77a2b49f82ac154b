import { ancova } from '#main/analysis/pilots/evaluation/ancova.ts';
import { mixedByCluster, robustByCluster } from '#main/analysis/pilots/evaluation/cluster-estimates.ts';
import { unitMeans } from '#main/analysis/pilots/evaluation/compared-areas.ts';
import { complierEffect } from '#main/analysis/pilots/evaluation/complier-effect.ts';
import { groupTimeEffect, twoByTwoOfFewUnits } from '#main/analysis/pilots/evaluation/difference-in-differences.ts';
import { orRefused } from '#main/analysis/pilots/evaluation/estimate.ts';
import { seriesEffect } from '#main/analysis/pilots/evaluation/interrupted-series.ts';
import { followUpOf } from '#main/analysis/pilots/evaluation/people.ts';
import { repeatedWaves } from '#main/analysis/pilots/evaluation/repeated-waves.ts';
import { wedgeEffect } from '#main/analysis/pilots/evaluation/stepped-wedge.ts';
import { type WeightedTo, weightedDifference } from '#main/analysis/pilots/evaluation/weighted-comparison.ts';
import type { PilotEstimate, PilotRefused } from '#shared/domain/pilot-evaluation.ts';
import type { RandomStream } from '#shared/domain/random.ts';
import {
  drawAreas,
  drawChosenPilot,
  drawClusterPilot,
  drawRandomisedPilot,
  drawSeries,
  drawSteppedWedge,
} from '../../fixtures/drawn-pilots.ts';
import type { Reading, SimulationCell } from '../cell.ts';

type Found = { readonly estimate: PilotEstimate } | PilotRefused;

/** The interval, and the test where there is nothing to find; null where the draw has no estimate. */
function readingsOf(parts: Readonly<Record<string, Found>>, truth: number): Reading[] | null {
  const readings: Reading[] = [];
  for (const [parameter, found] of Object.entries(parts)) {
    if ('refused' in found) return null;
    const { low, high, p } = found.estimate;
    readings.push({ parameter, low, high, truth }, ...(truth === 0 ? [{ parameter, p }] : []));
  }
  return readings;
}

/**
 * Three of four take part, so that being offered the pilot moves scores by three quarters of what taking part does. All waves together take
 * twenty times as long, so that they are looked at where both intervals and tests are.
 */
function individual(stream: RandomStream, effect: number): Reading[] | null {
  const { people, scores } = drawRandomisedPilot(stream, 60, effect);
  const byAllocation = readingsOf(
    {
      'by allocation, main wave': orRefused(() => ancova(people, scores)),
      ...(effect === 0 ? { 'by allocation, all waves': orRefused(() => repeatedWaves(people, scores)) } : {}),
    },
    0.75 * effect,
  );
  const ofCompliers = readingsOf({ 'those who took part': orRefused(() => complierEffect(people, scores, 1)) }, effect);
  return byAllocation && ofCompliers && [...byAllocation, ...ofCompliers];
}

const teams = (stream: RandomStream, effect: number): Reading[] | null => {
  const { people, scores } = drawClusterPilot(stream, 10, effect);
  return readingsOf(
    {
      'mixed model, Kenward and Roger': orRefused(() => mixedByCluster(people, scores)),
      'CR2, Satterthwaite': orRefused(() => robustByCluster(people, scores)),
    },
    effect,
  );
};

const wedge = (stream: RandomStream, effect: number): Reading[] | null => {
  const rows = drawSteppedWedge(stream, { teams: 6, periods: 4, people: 5 }, effect);
  return readingsOf({ 'stepped wedge, Kenward and Roger': orRefused(() => wedgeEffect(rows)) }, effect);
};

const areas = (stream: RandomStream, effect: number): Reading[] | null => {
  const { rows, begins } = drawAreas(stream, { areas: 40, periods: 4, people: 4 }, effect);
  const few = drawAreas(stream, { areas: 12, periods: 2, people: 6 }, effect);
  const twoTimes = few.rows.map(({ unit, period, score }) => ({
    ...{ unit, value: score, after: period === 2 },
    offered: few.begins.get(unit) !== null,
  }));
  return readingsOf(
    {
      '40 areas by when they began': orRefused(() => groupTimeEffect(unitMeans(rows), begins)),
      '12 areas before and after, CR2': orRefused(() => twoByTwoOfFewUnits(twoTimes)),
    },
    effect,
  );
};

const series = (stream: RandomStream, effect: number): Reading[] | null => {
  const points = drawSeries(stream, 120, effect);
  const plan = { start: 61, horizon: null, seasonPoints: null, errors: { kind: 'ar1' } };
  return readingsOf({ '120 points, AR(1) by REML': orRefused(() => seriesEffect(points, plan)) }, effect);
};

const chosen = (stream: RandomStream, effect: number): Reading[] | null => {
  const { people, scores } = drawChosenPilot(stream, 300, effect);
  const found = (to: WeightedTo) =>
    orRefused(() => weightedDifference(people, scores.baseline, followUpOf(scores), to));
  return readingsOf({ 'alike to those offered': found('ATT'), 'overlap weights': found('ATO') }, effect);
};

/** The estimators of `pilot-evaluation`, on pilots drawn with a planted effect and with none. */
export const pilotCells: readonly SimulationCell[] = [
  { name: 'pilots: 60 people allocated one by one, an effect', replicate: (stream) => individual(stream, -4) },
  { name: 'pilots: 60 people allocated one by one, none', replicate: (stream) => individual(stream, 0) },
  { name: 'pilots: 10 teams allocated, an effect', replicate: (stream) => teams(stream, -3) },
  { name: 'pilots: 10 teams allocated, none', replicate: (stream) => teams(stream, 0) },
  { name: 'pilots: 6 teams that begin over 4 periods, an effect', replicate: (stream) => wedge(stream, -3) },
  { name: 'pilots: 6 teams that begin over 4 periods, none', replicate: (stream) => wedge(stream, 0) },
  { name: 'pilots: areas with and without, an effect', replicate: (stream) => areas(stream, -3) },
  { name: 'pilots: areas with and without, none', replicate: (stream) => areas(stream, 0) },
  { name: 'pilots: an interrupted series, an effect', replicate: (stream) => series(stream, -2) },
  { name: 'pilots: an interrupted series, none', replicate: (stream) => series(stream, 0) },
  { name: 'pilots: 300 people who chose, an effect', replicate: (stream) => chosen(stream, -3) },
  { name: 'pilots: 300 people who chose, none', replicate: (stream) => chosen(stream, 0) },
];
