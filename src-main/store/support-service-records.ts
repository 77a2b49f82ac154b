import type { Connection } from './connection.ts';
import { queries } from './drizzle.ts';
import { supportService } from './schema.ts';
import type { WriteTransaction } from './vault-store.ts';

/** A service as it was entered, or its withdrawal; never changed afterwards. */
export type SupportServiceRecord = typeof supportService.$inferSelect;

/** Everything that was entered and withdrawn, the oldest first. */
export function listSupportServices(connection: Connection): SupportServiceRecord[] {
  return queries(connection).select().from(supportService).orderBy(supportService.id).all();
}

/** Adds a service or a withdrawal; gives its number. */
export function addSupportService({ connection }: WriteTransaction, record: Omit<SupportServiceRecord, 'id'>): number {
  return Number(queries(connection).insert(supportService).values(record).run().lastInsertRowid);
}

/** What is on offer now, by name. */
export function servicesOnOffer(connection: Connection): ReadonlyMap<string, SupportServiceRecord> {
  const newest = new Map(listSupportServices(connection).map((record) => [record.service, record]));
  return new Map([...newest].filter(([, { kind }]) => kind === 'entered').sort(([a], [b]) => (a < b ? -1 : 1)));
}
