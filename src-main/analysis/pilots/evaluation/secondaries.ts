import { adjustP } from '#main/stats/multiplicity/adjust-p-values.ts';
import type { PilotEstimate, PilotSecondary } from '#shared/domain/pilot-evaluation.ts';
import { orRefused } from './estimate.ts';
import type { PilotScores } from './people.ts';

/** Each secondary outcome by the estimator of the primary one, with p-values adjusted for their number (Holm). */
export function secondaryOutcomes(
  outcomes: readonly PilotScores[],
  estimate: (scores: PilotScores) => PilotEstimate,
): PilotSecondary[] {
  const rows = outcomes.map((scores) => ({ outcome: scores.name, found: orRefused(() => estimate(scores)) }));
  const found = rows.flatMap(({ found: row }) => ('refused' in row ? [] : [row.p]));
  const adjusted = adjustP(found, 'holm');
  let next = 0;
  return rows.map((row) => {
    if ('refused' in row.found) return { ...row, adjustedP: null };
    next += 1;
    return { ...row, adjustedP: adjusted[next - 1] ?? null };
  });
}
