import type { OutputOf } from '#shared/contract/index.ts';
import { rated } from '#shared/domain/evidence/grade.ts';
import { summaryRow } from '#shared/domain/evidence/summary-of-findings.ts';
import type { ReviewSynthesis } from '#shared/domain/evidence/synthesis.ts';
import { ok, type Result } from '#shared/domain/result.ts';
import { runAnalysis } from '../analyses/index.ts';
import type { VaultContext } from '../call-context.ts';
import { heldEvidence } from './held-evidence.ts';
import { protocolOfReview } from './protocol-of-review.ts';

/** Each outcome of a review put together, with its rating; a person's goes before the numbers'. */
export async function summariseReview(
  context: VaultContext,
  review: string,
): Promise<Result<OutputOf<'evidence.summary'>>> {
  const { connection } = context.vault.store;
  const [held, protocol] = [heldEvidence(connection, review), protocolOfReview(connection, review)];
  if (!held.ok) return held;
  if (!protocol.ok) return protocol;
  const { outcomes, grades } = held.value;
  const { kind, limits } = protocol.value;
  const summarised: OutputOf<'evidence.summary'>['outcomes'] = [];
  for (const { outcome } of outcomes) {
    const synthesis = await runAnalysis(context, 'review-synthesis', { review, outcome: outcome.outcome });
    if (!synthesis.ok) return synthesis;
    const result = synthesis.value.result as unknown as ReviewSynthesis;
    const own = grades.find(({ grade }) => grade.outcome === outcome.outcome)?.grade ?? null;
    const certainty = rated(result.grade, own);
    const row = summaryRow(outcome.title, result, certainty);
    summarised.push({
      outcome,
      row: { ...row, reasons: [...row.reasons] },
      rated: { ...certainty, domains: [...certainty.domains] },
      synthesis: synthesis.value,
    });
  }
  return ok({ kind, limits: [...limits], outcomes: summarised });
}
