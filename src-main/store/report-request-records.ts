import type { Connection } from './connection.ts';
import { desc, eq, queries } from './drizzle.ts';
import type { ApprovalState } from './rights-records.ts';
import { approval, reportRequest } from './schema.ts';
import type { WriteTransaction } from './vault-store.ts';

/** What somebody asked to release: the spec as it was given, and the hash of the document that it made. */
type AskedReport = {
  readonly spec: string;
  readonly contentHash: string;
  readonly title: string;
  readonly marking: string;
  /** How many counts it held, and how many of them were withheld. */
  readonly counts: number;
  readonly withheld: number;
};

/** A request to release a report, with what became of it. */
export type ReportRequestRecord = AskedReport & {
  /** Of the approval. */
  readonly id: number;
  readonly reason: string;
  readonly requestedAt: string;
  readonly requestedBy: string;
  readonly state: ApprovalState;
  readonly decidedAt: string | null;
  readonly decidedBy: string | null;
  readonly note: string;
};

export function addReportRequest(
  { connection }: WriteTransaction,
  request: AskedReport & { readonly approvalId: number },
): void {
  queries(connection).insert(reportRequest).values(request).run();
}

/** Every request, newest first. */
export function listReportRequests(connection: Connection): ReportRequestRecord[] {
  const { id, reason, requestedAt, requestedBy, state, decidedAt, decidedBy, note } = approval;
  const { spec, contentHash, title, marking, counts, withheld } = reportRequest;
  return queries(connection)
    .select({
      ...{ id, reason, requestedAt, requestedBy, state, decidedAt, decidedBy, note },
      ...{ spec, contentHash, title, marking, counts, withheld },
    })
    .from(reportRequest)
    .innerJoin(approval, eq(reportRequest.approvalId, id))
    .orderBy(desc(reportRequest.id))
    .all() as ReportRequestRecord[];
}
