import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { type RunningHash, runningSha256, sha256Hex } from '#main/crypto/hash-chain.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import {
  type BackupManifest,
  backupEnding,
  bytesOfPages,
  longestManifest,
  notABackup,
  parseManifest,
  tailBytes,
} from './backup-manifest.ts';
import { storeError } from './store-error.ts';

/** What of a backup can be read without a key: who may open it, and what it says of itself. */
export type BackupFile = {
  readonly manifest: BackupManifest;
  readonly manifestHash: string;
  readonly bytes: number;
  readonly keyring: Buffer;
  readonly auditHead: Buffer;
};

export const chunkBytes = 4 * 1024 ** 2;

export function readFully(handle: number, bytes: number, position: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  let done = 0;
  while (done < bytes) {
    const got = readSync(handle, buffer, done, bytes - done, position + done);
    if (got === 0) throw notABackup('This backup has been cut short.');
    done += got;
  }
  return buffer;
}

/** Hands `bytes` of a file to `take` in pieces, from `position` on; gives their SHA-256. */
export function eachChunk(
  handle: number,
  { bytes, position }: { readonly bytes: number; readonly position: number },
  take: (chunk: Buffer, done: number) => void,
): string {
  const hash: RunningHash = runningSha256();
  for (let done = 0; done < bytes; ) {
    const chunk = readFully(handle, Math.min(chunkBytes, bytes - done), position + done);
    hash.update(chunk);
    done += chunk.length;
    take(chunk, done);
  }
  return hash.hex();
}

export function withFile<T>(file: string, work: (handle: number) => T): T {
  let handle: number;
  try {
    handle = openSync(file, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
      throw new ExpectedError('NO_SUCH_FILE', 'There is no such backup file.', 'Nothing was restored. Check its name.');
    }
    throw storeError(error);
  }
  try {
    return work(handle);
  } catch (error) {
    throw storeError(error);
  } finally {
    closeSync(handle);
  }
}

/**
 * Reads a backup's end, its manifest and its two small parts, each compared with what the manifest says of it. The store is
 * left for whoever unpacks it.
 */
export function readBackup(file: string): BackupFile {
  return withFile(file, (handle) => {
    const stats = fstatSync(handle);
    const { size } = stats;
    const whole = stats.isFile() && size > tailBytes ? readFully(handle, tailBytes, size - tailBytes) : null;
    if (whole === null || !whole.subarray(8).equals(backupEnding)) {
      throw notABackup('This is no whole Tidemark backup: it does not end as one, or has been cut short.');
    }
    const length = whole.readBigUInt64BE(0);
    if (length > BigInt(Math.min(longestManifest, size - tailBytes))) {
      throw notABackup('The end of this backup is damaged.');
    }
    const manifestAt = size - tailBytes - Number(length);
    const text = readFully(handle, Number(length), manifestAt);
    const manifest = parseManifest(text.toString('utf8'));
    const { keyring, auditHead } = manifest.body.parts;
    const keyringAt = bytesOfPages(manifest.body);
    if (keyringAt + keyring.bytes + auditHead.bytes !== manifestAt) {
      throw notABackup('This backup is longer or shorter than its manifest says.');
    }
    const small = {
      keyring: readFully(handle, keyring.bytes, keyringAt),
      auditHead: readFully(handle, auditHead.bytes, keyringAt + keyring.bytes),
    };
    if (sha256Hex(small.keyring) !== keyring.sha256) throw notABackup('The keyring in this backup is damaged.');
    if (sha256Hex(small.auditHead) !== auditHead.sha256) throw notABackup('The audit head in this backup is damaged.');
    return { manifest, manifestHash: sha256Hex(text), bytes: size, ...small };
  });
}
