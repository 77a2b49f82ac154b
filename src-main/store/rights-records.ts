import type { Connection } from './connection.ts';
import { asc, desc, eq, queries } from './drizzle.ts';
import type { RemovedRows } from './erase-person.ts';
import type { PersonSet } from './person-tables.ts';
import { approval, erasedReference, erasure } from './schema.ts';
import type { WriteTransaction } from './vault-store.ts';

export type ApprovalState = 'waiting' | 'approved' | 'declined' | 'done';
export type ApprovalRecord = Omit<typeof approval.$inferSelect, 'state'> & { readonly state: ApprovalState };

/** Files a request that another person has to agree to; gives its number. */
export function addApproval(
  { connection }: WriteTransaction,
  request: Pick<ApprovalRecord, 'action' | 'object' | 'reason' | 'requestedAt' | 'requestedBy'>,
): number {
  const { lastInsertRowid } = queries(connection)
    .insert(approval)
    .values({ ...request, state: 'waiting', note: '' })
    .run();
  return Number(lastInsertRowid);
}

export function findApproval(connection: Connection, id: number): ApprovalRecord | null {
  const row = queries(connection).select().from(approval).where(eq(approval.id, id)).get();
  return row ? (row as ApprovalRecord) : null;
}

/** Every request, newest first. */
export function listApprovals(connection: Connection): ApprovalRecord[] {
  return queries(connection).select().from(approval).orderBy(desc(approval.id)).all() as ApprovalRecord[];
}

export function setApproval(
  { connection }: WriteTransaction,
  id: number,
  change: Partial<Pick<ApprovalRecord, 'state' | 'decidedAt' | 'decidedBy' | 'note'>>,
): void {
  queries(connection).update(approval).set(change).where(eq(approval.id, id)).run();
}

export type ErasureRecord = Omit<typeof erasure.$inferSelect, 'removed'> & { readonly removed: RemovedRows };

/** Records an erasure, and the references whose rows are dropped when they come again. */
export function addErasure(
  { connection }: WriteTransaction,
  record: Omit<ErasureRecord, 'id'>,
  set: PersonSet,
): number {
  const store = queries(connection);
  const { lastInsertRowid } = store
    .insert(erasure)
    .values({ ...record, removed: JSON.stringify(record.removed) })
    .run();
  const erasureId = Number(lastInsertRowid);
  const aliases = set.aliases.map(({ alias, from, to }) => ({ pseudonym: alias, fromDay: from, toDay: to }));
  const references = [{ pseudonym: set.pseudonym, fromDay: null, toDay: null }, ...aliases];
  for (const reference of references)
    store
      .insert(erasedReference)
      .values({ erasureId, ...reference })
      .run();
  return erasureId;
}

export function listErasures(connection: Connection): ErasureRecord[] {
  return queries(connection)
    .select()
    .from(erasure)
    .orderBy(desc(erasure.id))
    .all()
    .map((row) => ({ ...row, removed: JSON.parse(row.removed) as RemovedRows }));
}

/** A reference whose rows are dropped; days are those on which it was the erased person's, both null for their own. */
export type ErasedReference = readonly [pseudonym: string, from: number | null, to: number | null];

export function erasedReferences(connection: Connection): ErasedReference[] {
  return queries(connection)
    .select()
    .from(erasedReference)
    .orderBy(asc(erasedReference.id))
    .all()
    .map(({ pseudonym, fromDay, toDay }) => [pseudonym, fromDay, toDay] as const);
}
