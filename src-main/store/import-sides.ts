import type { Connection } from './connection.ts';
import { layoutKinds, layoutOf } from './extract-layout.ts';
import type { WriteTransaction } from './vault-store.ts';

export type SealedRecord = { readonly person: number; readonly row: number; readonly box: Uint8Array };

/** Everything an import stores beside the rows of its kind. */
export type SideWriter = {
  readonly addCodes: (codes: readonly (readonly [number, string, string])[]) => void;
  readonly addPersons: (persons: readonly (readonly [number, string])[]) => void;
  readonly addRejects: (rejects: readonly (readonly [number, string, string])[]) => void;
  readonly addSealedRejects: (boxes: readonly Uint8Array[]) => void;
  readonly addIdentities: (records: readonly SealedRecord[]) => void;
  readonly addAnswers: (records: readonly SealedRecord[]) => void;
  readonly addSafety: (
    records: readonly { readonly row: number; readonly day: number | null; readonly box: Uint8Array }[],
    receivedAt: string,
  ) => void;
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
  const answers = connection.prepare('INSERT INTO sealed_answers (person_id, batch_id, row, box) VALUES (?, ?, ?, ?)');
  const safety = connection.prepare(
    'INSERT INTO sealed_safety (batch_id, row, given_day, received_at, box) VALUES (?, ?, ?, ?, ?)',
  );
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
      for (const { person: id, row, box } of records) answers.run(id, batch, row, box);
    },
    addSafety: (records, receivedAt) => {
      for (const { row, day, box } of records) safety.run(batch, row, day, receivedAt, box);
    },
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
    listedPersons: connection.prepare<[], number>('SELECT person_id FROM people').pluck().all(),
  };
}

/** Removes what a batch stored beside its rows. Safety answers stay: they are for a clinician whatever became of the batch. */
export function removeSides({ connection }: WriteTransaction, batch: number): void {
  for (const table of ['reject', 'sealed_reject', 'sealed_identity', 'sealed_answers']) {
    connection.prepare(`DELETE FROM ${table} WHERE batch_id = ?`).run(batch);
  }
}

/** Forgets pseudonyms that nothing points at any more. */
export function removeOrphans({ connection }: WriteTransaction): void {
  const tables = layoutKinds.flatMap((kind) => [layoutOf(kind).table, `${layoutOf(kind).table}_history`]);
  const used = [...tables, 'sealed_identity', 'sealed_answers']
    .map((table) => `SELECT person_id FROM ${table}`)
    .join(' UNION ');
  connection.prepare(`DELETE FROM person WHERE id NOT IN (${used})`).run();
}
