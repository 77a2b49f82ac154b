import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { csvLimits } from '#main/files/limits.ts';
import { openForReading } from '#main/files/open-file.ts';
import { findBatch } from '#main/store/batch-records.ts';
import { readAlike } from '#main/store/mapping-records.ts';
import {
  holdsSafety,
  noteWatchedFile,
  type WatchedContent,
  type WatchedRecord,
  watchedContent,
} from '#main/store/watched-files.ts';
import type { RowCounts } from '#shared/contract/imports.ts';
import type { WatchEvent, WatchSettings } from '#shared/contract/watch.ts';
import { extractKindNamed } from '#shared/domain/extract-kinds/index.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { doneEvent, isoTime, type VaultContext } from '../call-context.ts';
import { importWatched } from '../imports/index.ts';
import { judgeFile, type Reading, type Verdict, verdictOf } from './judge-file.ts';
import { type FileMark, markOf, sameMark } from './scan-folder.ts';

export type FileToHandle = {
  readonly name: string;
  readonly mark: FileMark;
  /** Whether somebody asked for it to be looked at again, whatever was decided. */
  readonly asked: boolean;
  readonly tell: (state: 'checking' | 'loading', kind: string | null) => void;
};

export type Handled =
  /** It changed meanwhile: it must rest again first. */
  | { readonly became: 'changed' }
  /** It was dealt with before. */
  | { readonly became: 'known' }
  | { readonly became: 'loaded'; readonly event: WatchEvent }
  /** `noted`: whether the vault has a note of it. */
  | {
      readonly became: 'waiting';
      readonly event: WatchEvent;
      readonly noted: boolean;
      readonly fileHash: string | null;
    };

type Refusal = Extract<Verdict, { passes: false }>;

async function hashOf(path: string, signal: AbortSignal): Promise<string> {
  const { handle } = await openForReading(path, csvLimits.fileBytes);
  const hash = createHash('sha256');
  try {
    await pipeline(handle.createReadStream({ autoClose: false, highWaterMark: 1024 ** 2 }), hash, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new ExpectedError('CANCELLED', 'Watching was stopped.', 'Nothing of the file was kept.');
  } finally {
    await handle.close();
  }
  return hash.digest('hex');
}

function eventOf(
  event: 'loaded' | 'waiting',
  name: string,
  reading: Reading | null,
  more: {
    readonly batch: number | null;
    readonly rows: RowCounts | null;
    readonly code?: string;
    readonly reason?: string;
  },
): WatchEvent {
  const saved = reading?.saved ?? null;
  return {
    event,
    file: name,
    kind: reading?.mapping.kind ?? null,
    mapping: saved === null ? null : { name: saved.name, version: saved.version },
    batch: more.batch,
    rows: more.rows,
    code: more.code ?? null,
    reason: more.reason ?? null,
  };
}

function stillWritten(name: string, refusal: Refusal): Handled {
  const event = eventOf('waiting', name, refusal.reading, refusal);
  return { became: 'waiting', event, noted: false, fileHash: null };
}

/** Whether safety answers of this content were taken by a mapping that reads as this one does. */
function safetyIsHeld(context: VaultContext, known: WatchedRecord | null, mappingId: number | null): boolean {
  if (!known) return false;
  const { connection } = context.vault.store;
  return holdsSafety(connection, known.id) && readAlike(connection, known.mappingId, mappingId);
}

async function load(
  context: VaultContext,
  content: WatchedContent,
  reading: Reading,
  known: WatchedRecord | null,
): Promise<{ readonly event: WatchEvent } | Refusal> {
  const { mapping } = reading;
  const mappingId = reading.saved?.id ?? null;
  const file = join(content.folder, content.fileName);
  const watched = { content, mappingId, safetyIsHeld: safetyIsHeld(context, known, mappingId), hold: null };
  try {
    const loaded = await importWatched(context, { file, kind: mapping.kind, mapping }, watched);
    if (loaded.ok) return { event: eventOf('loaded', content.fileName, reading, loaded.value) };
    return verdictOf(loaded.error, reading) as Refusal;
  } catch (error) {
    if (error instanceof ExpectedError) return verdictOf(error.error, reading) as Refusal;
    throw error;
  }
}

/** Takes the safety answers of a file that waits, with the note that it does. What the file cannot give is left. */
async function takeSafety(
  context: VaultContext,
  content: WatchedContent,
  reading: Reading,
  { code, reason }: Refusal,
): Promise<void> {
  const { mapping } = reading;
  const file = join(content.folder, content.fileName);
  const mappingId = reading.saved?.id ?? null;
  const watched = { content, mappingId, safetyIsHeld: false, hold: { code, reason } };
  try {
    await importWatched(context, { file, kind: mapping.kind, mapping }, watched);
  } catch (error) {
    // A file that breaks off has given what it could; anything else is as true of the vault as of the file.
    if (!(error instanceof ExpectedError) || error.error.code === 'CANCELLED') throw error;
  }
}

/** Notes that a file waits and why, once, and takes its safety answers where it may hold some. */
async function hold(
  context: VaultContext,
  content: WatchedContent,
  refusal: Refusal,
  known: WatchedRecord | null,
): Promise<void> {
  const { code, reason, reading, batch } = refusal;
  const { store, writeGate } = context.vault;
  const kind = reading === null ? null : extractKindNamed(reading.mapping.kind);
  const mayHoldSafety = kind?.items === true || kind?.columns.some(({ type }) => type === 'sealed-flag') === true;
  const mappingId = reading === null ? (known?.mappingId ?? null) : (reading.saved?.id ?? null);
  if (reading !== null && mayHoldSafety && !safetyIsHeld(context, known, mappingId))
    await takeSafety(context, content, reading, refusal);
  const noted = watchedContent(store.connection, content);
  const same = noted?.state === 'waiting' && noted.reasonCode === code && noted.reason === reason;
  if (same && noted.mappingId === mappingId && noted.batchId === batch) return;
  await writeGate.run(() =>
    store.commit<number>(
      (id) => doneEvent(context, 'watch.hold', `watched file ${id}`, { code }),
      (transaction) =>
        noteWatchedFile(transaction, {
          ...content,
          state: 'waiting',
          reasonCode: code,
          reason,
          mappingId,
          batchId: batch,
          seenAt: isoTime(context),
        }),
    ),
  );
}

/**
 * Deals with a file that has come to rest: loads it where it passes, else notes why it waits. What was dealt with before is
 * left alone, unless it was asked for; a batch that was taken out again is not loaded by itself.
 */
export async function handleFile(context: VaultContext, settings: WatchSettings, file: FileToHandle): Promise<Handled> {
  const { folder, allowRejects } = settings;
  const { name, mark } = file;
  const path = join(folder, name);
  const { connection } = context.vault.store;
  file.tell('checking', null);
  let fileHash: string;
  try {
    fileHash = await hashOf(path, context.signal);
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    const refusal = verdictOf(error.error, null) as Refusal;
    return refusal.code === 'DISAPPEARED' ? { became: 'changed' } : stillWritten(name, refusal);
  }
  const after = await markOf(path);
  if (!after || !sameMark(mark, after)) return { became: 'changed' };
  const content: WatchedContent = { folder, fileName: name, fileBytes: mark.bytes, fileHash };
  const known = watchedContent(connection, content);
  if (known?.state === 'dismissed' && !file.asked) return { became: 'known' };
  if (known?.state === 'loaded') {
    const stands = known.batchId !== null && findBatch(connection, known.batchId) !== null;
    if (stands || !file.asked) return { became: 'known' };
  }
  let verdict = await judgeFile(context, content, allowRejects);
  if (verdict.passes) {
    file.tell('loading', verdict.reading.mapping.kind);
    const loaded = await load(context, content, verdict.reading, known);
    if ('event' in loaded) return { became: 'loaded', event: loaded.event };
    verdict = loaded;
  }
  if (verdict.code === 'DISAPPEARED') return { became: 'changed' };
  if (verdict.code === 'STILL_WRITTEN') return stillWritten(name, verdict);
  await hold(context, content, verdict, known);
  const event = eventOf('waiting', name, verdict.reading, verdict);
  return { became: 'waiting', event, noted: true, fileHash };
}
