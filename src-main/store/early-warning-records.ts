import type { Connection } from './connection.ts';
import { queries } from './drizzle.ts';
import { earlyWarningEvent, earlyWarningModel } from './schema.ts';
import type { WriteTransaction } from './vault-store.ts';

/** A model as it was kept; never changed afterwards. */
export type EarlyWarningModelRecord = typeof earlyWarningModel.$inferSelect;
export type EarlyWarningEventRecord = typeof earlyWarningEvent.$inferSelect;

/** Every model, in the order of keeping. */
export function listEarlyWarningModels(connection: Connection): EarlyWarningModelRecord[] {
  return queries(connection).select().from(earlyWarningModel).orderBy(earlyWarningModel.id).all();
}

/** Who put which model into use or out of it, the oldest first. */
export function listEarlyWarningEvents(connection: Connection): EarlyWarningEventRecord[] {
  return queries(connection).select().from(earlyWarningEvent).orderBy(earlyWarningEvent.id).all();
}

/** Adds a model; gives its number. The store refuses one that is not fit, and one that is kept already. */
export function addEarlyWarningModel(
  { connection }: WriteTransaction,
  model: Omit<EarlyWarningModelRecord, 'id'>,
): number {
  return Number(queries(connection).insert(earlyWarningModel).values(model).run().lastInsertRowid);
}

/** Adds an event. The store refuses an author who would put their own model into use. */
export function addEarlyWarningEvent(
  { connection }: WriteTransaction,
  event: Omit<EarlyWarningEventRecord, 'id'>,
): void {
  queries(connection).insert(earlyWarningEvent).values(event).run();
}
