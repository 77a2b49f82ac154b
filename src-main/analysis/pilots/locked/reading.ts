import { dayOfIso } from '#shared/domain/dates.ts';
import type { PilotEvaluationResult } from '#shared/domain/pilot-evaluation-result.ts';
import { counted, plainDate, plainRate } from '../../exposure/words.ts';
import { readEvaluation } from '../evaluation/reading.ts';
import { deliveryWords } from './delivery.ts';

/** The plan and its deviations first, then each comparison with its limits. */
export function readPilotEvaluation({ plan, comparisons, adverseEvents }: PilotEvaluationResult): string[] {
  const several = comparisons.length > 1;
  return [
    `By the plan that was locked on ${plainDate(dayOfIso(plan.lockedAt.slice(0, 10)) ?? 0)}, version ${plan.version}.`,
    ...plan.deviations.map(
      ({ what, reason }) => `Done otherwise than planned: ${sentence(what)} Because: ${sentence(reason)}`,
    ),
    ...comparisons.flatMap((one) => [
      ...(several ? [`${one.arm ?? ''} against ${one.comparison ?? ''}:`] : []),
      ...('refused' in one.evaluation ? [one.evaluation.refused] : readEvaluation(one.evaluation)),
      ...deliveredWords(one),
      ...doseWords(one),
    ]),
    'refused' in adverseEvents ? adverseEvents.refused : eventWords(adverseEvents.counts.at(-1)?.at(-1) ?? null),
  ];
}

type Comparison = PilotEvaluationResult['comparisons'][number];

/** Words of somebody as a sentence, however they ended it. */
function sentence(words: string): string {
  return `${words.replace(/[.\s]+$/, '')}.`;
}

function deliveredWords({ delivery }: Comparison): string[] {
  const words = delivery === null ? null : deliveryWords(delivery);
  return words === null ? [] : [words];
}

function doseWords({ doseResponse }: Comparison): string[] {
  if (doseResponse === null || 'refused' in doseResponse.found) return [];
  const { estimate, low, high } = doseResponse.found;
  return [
    `With each further session the outcome differed by ${plainRate(estimate)} (95% interval ${plainRate(low)} to ${plainRate(high)}), to explore only: who came more often differs from who came seldom, so that this is no effect.`,
  ];
}

function eventWords(all: number | null): string {
  return all === null
    ? 'Adverse events were recorded; how many is withheld.'
    : `${counted(all, 'adverse event was recorded', 'adverse events were recorded')}.`;
}
