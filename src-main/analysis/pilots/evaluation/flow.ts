import type { PilotFlowOfArm } from '#shared/domain/pilot-evaluation.ts';
import { followUpOf, isKnown, type PilotPerson, type PilotScores } from './people.ts';
import { toldSteps } from './tell.ts';

/**
 * By arm: allocated, with any score after baseline, with the score of the main estimate, and with one before it too where the outcome has a
 * baseline. Arms without people are left out.
 */
export function flowOf(people: readonly PilotPerson[], scores: PilotScores, minimum: number): PilotFlowOfArm[] {
  const main = followUpOf(scores);
  const steps: readonly { readonly step: string; readonly holds: (person: number) => boolean }[] = [
    { step: 'allocated', holds: () => true },
    {
      step: 'with any score after baseline',
      holds: (person) => scores.waves.some(({ scores: values }) => isKnown(values[person])),
    },
    { step: `with a score at “${scores.primaryWave}”`, holds: (person) => isKnown(main[person]) },
    ...(scores.baseline.some(isKnown)
      ? [
          {
            step: `with a score at baseline and at “${scores.primaryWave}”`,
            holds: (person: number) => isKnown(main[person]) && isKnown(scores.baseline[person]),
          },
        ]
      : []),
  ];
  return (['offered', 'comparison'] as const).flatMap((arm) => {
    const places = people.flatMap(({ offered }, person) => (offered === (arm === 'offered') ? [person] : []));
    if (places.length === 0) return [];
    const told = toldSteps(
      steps.map(({ holds }) => places.filter(holds).length),
      minimum,
    );
    return [{ arm, steps: steps.map(({ step }, at) => ({ step, count: told[at] ?? null })) }];
  });
}
