import type { Connection } from './connection.ts';
import { queries } from './drizzle.ts';
import { schemeAdoption } from './schema.ts';
import type { WriteTransaction } from './vault-store.ts';

/** That a scheme was adopted for the clinicians' list; never changed afterwards. */
export type SchemeAdoptionRecord = typeof schemeAdoption.$inferSelect;

/** The oldest first: the last is in use. */
export function listSchemeAdoptions(connection: Connection): SchemeAdoptionRecord[] {
  return queries(connection).select().from(schemeAdoption).orderBy(schemeAdoption.id).all();
}

/** Adds an adoption. The store refuses a scheme that is not approved, and its author. */
export function addSchemeAdoption({ connection }: WriteTransaction, adoption: Omit<SchemeAdoptionRecord, 'id'>): void {
  queries(connection).insert(schemeAdoption).values(adoption).run();
}
