import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { layoutOf, shapeOf } from '#main/store/extract-layout.ts';
import { compareKeys, compareRows, type RowChunk, sameValues, sortChunk } from '#main/store/row-chunk.ts';
import { type Run, RunMerger, runOfChunk } from '#main/workers/import/merge-runs.ts';
import { StagingFile } from '#main/workers/import/staging.ts';
import { randomStream } from '#shared/domain/random.ts';

const shape = shapeOf(layoutOf('exposures'));
const slot = (name: string): number => shape.slotOf.get(name)!;

/** A row by the parts of its key, its minutes and its place in the file. */
type Row = { readonly time: number; readonly person: number; readonly ref: string; readonly minutes: number | null };
type Numbered = Row & { readonly number: number };

function chunkOf(rows: readonly Numbered[]): RowChunk {
  const numbers = new Float64Array(rows.length * shape.width).fill(Number.NaN);
  const texts: Buffer[] = [];
  let used = 0;
  rows.forEach((row, at) => {
    const base = at * shape.width;
    const bytes = Buffer.from(row.ref);
    numbers[base + slot('occurred_at')] = row.time;
    numbers[base + slot('person_id')] = row.person;
    numbers[base + slot('category_id')] = 1;
    numbers[base + slot('incident_ref')] = used;
    numbers[base + slot('incident_ref') + 1] = used + bytes.length;
    if (row.minutes !== null) numbers[base + slot('minutes_on_scene')] = row.minutes;
    numbers[base + shape.rowSlot] = row.number;
    texts.push(bytes);
    used += bytes.length;
  });
  return { count: rows.length, numbers, text: Buffer.concat(texts) };
}

function rowAt({ numbers, text }: RowChunk, row: number): Numbered {
  const base = row * shape.width;
  const minutes = numbers[base + slot('minutes_on_scene')]!;
  return {
    time: numbers[base + slot('occurred_at')]!,
    person: numbers[base + slot('person_id')]!,
    ref: text.toString('utf8', numbers[base + slot('incident_ref')], numbers[base + slot('incident_ref') + 1]),
    minutes: Number.isNaN(minutes) ? null : minutes,
    number: numbers[base + shape.rowSlot]!,
  };
}

/** The order of the store: by time, person, reference as bytes, then place in the file. */
function inOrder(rows: readonly Numbered[]): Numbered[] {
  return [...rows].sort(
    (a, b) =>
      a.time - b.time ||
      a.person - b.person ||
      Buffer.compare(Buffer.from(a.ref), Buffer.from(b.ref)) ||
      a.number - b.number,
  );
}

const rows = fc.array(
  fc.record({
    time: fc.integer({ min: -3, max: 3 }),
    person: fc.integer({ min: 1, max: 3 }),
    ref: fc.constantFrom('', 'a', 'aa', 'b', 'é', 'z', '🐟'),
    minutes: fc.option(fc.integer({ min: 0, max: 2 })),
  }),
  { maxLength: 40 },
);
const numbered = (list: readonly Row[]): Numbered[] => list.map((row, at) => ({ ...row, number: at + 1 }));

const anyRow: Numbered = { time: 0, person: 1, ref: '', minutes: null, number: 1 };

function drained(merger: RunMerger, time?: number): Numbered[] {
  const taken: Numbered[] = [];
  const bound = time === undefined ? null : { chunk: chunkOf([{ ...anyRow, time }]), row: 0 };
  merger.drain(bound, (chunk, row) => taken.push(rowAt(chunk, row)));
  return taken;
}

describe('sorting and merging rows', () => {
  it('gives what sorting everything at once gives, however the rows are cut', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 9 }), (list, size) => {
        const all = numbered(list);
        const merger = new RunMerger(shape);
        for (let from = 0; from < all.length; from += size) {
          const sorted = sortChunk(shape, chunkOf(all.slice(from, from + size)));
          merger.add(runOfChunk(sorted));
        }
        expect(drained(merger)).toEqual(inOrder(all));
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  it('gives rows below a bound and keeps the others for later', () => {
    fc.assert(
      fc.property(rows, fc.array(fc.integer({ min: -4, max: 4 }), { maxLength: 4 }), (list, bounds) => {
        const all = numbered(list);
        const merger = new RunMerger(shape);
        for (const third of [0, 1, 2]) {
          const part = all.filter((_, at) => at % 3 === third);
          if (part.length > 0) merger.add(runOfChunk(sortChunk(shape, chunkOf(part))));
        }
        const ordered = inOrder(all);
        let given = 0;
        for (const bound of [...bounds].sort((a, b) => a - b)) {
          const taken = drained(merger, bound);
          const upTo = ordered.filter(({ time }) => time < bound).length;
          expect(taken).toEqual(ordered.slice(given, upTo));
          given = upTo;
        }
        expect(drained(merger)).toEqual(ordered.slice(given));
        expect(drained(merger)).toEqual([]);
      }),
      { seed: 12, numRuns: 300 },
    );
  });

  it('leaves a chunk alone that is in order, and tells equal keys and values', () => {
    const [a, b, c] = numbered([
      { time: 1, person: 1, ref: 'a', minutes: 5 },
      { time: 1, person: 1, ref: 'a', minutes: null },
      { time: 1, person: 1, ref: 'ab', minutes: 5 },
    ]) as [Numbered, Numbered, Numbered];
    const chunk = chunkOf([a, b, c]);
    expect(sortChunk(shape, chunk)).toBe(chunk);
    const turned = sortChunk(shape, chunkOf([c, b, a]));
    expect([0, 1, 2].map((row) => rowAt(turned, row).number)).toEqual([1, 2, 3]);
    expect(compareKeys(shape, chunk, 0, chunk, 1)).toBe(0);
    expect(compareKeys(shape, chunk, 0, chunk, 2)).toBeLessThan(0);
    expect(compareRows(shape, chunk, 1, chunk, 0)).toBeGreaterThan(0);
    expect([
      sameValues(shape, chunk, 0, chunk, 1),
      sameValues(shape, chunk, 0, chunk, 2),
      sameValues(shape, chunk, 1, chunk, 1),
    ]).toEqual([false, true, true]);
  });
});

describe('sorting many rows', () => {
  it.each([
    ['times that differ', 1_000_000],
    ['few times', 40],
  ])('gives the order of the store with %s', (_, times) => {
    const random = randomStream(9, 'sorting');
    const all: Numbered[] = Array.from({ length: 5_000 }, (_unused, at) => ({
      time: random.nextBelow(times) - 20,
      person: 1 + random.nextBelow(5),
      ref: `I${random.nextBelow(50)}`,
      minutes: null,
      number: at + 1,
    }));
    const sorted = sortChunk(shape, chunkOf(all));
    expect(all.map((_row, at) => rowAt(sorted, at))).toEqual(inOrder(all));
  });
});

describe('the staging file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tidemark-staging-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function everyRow(run: Run): Numbered[] {
    const all: Numbered[] = [];
    for (let block = run.nextBlock(); block; block = run.nextBlock()) {
      for (let row = 0; row < block.count; row += 1) all.push(rowAt(block, row));
    }
    return all;
  }

  it('gives runs back as they were, many of them read side by side, and is gone when closed', () => {
    const random = randomStream(3, 'staging');
    const staging = new StagingFile(shape, folder);
    const merger = new RunMerger(shape);
    const all: Numbered[] = [];
    for (const count of [0, 1, 4_096, 4_097, 9_000]) {
      const part = Array.from({ length: count }, (_, at) => ({
        time: random.nextBelow(500),
        person: random.nextBelow(9),
        ref: ['', 'a reference', 'é🐟'][random.nextBelow(3)]!,
        minutes: random.nextBelow(4) === 0 ? null : random.nextBelow(90),
        number: all.length + at + 1,
      }));
      const sorted = sortChunk(shape, chunkOf(part));
      expect(everyRow(staging.put(sorted))).toEqual(inOrder(part));
      merger.add(staging.put(sorted));
      all.push(...part);
    }
    expect(drained(merger)).toEqual(inOrder(all));
    expect(readdirSync(folder)).toHaveLength(1);
    staging.close();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('holds nothing that can be read, not even twice the same', () => {
    const staging = new StagingFile(shape, folder);
    const chunk = chunkOf(
      numbered(Array.from({ length: 50 }, () => ({ time: 1, person: 1, ref: 'MARKER-TEXT', minutes: 7 }))),
    );
    staging.put(chunk);
    const once = readFileSync(join(folder, readdirSync(folder)[0]!));
    staging.put(chunk);
    const bytes = readFileSync(join(folder, readdirSync(folder)[0]!));
    expect(bytes.includes('MARKER')).toBe(false);
    expect(bytes.subarray(once.length)).toHaveLength(once.length);
    expect(bytes.subarray(once.length).equals(once)).toBe(false);
    staging.close();
  });
});
