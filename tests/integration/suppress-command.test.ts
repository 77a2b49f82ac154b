import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { main } from '#main/cli/main.ts';
import type { Suppression } from '#shared/contract/disclosure.ts';
import { temporaryFolder } from './test-vault.ts';

const folder = temporaryFolder('suppress');

type Run = { readonly exit: number; readonly out: string; readonly err: string };

async function suppress(csv: string, spec: unknown, ...more: string[]): Promise<Run> {
  const data = join(folder, 'data.csv');
  const file = join(folder, 'spec.json');
  writeFileSync(data, csv);
  writeFileSync(file, JSON.stringify(spec));
  let out = '';
  let err = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += String(text);
    return true;
  });
  const exit = await main(['suppress', '--data', data, '--spec', file, ...more]);
  vi.restoreAllMocks();
  return { exit, out, err };
}

async function answer(csv: string, spec: unknown): Promise<Suppression> {
  const run = await suppress(csv, spec, '--json');
  expect([run.exit, run.err]).toEqual([0, '']);
  return JSON.parse(run.out) as Suppression;
}

const table = 'unit,month,count\nA,01,3\nA,02,20\nA,03,30\nB,01,15\nB,02,40\nB,03,50\nC,01,60\nC,02,70\nC,03,0\n';
const people = `unit,role\n${'A,x\n'.repeat(12)}${'A,y\n'.repeat(3)}${'B,x\n'.repeat(20)}${'B,y\n'.repeat(14)}`;

afterEach(() => vi.restoreAllMocks());

describe('tidemark suppress', () => {
  it('gives cells and audit with the keys of the contract', async () => {
    const given = await answer(table, { rows: 'unit', columns: 'month', count: 'count' });
    expect(given.cells).toHaveLength(16);
    expect(given.cells[0]).toEqual({ row: 'A', column: '01', value: null, published: null, reason: 'primary' });
    expect(given.cells[1]).toEqual({ row: 'A', column: '02', value: null, published: null, reason: 'complementary' });
    expect(given.cells[2]).toEqual({ row: 'A', column: '03', value: 30, published: 30, reason: null });
    expect(given.cells[10]).toMatchObject({ row: 'C', column: '03', value: 0, published: 0 });
    expect(given.cells.at(-1)).toEqual({ row: 'Total', column: 'Total', value: 288, published: 288, reason: null });
    // By hand: A01 + A02 = 23, A01 + B01 = 18, B01 + B02 = 55.
    expect(given.audit.map(({ row, column, low, high }) => [row, column, low, high])).toEqual([
      ['A', '01', 0, 18],
      ['A', '02', 5, 23],
      ['B', '01', 0, 18],
      ['B', '02', 37, 55],
    ]);
    expect(given.loss).toEqual({ counts: 15, primary: 1, complementary: 3, complementaryMargins: 0 });
  });

  it('shows withheld values only inside, and rounds what it publishes', async () => {
    const inside = await answer(table, { rows: 'unit', columns: 'month', internal: true });
    expect(inside.cells[0]).toMatchObject({ value: 3, published: null });
    const round = await answer(table, { rows: 'unit', columns: 'month', rounding: 5 });
    for (const cell of round.cells) {
      if (cell.published !== null) expect(cell.published % 5).toBe(0);
      expect(cell.value).toBe(cell.published);
    }
  });

  it('counts people where there is no column of counts, one way and two', async () => {
    const oneWay = await answer(people, { rows: 'unit' });
    expect(oneWay.cells).toEqual([
      { row: 'A', column: 'Total', value: 15, published: 15, reason: null },
      { row: 'B', column: 'Total', value: 34, published: 34, reason: null },
      { row: 'Total', column: 'Total', value: 49, published: 49, reason: null },
    ]);
    const twoWay = await answer(people, { rows: 'unit', columns: 'role' });
    expect(twoWay.cells[1]).toMatchObject({ row: 'A', column: 'y', reason: 'primary' });
    expect(twoWay.audit.every(({ low, high }) => high === null || high - (low ?? 0) >= 10)).toBe(true);
  });

  it('joins nested labels and publishes the outer subtotals', async () => {
    const given = await answer(table, { rows: ['unit', 'month'], threshold: 5 });
    expect(given.cells.map((cell) => cell.row)).toEqual(
      ['A', 'B', 'C']
        .flatMap((unit) => [...['01', '02', '03'], 'Total'].map((part) => `${unit} / ${part}`))
        .concat('Total'),
    );
    expect(given.cells[3]).toMatchObject({ row: 'A / Total', column: 'Total', published: 53 });
  });

  it('reckons with earlier releases', async () => {
    const first = await answer(table, { rows: 'unit', columns: 'month', threshold: 5 });
    const earlier = [{ cells: first.cells, threshold: 5 }];
    const second = await answer(table, { rows: 'unit', columns: 'month', threshold: 5, earlier });
    expect(second.cells).toEqual(first.cells);
    expect(second.earlierReleases).toBe(1);
    const told = first.cells.map((cell) =>
      cell.row === 'A' && cell.column === '01' ? { ...cell, published: 3 } : cell,
    );
    const run = await suppress(table, { rows: 'unit', columns: 'month', earlier: [{ cells: told }] }, '--json');
    expect(run.exit).toBe(6);
    expect(JSON.parse(run.out)).toMatchObject({ error: { code: 'DISCLOSURE' } });
  });

  it('prints a table for people', async () => {
    const { exit, out } = await suppress(table, { rows: 'unit', columns: 'month' });
    expect(exit).toBe(0);
    expect(out).toContain('[c]');
    expect(out).toContain('4 of 15 counts withheld: 1 under 10, 3 to protect them.');
    expect(out).toContain('A, 01: between 0 and 18');
  });

  it.each([
    [table, {}, 'BAD_SPEC', 'rows'],
    [table, { rows: 'unit', column: 'month' }, 'BAD_SPEC', '“column” is not part of the spec'],
    [table, { rows: 'unit', columns: 'unit' }, 'BAD_SPEC', 'used twice'],
    [table, { rows: 'unit', threshold: 0 }, 'BAD_SPEC', 'threshold'],
    [table, { rows: ['unit', 'month', 'count'] }, 'BAD_SPEC', 'rows'],
    [table, { rows: 'units' }, 'BAD_COLUMN', 'There is no column “units”'],
    [table, { rows: 'unit', count: 'people' }, 'BAD_COLUMN', '“people”'],
    [table, { rows: 'month', count: 'unit' }, 'BAD_COLUMN', 'row 1 holds “A”'],
    ['unit,count\nA,4\nB,-1\n', { rows: 'unit' }, 'BAD_INPUT', 'Row 2 holds -1 in “count”'],
    ['unit,count\nA,4\nB,1.5\n', { rows: 'unit' }, 'BAD_INPUT', 'Row 2 holds 1.5 in “count”'],
    ['unit,count\nA,4\nB,\n', { rows: 'unit' }, 'BAD_INPUT', 'Row 2 holds nothing in “count”'],
    ['unit,count\nA,4\n,5\n', { rows: 'unit' }, 'BAD_INPUT', 'Row 2 has nothing in “unit”'],
    ['unit,count\nA,4\nTotal,5\n', { rows: 'unit' }, 'BAD_INPUT', 'the name of a margin'],
    ['unit,count\n', { rows: 'unit' }, 'BAD_INPUT', 'no rows'],
  ])('refuses %j with %j as %s', async (csv, spec, code, words) => {
    const run = await suppress(csv, spec, '--json');
    const { error } = JSON.parse(run.out) as { error: { code: string; message: string } };
    expect([run.exit, error.code]).toEqual([3, code]);
    expect(error.message).toContain(words);
  });
});
