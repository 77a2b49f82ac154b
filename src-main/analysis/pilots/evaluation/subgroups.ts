import { glm } from '#main/stats/procedures/glm/glm.ts';
import type { ProcedureResult } from '#main/stats/procedures/run-procedure.ts';
import type { TermResult, TestResult } from '#main/stats/procedures/term.ts';
import type { PilotSubgroup } from '#shared/domain/pilot-evaluation.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { categories, runOn, tableOf } from '../../absence/model-table.ts';
import { ancova, peopleFile, tableOfPeople } from './ancova.ts';
import { clustersOf, robustByCluster } from './cluster-estimates.ts';
import { followUpOf, isKnown, type PilotPerson, type PilotScores } from './people.ts';

/**
 * Whether the effect differs between the levels of a subgroup, and what it is in each: to explore, not to conclude. Levels with few people in
 * an arm are left out.
 * @throws ExpectedError REFUSED_MODEL where fewer than two levels are left
 */
export function subgroupEffects(
  people: readonly PilotPerson[],
  scores: PilotScores,
  subgroup: string,
  { minimum, clustered }: { readonly minimum: number; readonly clustered: boolean },
): PilotSubgroup {
  const levelOf = ({ subgroups }: PilotPerson): string => subgroups[subgroup] ?? 'not known';
  const followUp = followUpOf(scores);
  const all = [...new Set(people.map(levelOf))].sort();
  const levels = all.filter((level) =>
    [true, false].every(
      (arm) =>
        people.filter((person, at) => person.offered === arm && levelOf(person) === level && isKnown(followUp[at]))
          .length >= minimum,
    ),
  );
  if (levels.length < 2) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      `Fewer than two groups by ${subgroup} have ${minimum} people in each arm.`,
      'Use wider groups.',
    );
  }
  const within = (kept: readonly string[]) => rowsOf(people, scores, (person) => kept.includes(levelOf(person)));
  const shown = within(levels);
  const { table, adjustment } = tableOfPeople(shown.people, shown.scores);
  const errors = clustered ? { robust: 'CR2', cluster: 'cluster' } : {};
  const found = runOn(
    glm,
    { formula: `followup ~ ${['offered * subgroup', ...adjustment.terms].join(' + ')}`, ...errors },
    tableOf(table.rows, [
      ...table.columns.values(),
      categories('subgroup', shown.people.map(levelOf)),
      ...(clustered ? [categories('cluster', clustersOf(shown.people))] : []),
    ]),
    peopleFile,
  );
  return {
    subgroup,
    exploratory: true,
    interactionP: interactionP(found, levels.length, clustered),
    levels: levels.map((level) => {
      const { people: own, scores: ownScores } = within([level]);
      return { level, found: (clustered ? robustByCluster : ancova)(own, ownScores).estimate };
    }),
    withheld:
      levels.length === all.length
        ? null
        : `Groups by ${subgroup} with fewer than ${minimum} people in an arm are left out.`,
  };
}

/** Of several levels with clusters, the least p of the pairs times their number: no joint test has degrees of freedom for few clusters. */
function interactionP(found: ProcedureResult, levels: number, clustered: boolean): number {
  const terms = (found['terms'] as readonly TermResult[]).filter(({ term }) => term.startsWith('offered:subgroup'));
  const test = (found['tests'] as readonly TestResult[]).find(({ name }) => name === 'offered:subgroup');
  if (clustered) return Math.min(1, (levels - 1) * Math.min(...terms.map(({ p }) => p ?? 1)));
  if (typeof test?.p === 'number') return test.p;
  throw new ExpectedError(
    'REFUSED_MODEL',
    'Whether the effect differs between the groups cannot be told.',
    'Use wider groups.',
  );
}

function rowsOf(people: readonly PilotPerson[], scores: PilotScores, keep: (person: PilotPerson) => boolean) {
  const places = people.flatMap((person, at) => (keep(person) ? [at] : []));
  const take = (values: readonly (number | null)[]) => places.map((at) => values[at] ?? null);
  return {
    people: places.map((at) => people[at] as PilotPerson),
    scores: {
      ...scores,
      baseline: take(scores.baseline),
      waves: scores.waves.map(({ wave, scores: values }) => ({ wave, scores: take(values) })),
    },
  };
}
