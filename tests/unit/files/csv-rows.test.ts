import { createHash } from 'node:crypto';
import { readFileSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvRows } from '#main/files/csv-rows.ts';
import { csvLimits } from '#main/files/limits.ts';
import { fileOf, readFileRows } from './read-rows.ts';

const nasty = [
  '\uFEFFperson_ref,"no""tes",caté\r\n',
  '\r\n',
  'P1,"line one\r\nline ""two""\n",🌊\n',
  '"","",""\r',
  'P2,"a"b,é\r\n',
  'P3,short\n',
  ',,\n\n\n',
  'P4,"日本,語",x,y\r\n',
  '"P5",5" pipe,',
].join('');

const nastyRows = [
  ['P1', 'line one\r\nline "two"\n', '🌊'],
  ['', '', ''],
  ['P2', '"a"b', 'é'],
  ['P3', 'short'],
  ['', '', ''],
  ['P4', '日本,語', 'x', 'y'],
  ['P5', '5" pipe', ''],
];

function utf16(text: string, bigEndian = false): Buffer {
  const bytes = Buffer.from(text, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
}

describe('CsvRows', () => {
  it('reads the same rows whatever the size of a chunk', async () => {
    const path = fileOf(nasty);
    for (let chunkBytes = 1; chunkBytes <= Buffer.byteLength(nasty) + 1; chunkBytes += 1) {
      const { csv, rows, problems, numbers, bytesRead } = await readFileRows(path, { hasHeader: true, chunkBytes });
      expect(csv.header).toEqual(['person_ref', 'no"tes', 'caté']);
      expect(rows).toEqual(nastyRows);
      expect(problems).toEqual([[], [], ['BAD_QUOTE'], ['FIELD_COUNT'], [], ['FIELD_COUNT'], []]);
      expect(numbers).toEqual([1, 2, 3, 4, 5, 6, 7]);
      expect(bytesRead.at(-1)).toBe(statSync(path).size);
      expect(csv.sha256).toBe(createHash('sha256').update(readFileSync(path)).digest('hex'));
    }
  });

  it.each([
    ['utf-16le', utf16(nasty)],
    ['utf-16be', utf16(nasty, true)],
    ['utf-16le', utf16(nasty.slice(1))],
  ] as const)('reads the same rows from %s, cut anywhere', async (encoding, bytes) => {
    const path = fileOf(bytes);
    for (let chunkBytes = 1; chunkBytes <= 40; chunkBytes += 1) {
      const { csv, rows } = await readFileRows(path, { hasHeader: true, encoding, chunkBytes });
      expect(csv.header).toEqual(['person_ref', 'no"tes', 'caté']);
      expect(rows).toEqual(nastyRows);
      expect(csv.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    }
  });

  it('reads Windows-1252, the letters between 0x80 and 0x9F among them', async () => {
    const path = fileOf(Buffer.from([0x80, 0x2c, 0x92, 0x2c, 0xe9, 0x0a, 0x93, 0x2c, 0xa3, 0x2c, 0xff]));
    for (const chunkBytes of [1, 2, 3, 100]) {
      const { rows } = await readFileRows(path, { encoding: 'windows-1252', chunkBytes });
      expect(rows).toEqual([
        ['€', '’', 'é'],
        ['“', '£', 'ÿ'],
      ]);
    }
  });

  it('agrees with csv-parse on any table that is written by the rules, in chunks of any size', async () => {
    const cell = fc.oneof(
      fc.string({ unit: fc.constantFrom('a', 'é', '🌊', ' ', ',', '"', '\n', '\r', '0'), maxLength: 8 }),
      fc.constantFrom('', '""', '\r\n', '2026-03-31'),
    );
    const newline = fc.constantFrom('\n', '\r\n', '\r');
    const table = fc.array(fc.array(fc.tuple(cell, fc.boolean()), { minLength: 1, maxLength: 5 }), { maxLength: 8 });
    const written = (text: string, quoted: boolean) =>
      quoted || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    await fc.assert(
      fc.asyncProperty(table, newline, fc.boolean(), fc.integer({ min: 1, max: 64 }), async (rows, end, last, size) => {
        const text = rows.map((row) => row.map(([value, quoted]) => written(value, quoted)).join(',')).join(end);
        const content = last ? text + end : text;
        const expected = parse(content, { relax_column_count: true, skip_empty_lines: true, record_delimiter: end });
        if (expected.length === 0) {
          await expect(readFileRows(fileOf(content))).rejects.toMatchObject({ error: { code: 'BAD_FILE' } });
          return;
        }
        expect((await readFileRows(fileOf(content), { chunkBytes: size })).rows).toEqual(expected);
      }),
      { numRuns: 300, seed: 2026 },
    );
  });

  it('reads random bytes alike in one piece and in many, and fails by a refusal or not at all', async () => {
    const byte = fc.constantFrom(34, 44, 10, 13, 0, 65, 0xc3, 0xa9, 0xff);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), fc.array(byte, { maxLength: 60 }), async (any, likely) => {
        for (const bytes of [any, Uint8Array.from(likely)]) {
          const path = fileOf(bytes);
          const whole = await readFileRows(path).catch((error: Error) => error);
          const pieces = await readFileRows(path, { chunkBytes: 3 }).catch((error: Error) => error);
          if (whole instanceof Error) expect(whole).toMatchObject({ error: { code: 'BAD_FILE' } });
          else expect(pieces).toMatchObject({ rows: whole.rows, problems: whole.problems });
        }
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it('passes over a byte order mark before a quote, also where chunks cut it', async () => {
    for (const chunkBytes of [1, 2, 3, 100]) {
      expect((await readFileRows(fileOf('\uFEFF"a,b",c\n'), { chunkBytes })).rows).toEqual([['a,b', 'c']]);
      expect((await readFileRows(fileOf('a'), { chunkBytes })).rows).toEqual([['a']]);
    }
  });

  it('marks the rows that are not UTF-8 and only those', async () => {
    const rows = [Buffer.from('a,é\n'), Buffer.from([0x62, 0x2c, 0xe9, 0x0a]), Buffer.from('c,"""é"""\nd,e\n')];
    const found = await readFileRows(fileOf(Buffer.concat([...rows, Buffer.from([0x66, 0x2c, 0xc3])])));
    expect(found.problems).toEqual([[], ['BAD_ENCODING'], [], [], ['BAD_ENCODING']]);
    expect(found.rows[2]).toEqual(['c', '"é"']);
  });

  it('marks rows with a NUL byte', async () => {
    expect((await readFileRows(fileOf('a,b\nc\0,d\n'))).problems).toEqual([[], ['NUL_BYTE']]);
  });

  it('refuses text that is no UTF-16 instead of replacing it', async () => {
    const half = Buffer.concat([utf16('a,b\n'), Buffer.from([0x00, 0xd8, 0x61, 0x00])]);
    const odd = Buffer.concat([utf16('a,b\n'), Buffer.from([0x61])]);
    for (const bytes of [half, odd]) {
      await expect(readFileRows(fileOf(bytes), { encoding: 'utf-16le' })).rejects.toMatchObject({
        error: { code: 'BAD_FILE' },
      });
    }
  });

  it('leaves the rows behind a header that stands alone', async () => {
    const { csv, rows } = await readFileRows(fileOf(' person_ref , unit \r\n'), { hasHeader: true });
    expect(csv.header).toEqual(['person_ref', 'unit']);
    expect(csv.width).toBe(2);
    expect(rows).toEqual([]);
    expect(csv.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('refuses a header that cannot be read', async () => {
    for (const bytes of [Buffer.from([0x61, 0xff, 0x0a]), Buffer.from('"a"b,c\n1,2')]) {
      await expect(readFileRows(fileOf(bytes), { hasHeader: true })).rejects.toMatchObject({
        error: { code: 'BAD_FILE' },
      });
    }
  });

  it('refuses an empty file, a folder, a device and a file that is not there', async () => {
    const options = { encoding: 'utf-8', delimiter: ',', hasHeader: true } as const;
    const code = async (path: string) => CsvRows.open(path, options).catch((error) => error.error.code);
    expect(await code(fileOf(''))).toBe('BAD_FILE');
    expect(await code(tmpdir())).toBe('BAD_FILE');
    expect(await code('/dev/zero')).toBe('BAD_FILE');
    expect(await code(join(tmpdir(), 'tidemark-no-such-file.csv'))).toBe('NO_SUCH_FILE');
  });

  it('stops between chunks when it is cancelled, and closes the file when the loop is left', async () => {
    const stop = new AbortController();
    const options = {
      encoding: 'utf-8',
      delimiter: ',',
      hasHeader: true,
      chunkBytes: 64,
      signal: stop.signal,
    } as const;
    const csv = await CsvRows.open(fileOf('a,b\n'.repeat(1_000)), options);
    let rows = 0;
    const reading = async () => {
      for await (const batch of csv.batches()) {
        rows += batch.rowCount;
        stop.abort();
      }
    };
    await expect(reading()).rejects.toMatchObject({ error: { code: 'CANCELLED' } });
    expect(rows).toBeLessThan(100);
    expect(csv.sha256).toBeNull();
  });
});

describe('limits', () => {
  const limits = { fileBytes: 4_000, rowBytes: 400, cellBytes: 100, columns: 20 };
  const refusal = async (text: string, chunkBytes: number) =>
    readFileRows(fileOf(text), { limits, chunkBytes, hasHeader: true }).then(
      () => null,
      (error) => ({ code: error.error.code, ...error.error.params }),
    );

  it('are those of the security page', () => {
    expect(csvLimits).toEqual({ fileBytes: 4_294_967_296, rowBytes: 4_194_304, cellBytes: 1_048_576, columns: 16_384 });
  });

  it.each([7, 64, 1_000_000])('hold in chunks of %i bytes', async (chunk) => {
    const cell = 'x'.repeat(100);
    const columns = (count: number) => Array.from({ length: count }, () => 'x').join(',');
    expect(await refusal(`a,b\n${cell},1\n`, chunk)).toBeNull();
    expect(await refusal(`a,b\n1,2\n"${cell}x",1\n`, chunk)).toEqual({ code: 'TOO_LARGE', row: 2, limit: 'cell' });
    expect(await refusal(`a\n${columns(20)}\n`, chunk)).toBeNull();
    expect(await refusal(`a\n${columns(21)}\n`, chunk)).toEqual({ code: 'TOO_LARGE', row: 1, limit: 'columns' });
    expect(await refusal(`${columns(21)}\n1\n`, chunk)).toEqual({ code: 'TOO_LARGE', row: 0, limit: 'columns' });
    const long = [cell, cell, cell, cell].join(',');
    expect(await refusal(`a\n1\n${long}\n`, chunk)).toEqual({ code: 'TOO_LARGE', row: 2, limit: 'row' });
    expect(await refusal('a\n1\n'.repeat(1_001), chunk)).toEqual({ code: 'TOO_LARGE', limitBytes: 4_000 });
  });

  it('stop a quote that is never closed long before the file is in memory', async () => {
    const path = fileOf('a,b\n1,"2\n');
    truncateSync(path, 500 * 1024 ** 2);
    const before = process.memoryUsage().rss;
    await expect(readFileRows(path)).rejects.toMatchObject({
      error: { code: 'TOO_LARGE', params: { row: 2, limit: 'row' } },
    });
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 ** 2);
  });
});
