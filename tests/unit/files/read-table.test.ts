import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type ReadColumn, readTable } from '#main/files/read-table.ts';

const folder = mkdtempSync(join(tmpdir(), 'tidemark-read-table-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let made = 0;

function fileOf(content: string | Buffer): string {
  made += 1;
  const file = join(folder, `${made}.csv`);
  writeFileSync(file, content);
  return file;
}

/** A column as plain values: numbers, texts, null where missing. */
function values(column: ReadColumn | undefined): (number | string | null)[] {
  if (column?.kind === 'numeric') return Array.from(column.values, (value) => (Number.isNaN(value) ? null : value));
  return Array.from(column?.codes ?? [], (code) => (code < 0 ? null : (column?.levels[code] as string)));
}

describe('reading a table', () => {
  it('takes a column as numbers where every value that is there is one', async () => {
    const table = await readTable(fileOf('a,b,c\n1,x,\n-2.5e3,NA,7\n,y,NA\n 4 ,x,NaN\n'));
    expect(table.rows).toBe(4);
    expect(values(table.columns.get('a'))).toEqual([1, -2500, null, 4]);
    expect(values(table.columns.get('b'))).toEqual(['x', null, 'y', 'x']);
    expect(values(table.columns.get('c'))).toEqual([null, 7, null, null]);
    expect(table.columns.get('b')).toMatchObject({ levels: ['x', 'y'], firstText: { row: 1, value: 'x' } });
  });

  it('remembers the first text of a column of numbers, and reads what came before as it is written', async () => {
    const table = await readTable(fileOf('a\n01\n2\nInf\nabout 7\n2\n'));
    expect(values(table.columns.get('a'))).toEqual(['01', '2', 'Inf', 'about 7', '2']);
    expect(table.columns.get('a')).toMatchObject({ firstText: { row: 4, value: 'about 7' } });
  });

  it('reads numbers that end in their point, as NIST and Fortran write them', async () => {
    const table = await readTable(fileOf('a,b\n760.,1.\n-2042.,x\n1.e3,2.\n'));
    expect(values(table.columns.get('a'))).toEqual([760, -2042, 1000]);
    expect(table.columns.get('b')).toMatchObject({ kind: 'categorical', firstText: { row: 2, value: 'x' } });
  });

  it('keeps infinite numbers, so that they can be refused by name', async () => {
    const table = await readTable(fileOf('a,b\n1,1\nInf,2\n-Infinity,3\n'));
    expect(values(table.columns.get('a'))).toEqual([1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
  });

  it('reads a byte order mark, Windows line ends, quotes, semicolons and blank lines', async () => {
    const table = await readTable(fileOf('\ufeff"the x";label\r\n1;"a; b"\r\n\r\n2;"say ""so"""\r\n'));
    expect(values(table.columns.get('the x'))).toEqual([1, 2]);
    expect(values(table.columns.get('label'))).toEqual(['a; b', 'say "so"']);
  });

  it('sorts levels by code point, whatever the locale', async () => {
    const table = await readTable(fileOf('a\né\nZ\na\nB\n'));
    expect(table.columns.get('a')).toMatchObject({ levels: ['B', 'Z', 'a', 'é'] });
  });

  it('reads the columns asked for and still knows the names of all', async () => {
    const table = await readTable(fileOf('a,b,c\n1,2,3\n'), { columns: ['c', 'nothing'] });
    expect([...table.columns.keys()]).toEqual(['c']);
    expect(table.names).toEqual(['a', 'b', 'c']);
  });

  it.each([
    ['a,b\n1,2\n3\n', 'Data row 2 has 1 value where the header has 2.'],
    ['a,a\n1,2\n', 'Two columns are called “a”.'],
    ['a,b\n1,"2\n3,4\n', 'Data row 1 opens a quote that is never closed.'],
    ['', 'The file is empty.'],
  ])('refuses %j', async (text, message) => {
    await expect(readTable(fileOf(text))).rejects.toMatchObject({ message, error: { code: 'BAD_FILE' } });
  });

  it('agrees with itself over chunks: a long column of numbers and texts', async () => {
    const lines = Array.from({ length: 200_000 }, (_none, row) => `${row % 977},g${row % 13}`);
    const table = await readTable(fileOf(`n,g\n${lines.join('\n')}\n`));
    expect(table.rows).toBe(200_000);
    expect(values(table.columns.get('n'))).toEqual(lines.map((line) => Number(line.split(',')[0])));
    expect(values(table.columns.get('g'))).toEqual(lines.map((line) => line.split(',')[1]));
  });
});
