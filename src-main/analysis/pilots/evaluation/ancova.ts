import type { DataTable } from '#main/stats/data/table.ts';
import { glm } from '#main/stats/procedures/glm/glm.ts';
import type { PilotEstimate } from '#shared/domain/pilot-evaluation.ts';
import { numbers, runOn, tableOf } from '../../absence/model-table.ts';
import { type Adjustment, adjustmentFor } from './adjustment.ts';
import { estimateOf, termOf } from './estimate.ts';
import { type Found, followUpOf, orMissing, type PilotPerson, type PilotScores } from './people.ts';

export const peopleFile = 'people.csv';

/** One row a person: `followup`, `offered` as 0 or 1, and what is adjusted for. */
export function tableOfPeople(
  people: readonly PilotPerson[],
  scores: PilotScores,
): { readonly table: DataTable; readonly adjustment: Adjustment } {
  const adjustment = adjustmentFor(people, scores.baseline);
  const table = tableOf(people.length, [
    numbers('followup', orMissing(followUpOf(scores))),
    offeredColumn(people),
    ...adjustment.columns,
  ]);
  return { table, adjustment };
}

export function offeredColumn(people: readonly PilotPerson[]) {
  return numbers(
    'offered',
    people.map(({ offered }) => (offered ? 1 : 0)),
  );
}

/**
 * Follow-up scores of all who have one, as allocated, adjusted for what was known before (analysis of covariance).
 * @throws ExpectedError REFUSED_MODEL
 */
export function ancova(people: readonly PilotPerson[], scores: PilotScores): Found<PilotEstimate> {
  const { table, adjustment } = tableOfPeople(people, scores);
  const formula = `followup ~ ${['offered', ...adjustment.terms].join(' + ')}`;
  const found = runOn(glm, { formula }, table, peopleFile);
  const method = `Analysis of covariance of “${scores.primaryWave}”, adjusted for ${adjustment.words}; everybody with a score counts in the arm they were allocated to.`;
  return { estimate: estimateOf(termOf(found, 'offered'), method), warnings: found.warnings, r: found.r };
}
