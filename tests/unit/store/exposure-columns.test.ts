import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ExposureRowColumns, readExposureColumns } from '#main/store/exposure-columns.ts';
import { createVaultStore, type VaultStore } from '#main/store/vault-store.ts';
import { randomStream } from '#shared/domain/random.ts';

const event = { at: '2026-01-01T00:00:00.000Z', user: 'test', action: 'test', outcome: 'done' } as const;
const people = 40;
let folder: string;
let store: VaultStore;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-columns-'));
  store = createVaultStore(folder, randomBytes(32), event, () => undefined);
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Minutes at every edge of what fits into a packed row. */
const minutes = [null, 0, 1, 0.5, 59.75, 4_092, 4_093, 4_094, 4_095, 4_096, 100_000];

function fill(categoryIds: readonly number[], days: readonly [number, number]): void {
  const { connection } = store;
  const random = randomStream(5, `columns ${categoryIds.length} ${days[1]}`);
  connection.pragma('foreign_keys = OFF');
  categoryIds.forEach((id, at) => {
    connection.prepare("INSERT INTO code (id, list, value) VALUES (?, 'category', ?)").run(id, `CATEGORY_${at}`);
  });
  for (let id = 1; id <= people; id += 1) {
    connection.prepare('INSERT INTO person (id, pseudonym) VALUES (?, ?)').run(id, `P${id}`);
  }
  const insert = connection.prepare(
    'INSERT OR IGNORE INTO exposures VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const choice = (count: number): number | null => [null, 1, 2, 3][random.nextBelow(count)]!;
  connection.transaction(() => {
    for (let row = 0; row < 1_500; row += 1) {
      const day = days[0] + random.nextBelow(days[1] - days[0] + 1);
      // A local day may begin an hour before its UTC day does.
      const time = day * 86_400 - 3_600 + random.nextBelow(86_400);
      const category = categoryIds[random.nextBelow(categoryIds.length)]!;
      const flag = (): number | null => [null, 0, 1][random.nextBelow(3)]!;
      const amount = minutes[random.nextBelow(minutes.length)]!;
      insert.run(
        time,
        1 + random.nextBelow(people),
        category,
        `I${row}`,
        day,
        choice(4),
        amount,
        flag(),
        flag(),
        choice(4),
        null,
        null,
        1,
        row,
      );
    }
  })();
}

/** Rows as text, in any order, by person number rather than index. */
function spelt(columns: ExposureRowColumns): string[] {
  return Array.from(columns.person, (person, row) =>
    [
      person,
      columns.day[row],
      columns.categories[columns.category[row]!],
      columns.attributes[row],
      columns.minutes[row],
    ].join(' '),
  ).sort();
}

/** The same from the rows themselves. Persons are indexed backwards, so that index and id differ. */
function expected(): string[] {
  const rows = store.connection
    .prepare(
      `SELECT person_id, day, value, proximity, attribution, first_on_scene, known_victim, minutes_on_scene
       FROM exposures JOIN code ON code.id = category_id`,
    )
    .raw()
    .all() as [number, number, string, ...(number | null)[]][];
  return rows
    .map(([person, day, category, proximity, attribution, first, known, amount]) => {
      const attributes = (proximity ?? 0) + 4 * (attribution ?? 0) + 16 * (first ?? 0) + 32 * (known ?? 0);
      return [people - person, day, category, attributes, amount ?? Number.NaN].join(' ');
    })
    .sort();
}

const index = Uint32Array.from({ length: people + 1 }, (_, id) => people - id);

describe('exposures as columns', () => {
  it.each([
    ['packed: a few years and categories', [4, 5, 9, 30], [18_000, 20_500]],
    ['packed: one day, one category', [1], [20_000, 20_000]],
    ['packed: days before 1970', [2, 3], [-400, 400]],
    ['wide: two centuries and codes far apart', [1, 60_000], [-25_000, 47_000]],
  ] as const)('are the rows, each once: %s', (_, categories, days) => {
    fill(categories, days);
    const columns = readExposureColumns(store.connection, index);
    expect(columns.categories).toEqual(categories.map((_id, at) => `CATEGORY_${at}`));
    expect(columns.person.length).toBeGreaterThan(1_400);
    expect(spelt(columns)).toEqual(expected());
  });

  it('are none where there are none', () => {
    const columns = readExposureColumns(store.connection, new Uint32Array(1));
    expect([columns.person.length, columns.categories]).toEqual([0, []]);
  });
});
