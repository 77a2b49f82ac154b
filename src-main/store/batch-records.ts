import type { Batch, Reject } from '#shared/contract/imports.ts';
import { isoOfDay } from '#shared/domain/dates.ts';
import { problemMessage } from '#shared/domain/import-problems.ts';
import type { Connection } from './connection.ts';
import type { WriteTransaction } from './vault-store.ts';

export type BatchStart = {
  readonly kind: string;
  readonly fileName: string;
  readonly mapping: string;
  readonly at: string;
  readonly user: string;
};

export type BatchEnd = {
  readonly fileHash: string;
  readonly fileBytes: number;
  readonly read: number;
  readonly accepted: number;
  readonly superseded: number;
  readonly rejected: number;
  readonly duplicate: number;
  readonly firstDay: number | null;
  readonly lastDay: number | null;
  readonly problems: string;
  readonly warnings: string;
};

/** Opens the record of a batch, so that its rows have something to point at; `endBatch` fills in what it turned out to be. */
export function startBatch({ connection }: WriteTransaction, batch: BatchStart): number {
  const { lastInsertRowid } = connection
    .prepare(
      `INSERT INTO batch (kind, file_name, file_hash, file_bytes, mapping, imported_at, imported_by,
         read, accepted, superseded, rejected, duplicate, first_day, last_day, problems, warnings)
       VALUES (@kind, @fileName, '', 0, @mapping, @at, @user, 0, 0, 0, 0, 0, NULL, NULL, '[]', '[]')`,
    )
    .run(batch);
  return Number(lastInsertRowid);
}

export function endBatch({ connection }: WriteTransaction, id: number, batch: BatchEnd): void {
  connection
    .prepare(
      `UPDATE batch SET file_hash = @fileHash, file_bytes = @fileBytes, read = @read, accepted = @accepted,
         superseded = @superseded, rejected = @rejected, duplicate = @duplicate, first_day = @firstDay,
         last_day = @lastDay, problems = @problems, warnings = @warnings WHERE id = @id`,
    )
    .run({ ...batch, id });
}

type BatchRow = {
  readonly id: number;
  readonly kind: string;
  readonly file_name: string;
  readonly file_hash: string;
  readonly imported_at: string;
  readonly imported_by: string;
  readonly read: number;
  readonly accepted: number;
  readonly superseded: number;
  readonly rejected: number;
  readonly duplicate: number;
  readonly first_day: number | null;
  readonly last_day: number | null;
};

function batchOf(row: BatchRow): Batch {
  return {
    batch: row.id,
    kind: row.kind,
    fileName: row.file_name,
    fileHash: row.file_hash,
    importedAt: row.imported_at,
    importedBy: row.imported_by,
    rows: {
      read: row.read,
      accepted: row.accepted,
      superseded: row.superseded,
      rejected: row.rejected,
      duplicate: row.duplicate,
    },
    from: row.first_day === null ? null : isoOfDay(row.first_day),
    to: row.last_day === null ? null : isoOfDay(row.last_day),
  };
}

/** All batches, newest first. */
export function listBatches(connection: Connection): Batch[] {
  return connection.prepare<[], BatchRow>('SELECT * FROM batch ORDER BY id DESC').all().map(batchOf);
}

export function findBatch(connection: Connection, id: number): Batch | null {
  const row = connection.prepare<[number], BatchRow>('SELECT * FROM batch WHERE id = ?').get(id);
  return row ? batchOf(row) : null;
}

/** Whether a batch in the vault came from this very file, read the same way. */
export function holdsSameFile(connection: Connection, fileHash: string, kind: string, mapping: string): boolean {
  return (
    connection
      .prepare('SELECT 1 FROM batch WHERE file_hash = ? AND kind = ? AND mapping = ? LIMIT 1')
      .get(fileHash, kind, mapping) !== undefined
  );
}

export function countRejects(connection: Connection, batch: number): number {
  return connection.prepare<[number], number>('SELECT count(*) FROM reject WHERE batch_id = ?').pluck().get(batch) ?? 0;
}

/** Located problems of a batch in file order; the rows themselves stay sealed. */
export function readRejects(connection: Connection, batch: number, offset: number, limit: number): Reject[] {
  const rows = connection
    .prepare<[number, number, number], { row: number; column_name: string; code: string }>(
      'SELECT row, column_name, code FROM reject WHERE batch_id = ? AND sequence > ? ORDER BY sequence LIMIT ?',
    )
    .all(batch, offset, limit);
  return rows.map((reject) => ({
    row: reject.row,
    column: reject.column_name,
    code: reject.code,
    message: problemMessage(reject.code),
  }));
}

/** Whether a batch of the kind came from a file of this length: only then is it worth reading the file for its hash. */
export function holdsFileOfLength(connection: Connection, bytes: number, kind: string): boolean {
  return (
    connection.prepare('SELECT 1 FROM batch WHERE file_bytes = ? AND kind = ? LIMIT 1').get(bytes, kind) !== undefined
  );
}

export function removeBatchRecord({ connection }: WriteTransaction, id: number): void {
  connection.prepare('DELETE FROM batch WHERE id = ?').run(id);
}
