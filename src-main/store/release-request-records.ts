import type { Connection } from './connection.ts';
import { desc, eq, queries } from './drizzle.ts';
import type { ApprovalState } from './rights-records.ts';
import { approval, releaseRequest } from './schema.ts';
import type { WriteTransaction } from './vault-store.ts';

/** A request to let a bundle out, with what was asked for and the hash of what would leave. */
export type ReleaseRequestRecord = {
  /** Of the approval. */
  readonly id: number;
  readonly spec: string;
  readonly bodyHash: string;
  readonly reason: string;
  readonly requestedAt: string;
  readonly requestedBy: string;
  readonly state: ApprovalState;
  readonly decidedAt: string | null;
  readonly decidedBy: string | null;
  readonly note: string;
};

export function addReleaseRequest(
  { connection }: WriteTransaction,
  request: { readonly approvalId: number; readonly spec: string; readonly bodyHash: string },
): void {
  queries(connection).insert(releaseRequest).values(request).run();
}

/** Every request, newest first. */
export function listReleaseRequests(connection: Connection): ReleaseRequestRecord[] {
  const { id, reason, requestedAt, requestedBy, state, decidedAt, decidedBy, note } = approval;
  const { spec, bodyHash } = releaseRequest;
  return queries(connection)
    .select({ id, spec, bodyHash, reason, requestedAt, requestedBy, state, decidedAt, decidedBy, note })
    .from(releaseRequest)
    .innerJoin(approval, eq(releaseRequest.approvalId, id))
    .orderBy(desc(releaseRequest.id))
    .all() as ReleaseRequestRecord[];
}
