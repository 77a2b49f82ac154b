import type { Connection } from './connection.ts';
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

export function addReportRecord({ connection }: WriteTransaction, record: ReportRecord): void {
  connection
    .prepare(
      `INSERT INTO report (title, from_day, to_day, built_at, built_by, folder, manifest_hash)
       VALUES (@title, @from, @to, @builtAt, @builtBy, @folder, @manifestHash)`,
    )
    .run(record);
}

/** The reports built from this vault, newest first. */
export function listReportRecords(connection: Connection): ReportRecord[] {
  return connection
    .prepare<[], ReportRecord>(
      `SELECT title, from_day AS "from", to_day AS "to", built_at AS builtAt, built_by AS builtBy, folder,
         manifest_hash AS manifestHash FROM report ORDER BY id DESC`,
    )
    .all();
}
