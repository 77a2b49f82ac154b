import { adjustP } from '#main/stats/multiplicity/adjust-p-values.ts';
import type { PilotEstimate, PilotSecondary } from '#shared/domain/pilot-evaluation.ts';
import { orRefused } from './estimate.ts';

/** Each secondary outcome by the estimator of the primary one, with p-values adjusted for their number (Holm). */
export function secondaryOutcomes<Outcome extends { readonly name: string }>(
  outcomes: readonly Outcome[],
  estimate: (outcome: Outcome) => PilotEstimate,
): PilotSecondary[] {
  const rows = outcomes.map((outcome) => ({ outcome: outcome.name, found: orRefused(() => estimate(outcome)) }));
  const found = rows.flatMap(({ found: row }) => ('refused' in row ? [] : [row.p]));
  const adjusted = adjustP(found, 'holm');
  let next = 0;
  return rows.map((row) => {
    if ('refused' in row.found) return { ...row, adjustedP: null };
    next += 1;
    return { ...row, adjustedP: adjusted[next - 1] ?? null };
  });
}
