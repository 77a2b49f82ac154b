import { glm } from '#main/stats/procedures/glm/glm.ts';
import type { PilotEstimate } from '#shared/domain/pilot-evaluation.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { categories, numbers, runOn, tableOf } from '../../absence/model-table.ts';
import { estimateOf, termOf } from '../evaluation/estimate.ts';
import type { Found } from '../evaluation/people.ts';

/** One person who was offered the sessions; null where a value is not known. */
export type DoseAndOutcome = {
  readonly sessions: number;
  readonly outcome: number | null;
  readonly baseline: number | null;
  readonly cluster: string | null;
};

/** Fewer people than this say nothing of a slope, and too much of themselves. */
const fewestPeople = 30;
const dataFile = 'doses.csv';

/** Words that go with the estimate wherever it is shown. */
export const notByChance =
  'Not randomised: people chose, or were able, to come more or less often, and what made them do so may be what differs. This is no effect of the sessions.';

/**
 * Change of the outcome, in points, with each further session, adjusted for the score at baseline: least squares with errors that allow
 * for anything people of a cluster share (CR2 with Satterthwaite's df; HC3 where all are of one or no cluster). Whoever lacks a score is left out.
 *
 * @throws ExpectedError REFUSED_MODEL with fewer than 30 people, or where all came as often
 */
export function doseResponse(people: readonly DoseAndOutcome[]): Found<PilotEstimate> {
  const complete = people.filter(({ outcome, baseline }) => outcome !== null && baseline !== null);
  if (complete.length < fewestPeople) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      `Fewer than ${fewestPeople} people have a score before and after.`,
      'Nothing was computed. Look at the dose alone.',
    );
  }
  const clusters = complete.map(({ cluster }) => cluster ?? '');
  const isClustered = new Set(clusters).size > 1 && complete.every(({ cluster }) => cluster !== null);
  const table = tableOf(complete.length, [
    numbers(
      'outcome',
      complete.map(({ outcome }) => outcome ?? Number.NaN),
    ),
    numbers(
      'sessions',
      complete.map(({ sessions }) => sessions),
    ),
    numbers(
      'baseline',
      complete.map(({ baseline }) => baseline ?? Number.NaN),
    ),
    ...(isClustered ? [categories('cluster', clusters)] : []),
  ]);
  const errors = isClustered ? { robust: 'CR2', cluster: 'cluster' } : { robust: 'HC3' };
  const found = runOn(
    glm,
    { formula: 'outcome ~ sessions + baseline', family: 'gaussian', ...errors },
    table,
    dataFile,
  );
  const method = `Least squares of the outcome on sessions attended and the score at baseline, everybody with both scores, ${isClustered ? 'errors by cluster' : 'robust errors'}. ${notByChance}`;
  return { estimate: estimateOf(termOf(found, 'sessions'), method), warnings: found.warnings, r: found.r };
}
