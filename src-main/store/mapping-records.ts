import type { Connection } from './connection.ts';
import { asc, desc, eq, inArray, isNull, queries } from './drizzle.ts';
import { savedMapping } from './schema.ts';
import type { WriteTransaction } from './vault-store.ts';

export type MappingRecord = typeof savedMapping.$inferSelect;

/** Every version of every saved mapping: names in order, newest version first. */
export function listMappingRecords(connection: Connection): MappingRecord[] {
  return queries(connection)
    .select()
    .from(savedMapping)
    .orderBy(asc(savedMapping.name), desc(savedMapping.version))
    .all();
}

/** The versions of one mapping, newest first; names differ by more than their case. */
export function mappingVersions(connection: Connection, name: string): MappingRecord[] {
  const wanted = name.toLowerCase();
  return listMappingRecords(connection).filter((record) => record.name.toLowerCase() === wanted);
}

/** Whether two saved mappings, null for none, read a file alike: they differ in name, version or pattern at most. */
export function readAlike(connection: Connection, one: number | null, other: number | null): boolean {
  if (one === null || other === null) return one === other;
  const bodies = queries(connection)
    .select({ body: savedMapping.body })
    .from(savedMapping)
    .where(inArray(savedMapping.id, [one, other]))
    .all()
    .map(({ body }) => JSON.stringify({ ...JSON.parse(body), name: '' }));
  return bodies.every((body) => body === bodies[0]);
}

/** The newest version of each mapping that is in use. */
export function mappingsInUse(connection: Connection): MappingRecord[] {
  const records = queries(connection)
    .select()
    .from(savedMapping)
    .where(isNull(savedMapping.retiredAt))
    .orderBy(desc(savedMapping.version))
    .all();
  const newest = new Map<string, MappingRecord>();
  for (const record of records) if (!newest.has(record.name)) newest.set(record.name, record);
  return [...newest.values()].sort((a, b) => b.id - a.id);
}

/** Stores a version and brings its name back into use. */
export function addMappingRecord(
  { connection }: WriteTransaction,
  record: Omit<MappingRecord, 'id' | 'retiredAt'>,
): number {
  queries(connection).update(savedMapping).set({ retiredAt: null }).where(eq(savedMapping.name, record.name)).run();
  return Number(queries(connection).insert(savedMapping).values(record).run().lastInsertRowid);
}

export function retireMappingRecords({ connection }: WriteTransaction, name: string, at: string): void {
  queries(connection).update(savedMapping).set({ retiredAt: at }).where(eq(savedMapping.name, name)).run();
}
