import { leavingPerDeviation } from './outcome-scale.ts';
import type { SyntheticPilots } from './synthetic-pilots.ts';

/** What is planted in the pilots, for `truth.json`. */
export function pilotTruth({ made, leftOut }: SyntheticPilots) {
  return {
    unit: 'points of the outcome: with the pilot less without it',
    pilots: made.map(({ truth }) => truth),
    leftOut,
    leaving: {
      logOddsPerDeviation: leavingPerDeviation,
      unit: 'log-odds of not answering for a standard deviation that somebody is always worse off, in every arm alike',
    },
    recover:
      '`pilot-evaluation` of each, by the plan that stands in pilots/: its interval holds `effectPoints`. One in twenty misses it even where all is well. Nothing is planted in secondary outcomes, in absence, nor in adverse events.',
  };
}
