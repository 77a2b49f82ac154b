import type { Connection } from './connection.ts';
import { desc, queries } from './drizzle.ts';
import { retentionDecision, retentionPeriod } from './schema.ts';
import type { WriteTransaction } from './vault-store.ts';

export type RetentionPeriod = typeof retentionPeriod.$inferSelect;

/** Periods that somebody has set, by kind. */
export function retentionPeriods(connection: Connection): ReadonlyMap<string, RetentionPeriod> {
  const rows = queries(connection).select().from(retentionPeriod).all();
  return new Map(rows.map((row) => [row.kind, row]));
}

export function setRetentionPeriod({ connection }: WriteTransaction, period: RetentionPeriod): void {
  const { kind: _, ...set } = period;
  queries(connection)
    .insert(retentionPeriod)
    .values(period)
    .onConflictDoUpdate({ target: retentionPeriod.kind, set })
    .run();
}

export type BatchRows = { readonly batch: number; readonly rows: number };
export type RetentionDecision = Omit<typeof retentionDecision.$inferSelect, 'id' | 'removed' | 'decision'> & {
  readonly decision: 'kept' | 'deleted';
  readonly removed: readonly BatchRows[];
};

export function addRetentionDecision({ connection }: WriteTransaction, decision: RetentionDecision): void {
  queries(connection)
    .insert(retentionDecision)
    .values({ ...decision, removed: JSON.stringify(decision.removed) })
    .run();
}

/** Every decision, newest first. */
export function retentionDecisions(connection: Connection): RetentionDecision[] {
  return queries(connection)
    .select()
    .from(retentionDecision)
    .orderBy(desc(retentionDecision.id))
    .all()
    .map(({ id: _, decision, removed, ...rest }) => ({
      ...rest,
      decision: decision as RetentionDecision['decision'],
      removed: JSON.parse(removed) as BatchRows[],
    }));
}
