import { periodOf } from '../options.ts';
import { areasPilot } from './areas-pilot.ts';
import { chosenPilot } from './chosen-pilot.ts';
import { clusterPilot } from './cluster-pilot.ts';
import type { LeftOutPilot, MadePilot, PilotForce } from './made-pilot.ts';
import { prePostPilot } from './pre-post-pilot.ts';
import { randomisedPilot } from './randomised-pilot.ts';
import { seriesPilot } from './series-pilot.ts';
import { steppedWedgePilot } from './stepped-wedge-pilot.ts';

export type SyntheticPilots = { readonly made: readonly MadePilot[]; readonly leftOut: readonly LeftOutPilot[] };

const makers = [
  clusterPilot,
  randomisedPilot,
  prePostPilot,
  steppedWedgePilot,
  areasPilot,
  seriesPilot,
  chosenPilot,
] as const;

/**
 * One pilot of each design, each from a stream of its own, so that neither the other pilots nor the rest of the force move with it. Their
 * outcomes are of instruments that nothing else in the force asks.
 */
export function syntheticPilots(force: PilotForce): SyntheticPilots {
  const { firstDay, lastDay } = periodOf(force.options);
  const made: MadePilot[] = [];
  const leftOut: LeftOutPilot[] = [];
  for (const maker of makers) {
    const own = maker(force, lastDay);
    if (!('plan' in own)) leftOut.push(own);
    else if (firstDayOf(own) < firstDay) leftOut.push({ ...named(own), because: 'it would begin before the period' });
    else made.push(own);
  }
  return { made, leftOut };
}

function firstDayOf({ answers, enrolments }: MadePilot): number {
  const asked = answers.map(({ invitedDay }) => invitedDay);
  const eligible = enrolments.map(({ eligibleDay }) => eligibleDay);
  return [...asked, ...eligible].reduce((first, day) => Math.min(first, day), Number.POSITIVE_INFINITY);
}

function named({ truth }: MadePilot): Pick<LeftOutPilot, 'pilot' | 'design'> {
  return { pilot: truth.pilot, design: truth.design };
}
