import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Mapping } from '#shared/contract/mapping.ts';
import { copyVault, csvFile, newVault, passphrase, temporaryFolder, unlocked, user, writeText } from './test-vault.ts';

const folder = temporaryFolder('mappings');
const empty = join(folder, 'empty');
let made = 0;

beforeAll(async () => {
  const { engine } = await newVault(empty);
  await engine.close();
});

function fresh(): string {
  made += 1;
  return copyVault(empty, join(folder, `vault-${made}`));
}

const absence: Mapping = {
  kind: 'absences',
  columns: { person_ref: 'Payroll No', start: 'From', end: 'To', reason_code: 'Reason' },
  dateOrder: 'dmy',
  rules: { end: ['open-end'] },
};
const header = 'Payroll No,Surname,From,To,Reason';

describe('saved mappings', () => {
  it('are versioned by name, and say nothing new in no new version', async () => {
    const { call, engine } = await unlocked(fresh());
    const input = { name: ' HR  monthly ', mapping: absence, fileName: 'absence_2026-03.csv' };
    expect(await call('mappings.save', input)).toEqual({
      name: 'HR monthly',
      version: 1,
      filePattern: 'absence_*.csv',
      saved: true,
    });
    expect(
      await call('mappings.save', { ...input, name: 'hr MONTHLY', fileName: 'absence_2026-04.csv' }),
    ).toMatchObject({
      name: 'HR monthly',
      version: 1,
      saved: false,
    });
    const other = { ...absence, columns: { ...absence.columns, fte_days: 'Days' } };
    expect(await call('mappings.save', { name: 'HR monthly', mapping: other })).toMatchObject({
      version: 2,
      filePattern: 'absence_*.csv',
      saved: true,
    });
    const { mappings } = await call('mappings.list', {});
    expect(mappings).toHaveLength(1);
    expect(mappings[0]).toMatchObject({ name: 'HR monthly', version: 2, kind: 'absences', savedBy: user });
    expect(mappings[0]?.versions.map(({ version }) => version)).toEqual([2, 1]);
    expect(mappings[0]?.mapping).toEqual({ ...other, name: 'HR monthly' });
    await engine.close();
  });

  it('refuse a name that cannot be one, a kind that is none and a mapping of nothing', async () => {
    const { refused, engine } = await unlocked(fresh());
    for (const name of [' ', 'canonical', 'a\u0007b', 'x'.repeat(101)]) {
      expect((await refused('mappings.save', { name, mapping: absence })).code).toBe('BAD_INPUT');
    }
    const bad = { ...absence, kind: 'shoes' };
    expect((await refused('mappings.save', { name: 'a', mapping: bad })).code).toBe('BAD_INPUT');
    const nothing = { kind: 'absences', columns: {} };
    expect((await refused('mappings.save', { name: 'a', mapping: nothing })).code).toBe('BAD_INPUT');
    expect((await refused('mappings.retire', { name: 'a' })).code).toBe('NOT_FOUND');
    await engine.close();
  });

  it('recognise the next file, in its own encoding, delimiter and spelling', async () => {
    const { call, engine } = await unlocked(fresh());
    await call('mappings.save', { name: 'HR monthly', mapping: absence, fileName: 'absence_2026-03.csv' });
    const lines = ['from;TO;Surname;payroll no;Reason', '01/04/2026;03/04/2026;O\u2019Neill;77;S12'];
    const next = writeText(join(folder, 'absence_2026-04.csv'), Buffer.from(`${lines.join('\r\n')}\r\n`, 'utf16le'));
    const look = await call('imports.look', { file: next });
    expect(look.recognised).toEqual({ name: 'HR monthly', version: 1 });
    expect(look).toMatchObject({
      kind: 'absences',
      confidence: 1,
      reasons: ['Recognised as “HR monthly”, version 1.'],
    });
    expect(look.mapping).toMatchObject({
      columns: { person_ref: 'payroll no', start: 'from', end: 'TO', reason_code: 'Reason' },
      encoding: 'utf-16le',
      delimiter: ';',
      dateOrder: 'dmy',
    });
    const loaded = await call('imports.load', { file: next, kind: 'absences', mapping: look.mapping });
    expect(loaded.rows).toMatchObject({ read: 1, accepted: 1 });
    await engine.close();
  });

  it('recognise a file whose header lies beneath a title', async () => {
    const { call, engine } = await unlocked(fresh());
    const mapping = { ...absence, rowsAbove: 2 };
    await call('mappings.save', { name: 'Titled', mapping, fileName: 'titled 03.csv' });
    const rows = [header, '9,Ash,01/04/2026,,S1'];
    const file = writeText(join(folder, 'titled 04.csv'), ['Absence report', 'printed 1 May', ...rows, ''].join('\n'));
    const look = await call('imports.look', { file });
    expect(look.recognised).toEqual({ name: 'Titled', version: 1 });
    expect(look.mapping).toMatchObject({ rowsAbove: 2 });
    expect((await call('imports.check', { file, kind: 'absences', mapping: look.mapping })).rows.accepted).toBe(1);
    await engine.close();
  });

  it('recognise nothing once retired, and again once saved anew', async () => {
    const { call, engine } = await unlocked(fresh());
    const input = { name: 'HR monthly', mapping: absence, fileName: 'absence_2026-03.csv' };
    await call('mappings.save', input);
    const file = csvFile(folder, 'absence_2026-05.csv', header, ['9,Ash,01/05/2026,,S1']);
    const recognised = async () => (await call('imports.look', { file })).recognised;
    expect(await recognised()).toEqual({ name: 'HR monthly', version: 1 });
    await call('mappings.retire', { name: 'hr monthly' });
    expect(await recognised()).toBeNull();
    expect((await call('mappings.list', {})).mappings[0]?.retiredAt).not.toBeNull();
    expect(await call('mappings.save', input)).toMatchObject({ version: 2, saved: true });
    expect(await recognised()).toEqual({ name: 'HR monthly', version: 2 });
    await engine.close();
  });

  it('of which several fit: the one of the file’s pattern, then the one of most columns; between equals none', async () => {
    const { call, engine } = await unlocked(fresh());
    const narrow = {
      kind: 'absences',
      columns: { person_ref: 'Payroll No', start: 'From' },
      dateOrder: 'dmy' as const,
    };
    await call('mappings.save', { name: 'Narrow', mapping: narrow, fileName: 'sick_01.csv' });
    await call('mappings.save', { name: 'Wide', mapping: absence, fileName: 'sick_01.csv' });
    await call('mappings.save', { name: 'Other', mapping: absence, fileName: 'leave_01.csv' });
    const look = async (name: string) =>
      (await call('imports.look', { file: csvFile(folder, name, header, ['9,Ash,01/05/2026,,S1']) })).recognised?.name;
    expect(await look('sick_02.csv')).toBe('Wide');
    expect(await look('leave_02.csv')).toBe('Other');
    expect(await look('something else.csv')).toBeUndefined();
    await engine.close();
  });
});

const run = promisify(execFile);

describe('the command line', () => {
  it('saves a mapping with a name once it has loaded a file, loads by it, writes it out and retires it', async () => {
    const vault = fresh();
    const passphraseFile = writeText(join(folder, 'passphrase.txt'), passphrase);
    const tidemark = async (...args: string[]) => {
      const credentials = ['--user', user, '--passphrase-file', passphraseFile, '--json'];
      const { stdout } = await run(resolve('node_modules/.bin/node'), [
        resolve('bin/tidemark.mjs'),
        ...args,
        ...credentials,
      ]).catch((error: { stdout: string }) => error);
      return JSON.parse(stdout) as Record<string, unknown>;
    };
    const mapping = join(folder, 'mapping.json');
    writeFileSync(mapping, JSON.stringify({ ...absence, name: 'HR monthly' }));
    const first = csvFile(folder, 'cli_2026-03.csv', header, ['9,Ash,01/03/2026,,S1']);
    const second = csvFile(folder, 'cli_2026-04.csv', header, ['9,Ash,02/04/2026,,S1']);
    expect(await tidemark('import', vault, '--file', first, '--mapping', mapping)).toMatchObject({
      batch: 1,
      kind: 'absences',
      mapping: { name: 'HR monthly', version: 1 },
    });
    expect(await tidemark('import', vault, '--file', second, '--mapping-name', 'hr monthly')).toMatchObject({
      batch: 2,
      rows: { accepted: 1, rejected: 0 },
    });
    const out = join(folder, 'written.json');
    expect(await tidemark('mappings', vault, 'export', 'HR monthly', '--out', out)).toMatchObject({ version: 1 });
    expect(JSON.parse(readFileSync(out, 'utf8'))).toEqual({ ...absence, name: 'HR monthly' });
    expect(await tidemark('mappings', vault, 'save', '--file', out, '--pattern', 'cli_*.csv')).toMatchObject({
      version: 1,
      saved: false,
    });
    expect(await tidemark('mappings', vault, 'retire', 'HR monthly')).toEqual({ name: 'HR monthly', versions: 1 });
    expect(await tidemark('import', vault, '--file', second, '--mapping-name', 'none')).toMatchObject({
      error: { code: 'NOT_FOUND' },
    });
  }, 60_000);
});
