import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { csvLine } from '#main/services/synthetic/csv.ts';
import {
  extractNames,
  type ForceOptions,
  type ForceProgress,
  generateForce,
  writeExposuresFile,
  writeForce,
  writePeopleFile,
} from '#main/services/synthetic/index.ts';

const small: Partial<ForceOptions> = { people: 80, years: 1 };
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tidemark-synthetic-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function hashes(directory: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)))
      .sort()
      .map((name) => [
        name,
        createHash('sha256')
          .update(readFileSync(path.join(directory, name)))
          .digest('hex'),
      ]),
  );
}

function linesOf(name: string): readonly string[] {
  return readFileSync(path.join(folder, name), 'utf8').trimEnd().split('\n');
}

describe('writing a force', () => {
  test('the same options give the same bytes, another seed changes every extract that has rows', async () => {
    const directories = ['first', 'second', 'other'].map((name) => path.join(folder, name));
    const [first, second, other] = directories as [string, string, string];
    await writeForce(first, small);
    await writeForce(second, small);
    await writeForce(other, { ...small, seed: 1 });
    expect(hashes(first)).toEqual(hashes(second));
    expect(Object.keys(hashes(first))).toEqual([
      'README.txt',
      'absences.csv',
      'adverse_events.csv',
      'costs.csv',
      'duties.csv',
      'exposures.csv',
      'families.csv',
      'peer_contacts.csv',
      'peer_requests.csv',
      'people.csv',
      'pilot_clusters.csv',
      'pilot_enrolments.csv',
      'pilot_session_plan.csv',
      'pilot_sessions.csv',
      'pilots/peer-check-in-calls.json',
      'screenings.csv',
      'support.csv',
      'truth.json',
      'volunteers.csv',
    ]);
    // So small a force has one pilot: nothing of its plan is left to chance, and some extracts have no row.
    const hasRows = (name: string) => readFileSync(path.join(first, name), 'utf8').trimEnd().includes('\n');
    for (const [name, hash] of Object.entries(hashes(other))) {
      if (hasRows(name) && !name.startsWith('pilots')) expect(hash).not.toBe(hashes(first)[name]);
    }
  });

  test('says what it wrote, and the truth agrees with the files', async () => {
    const { files, truth } = await writeForce(folder, small);
    for (const { kind, path: filePath, rows, sha256 } of files) {
      expect(path.basename(filePath)).toBe(`${kind}.csv`);
      expect(linesOf(`${kind}.csv`).length - 1).toBe(rows);
      expect(hashes(folder)[`${kind}.csv`]).toBe(sha256);
    }
    const written = JSON.parse(readFileSync(path.join(folder, 'truth.json'), 'utf8'));
    expect(written).toMatchObject(JSON.parse(JSON.stringify(truth)));
    expect(written.files.map(({ rows }: { rows: number }) => rows)).toEqual(files.map(({ rows }) => rows));
    expect(written.synthetic).toBe(true);
    expect(written.planted.exposureStep.from).toBe('2025-07-01');
    expect(JSON.stringify(written)).not.toContain(folder);
    const categories = linesOf('exposures.csv')
      .slice(1)
      .map((line) => line.split(',')[2]!);
    for (const [code, count] of Object.entries(truth.realised.exposures.rowsByCategory)) {
      expect(categories.filter((category) => category === code).length).toBe(count);
    }
    const completed = linesOf('screenings.csv')
      .map((line) => line.split(','))
      .filter((row) => row[4] === 'completed' && row[28] !== 'pilot');
    const pulses = completed.filter((row) => row[1] === 'CBI');
    expect(completed.length - pulses.length).toBe(4 * truth.realised.screenings.completed);
    expect(pulses.length).toBe(truth.realised.pulses.answered);
    expect(linesOf('duties.csv').length - 1).toBe(truth.realised.duties.duties);
    expect(readFileSync(path.join(folder, 'README.txt'), 'utf8')).toContain('synthetic');
  });

  test('the truth is the same whether or not the extracts were read first', () => {
    const read = generateForce(small);
    for (const _day of read.exposures());
    for (const _invitation of read.screenings());
    for (const _career of read.careers());
    for (const _day of read.exposures()) break;
    expect(read.truth()).toEqual(generateForce(small).truth());
  });

  test('progress goes up to 1 through every extract', async () => {
    const seen: ForceProgress[] = [];
    await writeForce(folder, { people: 300, years: 2 }, (progress) => seen.push(progress));
    const shares = seen.map(({ share }) => share);
    expect(shares.every((share, index) => index === 0 || share >= shares[index - 1]!)).toBe(true);
    expect(shares.at(-1)).toBeCloseTo(1, 10);
    expect(new Set(seen.map(({ kind }) => kind))).toEqual(new Set(extractNames));
  });

  test('writes no more than the extracts that are asked for, and those as ever', async () => {
    await writeForce(path.join(folder, 'all'), small);
    const { files } = await writeForce(path.join(folder, 'some'), { ...small, kinds: ['screenings', 'people'] });
    expect(files.map(({ kind }) => kind)).toEqual(['people', 'screenings']);
    const [all, some] = [hashes(path.join(folder, 'all')), hashes(path.join(folder, 'some'))];
    expect(Object.keys(some)).toEqual(['README.txt', 'people.csv', 'screenings.csv', 'truth.json']);
    expect(some['screenings.csv']).toBe(all['screenings.csv']);
  });

  test('an extract that is there is never overwritten, and nothing begun is left', async () => {
    writeFileSync(path.join(folder, 'exposures.csv'), 'precious');
    await expect(writeForce(folder, small)).rejects.toMatchObject({ error: { code: 'BAD_INPUT' } });
    expect(readdirSync(folder)).toEqual(['exposures.csv']);
    expect(readFileSync(path.join(folder, 'exposures.csv'), 'utf8')).toBe('precious');
  });

  test('a file in place of the folder is refused', async () => {
    const filePath = path.join(folder, 'file');
    writeFileSync(filePath, 'precious');
    await expect(writeForce(filePath, small)).rejects.toMatchObject({ error: { code: 'BAD_INPUT' } });
    expect(readFileSync(filePath, 'utf8')).toBe('precious');
  });

  test('a cancelled run leaves nothing', async () => {
    const cancel = new AbortController();
    const writing = writeForce(folder, small, ({ kind }) => kind === 'exposures' && cancel.abort(), cancel.signal);
    await expect(writing).rejects.toMatchObject({ error: { code: 'CANCELLED' } });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('fields are quoted as RFC 4180 says', () => {
    expect(csvLine(['a', 'b,c', 'd"e', 'f\ng', ''])).toBe('a,"b,c","d""e","f\ng",\n');
  });
});

describe('bulk files', () => {
  const options = { rows: 20_000, people: 50, years: 1, seed: 3 };

  test('as many rows as asked for, in order of time, every key once, people from the people file', () => {
    writeExposuresFile(path.join(folder, 'exposures.csv'), options);
    writePeopleFile(path.join(folder, 'people.csv'), options);
    const rows = linesOf('exposures.csv').map((line) => line.split(','));
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([11]));
    const data = rows.slice(1);
    expect(data).toHaveLength(20_000);
    expect(data.every((row, index) => index === 0 || data[index - 1]![1]! <= row[1]!)).toBe(true);
    expect(new Set(data.map((row) => row.slice(0, 4).join('|'))).size).toBe(20_000);
    expect(data[0]![1]!.slice(0, 10)).toBe('2025-04-01');
    expect(data.at(-1)![1]!.slice(0, 10)).toBe('2026-03-31');
    const refs = new Set(
      linesOf('people.csv')
        .slice(1)
        .map((line) => line.split(',')[0]),
    );
    expect(refs.size).toBe(50);
    expect(new Set(data.map((row) => row[0]))).toEqual(refs);
    expect(data.filter((row) => row[1]!.startsWith('2026-03-29T01'))).toEqual([]);
  });

  test('the same options give the same bytes, another seed others', () => {
    for (const [name, seed] of [
      ['a', 3],
      ['b', 3],
      ['c', 4],
    ] as const) {
      writeExposuresFile(path.join(folder, name), { ...options, seed });
    }
    const { a, b, c } = hashes(folder);
    expect(a).toBe(b);
    expect(c).not.toBe(a);
  });

  test('one person is enough', () => {
    writeExposuresFile(path.join(folder, 'one.csv'), { ...options, rows: 100, people: 1 });
    const keys = new Set(linesOf('one.csv').map((line) => line.split(',').slice(0, 4).join('|')));
    expect(keys.size).toBe(101);
  });

  test('a file that is there is not overwritten', () => {
    writeFileSync(path.join(folder, 'exposures.csv'), 'precious');
    expect(() => writeExposuresFile(path.join(folder, 'exposures.csv'), options)).toThrow();
    expect(readFileSync(path.join(folder, 'exposures.csv'), 'utf8')).toBe('precious');
  });
});
