import type { Connection } from './connection.ts';
import { desc, queries } from './drizzle.ts';
import { report } from './schema.ts';
import type { WriteTransaction } from './vault-store.ts';

export type ReportRecord = {
  readonly title: string;
  readonly from: string;
  readonly to: string;
  readonly builtAt: string;
  readonly builtBy: string;
  readonly folder: string;
  readonly manifestHash: string;
};

export function addReportRecord({ connection }: WriteTransaction, { from, to, ...record }: ReportRecord): void {
  queries(connection)
    .insert(report)
    .values({ ...record, fromDay: from, toDay: to })
    .run();
}

/** The reports built from this vault, newest first. */
export function listReportRecords(connection: Connection): ReportRecord[] {
  const { title, fromDay, toDay, builtAt, builtBy, folder, manifestHash } = report;
  return queries(connection)
    .select({ title, from: fromDay, to: toDay, builtAt, builtBy, folder, manifestHash })
    .from(report)
    .orderBy(desc(report.id))
    .all();
}
