import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256Hex } from '#main/crypto/hash-chain.ts';
import type { ChangesBody, WholeBody } from '#main/store/backup-manifest.ts';
import { eachRebuiltChunk, spellNumbers, writeChangedPages } from '#main/store/changed-pages.ts';
import { type RandomStream, randomStream } from '#shared/domain/random.ts';
import { newFolder } from './store-in-folder.ts';

const page = 4_096;

function pages(random: RandomStream, count: number): Buffer[] {
  return Array.from({ length: count }, () => Buffer.alloc(page, random.nextBelow(256)));
}

/** Files of a store, its base and the changes between them, with what their manifests would say. */
function written(now: readonly Buffer[], before: readonly Buffer[], most = Number.POSITIVE_INFINITY) {
  const folder = newFolder();
  const file = (name: string, content: Buffer): number => {
    writeFileSync(join(folder, name), content);
    return openSync(join(folder, name), 'r');
  };
  const [store, whole] = [Buffer.concat(now), Buffer.concat(before)];
  const handles = [file('store', store), file('base', whole)] as const;
  const target = openSync(join(folder, 'changes'), 'wx');
  const changed = writeChangedPages(
    { handle: handles[0], bytes: store.length },
    { handle: handles[1], bytes: whole.length },
    target,
    most,
    () => undefined,
  );
  closeSync(target);
  for (const handle of handles) closeSync(handle);
  if (!changed) return null;
  const numbers = spellNumbers(changed.numbers);
  const changes = readFileSync(join(folder, 'changes'));
  const body = {
    parts: {
      store: { bytes: store.length, sha256: sha256Hex(store) },
      changes: { bytes: changes.length, sha256: changed.changesHash },
      numbers: { bytes: numbers.length, sha256: sha256Hex(numbers) },
    },
  } as unknown as ChangesBody;
  const base = { parts: { store: { bytes: whole.length, sha256: changed.baseHash } } } as unknown as WholeBody;
  return { changed, store, whole, changes: Buffer.concat([changes, numbers]), body, base };
}

function rebuilt(changes: Buffer, body: ChangesBody, whole: Buffer, base: WholeBody): Buffer {
  const folder = newFolder();
  writeFileSync(join(folder, 'changes'), changes);
  writeFileSync(join(folder, 'base'), whole);
  const [first, second] = [openSync(join(folder, 'changes'), 'r'), openSync(join(folder, 'base'), 'r')];
  const pieces: Buffer[] = [];
  try {
    eachRebuiltChunk({ handle: first, body }, { handle: second, body: base, name: 'whole' }, (piece) => {
      pieces.push(piece);
    });
  } finally {
    closeSync(first);
    closeSync(second);
  }
  return Buffer.concat(pieces);
}

describe('changed pages', () => {
  it('hold what differs and no more, and give the store again, grown, shrunk or the same', () => {
    const random = randomStream(7, 'changed pages');
    for (let round = 0; round < 40; round += 1) {
      // Some are longer than the piece in which files are read.
      const before = pages(random, 1 + random.nextBelow(round % 4 === 0 ? 2_500 : 60));
      const length = Math.max(1, before.length + random.nextBelow(41) - 20);
      const now = Array.from({ length }, (_, at) => before[at] ?? Buffer.alloc(page, random.nextBelow(256)));
      for (let left = random.nextBelow(9); left > 0; left -= 1) {
        now[random.nextBelow(length)] = Buffer.alloc(page, random.nextBelow(256));
      }
      const made = written(now, before)!;
      const differing = now.flatMap((content, at) => (before[at]?.equals(content) ? [] : [at]));
      expect(made.changed.numbers).toEqual(differing);
      expect(made.changed.storeHash).toBe(sha256Hex(made.store));
      expect(rebuilt(made.changes, made.body, made.whole, made.base).equals(made.store)).toBe(true);
    }
  });

  it('are given up where there are more than are worth it', () => {
    const random = randomStream(8, 'changed pages');
    const before = pages(random, 20);
    const now = before.map((content, at) => (at < 6 ? Buffer.alloc(page, content[0]! ^ 1) : content));
    expect(written(now, before, 5)).toBeNull();
    expect(written(now, before, 6)!.changed.numbers).toHaveLength(6);
  });

  it('are refused by name where base, changes or numbers are other than was said', () => {
    const random = randomStream(9, 'changed pages');
    const before = pages(random, 12);
    const now = [...before, ...pages(random, 3)].map((content, at) => (at === 4 ? Buffer.alloc(page, 1) : content));
    const { changes, body, whole, base } = written(now, before)!;
    const flip = (bytes: Buffer, at: number): Buffer => {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1;
      return changed;
    };
    // A page of the base that no change covers, and one that a change covers: either way it is not the base.
    for (const at of [0, 4 * page + 9]) {
      expect(() => rebuilt(changes, body, flip(whole, at), base)).toThrow(/“whole”.* is damaged/);
    }
    expect(() => rebuilt(flip(changes, 17), body, whole, base)).toThrow(/changes in this backup are damaged/);
    expect(() => rebuilt(flip(changes, changes.length - 1), body, whole, base)).toThrow(/changes .* are damaged/);
    const other = { ...body, parts: { ...body.parts, store: { ...body.parts.store, sha256: '0'.repeat(64) } } };
    expect(() => rebuilt(changes, other, whole, base)).toThrow(/do not give the store/);
    // Numbers that leave a page unknown, are out of order, or lie outside the store, under a hash that fits them.
    for (const numbers of [
      [4, 13, 14, 14],
      [13, 12, 14, 4],
      [4, 12, 13, 15],
    ]) {
      const spelt = spellNumbers(numbers);
      const lying = {
        ...body,
        parts: { ...body.parts, numbers: { bytes: spelt.length, sha256: sha256Hex(spelt) } },
      };
      const content = Buffer.concat([changes.subarray(0, body.parts.changes.bytes), spelt]);
      expect(() => rebuilt(content, lying, whole, base), numbers.join()).toThrow(/damaged/);
    }
  });
});
