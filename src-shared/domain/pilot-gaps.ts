import { isRandomised, outcomesOf, type PilotPlan } from './pilot.ts';

/** What a plan lacks, by the field where it belongs. */
export type PlanGap = { readonly field: string; readonly words: string };

type Ask = readonly [field: string, isThere: (plan: PilotPlan) => boolean, words: string];

function said(text: string): boolean {
  return text !== '';
}

const asked: readonly Ask[] = [
  ['logicModel.problem', ({ logicModel }) => said(logicModel.problem), 'the problem that the pilot is for'],
  ['logicModel.activities', ({ logicModel }) => said(logicModel.activities), 'what is done'],
  ['logicModel.outcomes', ({ logicModel }) => said(logicModel.outcomes), 'what is meant to change'],
  ['logicModel.assumptions', ({ logicModel }) => said(logicModel.assumptions), 'what has to hold for it to work'],
  ['design', ({ design }) => design !== null, 'the design'],
  ['eligibility', ({ eligibility }) => said(eligibility), 'who may take part'],
  ['primary', ({ primary }) => primary !== null, 'the primary outcome'],
  ['estimand.population', ({ estimand }) => said(estimand.population), 'the people the answer is about'],
  ['estimand.treatments', ({ estimand }) => said(estimand.treatments), 'what is compared with what'],
  ['estimand.summary', ({ estimand }) => said(estimand.summary), 'the summary measure'],
  [
    'estimand.intercurrentEvents',
    ({ estimand }) => estimand.intercurrentEvents.length > 0,
    'what is done where somebody leaves, or does not take part',
  ],
  ['analysis.smallSample', ({ analysis }) => analysis.smallSample !== null, 'the small-sample correction, or none'],
  [
    'analysis.tippingPointDeltas',
    ({ analysis }) => analysis.tippingPointDeltas.length > 0,
    'how much worse missing answers may be, in points',
  ],
  ['sampleSize', ({ sampleSize }) => sampleSize !== null, 'how many take part and why'],
];

function gapsOfDesign(plan: PilotPlan): PlanGap[] {
  const { design, arms, rollout, allocation } = plan;
  const gaps: PlanGap[] = [];
  if (design === 'randomised' || design === 'cluster-randomised' || design === 'weighting') {
    if (arms.length < 2) gaps.push({ field: 'arms', words: 'at least two arms' });
    if (arms.filter(({ isComparison }) => isComparison).length !== 1) {
      gaps.push({ field: 'arms', words: 'the one arm that the others are compared with' });
    }
  }
  if (design === 'stepped-wedge' && rollout.length < 2) {
    gaps.push({ field: 'rollout', words: 'at least two sequences, each with its first day' });
  }
  if ((design === 'difference-in-differences' || design === 'interrupted-time-series') && rollout.length === 0) {
    gaps.push({ field: 'rollout', words: 'where the pilot begins, and when' });
  }
  if (isRandomised(design)) {
    const together = armsToDraw(plan).reduce((sum, { share }) => sum + share, 0);
    if (allocation === null) gaps.push({ field: 'allocation', words: 'the sizes of the blocks' });
    else if (together > 0 && allocation.blockSizes.some((size) => size % together !== 0)) {
      gaps.push({
        field: 'allocation.blockSizes',
        words: `blocks of a multiple of ${together}, the arms’ shares together`,
      });
    }
  }
  return gaps;
}

function gapsOfOutcomes(plan: PilotPlan): PlanGap[] {
  const needsBaseline = plan.design === 'pre-post' || plan.design === 'difference-in-differences';
  const lacking = needsBaseline && outcomesOf(plan).some(({ baseline }) => baseline === null);
  return lacking ? [{ field: 'baseline', words: 'the days of the baseline of every outcome' }] : [];
}

/** What is drawn by chance: arms, or the sequences of a stepped wedge. */
export function armsToDraw({
  design,
  arms,
  rollout,
}: PilotPlan): readonly { readonly arm: string; readonly share: number }[] {
  return design === 'stepped-wedge' ? rollout.map(({ group }) => ({ arm: group, share: 1 })) : arms;
}

/** Everything that a plan lacks before it can be locked; none where it is complete. */
export function planGaps(plan: PilotPlan): PlanGap[] {
  const silent = asked.flatMap(([field, isThere, words]) => (isThere(plan) ? [] : [{ field, words }]));
  return [...silent, ...gapsOfDesign(plan), ...gapsOfOutcomes(plan)];
}
