import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { CsvRows } from '#main/files/csv-rows.ts';
import { PackedPages } from '#main/files/packed-pages.ts';
import { cellsOf, type RowPages } from '#main/files/row-pages.ts';
import type { TextEncoding } from '#main/files/text-encoding.ts';
import { TextPages } from '#main/files/text-pages.ts';

const folder = mkdtempSync(join(tmpdir(), 'tidemark-pages-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let made = 0;

const small = { chunkBytes: 64, pageBytes: 32, markRows: 3, markBytes: 100 };

function bytesOf(text: string, encoding: TextEncoding, mark: boolean): Buffer {
  if (encoding === 'windows-1252') return Buffer.from(text, 'latin1');
  const body = encoding === 'utf-8' ? Buffer.from(text) : Buffer.from(text, 'utf16le');
  if (encoding === 'utf-16be') body.swap16();
  const marks = { 'utf-8': [0xef, 0xbb, 0xbf], 'utf-16le': [0xff, 0xfe], 'utf-16be': [0xfe, 0xff] };
  return mark ? Buffer.concat([Buffer.from(marks[encoding]), body]) : body;
}

function file(content: Buffer): string {
  made += 1;
  const path = join(folder, `${made}.csv`);
  writeFileSync(path, content);
  return path;
}

/** Every row by the reader that imports. */
async function allRows(path: string, encoding: TextEncoding): Promise<string[][]> {
  const rows: string[][] = [];
  for await (const batch of (await CsvRows.open(path, { encoding, delimiter: ',', hasHeader: false })).batches()) {
    for (let row = 0; row < batch.rowCount; row += 1) rows.push(cellsOf(batch, row, 10_000));
  }
  return rows;
}

async function pageOf(pages: RowPages, first: number, count: number): Promise<string[][]> {
  const page = await pages.page(first, count);
  return Array.from({ length: page.rowCount }, (_, row) => cellsOf(page, row, 10_000));
}

const cell = fc.oneof(
  fc.constantFrom('', 'a', 'é£', 'ordinary text', '2026-03-31'),
  fc.constantFrom('"q"', '"a,b"', '"two\nlines"', '"say ""yes"""', 'in"side', '"\r\n"', '""'),
);
const line = fc.array(cell, { minLength: 1, maxLength: 5 }).map((cells) => cells.join(','));
const text = fc
  .tuple(fc.array(line, { minLength: 1, maxLength: 60 }), fc.constantFrom('\n', '\r\n', '\r'), fc.boolean())
  .map(([lines, ending, last]) => `x${lines.join(ending)}${last ? ending : ''}`);

describe('pages of a text file', () => {
  it.each(['utf-8', 'windows-1252', 'utf-16le', 'utf-16be'] as const)(
    'are the rows that an import reads, wherever one looks: %s',
    async (encoding) => {
      await fc.assert(
        fc.asyncProperty(text, fc.boolean(), fc.nat(70), fc.integer({ min: 1, max: 9 }), async (...given) => {
          const [content, mark, first, count] = given;
          const path = file(bytesOf(content, encoding, mark));
          const expected = await allRows(path, encoding);
          const pages = await TextPages.open(path, { encoding, delimiter: ',' }, small);
          await pages.reach(Number.POSITIVE_INFINITY, 5_000);
          expect(pages.rowCount).toBe(expected.length);
          expect(await pageOf(pages, first, count)).toEqual(expected.slice(first, first + count));
          await pages.close();
        }),
        { numRuns: 60 },
      );
    },
  );

  it('says where it had to stop, and shows what comes before', async () => {
    const path = file(Buffer.concat([Buffer.from('a,b\n1,2\n"'), Buffer.alloc(5 * 1024 ** 2, 'x')]));
    const pages = await TextPages.open(path, { encoding: 'utf-8', delimiter: ',' });
    await pages.reach(10, 5_000);
    expect(pages.stopped).toMatch(/Row 3 .* longer than 4 MiB/);
    expect(await pageOf(pages, 0, 5)).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
    await pages.close();
    await expect(pages.page(0, 1)).rejects.toThrow('closed');
  });
});

describe('pages of a file that is only read from its beginning', () => {
  it('are its rows, the header first', async () => {
    const lines = Array.from({ length: 1_234 }, (_, row) => `${row},"row ${row}",é`);
    const path = file(Buffer.from(`n,name,letter\n${lines.join('\n')}\n`));
    const expected = await allRows(path, 'utf-8');
    const pages = new PackedPages(await CsvRows.open(path, { encoding: 'utf-8', delimiter: ',', hasHeader: true }));
    await pages.reach(Number.POSITIVE_INFINITY, 5_000);
    expect(pages.rowCount).toBe(1_235);
    for (const [first, count] of [
      [0, 3],
      [498, 2],
      [499, 1],
      [500, 7],
      [1_230, 20],
      [1_235, 5],
    ] as const) {
      expect(await pageOf(pages, first, count)).toEqual(expected.slice(first, Math.min(first + count, 1_235)));
    }
    await pages.close();
  });
});
