import type { PilotEvaluation, PilotFurther } from '#shared/domain/pilot-evaluation.ts';
import { ancova } from './ancova.ts';
import { complierEffect } from './complier-effect.ts';
import { orRefused } from './estimate.ts';
import { type CommonParts, evaluationOf } from './evaluation.ts';
import type { EvaluationOptions, PilotPerson, PilotScores } from './people.ts';
import { withScript } from './r-script.ts';
import { repeatedWaves } from './repeated-waves.ts';

const limits = [
  'Chance made the arms alike on average; in one pilot they may still differ, in what was measured and in what was not.',
  'The effect is that of being offered the pilot in this force at this time, next to what the comparison had then.',
  'People of one team talk: if some of the comparison had a share of the pilot, the effect is more than is shown.',
];

/**
 * A pilot whose people were allocated one by one by chance: everybody in the arm that chance gave them.
 * @throws ExpectedError REFUSED_MODEL where the main estimate cannot be had or may not be told
 */
export function evaluateRandomised(
  people: readonly PilotPerson[],
  scores: PilotScores,
  secondaries: readonly PilotScores[],
  options: EvaluationOptions,
): PilotEvaluation {
  const main = ancova(people, scores);
  const waves = orRefused(() => repeatedWaves(people, scores));
  const complier = orRefused(() => complierEffect(people, scores, options.minimumTakingPart));
  const further: PilotFurther[] = [
    {
      name: 'All waves together',
      question: 'Does the finding stand when everybody with a score at any wave counts?',
      found: 'refused' in waves ? waves : waves.estimate,
    },
    {
      name: 'Those who took part',
      question: 'What did taking part do in those who did so because they were offered it?',
      found: 'refused' in complier ? complier : complier.estimate,
    },
  ];
  const parts: CommonParts = { design: 'randomised', clustered: false, people, scores, secondaries, options, limits };
  const { told, fits } = evaluationOf(
    parts,
    main,
    further,
    [waves, complier],
    (other) => ancova(people, other).estimate,
  );
  return withScript(told, fits);
}
