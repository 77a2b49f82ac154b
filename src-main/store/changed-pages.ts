import { runningSha256, sha256Hex } from '#main/crypto/hash-chain.ts';
import { type ChangesBody, notABackup, numberBytes, pageBytes, type WholeBody } from './backup-manifest.ts';
import { writeFully } from './files.ts';
import { chunkBytes, readFully } from './read-backup.ts';

type Steps = (done: number, total: number) => void;

/** A store in a file: as its own, or at the beginning of a whole backup. */
export type StoreAt = { readonly handle: number; readonly bytes: number };

export type ChangedPages = {
  /** Numbers of the pages that differ, ascending from 0. */
  readonly numbers: readonly number[];
  readonly storeHash: string;
  readonly baseHash: string;
  readonly changesHash: string;
};

function pieceOf({ handle, bytes }: StoreAt, position: number): Buffer {
  return readFully(handle, Math.max(0, Math.min(chunkBytes, bytes - position)), position);
}

/**
 * Writes every page of a store that is not byte for byte that of its base. Both are read once.
 *
 * @param most more pages than this are not worth it
 * @returns null where more than `most` differ; then what was written is to be thrown away
 */
export function writeChangedPages(
  store: StoreAt,
  base: StoreAt,
  target: number,
  most: number,
  step: Steps,
): ChangedPages | null {
  const [storeHash, baseHash, changesHash] = [runningSha256(), runningSha256(), runningSha256()];
  const numbers: number[] = [];
  const all = Math.max(store.bytes, base.bytes);
  for (let position = 0; position < all; position += chunkBytes) {
    const now = pieceOf(store, position);
    const before = pieceOf(base, position);
    storeHash.update(now);
    baseHash.update(before);
    for (let at = 0; at < now.length; at += pageBytes) {
      const page = now.subarray(at, at + pageBytes);
      if (page.equals(before.subarray(at, at + pageBytes))) continue;
      numbers.push((position + at) / pageBytes);
      if (numbers.length > most) return null;
      changesHash.update(page);
      writeFully(target, page);
    }
    step(Math.min(position + chunkBytes, all), all);
  }
  return { numbers, storeHash: storeHash.hex(), baseHash: baseHash.hex(), changesHash: changesHash.hex() };
}

export function spellNumbers(numbers: readonly number[]): Buffer {
  const spelt = Buffer.alloc(numbers.length * numberBytes);
  numbers.forEach((number, index) => {
    spelt.writeUInt32BE(number, index * numberBytes);
  });
  return spelt;
}

/** The numbers of the pages in a backup of changes, ascending and each inside the store. */
function readNumbers(handle: number, { parts }: ChangesBody): number[] {
  const { changes, numbers, store } = parts;
  const spelt = readFully(handle, numbers.bytes, changes.bytes);
  const isWhole = store.bytes % pageBytes === 0 && (numbers.bytes / numberBytes) * pageBytes === changes.bytes;
  if (!isWhole || sha256Hex(spelt) !== numbers.sha256) throw damaged();
  const read = Array.from({ length: numbers.bytes / numberBytes }, (_, at) => spelt.readUInt32BE(at * numberBytes));
  const inOrder = read.every((number, at) => number > (read[at - 1] ?? -1) && number < store.bytes / pageBytes);
  if (!inOrder) throw damaged();
  return read;
}

function damaged() {
  return notABackup('The changes in this backup are damaged.');
}

/**
 * Lays the pages of a backup of changes over its base and hands the store that this gives to `take`, in pieces and in order.
 * Every byte of both is compared with what their manifests say.
 *
 * @throws ExpectedError CORRUPT naming what was altered: the base, the changes, or both as they do not belong together
 */
export function eachRebuiltChunk(
  changes: { readonly handle: number; readonly body: ChangesBody },
  base: { readonly handle: number; readonly body: WholeBody; readonly name: string },
  take: (chunk: Buffer, done: number) => void,
): void {
  const { parts } = changes.body;
  const numbers = readNumbers(changes.handle, changes.body);
  const whole: StoreAt = { handle: base.handle, bytes: base.body.parts.store.bytes };
  const [storeHash, baseHash, changesHash] = [runningSha256(), runningSha256(), runningSha256()];
  let next = 0;
  const all = Math.max(parts.store.bytes, whole.bytes);
  for (let position = 0; position < all; position += chunkBytes) {
    const before = pieceOf(whole, position);
    baseHash.update(before);
    const length = Math.max(0, Math.min(chunkBytes, parts.store.bytes - position));
    const piece = Buffer.alloc(length);
    before.copy(piece);
    let known = before.length;
    const first = next;
    while (next < numbers.length && (numbers[next] ?? 0) * pageBytes < position + length) next += 1;
    const laid = readFully(changes.handle, (next - first) * pageBytes, first * pageBytes);
    changesHash.update(laid);
    for (let index = first; index < next; index += 1) {
      const at = (numbers[index] ?? 0) * pageBytes - position;
      // A page beyond the base is known only where every one before it is.
      if (at === known) known += pageBytes;
      laid.copy(piece, at, (index - first) * pageBytes, (index - first + 1) * pageBytes);
    }
    if (known < length) throw damaged();
    if (length === 0) continue;
    storeHash.update(piece);
    take(piece, position + length);
  }
  if (baseHash.hex() !== base.body.parts.store.sha256) {
    throw notABackup(`The whole backup “${base.name}”, on which this one builds, is damaged.`);
  }
  if (changesHash.hex() !== parts.changes.sha256) throw damaged();
  if (storeHash.hex() !== parts.store.sha256) {
    throw notABackup(`This backup and the whole one “${base.name}” do not give the store that was backed up.`);
  }
}
