import type { Statement } from 'better-sqlite3';
import { type BatchNote, BatchNotes } from './batch-notes.ts';
import type { Connection } from './connection.ts';
import { type ExtractLayout, layoutOf, type RowShape, shapeOf } from './extract-layout.ts';
import { ReferenceCheck } from './reference-check.ts';
import { compareKeys, type RowChunk, sameValues } from './row-chunk.ts';

export type WriterCounts = {
  readonly accepted: number;
  readonly superseded: number;
  readonly duplicate: number;
  readonly firstDay: number | null;
  readonly lastDay: number | null;
};

type Stored = { readonly values: readonly unknown[]; readonly batchId: number; readonly row: number };
type Candidate = { readonly chunk: RowChunk; readonly row: number };
type Current = { readonly stored: Stored } | { readonly own: Candidate };

function sqlFor(layout: ExtractLayout, batchId: number | null) {
  const key = layout.key.map((column) => column.name);
  const all = [...key, ...layout.values.map((column) => column.name)];
  const marks = (count: number): string => Array.from({ length: count }, () => '?').join(', ');
  const where = key.map((name) => `${name} = ?`).join(' AND ');
  const { table } = layout;
  return {
    insert: (rows: number) =>
      `INSERT INTO ${table} (${all.join(', ')}, batch_id, row) VALUES ${Array.from({ length: rows }, () => `(${marks(all.length)}, ${batchId ?? 0}, ?)`).join(', ')}`,
    // Several records of one row may have one key; the last of them is the version that the row leaves.
    insertHistory: `INSERT OR REPLACE INTO ${table}_history (${all.join(', ')}, batch_id, row) VALUES (${marks(all.length + 2)})`,
    confirm: `INSERT INTO ${table}_confirmed (${key.join(', ')}, batch_id, row, held_batch_id, held_row) VALUES (${marks(key.length + 4)})`,
    remove: `DELETE FROM ${table} WHERE ${where}`,
    find: `SELECT ${layout.values.map((column) => column.name).join(', ')}, batch_id, row FROM ${table} WHERE ${where}`,
    any: `SELECT 1 FROM ${table} LIMIT 1`,
    nextFrom: `SELECT ${key[0]} FROM ${table} WHERE ${key[0]} >= ? ORDER BY ${key[0]} LIMIT 1`,
  };
}

/** Puts the columns from `from` up to `to` of a row into `target` from `at` on: NaN as null, texts decoded. */
function bindColumns(
  shape: RowShape,
  candidate: Candidate,
  from: number,
  to: number,
  target: unknown[],
  at: number,
): void {
  const { numbers, text, ascii } = candidate.chunk;
  const base = candidate.row * shape.width;
  for (let index = from; index < to; index += 1) {
    const { slot, storage } = shape.columns[index] as RowShape['columns'][number];
    const value = numbers[base + slot] as number;
    const place = at + index - from;
    if (Number.isNaN(value)) target[place] = null;
    else if (storage === 'number') target[place] = value;
    else target[place] = text.toString(ascii ? 'latin1' : 'utf8', value, numbers[base + slot + 1] as number);
  }
}

function sameAsStored(shape: RowShape, candidate: Candidate, stored: Stored): boolean {
  const values: unknown[] = [];
  bindColumns(shape, candidate, shape.keyColumns.length, shape.columns.length, values, 0);
  return values.every((value, index) => value === stored.values[index]);
}

const rowsAtOnce = 32;

export type BatchWriterOptions = {
  readonly connection: Connection;
  readonly kind: string;
  /** The batch the rows belong to, or null for a dry run, which reads and counts and writes nothing. */
  readonly batchId: number | null;
  /** Whether rows held already by another file's batch are remembered as held by this one too. */
  readonly confirm: boolean;
  /** Whether to remember which rows were accepted. */
  readonly trackRows: boolean;
};

/**
 * Takes sorted rows into the tables of an extract kind by the rules of `data.md`: a row equal to the one that stands is a
 * duplicate; one with the same key and other values is accepted and supersedes; within a file the last wins. A group whose
 * last row equals the one that stands changes nothing, so that loading a file again accepts none of it.
 */
export class BatchWriter {
  /** Numbers of the rows that the batch accepted, where `trackRows` was asked for. */
  readonly acceptedRows: Set<number> = new Set();

  readonly #options: BatchWriterOptions;
  readonly #shape: RowShape;
  readonly #daySlot: number | null;
  readonly #insertOne: Statement;
  readonly #insertMany: Statement;
  readonly #insertHistory: Statement;
  readonly #confirm: Statement;
  readonly #remove: Statement;
  readonly #find: Statement<unknown[], unknown[]>;
  readonly #nextFrom: Statement<[number | string], number | string>;
  /** Whether where the next stored row lies can be told by a number; where a key begins with a text it cannot. */
  readonly #leadsByNumber: boolean;
  readonly #hadRows: boolean;
  readonly #notes: BatchNotes;
  readonly #references: ReferenceCheck;
  readonly #rowLength: number;
  /** Values of rows that are settled and not yet inserted. */
  readonly #pending: unknown[];
  #pendingRows = 0;
  #accepted = 0;
  #superseded = 0;
  #duplicate = 0;
  #firstDay = Number.POSITIVE_INFINITY;
  #lastDay = Number.NEGATIVE_INFINITY;
  #group: Candidate[] = [];
  /** Where, from the present leading key on, the table next holds rows of earlier batches. */
  #nextStored = Number.NEGATIVE_INFINITY;
  /** The same for a key that begins with a text: undefined before it was looked for, null where no more are stored. */
  #nextStoredText: Buffer | null | undefined;

  constructor(options: BatchWriterOptions) {
    const { connection } = options;
    const layout = layoutOf(options.kind);
    const sql = sqlFor(layout, options.batchId);
    this.#options = options;
    this.#shape = shapeOf(layout);
    this.#daySlot = layout.dayColumn === null ? null : (this.#shape.slotOf.get(layout.dayColumn) ?? null);
    this.#insertOne = connection.prepare(sql.insert(1));
    this.#insertMany = connection.prepare(sql.insert(rowsAtOnce));
    this.#rowLength = this.#shape.columns.length + 1;
    this.#pending = new Array<unknown>(this.#rowLength * rowsAtOnce).fill(null);
    this.#insertHistory = connection.prepare(sql.insertHistory);
    this.#confirm = connection.prepare(sql.confirm);
    this.#remove = connection.prepare(sql.remove);
    this.#find = connection.prepare<unknown[], unknown[]>(sql.find).raw();
    this.#nextFrom = connection.prepare<[number | string], number | string>(sql.nextFrom).pluck();
    this.#leadsByNumber = layout.key[0]?.storage === 'number';
    this.#hadRows = connection.prepare(sql.any).get() !== undefined;
    this.#references = new ReferenceCheck(this.#shape);
    this.#notes = new BatchNotes(connection, options.kind, this.#shape, this.#hadRows);
  }

  /** Located notes on rows that were accepted, and how many there are of each code. */
  get notes(): readonly BatchNote[] {
    return this.#notes.notes;
  }

  get noteCounts(): readonly (readonly [code: string, count: number])[] {
    return this.#notes.counts;
  }

  /** Takes the next row. Rows come in key order, rows of one key in the order of the file. */
  add(chunk: RowChunk, row: number): void {
    const previous = this.#group[0];
    if (previous && compareKeys(this.#shape, previous.chunk, previous.row, chunk, row) !== 0) this.#flush();
    this.#group.push({ chunk, row });
  }

  /** Takes the last rows to the store and counts. */
  finish(): WriterCounts {
    this.#flush();
    for (let row = 0; row < this.#pendingRows; row += 1) {
      this.#insertOne.run(this.#pending.slice(row * this.#rowLength, (row + 1) * this.#rowLength));
    }
    this.#pendingRows = 0;
    if (this.#options.batchId !== null) this.#references.verify(this.#options.connection);
    return {
      accepted: this.#accepted,
      superseded: this.#superseded,
      duplicate: this.#duplicate,
      firstDay: Number.isFinite(this.#firstDay) ? this.#firstDay : null,
      lastDay: Number.isFinite(this.#lastDay) ? this.#lastDay : null,
    };
  }

  #flush(): void {
    const first = this.#group[0];
    if (!first) return;
    const stored = this.#storedFor(first);
    if (!stored && this.#group.length === 1) {
      this.#accept(first);
      this.#insert(first);
    } else {
      this.#settle(stored);
    }
    this.#group = [];
  }

  #settle(stored: Stored | null): void {
    const last = this.#group[this.#group.length - 1] as Candidate;
    if (stored && sameAsStored(this.#shape, last, stored)) {
      this.#duplicate += this.#group.length;
      this.#remember(last, stored);
      return;
    }
    let current: Current | null = stored ? { stored } : null;
    for (const candidate of this.#group) {
      if (current && this.#equals(candidate, current)) {
        this.#duplicate += 1;
        continue;
      }
      this.#accept(candidate);
      if (current) {
        this.#superseded += 1;
        this.#notes.superseding(candidate.chunk.numbers, candidate.row * this.#shape.width, this.#valueOf(current));
        this.#retire(current, candidate);
      }
      current = { own: candidate };
    }
    if (current && 'own' in current) this.#insert(current.own);
  }

  #storedFor(candidate: Candidate): Stored | null {
    if (!this.#hadRows) return null;
    if (!this.#leadsByNumber) return this.#liesBeforeStoredText(candidate) ? null : this.#findStored(candidate);
    const leading = candidate.chunk.numbers[candidate.row * this.#shape.width] as number;
    // Looked up before any row with this leading key is written, so it never meets rows of this batch.
    if (leading > this.#nextStored) {
      const found = this.#nextFrom.get(leading);
      this.#nextStored = found === undefined ? Number.POSITIVE_INFINITY : Number(found);
    }
    return leading < this.#nextStored ? null : this.#findStored(candidate);
  }

  /** The same where a key begins with a text; SQLite orders texts by their bytes. */
  #liesBeforeStoredText({ chunk, row }: Candidate): boolean {
    const base = row * this.#shape.width;
    const leading = chunk.text.subarray(chunk.numbers[base] as number, chunk.numbers[base + 1] as number);
    const next = this.#nextStoredText;
    if (next === null) return true;
    if (next !== undefined && leading.compare(next) <= 0) return leading.compare(next) < 0;
    const found = this.#nextFrom.get(leading.toString('utf8'));
    this.#nextStoredText = found === undefined ? null : Buffer.from(String(found), 'utf8');
    return this.#nextStoredText === null || leading.compare(this.#nextStoredText) < 0;
  }

  #findStored(candidate: Candidate): Stored | null {
    const found = this.#find.get(...this.#keyOf(candidate));
    if (!found) return null;
    const values = found.slice(0, -2);
    return { values, batchId: found[found.length - 2] as number, row: found[found.length - 1] as number };
  }

  /** Value of the version that stands, by its slot; null where it is empty. */
  #valueOf(current: Current): (slot: number) => number | null {
    return (slot) => {
      if ('own' in current) {
        const value = current.own.chunk.numbers[current.own.row * this.#shape.width + slot] as number;
        return Number.isNaN(value) ? null : value;
      }
      const index = this.#shape.columns.findIndex((column) => column.slot === slot) - this.#shape.keyColumns.length;
      return (current.stored.values[index] as number | null | undefined) ?? null;
    };
  }

  #equals(candidate: Candidate, current: Current): boolean {
    if ('stored' in current) return sameAsStored(this.#shape, candidate, current.stored);
    return sameValues(this.#shape, candidate.chunk, candidate.row, current.own.chunk, current.own.row);
  }

  #accept(candidate: Candidate): void {
    this.#accepted += 1;
    if (this.#options.trackRows) this.acceptedRows.add(this.#rowNumber(candidate));
    if (this.#daySlot === null) return;
    const day = candidate.chunk.numbers[candidate.row * this.#shape.width + this.#daySlot] as number;
    if (day < this.#firstDay) this.#firstDay = day;
    if (day > this.#lastDay) this.#lastDay = day;
  }

  #retire(current: Current, successor: Candidate): void {
    if (this.#options.batchId === null) return;
    if ('own' in current) {
      this.#insertHistory.run(...this.#rowOf(current.own));
      return;
    }
    const key = this.#keyOf(successor);
    this.#insertHistory.run([...key, ...current.stored.values, current.stored.batchId, current.stored.row]);
    this.#remove.run(key);
  }

  #remember(candidate: Candidate, stored: Stored): void {
    const { batchId, confirm } = this.#options;
    if (batchId === null || !confirm) return;
    this.#confirm.run([...this.#keyOf(candidate), batchId, this.#rowNumber(candidate), stored.batchId, stored.row]);
  }

  /** Many rows at once cost half of one by one: what is spent per statement outweighs the inserting. */
  #insert(candidate: Candidate): void {
    this.#notes.standing(candidate.chunk.numbers, candidate.row * this.#shape.width);
    if (this.#options.batchId === null) return;
    this.#references.note(candidate.chunk.numbers, candidate.row);
    const at = this.#pendingRows * this.#rowLength;
    bindColumns(this.#shape, candidate, 0, this.#shape.columns.length, this.#pending, at);
    this.#pending[at + this.#rowLength - 1] = this.#rowNumber(candidate);
    this.#pendingRows += 1;
    if (this.#pendingRows < rowsAtOnce) return;
    this.#insertMany.run(this.#pending);
    this.#pendingRows = 0;
  }

  #rowOf(candidate: Candidate): unknown[] {
    const values: unknown[] = [];
    bindColumns(this.#shape, candidate, 0, this.#shape.columns.length, values, 0);
    values.push(this.#options.batchId, this.#rowNumber(candidate));
    return values;
  }

  #keyOf(candidate: Candidate): unknown[] {
    const key: unknown[] = [];
    bindColumns(this.#shape, candidate, 0, this.#shape.keyColumns.length, key, 0);
    return key;
  }

  #rowNumber(candidate: Candidate): number {
    return candidate.chunk.numbers[candidate.row * this.#shape.width + this.#shape.rowSlot] as number;
  }
}
