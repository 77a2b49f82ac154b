import type { Connection } from './connection.ts';
import { queries } from './drizzle.ts';
import { peerDecision } from './schema.ts';
import type { WriteTransaction } from './vault-store.ts';

/** A decision on a match as it was made; never changed afterwards. */
export type PeerDecisionRecord = typeof peerDecision.$inferSelect;

/** Every decision, the oldest first. */
export function listPeerDecisions(connection: Connection): PeerDecisionRecord[] {
  return queries(connection).select().from(peerDecision).orderBy(peerDecision.id).all();
}

/** Adds a decision; gives its number. */
export function addPeerDecision({ connection }: WriteTransaction, record: Omit<PeerDecisionRecord, 'id'>): number {
  return Number(queries(connection).insert(peerDecision).values(record).run().lastInsertRowid);
}
