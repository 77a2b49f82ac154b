import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type KeyPair, openSealed } from '#main/crypto/seal.ts';
import type { ImportResult } from '#shared/contract/imports.ts';
import { copyVault, csvFile, keysOf, newVault, temporaryFolder, unlocked, withStore } from './test-vault.ts';

const folder = temporaryFolder('screenings');
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

const items = Array.from({ length: 20 }, (_, index) => `item_${index + 1}`);
const header = `person_ref,instrument,scale,status,invited_on,taken_on,${items.join(',')},score`;

type Given = {
  readonly ref?: string;
  readonly instrument: string;
  readonly scale?: string;
  readonly status?: string;
  readonly invited?: string;
  readonly taken?: string;
  readonly items?: readonly (number | string)[];
  readonly score?: number | string;
};

function line(given: Given): string {
  const cells = Array.from({ length: 20 }, (_, index) => given.items?.[index] ?? '');
  const { ref = 'S1', instrument, scale = '', status = '', invited = '', taken = '2026-01-05', score = '' } = given;
  return [ref, instrument, scale, status, invited, taken, ...cells, score].join(',');
}

type Stored = { readonly instrument: string; readonly items: string | null; readonly scores: string | null };
type Safety = {
  readonly answer: string;
  readonly value: number | null;
  readonly row: number;
  readonly reference: string;
};
type Loaded = ImportResult & {
  readonly stored: readonly Stored[];
  readonly safety: readonly Safety[];
  readonly answers: readonly unknown[];
  readonly summary: readonly { readonly instrument: string; readonly invited: number; readonly completed: number }[];
};

async function load(lines: readonly string[], head = header): Promise<Loaded> {
  made += 1;
  const vault = copyVault(empty, join(folder, `vault-${made}`));
  const { call, engine } = await unlocked(vault);
  const file = csvFile(folder, `screenings-${made}.csv`, head, lines);
  const result = await call('imports.load', { file, kind: 'screenings', mapping: null });
  const again = await call('imports.load', { file, kind: 'screenings', mapping: null });
  expect(again.rows).toMatchObject({ accepted: 0, superseded: 0, rejected: result.rows.rejected });
  const { result: period } = await call('analyses.run', {
    method: 'screening-summary',
    spec: { from: '2026-01-01', to: '2026-12-31' },
  });
  await engine.close();
  const open = (context: string) => (box: unknown) =>
    JSON.parse(openSealed(clinic, box as Buffer, context)!.toString('utf8')) as unknown;
  return withStore(vault, dataKey, (connection) => ({
    ...result,
    stored: connection
      .prepare<[], Stored>(
        'SELECT code.value AS instrument, items, scores FROM screenings JOIN code ON code.id = instrument_id ORDER BY row',
      )
      .all(),
    safety: connection
      .prepare('SELECT box FROM sealed_safety ORDER BY batch_id, row')
      .pluck()
      .all()
      .map(open('tidemark safety answer')) as Safety[],
    answers: connection
      .prepare('SELECT box FROM sealed_answers ORDER BY batch_id, row')
      .pluck()
      .all()
      .map(open('tidemark answers')),
    summary: period['instruments'] as Loaded['summary'],
  }));
}

const scales = (stored: Stored | undefined): unknown =>
  (JSON.parse(stored?.scores ?? 'null') as { scales: unknown } | null)?.scales;
const codesOf = (result: ImportResult): string[] =>
  result.rejects.map(({ row, column, code }) => `${row} ${column} ${code}`);
const warningsOf = (result: ImportResult): string[] =>
  result.warnings.map(({ code, count }) => `${count} ${code}`).sort();
const filled = (count: number, value: number): number[] => Array.from({ length: count }, () => value);

describe('screenings', () => {
  it('scores the four instruments from their items, in any spelling of their names', async () => {
    const loaded = await load([
      line({ instrument: 'PHQ-9', items: [1, 1, 1, 1, 1, 1, 1, 1, 0], score: 8 }),
      line({ instrument: 'gad7', items: filled(7, 2) }),
      line({ instrument: 'PCL 5', items: filled(20, 1) }),
      line({ instrument: 'ITQ', items: filled(18, 3) }),
    ]);
    expect(loaded.rows).toEqual({ read: 4, accepted: 4, superseded: 0, rejected: 0, duplicate: 0 });
    expect(loaded.stored.map(({ instrument }) => instrument)).toEqual(['PHQ-9', 'GAD-7', 'PCL-5', 'ITQ']);
    expect(loaded.stored.map(scales)).toEqual([
      { total: 8 },
      { total: 14 },
      { total: 20, B: 5, C: 2, D: 7, E: 6 },
      { PTSD: 18, DSO: 18 },
    ]);
    // Items lie in clear but for the instrument whose items hold a safety item.
    expect(loaded.stored.map((row) => row.items !== null)).toEqual([false, true, true, true]);
    expect(loaded.answers).toEqual([[1, 1, 1, 1, 1, 1, 1, 1, 0]]);
    expect(loaded.safety).toEqual([{ answer: 'clear', value: 0, row: 1, reference: 'S1' }]);
    expect(loaded.summary.map(({ instrument, completed }) => `${instrument} ${completed}`)).toEqual([
      'PHQ-9 1',
      'GAD-7 1',
      'PCL-5 1',
      'ITQ 1',
    ]);
  });

  it('takes totals alone, and says that the safety answer was not seen', async () => {
    const loaded = await load([
      line({ instrument: 'PHQ-9', score: 12 }),
      line({ instrument: 'GAD-7', score: 21 }),
      line({ instrument: 'PCL-5', score: 33 }),
      line({ instrument: 'PCL-5', scale: 'B', score: 20 }),
      line({ instrument: 'Something else', score: 400 }),
      line({ instrument: 'PHQ-9', taken: '2026-02-01', score: 28 }), // 6 above the scale
      line({ instrument: 'GAD-7', taken: '2026-02-01', score: 2.5 }), // 7 no such total
      line({ instrument: 'PCL-5', scale: 'Z', score: 3 }), // 8 no such scale
      line({ instrument: 'ITQ', score: 3 }), // 9 which scale?
      line({ instrument: 'PHQ-9', taken: '2026-03-01' }), // 10 neither
    ]);
    expect(loaded.rows).toMatchObject({ accepted: 5, rejected: 5 });
    expect(codesOf(loaded)).toEqual([
      '6 score OUT_OF_RANGE',
      '7 score OUT_OF_RANGE',
      '8 scale NOT_IN_LIST',
      '9 scale EMPTY_REQUIRED',
      '10 score NO_SCORE',
    ]);
    expect(loaded.stored.map(scales)).toEqual([{ total: 12 }, { total: 21 }, { total: 33 }, { B: 20 }, undefined]);
    expect(warningsOf(loaded)).toEqual(['1 SAFETY_NOT_SEEN', '1 UNSCORED_INSTRUMENT', '5 UNKNOWN_PERSON']);
    expect(loaded.safety.map(({ answer, row }) => `${row} ${answer}`)).toEqual([
      '1 not seen',
      '6 not seen',
      '10 not seen',
    ]);
  });

  it('never cuts an item to fit, guesses a missing one, or takes a total that its items do not make', async () => {
    const loaded = await load([
      line({ instrument: 'GAD-7', items: [1, 1, 1, 4, 1, 1, 1] }), // 1 above the range
      line({ instrument: 'GAD-7', items: [1, 1, -1, 1, 1, 1, 1] }), // 2 below it
      line({ instrument: 'GAD-7', items: [1, 1, 1.5, 1, 1, 1, 1] }), // 3 between
      line({ instrument: 'GAD-7', items: [1, 1, 'x', 1, 1, 1, 1] }), // 4 no number
      line({ instrument: 'GAD-7', items: filled(8, 1) }), // 5 one item too many
      line({ instrument: 'GAD-7', items: filled(7, 1), score: 8 }), // 6 another total
      line({ instrument: 'GAD-7', items: [1, 1, '', 1, 1, 1, 1] }), // 7 one missing: kept without a total
      line({ instrument: 'Unknown', items: [1] }), // 8 nothing to check it by
    ]);
    expect(codesOf(loaded)).toEqual([
      '1 item_4 BAD_ITEM',
      '2 item_3 BAD_ITEM',
      '3 item_3 BAD_ITEM',
      '4 item_3 BAD_ITEM',
      '5 item_8 ITEM_COUNT',
      '6 score SCORE_DIFFERS',
      '8 instrument UNKNOWN_INSTRUMENT',
    ]);
    expect(loaded.rows).toMatchObject({ accepted: 1, rejected: 7 });
    expect(scales(loaded.stored[0])).toEqual({ total: null });
    expect(loaded.safety).toEqual([]);
  });

  it('keeps invitations apart from answers, and one row a person, instrument, scale and day', async () => {
    const loaded = await load([
      line({ ref: 'S1', instrument: 'PHQ-9', status: 'invited', invited: '2026-01-02', taken: '' }),
      line({ ref: 'S2', instrument: 'PHQ-9', status: 'Declined', invited: '2026-01-02', taken: '' }),
      line({ ref: 'S3', instrument: 'PHQ-9', status: 'completed', invited: '2026-01-02', taken: '' }), // 3 when?
      line({ ref: 'S3', instrument: 'PHQ-9', status: 'lost', invited: '2026-01-02', taken: '' }), // 4 not in the list
      line({ ref: 'S1', instrument: 'GAD-7', items: filled(7, 0) }),
      line({ ref: 'S1', instrument: 'GAD-7', items: filled(7, 1) }), // supersedes
      line({ ref: 'S1', instrument: 'GAD-7', items: filled(7, 1), score: '7.0' }), // the score is given too: supersedes
      line({ ref: 'S1', instrument: 'GAD-7', items: filled(7, 1), score: 7 }), // duplicate
    ]);
    expect(loaded.rows).toEqual({ read: 8, accepted: 5, superseded: 2, rejected: 2, duplicate: 1 });
    expect(codesOf(loaded)).toEqual(['3 taken_on EMPTY_REQUIRED', '4 status NOT_IN_LIST']);
    expect(loaded.summary).toMatchObject([
      { instrument: 'PHQ-9', invited: 2, completed: 0 },
      { instrument: 'GAD-7', invited: 1, completed: 1 },
    ]);
  });

  it('raises the safety answer whatever becomes of the row', async () => {
    const raised = [0, 0, 0, 0, 0, 0, 0, 0, 2];
    const long = `${'"'.repeat(400)}`;
    const loaded = await load([
      line({ ref: 'S1', instrument: 'PHQ-9', items: raised }), // 1 kept
      line({ ref: 'S2', instrument: 'PHQ-9', items: raised, taken: '2026-02-30' }), // 2 no such day
      line({ ref: 'S3', instrument: 'PHQ-9', items: raised, status: 'declined' }), // 3 answered all the same
      line({ ref: 'S4', instrument: 'PHQ-9', items: raised, status: 'lost' }), // 4 a status that is none
      line({ ref: '', instrument: 'PHQ-9', items: raised }), // 5 nobody
      line({ ref: 'S6', instrument: 'PHQ-9', items: [0, 9, 0, 0, 0, 0, 0, 0, 1] }), // 6 another item is wrong
      line({ ref: 'S7', instrument: 'PHQ-9', items: [0, 0, 0, 0, 0, 0, 0, 0, 7] }), // 7 the item itself is wrong, and high
      line({ ref: 'S8', instrument: 'PHQ-9', items: [0, 0, 0, 0, 0, 0, 0, 0, 'yes'] }), // 8 cannot be read
      `"${long.replaceAll('"', '""')}",${line({ instrument: 'PHQ-9', items: raised }).slice(3)}`, // 9 a reference that is too long
      line({ ref: '"S10" x', instrument: 'PHQ-9', items: raised }), // 10 text behind a closing quote
      'S11,PHQ-9,,,,2026-01-05,0,0,0', // 11 slipped: nothing can be told by its place
      line({ ref: 'S12', instrument: 'GAD-7', items: filled(7, 9) }), // 12 no safety item
      'S13,GAD-7,,,,2026-01-05,0', // 13 slipped, no safety item
    ]);
    expect(loaded.rows).toMatchObject({ read: 13, accepted: 2, rejected: 11 });
    expect(
      loaded.safety.map(({ row, answer, value, reference }) => [
        row,
        answer,
        value,
        reference.length > 20 ? 'cut' : reference,
      ]),
    ).toEqual([
      [1, 'raised', 2, 'S1'],
      [2, 'raised', 2, 'S2'],
      [3, 'raised', 2, 'S3'],
      [4, 'raised', 2, 'S4'],
      [5, 'raised', 2, ''],
      [6, 'raised', 1, 'S6'],
      [7, 'raised', 7, 'S7'],
      [8, 'not seen', null, 'S8'],
      [9, 'raised', 2, 'cut'],
      [10, 'raised', 2, '"S10" x'],
      [11, 'not seen', null, 'S11'],
    ]);
    // A row that is refused as a whole is listed once, by what is wrong with the whole.
    expect(codesOf(loaded).filter((code) => /^1[0-3] /.test(code))).toEqual([
      '10  BAD_QUOTE',
      '11  FIELD_COUNT',
      ...filled(7, 0).map((_, index) => `12 item_${index + 1} BAD_ITEM`),
      '13  FIELD_COUNT',
    ]);
  });

  it('keeps safety answers when their batch is undone, and raises none anew for the same file', async () => {
    const vault = copyVault(empty, join(folder, 'undone'));
    const { call, engine } = await unlocked(vault);
    const file = csvFile(folder, 'undone.csv', header, [
      line({ instrument: 'PHQ-9', items: [0, 0, 0, 0, 0, 0, 0, 0, 3] }),
    ]);
    const { batch } = await call('imports.load', { file, kind: 'screenings', mapping: null });
    await call('imports.load', { file, kind: 'screenings', mapping: null });
    const boxes = (): number =>
      withStore(
        vault,
        dataKey,
        (connection) => connection.prepare<[], number>('SELECT count(*) FROM sealed_safety').pluck().get()!,
      );
    expect(boxes()).toBe(1);
    await call('imports.undo', { batch: batch! });
    expect(boxes()).toBe(1);
    await engine.close();
    withStore(vault, dataKey, (connection) => {
      expect(connection.prepare('SELECT count(*) FROM sealed_answers').pluck().get()).toBe(0);
      // All boxes are of one length, so that none betrays its answer.
      expect(connection.prepare('SELECT count(DISTINCT length(box)) FROM sealed_safety').pluck().get()).toBe(1);
    });
  });
});
