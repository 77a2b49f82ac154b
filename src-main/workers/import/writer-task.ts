import { isAscii } from 'node:buffer';
import { parentPort, workerData } from 'node:worker_threads';
import { zero } from '#main/crypto/secret-bytes.ts';
import { endBatch, startBatch } from '#main/store/batch-records.ts';
import { BatchWriter } from '#main/store/batch-writer.ts';
import { layoutOf, shapeOf } from '#main/store/extract-layout.ts';
import { createSideWriter, type SealedRecord, type SideWriter } from '#main/store/import-sides.ts';
import { compareLeading, type RowChunk } from '#main/store/row-chunk.ts';
import { storeError } from '#main/store/store-error.ts';
import {
  joinVaultStore,
  type LongTransaction,
  type VaultStore,
  type WriteTransaction,
} from '#main/store/vault-store.ts';
import { noteWatchedFile } from '#main/store/watched-files.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { problemMessage, warningMessage } from '#shared/domain/import-problems.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { sendFailure } from '../task-failure.ts';
import { HeldSafety } from './held-safety.ts';
import { type RowPlace, RunMerger, runOfChunk } from './merge-runs.ts';
import type {
  NoteEntry,
  ReaderChunk,
  ReaderEnd,
  ReaderMessage,
  RejectEntry,
  WriterData,
  WriterMessage,
} from './protocol.ts';
import { StagingFile } from './staging.ts';

const rejectsShown = 1_000;
const progressEveryMs = 120;

const data = workerData as WriterData;
const { job } = data;
const shape = shapeOf(layoutOf(job.kind));

function post(message: WriterMessage): void {
  parentPort?.postMessage(message);
}

function fileChanged(): ExpectedError {
  return new ExpectedError(
    'BAD_FILE',
    'The file was changed while it was being loaded.',
    'Nothing of it was kept. It is looked at again once it stays as it is.',
    { changed: true },
  );
}

function cancelled(): ExpectedError {
  return new ExpectedError('CANCELLED', 'The import was cancelled.', 'Nothing of the file was kept.');
}

/** Takes chunks from the reader to the store: merges, de-duplicates, writes or only counts. */
class ImportWriter {
  readonly #store: VaultStore;
  readonly #long: LongTransaction | null;
  readonly #batch: number | null;
  readonly #sides: SideWriter | null;
  readonly #merger = new RunMerger(shape);
  readonly #writer: BatchWriter;
  #staging: StagingFile | null = null;
  #runBytes = 0;
  #taken = 0;
  /** Rows with a lesser leading key than this one's have been written. */
  #watermark: RowPlace | null = null;
  #lastProgress = 0;
  readonly #rejects: RejectEntry[] = [];
  readonly #rejectCounts = new Map<string, number>();
  readonly #notes: NoteEntry[] = [];
  readonly #identities: SealedRecord[] = [];
  readonly #answers: SealedRecord[] = [];

  constructor(store: VaultStore) {
    this.#store = store;
    // The batch writer checks references itself, each once; row by row they would cost a fifth of the whole import.
    if (!job.dryRun) store.connection.pragma('foreign_keys = OFF');
    // Folded at the end, once, when the answer has been given.
    if (!job.dryRun) store.connection.pragma('wal_autocheckpoint = 0');
    this.#long = job.dryRun ? null : store.begin();
    const mapping = canonicalJson(job.mapping);
    this.#batch = this.#long
      ? startBatch(this.#long.transaction, {
          kind: job.kind,
          fileName: job.fileName,
          mapping,
          at: job.at,
          user: job.user,
        })
      : null;
    this.#sides = this.#long && this.#batch !== null ? createSideWriter(this.#long.transaction, this.#batch) : null;
    this.#writer = new BatchWriter({
      connection: store.connection,
      kind: job.kind,
      batchId: this.#batch,
      confirm: !job.sameFile,
      trackRows: job.sameFile,
    });
  }

  /** False when streaming has met rows that belong before what is written, so that the import must start again sorted. */
  take(chunk: ReaderChunk): boolean {
    this.#checkCancel();
    this.#takeSides(chunk);
    if (chunk.count > 0) {
      const text = Buffer.from(chunk.text.buffer, chunk.text.byteOffset, chunk.text.byteLength);
      const rows: RowChunk = { count: chunk.count, numbers: chunk.numbers, text, ascii: isAscii(text) };
      if (job.streaming) {
        const mark = this.#watermark;
        if (mark && compareLeading(shape, rows, 0, mark.chunk, mark.row) < 0) return false;
        this.#merger.add(runOfChunk(rows));
        this.#watermark = { chunk: rows, row: 0 };
        this.#drain(this.#watermark);
      } else {
        this.#keepRun(rows);
      }
    }
    this.#progress('Reading and checking', chunk.bytesRead, chunk.bytesTotal, 'bytes');
    return true;
  }

  finish(end: ReaderEnd): WriterMessage {
    this.#drain(null, end.read - end.rejected);
    this.#staging?.close();
    this.#staging = null;
    const counts = this.#writer.finish();
    const rows = {
      read: end.read,
      accepted: counts.accepted,
      superseded: counts.superseded,
      rejected: end.rejected,
      duplicate: counts.duplicate,
    };
    const rejectsByCode = [...this.#rejectCounts]
      .map(([name, count]) => {
        const [column = '', code = ''] = name.split('\n');
        return { column, code, count, message: problemMessage(code) };
      })
      .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
    const notes = [...this.#notes, ...this.#writer.notes].sort((a, b) => a[0] - b[0]);
    const warnings = [...end.warnings, ...this.#writer.noteCounts].map(([code, count]) => ({
      code,
      count,
      message: warningMessage(code, count),
    }));
    if (this.#long && this.#batch !== null) {
      this.#writeSealed();
      this.#sides?.addNotes(notes);
      endBatch(this.#long.transaction, this.#batch, {
        ...rows,
        fileHash: end.fileHash,
        fileBytes: end.fileBytes,
        firstDay: counts.firstDay,
        lastDay: counts.lastDay,
        problems: JSON.stringify(rejectsByCode),
        warnings: JSON.stringify(warnings),
      });
      this.#noteWatched(this.#long.transaction, this.#batch, end.fileHash);
      this.#checkCancel();
      this.#long.commit({
        at: job.at,
        user: job.user,
        action: 'import.load',
        object: `batch ${this.#batch}`,
        outcome: 'done',
        details: { kind: job.kind, fileHash: end.fileHash, ...rows },
      });
    }
    const rejects = this.#rejects
      .slice(0, job.allRejects ? undefined : rejectsShown)
      .map(([row, column, code]) => ({ row, column, code, message: problemMessage(code) }));
    const located = notes.map(([row, column, code]) => ({ row, column, code, message: problemMessage(code) }));
    return { type: 'done', outcome: { batch: this.#batch, rows, rejects, rejectsByCode, warnings, notes: located } };
  }

  close(): void {
    this.#long?.rollback();
    this.#staging?.close();
    this.#store.close();
    zero(data.dataKey);
  }

  #noteWatched(transaction: WriteTransaction, batchId: number, fileHash: string): void {
    if (!job.watched) return;
    const { content, mappingId } = job.watched;
    if (content.fileHash !== fileHash) throw fileChanged();
    const note = { state: 'loaded', reasonCode: '', reason: '', batchId, seenAt: job.at } as const;
    noteWatchedFile(transaction, { ...content, ...note, mappingId });
  }

  #checkCancel(): void {
    if (Atomics.load(data.cancelFlag, 0) === 1) throw cancelled();
  }

  #takeSides(chunk: ReaderChunk): void {
    for (const entry of chunk.rejects) {
      const name = `${entry[1]}\n${entry[2]}`;
      this.#rejectCounts.set(name, (this.#rejectCounts.get(name) ?? 0) + 1);
      if (job.allRejects || this.#rejects.length < rejectsShown) this.#rejects.push(entry);
    }
    this.#notes.push(...chunk.notes);
    this.#identities.push(...chunk.identities);
    this.#answers.push(...chunk.answers);
    if (!this.#sides) return;
    this.#sides.addCodes(chunk.codes);
    this.#sides.addPersons(chunk.persons);
    this.#sides.addRejects(chunk.rejects);
    this.#sides.addSealedRejects(chunk.sealedRejects);
    if (!job.sameFile && !job.watched?.safetyIsHeld) this.#sides.addSafety(chunk.safety, job.at);
  }

  /** Sealed values cannot be compared, so a file that is loaded again adds none for rows that it changes nothing of. */
  #writeSealed(): void {
    const wanted = (records: readonly SealedRecord[]): readonly SealedRecord[] =>
      job.sameFile ? records.filter((record) => this.#writer.acceptedRows.has(record.row)) : records;
    this.#sides?.addIdentities(wanted(this.#identities));
    this.#sides?.addAnswers(wanted(this.#answers));
  }

  #keepRun(rows: RowChunk): void {
    const bytes = rows.numbers.byteLength + rows.text.byteLength;
    if (this.#runBytes + bytes <= job.memoryForRunsBytes) {
      this.#runBytes += bytes;
      this.#merger.add(runOfChunk(rows));
      return;
    }
    this.#staging ??= new StagingFile(shape, job.folder);
    this.#merger.add(this.#staging.put(rows));
  }

  #drain(bound: RowPlace | null, total: number | null = null): void {
    this.#merger.drain(bound, (chunk, row) => {
      this.#writer.add(chunk, row);
      this.#taken += 1;
      if ((this.#taken & 0xfff) === 0) {
        this.#checkCancel();
        if (total !== null) this.#progress('Writing', this.#taken, total, 'rows');
      }
    });
  }

  #progress(stage: string, done: number, total: number | null, unit: 'rows' | 'bytes'): void {
    const now = performance.now();
    if (now - this.#lastProgress < progressEveryMs) return;
    this.#lastProgress = now;
    post({ type: 'progress', stage, done, total, unit });
  }
}

const store = joinVaultStore(job.folder, data.dataKey);
let writer: ImportWriter | HeldSafety | null = null;

function stop(): void {
  data.fromReader.close();
  writer?.close();
  writer = null;
}

function fail(error: unknown): void {
  sendFailure(parentPort, storeError(error));
  stop();
}

try {
  const hold = job.watched?.hold ? new HeldSafety(store, data) : null;
  const opened = hold ?? new ImportWriter(store);
  writer = opened;
  data.fromReader.on('message', (message: ReaderMessage) => {
    if (!writer) return;
    try {
      if (message.type === 'chunk') {
        if (opened.take(message)) {
          data.fromReader.postMessage('taken');
        } else {
          post({ type: 'restart' });
          stop();
        }
      } else if (message.type === 'end') {
        // The batch is safe in the log: whoever waits for it is told before the log is folded into the store.
        post(opened.finish(message));
        store.foldLog('PASSIVE');
        stop();
      } else {
        // What was read of a file that breaks off counts: an answer in it was given.
        if (!message.cancelled) hold?.finish();
        stop();
      }
    } catch (error) {
      fail(error);
    }
  });
} catch (error) {
  sendFailure(parentPort, storeError(error));
  data.fromReader.close();
  store.close();
}
