import type { Connection } from './connection.ts';
import { asc, eq, queries } from './drizzle.ts';
import { caseSummary } from './schema.ts';
import type { WriteTransaction } from './vault-store.ts';

export type CaseSummaryRecord = {
  readonly caseId: number;
  readonly at: string;
  readonly user: string;
  readonly manifestHash: string;
  /** Sealed to the clinic key. */
  readonly box: Buffer;
};

export function addCaseSummary({ connection }: WriteTransaction, record: CaseSummaryRecord): void {
  queries(connection).insert(caseSummary).values(record).run();
}

/** The summaries that were made of a case, oldest first. */
export function caseSummariesOf(connection: Connection, caseId: number): CaseSummaryRecord[] {
  const { at, user, manifestHash, box } = caseSummary;
  return queries(connection)
    .select({ caseId: caseSummary.caseId, at, user, manifestHash, box })
    .from(caseSummary)
    .where(eq(caseSummary.caseId, caseId))
    .orderBy(asc(caseSummary.id))
    .all();
}
