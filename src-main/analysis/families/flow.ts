import type { FamilyFlowStep } from '#shared/domain/family-impact.ts';
import { type ShowCount, safeCount } from './counts.ts';
import type { FamiliesOfWave } from './families-of-wave.ts';

/** Which of these counts may be told, each of which lies within the one before it; of several choices the one worth most. */
export type ShowNested = (chain: readonly { readonly count: number; readonly worth: number }[]) => readonly boolean[];

type Step = {
  readonly step: FamilyFlowStep['step'];
  readonly words: string;
  readonly count: (flow: FamiliesOfWave['flow']) => number;
  /** The analyses rest on the complete couples, which go before all others together. */
  readonly worth: number;
};

const steps: readonly Step[] = [
  { step: 'households', words: 'Households that answered in this wave', count: (flow) => flow.households, worth: 8 },
  {
    step: 'agreed before answering',
    words: 'with somebody who had agreed on or before the day of their answer',
    count: (flow) => flow.agreed,
    worth: 3,
  },
  {
    step: 'not withdrawn',
    words: 'with somebody who has not withdrawn since',
    count: (flow) => flow.notWithdrawn,
    worth: 4,
  },
  {
    step: 'each couple once',
    words: 'each couple counted once, though both serve',
    count: (flow) => flow.once,
    worth: 6,
  },
  {
    step: 'officer and partner linked',
    words: 'with answers of an officer and a partner',
    count: (flow) => flow.linked,
    worth: 5,
  },
  {
    step: 'complete couples',
    words: 'with all four values that crossover needs',
    count: (flow) => flow.complete,
    worth: 100,
  },
];

/** How many households there are at each step; asked before all other counts, which then keep apart from these. */
export function flowOf({ flow }: FamiliesOfWave, show: ShowCount, showNested: ShowNested): FamilyFlowStep[] {
  const shown = showNested(steps.map(({ count, worth }) => ({ count: count(flow), worth })));
  return steps.map(({ step, words, count }, at) => ({
    step,
    words,
    ...safeCount(count(flow), shown[at] === true ? show : () => null),
  }));
}
