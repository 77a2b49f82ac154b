import type { ConsentStatement } from '#shared/domain/pilot-consent.ts';
import type { Connection } from './connection.ts';
import { asc, queries } from './drizzle.ts';
import { pilotStatement } from './schema.ts';
import type { WriteTransaction } from './vault-store.ts';

export type PilotStatementRecord = typeof pilotStatement.$inferSelect;

/** What people said here of taking part in pilots, in the order of recording. */
export function listPilotStatements(connection: Connection): PilotStatementRecord[] {
  return queries(connection).select().from(pilotStatement).orderBy(asc(pilotStatement.id)).all();
}

/** The same of one pilot, by pseudonym. */
export function readPilotStatements(
  connection: Connection,
  pilot: string,
): ReadonlyMap<string, readonly ConsentStatement[]> {
  const own = listPilotStatements(connection).filter((record) => record.pilot === pilot);
  const said = (record: PilotStatementRecord): ConsentStatement => {
    return { kind: record.kind, day: record.onDay, isDataUsed: record.isDataUsed === 1 };
  };
  return new Map([...Map.groupBy(own, ({ person }) => person)].map(([person, all]) => [person, all.map(said)]));
}

/** Adds what somebody said of taking part. */
export function addPilotStatement({ connection }: WriteTransaction, record: Omit<PilotStatementRecord, 'id'>): void {
  queries(connection).insert(pilotStatement).values(record).run();
}
