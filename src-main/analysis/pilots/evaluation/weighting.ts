import { changeState } from '#main/stats/measurement/reliable-change.ts';
import type { PilotEvaluation, PilotFurther, PilotReliableChange, PilotRisk } from '#shared/domain/pilot-evaluation.ts';
import { plainRate } from '../../exposure/words.ts';
import { ruleOfChange } from './change-norms.ts';
import { orRefused } from './estimate.ts';
import { evaluationOf } from './evaluation.ts';
import { type EvaluationOptions, followUpOf, isKnown, type PilotPerson, type PilotScores } from './people.ts';
import { type ToldEvaluation, withScript } from './r-script.ts';
import { riskFrom } from './reliable-change-by-arm.ts';
import { type WeightedTo, weightedDifference } from './weighted-comparison.ts';

const limits = [
  'Chance did not decide who was offered the pilot. Weights make the arms alike in what was measured, and in nothing else: whoever chose it may have been on the way up already.',
  'The effect is that in people like those whom the weights make the arms alike to.',
];

/**
 * A pilot whose comparison was found, not drawn: arms made alike by weights.
 * @param to whom the arms are made alike to
 * @throws ExpectedError REFUSED_MODEL where the main estimate cannot be had or may not be told
 */
export function evaluateWeighted(
  people: readonly PilotPerson[],
  scores: PilotScores,
  secondaries: readonly PilotScores[],
  options: EvaluationOptions,
  to: WeightedTo = 'ATT',
): PilotEvaluation {
  const weighted = (outcome: PilotScores, whom: WeightedTo) =>
    weightedDifference(people, outcome.baseline, followUpOf(outcome), whom);
  const main = weighted(scores, to);
  const second: WeightedTo = to === 'ATO' ? 'ATT' : 'ATO';
  const other = orRefused(() => weighted(scores, second));
  const further: PilotFurther[] = [
    {
      name: second === 'ATO' ? 'Overlap weights' : 'Those offered the pilot',
      question: 'Does the finding stand with other weights, which let other people count?',
      found: 'refused' in other ? other : other.estimate,
    },
  ];
  const parts = {
    ...({ design: 'weighting', clustered: false } as const),
    people,
    scores,
    secondaries,
    options,
    limits,
  };
  const { told, fits } = evaluationOf(parts, main, further, [other], (outcome) => weighted(outcome, to).estimate);
  const weightedTold: ToldEvaluation = {
    ...told,
    balance: main.balance,
    change: 'refused' in told.change ? told.change : weightedChange(told.change, people, scores, to),
    missing: {
      refused:
        'People who lack a score or something measured before are left out, and taken to be like the others of the same weight.',
    },
    subgroups: options.subgroups.map((subgroup) => ({
      subgroup,
      refused: 'Within a subgroup the weights no longer make the arms alike, so its effect is not told.',
    })),
    warnings: [
      ...told.warnings,
      ...unmeasuredWords(told.primary.standardised),
      ...(main.excluded >= options.minimumTakingPart
        ? [`${main.excluded} people lack the score or something measured before and are left out.`]
        : []),
    ],
  };
  return withScript(weightedTold, fits, false);
}

/** Counts as they are, their difference weighted as the scores are. */
function weightedChange(
  change: PilotReliableChange,
  people: readonly PilotPerson[],
  scores: PilotScores,
  to: WeightedTo,
): PilotReliableChange {
  const risk = (told: PilotRisk | null, state: 'improved' | 'deteriorated', what: string): PilotRisk | null => {
    if (told === null) return null;
    const found = orRefused(() => weightedDifference(people, scores.baseline, indicators(scores, state), to));
    return 'refused' in found ? null : riskFrom(found.estimate, what);
  };
  return {
    ...change,
    improvement: risk(change.improvement, 'improved', 'improved reliably'),
    deterioration: risk(change.deterioration, 'deteriorated', 'deteriorated reliably'),
  };
}

/** 1 for people in that state, 0 for others with both scores. */
function indicators(scores: PilotScores, state: 'improved' | 'deteriorated'): (number | null)[] {
  const { norms, better } = scores;
  if (norms === null) return scores.baseline.map(() => null);
  const rule = ruleOfChange(norms, better);
  const after = followUpOf(scores);
  return scores.baseline.map((pre, person) => {
    const post = after[person];
    return isKnown(pre) && isKnown(post) ? Number(changeState(pre, post, rule) === state) : null;
  });
}

/**
 * How strongly something unmeasured would have to go with both offer and outcome, as a ratio of risks, to explain a ratio away (VanderWeele and
 * Ding 2017, Annals of Internal Medicine 167:268).
 */
export function eValue(ratio: number): number {
  const up = ratio < 1 ? 1 / ratio : ratio;
  return up + Math.sqrt(up * (up - 1));
}

/** A standardised difference as the ratio of risks that goes with it (Chinn 2000, Statistics in Medicine 19:3127). */
const logRatioPerDeviation = 0.91;

function unmeasuredWords(standardised: PilotEvaluation['primary']['standardised']): string[] {
  if (standardised === null) return [];
  const { estimate, low, high } = standardised;
  const ratio = (deviations: number): number => Math.exp(logRatioPerDeviation * Math.abs(deviations));
  const nearest = low > 0 ? low : high < 0 ? high : 0;
  return [
    `Something that was not measured would have to go with both the offer and the outcome by a ratio of risks of ${plainRate(eValue(ratio(estimate)))} to explain the difference away, and of ${plainRate(eValue(ratio(nearest)))} to let its interval reach 0 (E-value).`,
  ];
}
