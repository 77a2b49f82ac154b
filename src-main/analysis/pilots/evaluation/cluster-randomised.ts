import type { PilotEvaluation, PilotFurther } from '#shared/domain/pilot-evaluation.ts';
import { type MixedDf, mixedByCluster, robustByCluster } from './cluster-estimates.ts';
import { orRefused } from './estimate.ts';
import { evaluationOf } from './evaluation.ts';
import type { EvaluationOptions, PilotPerson, PilotScores } from './people.ts';
import { withScript } from './r-script.ts';

const limits = [
  'Few teams or areas were allocated: chance makes them alike on average, but with so few they may differ, in what was measured and in what was not.',
  'People who joined a team after it was known to be offered the pilot, or left it, can make the arms unlike.',
  'The effect is that of being offered the pilot in this force at this time, next to what the comparison had then.',
];

/** With fewer clusters than this, one of them can carry the result. */
const fewClusters = 10;

/**
 * A pilot whose teams or areas were allocated by chance.
 * @param main the plan's choice; the other estimate stands beside it
 * @param df of the mixed model, where the plan chooses them
 * @throws ExpectedError REFUSED_MODEL where the main estimate cannot be had or may not be told
 */
export function evaluateClusterRandomised(
  people: readonly PilotPerson[],
  scores: PilotScores,
  secondaries: readonly PilotScores[],
  options: EvaluationOptions,
  main: 'mixed model' | 'CR2' = 'mixed model',
  df: MixedDf | null = null,
): PilotEvaluation {
  const mixed = (who: readonly PilotPerson[], outcome: PilotScores) => mixedByCluster(who, outcome, df);
  const [first, second] = main === 'CR2' ? ([robustByCluster, mixed] as const) : ([mixed, robustByCluster] as const);
  const other = orRefused(() => second(people, scores));
  const further: PilotFurther[] = [
    {
      name: main === 'CR2' ? 'Mixed model' : 'Robust errors',
      question: 'Does the finding stand when likeness within teams is allowed for in the other way?',
      found: 'refused' in other ? other : other.estimate,
    },
  ];
  const parts = {
    ...({ design: 'cluster-randomised', clustered: true } as const),
    people,
    scores,
    secondaries,
    options,
    limits,
  };
  const { told, fits } = evaluationOf(
    parts,
    first(people, scores),
    further,
    [other],
    (outcome) => first(people, outcome).estimate,
  );
  const { offered, comparison } = told.clustering?.clusters ?? { offered: 0, comparison: 0 };
  const few = offered + comparison < fewClusters;
  const warning = `There are fewer than ${fewClusters} clusters, so one of them can carry the result.`;
  return withScript(few ? { ...told, warnings: [...told.warnings, warning] } : told, fits);
}
