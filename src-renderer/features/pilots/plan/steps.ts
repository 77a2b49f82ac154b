import type { PlanGap } from '#shared/domain/pilot-gaps.ts';

export const planSteps = ['idea', 'design', 'outcomes', 'analysis', 'size'] as const;
export type PlanStep = (typeof planSteps)[number];

const fieldsOfSteps: Readonly<Record<PlanStep, readonly string[]>> = {
  idea: ['title', 'logicModel', 'eligibility'],
  design: ['design', 'arms', 'rollout', 'allocation', 'sessions'],
  outcomes: ['primary', 'secondaries', 'baseline'],
  analysis: ['estimand', 'analysis'],
  size: ['sampleSize'],
};

/** Those that belong to a step of the form, by the first part of the field. */
export function gapsOfStep(gaps: readonly PlanGap[], step: PlanStep): PlanGap[] {
  return gaps.filter(({ field }) => fieldsOfSteps[step].includes(field.split('.')[0] ?? ''));
}
