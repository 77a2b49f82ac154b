import type { PilotFlowOfArm } from '#shared/domain/pilot-evaluation.ts';
import { followUpOf, isKnown, type PilotPerson, type PilotScores } from './people.ts';
import { toldSteps } from './tell.ts';

/** By arm: allocated, with any score after baseline, and in the main estimate. Arms without people are left out. */
export function flowOf(people: readonly PilotPerson[], scores: PilotScores, minimum: number): PilotFlowOfArm[] {
  const main = followUpOf(scores);
  const anyScore = people.map((_, person) => scores.waves.some(({ scores: values }) => isKnown(values[person])));
  return (['offered', 'comparison'] as const).flatMap((arm) => {
    const places = people.flatMap(({ offered }, person) => (offered === (arm === 'offered') ? [person] : []));
    if (places.length === 0) return [];
    const counts = [
      places.length,
      places.filter((person) => anyScore[person]).length,
      places.filter((person) => isKnown(main[person])).length,
    ];
    const told = toldSteps(counts, minimum);
    const names = ['allocated', 'with any score after baseline', `with a score at “${scores.primaryWave}”`];
    return [{ arm, steps: names.map((step, at) => ({ step, count: told[at] ?? null })) }];
  });
}
