import type { Connection } from './connection.ts';
import type { WriteTransaction } from './vault-store.ts';

const partBytes = 4 * 1024 ** 2;
/** Rises whenever the same rows would be packed into other bytes: what an older version packed is never read. */
const packingVersion = 4;

/**
 * What derived columns rest on: every batch and what it holds. Undoing, loading or superseding changes it, and packed
 * columns made from another source are never read.
 */
export function packedSource(connection: Connection, kinds: readonly string[]): string {
  const marks = kinds.map(() => '?').join(', ');
  const rows = connection
    .prepare<string[], [number, number]>(`SELECT id, accepted FROM batch WHERE kind IN (${marks}) ORDER BY id`)
    .raw()
    .all(...kinds) as unknown as readonly (readonly [number, number])[];
  return `${packingVersion}|${rows.map(([id, accepted]) => `${id}:${accepted}`).join(',')}${takenOut(connection)}`;
}

/** What was taken out of batches since they were loaded: erased people, and rows kept for as long as they should be. */
function takenOut(connection: Connection): string {
  const counts = connection
    .prepare<[], [number, number]>(
      "SELECT (SELECT count(*) FROM erasure), (SELECT count(*) FROM retention_decision WHERE decision = 'deleted')",
    )
    .raw()
    .get() as unknown as readonly [number, number];
  return counts.some((count) => count > 0) ? `|${counts.join(',')}` : '';
}

/** Bytes kept under a name for this source, or null. */
export function readPacked(connection: Connection, name: string, source: string): Buffer | null {
  const parts = connection
    .prepare<[string, string], Buffer>('SELECT bytes FROM packed WHERE name = ? AND source = ? ORDER BY part')
    .pluck()
    .all(name, source);
  return parts.length < 2 ? (parts[0] ?? null) : Buffer.concat(parts);
}

/**
 * Keeps bytes under a name. A cache that can be rebuilt at any time is no change of data, so it has no audit event; when
 * another writer is at work it is left for the next time.
 */
export function writePacked(connection: Connection, name: string, source: string, bytes: Uint8Array): void {
  const insert = connection.prepare('INSERT INTO packed (name, part, source, bytes) VALUES (?, ?, ?, ?)');
  const write = connection.transaction(() => {
    connection.prepare('DELETE FROM packed WHERE name = ?').run(name);
    for (let part = 0; part * partBytes < bytes.length || part === 0; part += 1) {
      insert.run(name, part, source, bytes.subarray(part * partBytes, (part + 1) * partBytes));
    }
  });
  try {
    connection.pragma('busy_timeout = 0');
    write.immediate();
  } catch (error) {
    const busy = error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');
    if (!busy) throw error;
  } finally {
    connection.pragma('busy_timeout = 10000');
  }
}

/** Forgets everything packed: what a batch brought must not outlive it there. */
export function dropPacked({ connection }: WriteTransaction): void {
  connection.prepare('DELETE FROM packed').run();
}
