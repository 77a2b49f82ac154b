import type { Connection } from './connection.ts';
import { layoutKinds, layoutOf } from './extract-layout.ts';
import { erasedReferences } from './rights-records.ts';
import type { WriteTransaction } from './vault-store.ts';

export type SealedRecord = {
  readonly person: number | null;
  readonly row: number;
  /** Tells several records of one row apart. */
  readonly part: number;
  readonly box: Uint8Array;
};

export type SafetyRecord = {
  readonly row: number;
  readonly part: number;
  readonly day: number | null;
  readonly box: Uint8Array;
};

/** Everything an import stores beside the rows of its kind. */
export type SideWriter = {
  readonly addCodes: (codes: readonly (readonly [number, string, string])[]) => void;
  readonly addPersons: (persons: readonly (readonly [number, string])[]) => void;
  readonly addRejects: (rejects: readonly (readonly [number, string, string])[]) => void;
  readonly addSealedRejects: (boxes: readonly Uint8Array[]) => void;
  readonly addIdentities: (records: readonly SealedRecord[]) => void;
  readonly addAnswers: (records: readonly SealedRecord[]) => void;
  readonly addNotes: (notes: readonly (readonly [number, string, string])[]) => void;
  readonly addSafety: (records: readonly SafetyRecord[], receivedAt: string) => void;
};

export function createSideWriter({ connection }: WriteTransaction, batch: number): SideWriter {
  const code = connection.prepare('INSERT INTO code (id, list, value) VALUES (?, ?, ?)');
  const person = connection.prepare('INSERT INTO person (id, pseudonym) VALUES (?, ?)');
  const reject = connection.prepare(
    'INSERT INTO reject (batch_id, sequence, row, column_name, code) VALUES (?, ?, ?, ?, ?)',
  );
  const sealedReject = connection.prepare('INSERT INTO sealed_reject (batch_id, part, box) VALUES (?, ?, ?)');
  const identity = connection.prepare(
    'INSERT INTO sealed_identity (person_id, batch_id, row, box) VALUES (?, ?, ?, ?)',
  );
  const answers = connection.prepare(
    'INSERT INTO sealed_answers (person_id, batch_id, row, part, box) VALUES (?, ?, ?, ?, ?)',
  );
  const note = connection.prepare(
    'INSERT INTO note (batch_id, sequence, row, column_name, code) VALUES (?, ?, ?, ?, ?)',
  );
  const safety = prepareSafety(connection);
  let notes = 0;
  let rejects = 0;
  let parts = 0;
  return {
    addCodes: (codes) => {
      for (const entry of codes) code.run(...entry);
    },
    addPersons: (persons) => {
      for (const entry of persons) person.run(...entry);
    },
    addRejects: (entries) => {
      for (const [row, column, problem] of entries) {
        rejects += 1;
        reject.run(batch, rejects, row, column, problem);
      }
    },
    addSealedRejects: (boxes) => {
      for (const box of boxes) {
        parts += 1;
        sealedReject.run(batch, parts, box);
      }
    },
    addIdentities: (records) => {
      for (const { person: id, row, box } of records) identity.run(id, batch, row, box);
    },
    addAnswers: (records) => {
      for (const { person: id, row, part, box } of records) answers.run(id, batch, row, part, box);
    },
    addNotes: (entries) => {
      for (const [row, column, problem] of entries) {
        notes += 1;
        note.run(batch, notes, row, column, problem);
      }
    },
    addSafety: (records, receivedAt) => {
      for (const { row, part, day, box } of records) safety.run(batch, row, part, day, receivedAt, box);
    },
  };
}

function prepareSafety(connection: Connection) {
  return connection.prepare(
    'INSERT INTO sealed_safety (batch_id, row, part, given_day, received_at, box) VALUES (?, ?, ?, ?, ?, ?)',
  );
}

/** Stores safety answers of rows that were imported before. */
export function createBatchSafetyWriter(
  { connection }: WriteTransaction,
  receivedAt: string,
): (batch: number, record: SafetyRecord) => void {
  const safety = prepareSafety(connection);
  return (batch, { row, part, day, box }) => safety.run(batch, row, part, day, receivedAt, box);
}

/** Parts of one row are fewer; a file that is read again in another way adds its answers beyond those of the first reading. */
const partsOfReading = 1_000;

/**
 * Stores safety answers of a file that is held back, chunk by chunk: clinicians are told whatever becomes of the file. They
 * stand under the negative of the file's number among the watched ones. Nothing stored is taken away: an answer may be read
 * by one mapping and not by the next.
 */
export function createHeldSafetyWriter(
  { connection }: WriteTransaction,
  watchedFile: number,
  receivedAt: string,
): (records: readonly SafetyRecord[]) => void {
  const last = connection
    .prepare<[number], number | null>('SELECT max(part) FROM sealed_safety WHERE batch_id = ?')
    .pluck()
    .get(-watchedFile);
  const first = typeof last === 'number' ? (Math.floor(last / partsOfReading) + 1) * partsOfReading : 0;
  const safety = prepareSafety(connection);
  return (records) => {
    for (const { row, part, day, box } of records) safety.run(-watchedFile, row, first + part, day, receivedAt, box);
  };
}

/** Codes and people as the store knows them, for a reader that numbers new ones behind them. */
export function readKnownCodes(connection: Connection) {
  return {
    codes: connection
      .prepare<[], [number, string, string]>('SELECT id, list, value FROM code ORDER BY id')
      .raw()
      .all() as unknown as [number, string, string][],
    persons: connection.prepare('SELECT id, pseudonym FROM person ORDER BY id').raw().all() as unknown as [
      number,
      string,
    ][],
    listedPersons: connection
      .prepare('SELECT person_id, service_start, service_end FROM people')
      .raw()
      .all() as unknown as [number, number | null, number | null][],
    aliases: connection
      .prepare('SELECT alias, person_id, from_day, to_day FROM aliases ORDER BY alias, from_day')
      .raw()
      .all() as unknown as [string, number, number, number | null][],
    erased: erasedReferences(connection),
  };
}

/** Removes what a batch stored beside its rows. Safety answers stay: they are for a clinician whatever became of the batch. */
export function removeSides({ connection }: WriteTransaction, batch: number): void {
  for (const table of ['reject', 'note', 'sealed_reject', 'sealed_identity', 'sealed_answers']) {
    connection.prepare(`DELETE FROM ${table} WHERE batch_id = ?`).run(batch);
  }
}

/** Forgets pseudonyms that nothing points at any more. */
export function removeOrphans({ connection }: WriteTransaction): void {
  // Whoever is among the people stays; only the others are looked for in every table.
  const doubtful = connection
    .prepare<[], number>('SELECT id FROM person WHERE id NOT IN (SELECT person_id FROM people)')
    .pluck()
    .all();
  if (doubtful.length === 0) return;
  const pointers = layoutKinds.flatMap((kind) => {
    const { table, key, values } = layoutOf(kind);
    const columns = [...key, ...values].filter((column) => column.references === 'person');
    return columns.flatMap(({ name }) => [`SELECT ${name} FROM ${table}`, `SELECT ${name} FROM ${table}_history`]);
  });
  const sealed = ['sealed_identity', 'sealed_answers'].map((table) => `SELECT person_id FROM ${table}`);
  const used = new Set(
    connection
      .prepare<[], number | null>([...pointers, ...sealed].join(' UNION '))
      .pluck()
      .all(),
  );
  const remove = connection.prepare('DELETE FROM person WHERE id = ?');
  for (const id of doubtful) if (!used.has(id)) remove.run(id);
}
