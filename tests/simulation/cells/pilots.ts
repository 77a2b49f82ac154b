import { ancova } from '#main/analysis/pilots/evaluation/ancova.ts';
import { mixedByCluster, robustByCluster } from '#main/analysis/pilots/evaluation/cluster-estimates.ts';
import { complierEffect } from '#main/analysis/pilots/evaluation/complier-effect.ts';
import { orRefused } from '#main/analysis/pilots/evaluation/estimate.ts';
import { repeatedWaves } from '#main/analysis/pilots/evaluation/repeated-waves.ts';
import { wedgeEffect } from '#main/analysis/pilots/evaluation/stepped-wedge.ts';
import type { PilotEstimate, PilotRefused } from '#shared/domain/pilot-evaluation.ts';
import type { RandomStream } from '#shared/domain/random.ts';
import { drawClusterPilot, drawRandomisedPilot, drawSteppedWedge } from '../../fixtures/drawn-pilots.ts';
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
  const ofCompliers = readingsOf({ 'those who took part': orRefused(() => complierEffect(people, scores)) }, effect);
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

/** The estimators of `pilot-evaluation`, on pilots drawn with a planted effect and with none. */
export const pilotCells: readonly SimulationCell[] = [
  { name: 'pilots: 60 people allocated one by one, an effect', replicate: (stream) => individual(stream, -4) },
  { name: 'pilots: 60 people allocated one by one, none', replicate: (stream) => individual(stream, 0) },
  { name: 'pilots: 10 teams allocated, an effect', replicate: (stream) => teams(stream, -3) },
  { name: 'pilots: 10 teams allocated, none', replicate: (stream) => teams(stream, 0) },
  { name: 'pilots: 6 teams that begin over 4 periods, an effect', replicate: (stream) => wedge(stream, -3) },
  { name: 'pilots: 6 teams that begin over 4 periods, none', replicate: (stream) => wedge(stream, 0) },
];
