import type { CaseSummarySpec } from '#shared/contract/report-specs/case-summary.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import type { VaultContext } from '../../call-context.ts';
import { caseSummary } from '../../cases/index.ts';
import type { MadeReport } from '../made-report.ts';

/**
 * The summary of a case, for clinicians alone. It is of one person: there is nothing of a group in it to judge, and nothing of it
 * goes into the log of releases.
 */
export async function makeCaseSummary(context: VaultContext, given: CaseSummarySpec): Promise<Result<MadeReport>> {
  if (!context.vault.roles.includes('clinician')) {
    return fail('FORBIDDEN', 'The summary of a case is for clinicians alone.', 'Nothing was read.');
  }
  const made = await caseSummary(context, given);
  if (!made.ok) return made;
  const { spec, document, facts } = made.value;
  const none = { cells: [], sums: [], threshold: 10 };
  return ok({
    spec,
    period: { from: facts.asOf, to: facts.asOf },
    document,
    release: { body: { workforce: none, clinical: none }, counts: 0, withheld: 0 },
    ofCase: spec,
    analyses: [facts],
  });
}
