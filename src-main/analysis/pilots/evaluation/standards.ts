import type { PilotDesign } from '#shared/domain/pilot.ts';
import type { PilotStandards } from '#shared/domain/pilot-evaluation.ts';

const maryland: Readonly<Record<PilotDesign, PilotStandards['maryland']>> = {
  'pre-post': { level: 2, words: 'Before and after, without a comparison.' },
  randomised: { level: 5, words: 'People were allocated by chance.' },
  'cluster-randomised': { level: 5, words: 'Teams or areas were allocated by chance.' },
  'stepped-wedge': { level: 5, words: 'Chance decided when each team or area began.' },
  'difference-in-differences': {
    level: 4,
    words: 'Before and after in several units with and without the pilot; chance did not decide which.',
  },
  'interrupted-time-series': { level: 2, words: 'Many points before and after, without a comparison.' },
  weighting: {
    level: 3,
    words: 'With a comparison made alike in what was measured; it may differ in what was not.',
  },
};

/** What an evaluation says on each dimension beside the effect. */
export type EmmieParts = {
  readonly effect: string;
  readonly subgroups: number;
  readonly fidelityRecorded: boolean;
};

/** Where the design stands on the scale of Maryland, and what it says on each dimension of EMMIE (Johnson et al. 2015). */
export function standardsOf(design: PilotDesign, parts: EmmieParts): PilotStandards {
  return {
    maryland: maryland[design],
    emmie: [
      { dimension: 'effect', words: parts.effect },
      { dimension: 'mechanism', words: 'Not tested: the plan’s logic model says how the pilot is meant to work.' },
      {
        dimension: 'moderators',
        words: parts.subgroups === 0 ? 'No subgroup was looked into.' : 'Subgroups were looked into, to explore only.',
      },
      {
        dimension: 'implementation',
        words: parts.fidelityRecorded
          ? 'Who took part as planned is recorded; the pilot’s fidelity says how it was delivered.'
          : 'Who took part as planned is not recorded.',
      },
      {
        dimension: 'economic cost',
        words: 'Costs are not recorded.',
      },
    ],
  };
}
