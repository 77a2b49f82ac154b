import { listReportRequests, type ReportRequestRecord } from '#main/store/report-request-records.ts';
import type { OutputOf } from '#shared/contract/index.ts';
import { reportSpecSchema } from '#shared/contract/report-spec.ts';
import type { ReportRequest } from '#shared/contract/reports.ts';
import { outcomeKinds } from '#shared/domain/pilot.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { needsTwoPeople } from '../../approvals/index.ts';
import type { VaultContext } from '../../call-context.ts';
import { outcomeRefusal } from '../../pilots/index.ts';
import { makeReport } from '../make-report.ts';
import { leavingOf } from './leaving.ts';

function told({ contentHash: _, spec, ...request }: ReportRequestRecord): ReportRequest {
  const parsed = reportSpecSchema.safeParse(JSON.parse(spec));
  return { ...request, spec: parsed.success ? parsed.data : null };
}

/** The words of an author may quote outcomes, which the list would tell to whom no report would. */
function withoutWords(request: ReportRequest): ReportRequest {
  if (request.spec === null || !('narrative' in request.spec)) return request;
  const { narrative: _, ...spec } = request.spec;
  return { ...request, spec };
}

export function reportRequests({ vault }: VaultContext): Result<OutputOf<'reports.requests'>> {
  const all = listReportRequests(vault.store.connection).map(told);
  const requests = outcomeRefusal(vault, outcomeKinds) === null ? all : all.map(withoutWords);
  return ok({ requests, twoPeople: needsTwoPeople(vault) });
}

/**
 * The report that somebody asked to release, made again as it would leave now. What whoever looks may not see, such as
 * outcomes of a pilot whose plan is open, is refused here as everywhere.
 */
export async function lookAtRequest(context: VaultContext, id: number): Promise<Result<OutputOf<'reports.look'>>> {
  const asked = listReportRequests(context.vault.store.connection).find((request) => request.id === id);
  if (asked === undefined)
    return fail('NOT_FOUND', 'There is no such request to release a report.', 'Nothing was read.');
  const request = told(asked);
  if (request.spec === null) {
    return fail(
      'BAD_SPEC',
      'The report was asked for with options that this version does not know.',
      'Nothing was read. Ask for it again.',
    );
  }
  const made = await makeReport(context, request.spec);
  if (!made.ok) return made;
  const leaving = leavingOf(context, made.value);
  return ok({ request, document: { ...made.value.document }, leaving, same: leaving.hash === asked.contentHash });
}
