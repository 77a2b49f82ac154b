import { cpSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type KeyPair, openSealed } from '#main/crypto/seal.ts';
import { openConnection } from '#main/store/connection.ts';
import { sealedColumns } from '#main/store/sealed-columns.ts';
import { storeFile } from '#main/store/vault-store.ts';
import { extractKinds } from '#shared/domain/extract-kinds/index.ts';
import { changedRecord, csvLine, fullRecord, type Sample } from './kind-samples.ts';
import { csvFile, type Session, withStore } from './test-vault.ts';

/** Texts of one person that occur nowhere else; the last ones lie in clear in rows of theirs. */
export const canaries = ['OSSIFRAGE', 'Quornsby', 'KOLLARQ', 'MANDRAKE'];

/** What makes the records of person 1 known again. */
const marked: Sample = {
  person_ref: 'OSSIFRAGE1',
  alias: 'OSSIFRAGEOLD',
  name: 'Zeb Quornsby',
  collar: 'KOLLARQ7',
  incident_ref: 'MANDRAKE-incident',
  episode_ref: 'MANDRAKE-episode',
};
/** Kinds in which nobody is named. */
const ofNobody: ReadonlySet<string> = new Set(['incidents', 'costs', 'studies']);

function recordsOf(kind: string, columns: readonly string[]): Sample[] {
  const mark = (record: Sample): Sample => {
    if (ofNobody.has(kind)) return record;
    const own = Object.entries(marked).filter(([name]) => columns.includes(name));
    return { ...record, ...Object.fromEntries(own) };
  };
  const first = extractKinds
    .find((candidate) => candidate.kind === kind)!
    .columns.find((column) => column.required && !['person', 'alias', 'token', 'sealed'].includes(column.type));
  const broken = first
    ? [mark({ ...fullRecord(kind, 1), [first.name]: '' }), { ...fullRecord(kind, 2), [first.name]: '' }]
    : [];
  return [mark(fullRecord(kind, 1)), mark(changedRecord(kind, 1)), fullRecord(kind, 2), fullRecord(kind, 3), ...broken];
}

export type Extract = { readonly kind: string; readonly file: string };

/** Files of every kind with rows of a person to be known again, of two others, and rows that do not fit. */
export function writeExtracts(folder: string): Extract[] {
  const files = extractKinds.map(({ kind, columns }) => {
    const names = columns.map(({ name }) => name);
    const lines = recordsOf(kind, names).map((record) => csvLine(names, record));
    return { kind, file: csvFile(folder, `${kind}.csv`, names.join(','), lines) };
  });
  const items = Array.from({ length: 9 }, (_, at) => `item_${at + 1}`).join(',');
  const answers = ['OSSIFRAGE1', 'person_ref-2', 'person_ref-3'].map(
    (person, at) => `${person},PHQ-9,2026-02-0${at + 1},${'1,'.repeat(8)}${at === 2 ? 0 : 1}`,
  );
  return [
    ...files,
    { kind: 'screenings', file: csvFile(folder, 'phq.csv', `person_ref,instrument,taken_on,${items}`, answers) },
    {
      kind: 'exposures',
      file: csvFile(folder, 'old-number.csv', 'person_ref,occurred_at,category,incident_ref', [
        'OSSIFRAGEOLD,2020-06-01T10:00:00,RTC_FATAL,MANDRAKE-old',
        'person_ref-2,2020-06-01T10:00:00,RTC_FATAL,OTHER-1',
      ]),
    },
  ];
}

export async function loadAll({ call }: Session, extracts: readonly Extract[]) {
  const results = [];
  for (const { file, kind } of extracts) results.push(await call('imports.load', { file, kind, mapping: null }));
  return results;
}

/** Every value of every table but the audit log, as text, with its table. */
export function valuesOf(folder: string, dataKey: Uint8Array): (readonly [table: string, text: string])[] {
  return withStore(folder, dataKey, (connection) => {
    const tables = connection.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
    return tables.flatMap((table) =>
      (connection.prepare(`SELECT * FROM "${table}"`).raw().all() as unknown[][]).flatMap((row) =>
        row.map((value) => [table, Buffer.isBuffer(value) ? value.toString('latin1') : String(value)] as const),
      ),
    );
  });
}

/** Content of every sealed box of a vault. */
export function openedBoxes(folder: string, dataKey: Uint8Array, clinic: KeyPair): string[] {
  return withStore(folder, dataKey, (connection) =>
    sealedColumns.flatMap(({ table, column, context }) =>
      connection
        .prepare<[], Buffer>(`SELECT ${column} FROM ${table}`)
        .pluck()
        .all()
        .map((box) => openSealed(clinic, box, context)!.toString('utf8')),
    ),
  );
}

/** Every byte of a vault's folder, its store as it is once decrypted, free pages and all. */
export function rawBytes(folder: string, dataKey: Uint8Array, scratch: string): Buffer {
  rmSync(scratch, { recursive: true, force: true });
  cpSync(folder, scratch, { recursive: true });
  const connection = openConnection(storeFile(scratch), dataKey);
  connection.pragma('wal_checkpoint(TRUNCATE)');
  connection.pragma('journal_mode = delete');
  connection.pragma("rekey = ''");
  connection.close();
  const files = [folder, scratch].flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => join(root, name)),
  );
  return Buffer.concat(files.filter((file) => statSync(file).isFile()).map((file) => readFileSync(file)));
}

export function foundIn(bytes: Buffer | string): string[] {
  const plain = (typeof bytes === 'string' ? bytes : bytes.toString('latin1')).toLowerCase();
  return canaries.filter((canary) => plain.includes(canary.toLowerCase()));
}
