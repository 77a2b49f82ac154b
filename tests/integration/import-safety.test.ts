import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type KeyPair, openSealed } from '#main/crypto/seal.ts';
import type { ImportResult } from '#shared/contract/imports.ts';
import type { Mapping } from '#shared/contract/mapping.ts';
import {
  copyVault,
  csvFile,
  keysOf,
  newVault,
  type Session,
  temporaryFolder,
  unlocked,
  withStore,
} from './test-vault.ts';

const folder = temporaryFolder('safety');
const empty = join(folder, 'empty');
let dataKey: Buffer;
let clinic: KeyPair;
let made = 0;

beforeAll(async () => {
  const { engine } = await newVault(empty, ['analyst', 'clinician']);
  await engine.close();
  const keys = await keysOf(empty);
  dataKey = keys.dataKey;
  clinic = keys.clinicPair!;
});

type Opened = Session & {
  readonly load: (kind: string, header: string, lines: readonly string[], mapping?: Mapping) => Promise<ImportResult>;
  readonly safety: () => Record<string, unknown>[];
  readonly answers: () => { readonly person: number | null; readonly answers: number[] }[];
  readonly clear: (table: string) => string[];
};

async function opened(): Promise<Opened> {
  made += 1;
  const vault = copyVault(empty, join(folder, `vault-${made}`));
  const session = await unlocked(vault);
  const open = (box: unknown, context: string): unknown =>
    JSON.parse(openSealed(clinic, box as Buffer, context)!.toString('utf8'));
  const rows = (sql: string): unknown[][] =>
    withStore(vault, dataKey, (connection) => connection.prepare(sql).raw().all() as unknown[][]);
  return {
    ...session,
    load: (kind, header, lines, mapping) => {
      made += 1;
      const file = csvFile(folder, `file-${made}.csv`, header, lines);
      return session.call('imports.load', { file, kind, mapping: mapping ?? null });
    },
    safety: () =>
      rows('SELECT box FROM sealed_safety ORDER BY batch_id, row, part').map(
        ([box]) => open(box, 'tidemark safety answer') as Record<string, unknown>,
      ),
    answers: () =>
      rows('SELECT person_id, box FROM sealed_answers ORDER BY batch_id, row, part').map(([person, box]) => ({
        person: person as number | null,
        answers: open(box, 'tidemark answers') as number[],
      })),
    clear: (table) => rows(`SELECT items, scores FROM ${table}`).map((row) => JSON.stringify(row)),
  };
}

const items = Array.from({ length: 10 }, (_, at) => `item_${at + 1}`).join(',');
/** Item 6 is the one about harm. */
const answersWith = (six: number | string): (number | string)[] => [1, 1, 2, 3, 1, six, 1, 2, 1, 1];
const familyHeader = `household_ref,member,person_ref,wave,taken_on,consented_on,instrument,${items}`;
const family = (household: string, member: string, ref: string, six: number | string, taken = '2026-03-01'): string =>
  [household, member, ref, '1', taken, '2026-02-01', 'CORE-10', ...answersWith(six)].join(',');

describe('CORE-10 answers of a screening', () => {
  it('are sealed as one vector, and the safety item is raised whatever becomes of the row or the batch', async () => {
    const { load, safety, answers, clear, call, engine } = await opened();
    const header = `person_ref,instrument,taken_on,${items}`;
    const line = (ref: string, six: number | string, taken = '2026-03-01'): string =>
      [ref, 'core10', taken, ...answersWith(six)].join(',');
    const loaded = await load('screenings', header, [
      line('S1', 0),
      line('S2', 1),
      line('S3', 3, 'soon'), // 3 rejected
      line('S4', ''), // 4 not answered
      line('S5', 9), // 5 above the range: rejected
    ]);
    expect(loaded.rows).toMatchObject({ accepted: 3, rejected: 2 });
    const expected = [
      { row: 1, answer: 'clear', value: 0, reference: 'S1' },
      { row: 2, answer: 'raised', value: 1, reference: 'S2' },
      { row: 3, answer: 'raised', value: 3, reference: 'S3' },
      { row: 4, answer: 'not seen', value: null, reference: 'S4' },
      { row: 5, answer: 'raised', value: 9, reference: 'S5' },
    ];
    expect(safety()).toEqual(expected);
    expect(answers().map((entry) => entry.answers)).toEqual([
      answersWith(0),
      answersWith(1),
      [...answersWith(1).slice(0, 5), null, ...answersWith(1).slice(6)],
    ]);
    // Neither the items nor what could betray one of them lies in clear.
    for (const row of clear('screenings')) expect(row).toMatch(/^\[null,"\{\\"classes\\":\{\},/);
    await call('imports.undo', { batch: loaded.batch! });
    expect(safety()).toEqual(expected);
    expect(answers()).toEqual([]);
    await engine.close();
  });
});

describe('CORE-10 answers of a family', () => {
  it('reach the clinicians with the household and the member, for nobody but an officer has a reference', async () => {
    const { load, safety, answers, clear, call, engine } = await opened();
    const loaded = await load('families', familyHeader, [
      family('HH1', 'officer', 'F1', 2),
      family('HH1', 'partner', '', 4),
      family('HH1', 'adult_child', '', 0),
      family('HH2', 'parent', '', 1, '2026-02-31'), // 4 no such day: rejected
      family('HH2', 'cousin', '', 1), // 5 no such member: rejected
      family('', 'partner', '', 1), // 6 whose? rejected
    ]);
    expect(loaded.rows).toMatchObject({ accepted: 3, rejected: 3 });
    const expected = [
      { row: 1, answer: 'raised', value: 2, reference: 'F1', household: 'HH1', member: 'officer' },
      { row: 2, answer: 'raised', value: 4, reference: '', household: 'HH1', member: 'partner' },
      { row: 3, answer: 'clear', value: 0, reference: '', household: 'HH1', member: 'adult_child' },
      { row: 4, answer: 'raised', value: 1, reference: '', household: 'HH2', member: 'parent' },
      { row: 5, answer: 'raised', value: 1, reference: '', household: 'HH2', member: 'cousin' },
      { row: 6, answer: 'raised', value: 1, reference: '', household: '', member: 'partner' },
    ];
    expect(safety()).toEqual(expected);
    expect(answers().map(({ person, answers: given }) => [person !== null, given])).toEqual([
      [true, answersWith(2)],
      [false, answersWith(4)],
      [false, answersWith(0)],
    ]);
    for (const row of clear('families')) expect(row).toMatch(/^\[null,"\{\\"classes\\":\{\},/);
    await call('imports.undo', { batch: loaded.batch! });
    expect(safety()).toEqual(expected);
    await engine.close();
  });

  it('seals all boxes to one length', async () => {
    const { load, engine } = await opened();
    const loaded = await load('families', familyHeader, [
      family('HH1', 'officer', 'F1', 2),
      family('H'.repeat(200), 'partner', 'R'.repeat(200), 0),
    ]);
    expect(loaded.rows.accepted).toBe(2);
    await engine.close();
    const lengths = withStore(join(folder, `vault-${made - 1}`), dataKey, (connection) =>
      connection.prepare('SELECT DISTINCT length(box) FROM sealed_safety').pluck().all(),
    );
    expect(lengths).toHaveLength(1);
  });
});

describe('several instruments in one row', () => {
  const header = `person_ref,taken_on,gad,${items}`;
  const mapping: Mapping = {
    kind: 'screenings',
    columns: { person_ref: 'person_ref', taken_on: 'taken_on' },
    records: [
      { columns: { score: 'gad' }, constants: { instrument: 'GAD-7' }, when: 'gad' },
      {
        columns: Object.fromEntries(items.split(',').map((item) => [item, item])),
        constants: { instrument: 'CORE-10' },
        when: 'item_6',
      },
    ],
  };
  const line = (ref: string, six: number | string): string => [ref, '2026-03-01', 5, ...answersWith(six)].join(',');

  it('raise the safety item of each, in rows that are kept, refused for a cell, or refused as a whole', async () => {
    const { load, safety, answers, engine } = await opened();
    const loaded = await load(
      'screenings',
      header,
      [
        line('M1', 2),
        line('', 2), // 2 nobody: both records rejected
        line('"M3" x', 2), // 3 text behind a closing quote: refused as a whole
        'M4,2026-03-01,5,1,1', // 4 slipped
        line('M5', ''), // 5 the record is not there
      ],
      mapping,
    );
    expect(loaded.rows).toMatchObject({ accepted: 3, rejected: 4 });
    expect(safety().map(({ row, answer, reference }) => [row, answer, reference])).toEqual([
      [1, 'raised', 'M1'],
      [2, 'raised', ''],
      [3, 'raised', '"M3" x'],
      [4, 'not seen', 'M4'],
    ]);
    expect(answers()).toHaveLength(1);
    await engine.close();
  });
});
