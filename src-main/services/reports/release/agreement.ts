import { hashOfValue } from '#main/report/manifest.ts';
import { addReportRequest, listReportRequests } from '#main/store/report-request-records.ts';
import type { ReportSpec } from '#shared/contract/report-spec.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { fileRequest, needsTwoPeople, releasingReports } from '../../approvals/index.ts';
import { doneEvent, type VaultContext } from '../../call-context.ts';
import type { MadeReport } from '../made-report.ts';

/** Fewest letters that say for whom and why a report is let out, where somebody has to agree to it. */
const leastPurpose = 3;

/** Where a release stands that somebody else has to agree to. */
export type Agreement =
  /** `request` is null where nobody had to. */
  { readonly kind: 'agreed'; readonly request: number | null } | { readonly kind: 'waiting'; readonly request: number };

/** SHA-256 of the options and of everything the report says: whoever agrees to a report agrees to this. */
export function contentHash({ spec, document }: Pick<MadeReport, 'spec' | 'document'>): string {
  return hashOfValue({ spec, document });
}

/**
 * Whether a report may be written: somebody agreed to exactly this content for this purpose, or nobody has to. Where
 * nobody was asked yet, a request is filed; what was declined is asked for again only with another content or purpose.
 */
export async function agreementTo(
  context: VaultContext,
  made: MadeReport,
  { spec, purpose }: { readonly spec: ReportSpec; readonly purpose: string },
): Promise<Result<Agreement>> {
  const { vault } = context;
  if (!needsTwoPeople(vault)) return ok({ kind: 'agreed', request: null });
  if (purpose.length < leastPurpose) {
    return fail(
      'BAD_INPUT',
      'Another person has to agree to this report, so say for whom and why it is let out.',
      'Nothing was written, and nobody was asked. Build it again with a purpose.',
    );
  }
  const hash = contentHash(made);
  const own = listReportRequests(vault.store.connection).find(
    ({ contentHash: asked, reason, state }) => asked === hash && reason === purpose && state !== 'done',
  );
  if (own === undefined) return ok({ kind: 'waiting', request: await ask(context, made, { spec, purpose, hash }) });
  if (own.state === 'declined') {
    return fail(
      'FORBIDDEN',
      `${own.decidedBy ?? 'Somebody'} declined this release${own.note === '' ? '.' : `: “${own.note}”.`}`,
      'Nothing was written. Ask for another content, or for another purpose.',
    );
  }
  return ok({ kind: own.state === 'approved' ? 'agreed' : 'waiting', request: own.id });
}

type Asked = { readonly spec: ReportSpec; readonly purpose: string; readonly hash: string };

function ask(context: VaultContext, made: MadeReport, { spec, purpose, hash }: Asked): Promise<number> {
  const { vault } = context;
  const { title, marking } = made.document;
  const { counts, withheld } = made.release;
  const event = { ...doneEvent(context, 'report.ask', `report ${hash}`, { counts, withheld }), reason: purpose };
  return vault.writeGate.run(() =>
    vault.store.commit(event, (transaction) => {
      const { id } = fileRequest(transaction, context, { action: releasingReports, object: title, reason: purpose });
      addReportRequest(transaction, {
        ...{ approvalId: id, spec: JSON.stringify(spec), contentHash: hash, title, marking, counts, withheld },
      });
      return id;
    }),
  );
}
