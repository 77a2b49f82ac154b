import { describe, expect, it } from 'vitest';
import { type CrossTable, noSide, positionsOf, type Side } from '#main/disclosure/cross-table.ts';
import type { EarlierRelease } from '#main/disclosure/earlier-release.ts';
import { type SuppressedCrossTable, suppressCrossTable } from '#main/disclosure/suppress-cross-table.ts';
import { evidence } from '../../security/evidence.ts';
import { guesses, guessesByEnumeration, type Printed } from './attacker.ts';
import { count, flatSide, generator, linesOfLabel, nestedSide, whole } from './random-tables.ts';

// security.md, test 8. TIDEMARK_TABLES=1000 draws all of them; an ordinary run draws some.
const tables = Number(process.env['TIDEMARK_TABLES'] ?? 150);

type Drawn = { readonly rows: Side; readonly columns: Side | null; readonly counts: number[][] };
type Rules = { readonly threshold: number; readonly protect: number; readonly rounding: number };

function tableOf({ rows, columns, counts }: Drawn): CrossTable {
  return { rows: positionsOf(rows), columns: columns === null ? noSide : positionsOf(columns), counts };
}

function drawnWith(random: () => number, rows: Side, columns: Side | null, most = 60): Drawn {
  const width = columns?.labels.length ?? 1;
  return { rows, columns, counts: rows.labels.map(() => Array.from({ length: width }, () => count(random, most))) };
}

function anySide(random: () => number, prefix: string): Side {
  return random() < 0.5
    ? flatSide(prefix, whole(random, 2, 5))
    : nestedSide(
        prefix,
        Array.from({ length: whole(random, 2, 3) }, () => whole(random, 1, 3)),
      );
}

function anyTable(random: () => number): Drawn {
  return drawnWith(random, anySide(random, 'r'), random() < 0.25 ? null : anySide(random, 'c'));
}

function anyRules(random: () => number): Rules {
  const threshold = random() < 0.5 ? 5 : 10;
  return { threshold, protect: random() < 0.7 ? threshold : whole(random, 1, 20), rounding: random() < 0.3 ? 5 : 0 };
}

/** The finest counts are named by their lines, so that two tables of the same people share them. */
function printed(table: SuppressedCrossTable, rows: Side, columns: Side | null, rounding: number): Printed[] {
  return table.cells.map(({ row, column, published }) => ({
    of: linesOfLabel(rows, row).flatMap((line) => linesOfLabel(columns, column).map((place) => `${line}|${place}`)),
    published,
    rounding,
  }));
}

function expectWide(guess: { low: number; high: number }, rules: Rules, primary: boolean): void {
  expect(guess.high - guess.low).toBeGreaterThanOrEqual(rules.protect);
  if (primary) expect(guess.high).toBeGreaterThanOrEqual(rules.threshold);
}

function end(value: number): number {
  return value > 90_000 ? Number.POSITIVE_INFINITY : value;
}

describe('what a reader can work out of a suppressed table', () => {
  it(`is never narrower than promised, in ${tables} random tables, and is what the audit says`, async () => {
    const random = generator(20_261_125);
    let withheld = 0;
    for (let round = 0; round < tables; round += 1) {
      const drawn = anyTable(random);
      const rules = anyRules(random);
      const result = await suppressCrossTable(tableOf(drawn), rules);
      // Margins may be withheld too, so there always is a way.
      if (!result.ok) throw new Error(`table ${round}: ${result.error.message}`);
      const figures = printed(result.value, drawn.rows, drawn.columns, rules.rounding);
      const hidden = result.value.cells.filter((cell) => cell.published === null);
      const knowing = await guesses(figures, true, rules.threshold);
      // The weaker reader's ranges are stated and never promised: every third table is enough for them.
      const plain = round % 3 === 0 ? await guesses(figures, false, rules.threshold) : null;
      hidden.forEach((cell, index) => {
        expectWide(knowing[index]!, rules, cell.value < rules.threshold);
        const { low, high, ...stated } = result.value.audit[index]!;
        expect(stated).toEqual({
          row: cell.row,
          column: cell.column,
          knowingRules: { low: knowing[index]!.low, high: end(knowing[index]!.high) },
        });
        if (plain) expect([low, high]).toEqual([plain[index]!.low, end(plain[index]!.high)]);
        expect(cell.value).toBeGreaterThan(0);
      });
      withheld += hidden.length;
    }
    expect(withheld).toBeGreaterThan(tables);
    evidence(
      8,
      'random tables (one-way, two-way, nested, rounded), attacked by an integer programme of their own',
      `${withheld.toLocaleString('en-GB')} withheld counts in ${tables.toLocaleString('en-GB')} tables, none narrower than its protection`,
    );
  }, 600_000);

  it('is never narrower than promised in tiny tables, trying every table there is', async () => {
    const random = generator(8);
    let withheld = 0;
    for (let round = 0; round < 25; round += 1) {
      const drawn = drawnWith(random, flatSide('r', 2), flatSide('c', 2), 14);
      const rules = { threshold: 4, protect: 4, rounding: 0 };
      const result = await suppressCrossTable(tableOf(drawn), rules);
      if (!result.ok) throw new Error(result.error.message);
      const found = guessesByEnumeration(printed(result.value, drawn.rows, drawn.columns, 0), 18);
      const hidden = result.value.cells.filter((cell) => cell.published === null);
      hidden.forEach((cell, index) => {
        expectWide(found[index]!, rules, cell.value < rules.threshold);
      });
      withheld += hidden.length;
    }
    expect(withheld).toBeGreaterThan(30);
  });

  it('withholds every small count and no zero', async () => {
    const random = generator(3);
    for (let round = 0; round < 30; round += 1) {
      const drawn = anyTable(random);
      const result = await suppressCrossTable(tableOf(drawn), { threshold: 10, protect: 10, rounding: 0 });
      if (!result.ok) throw new Error(result.error.message);
      for (const cell of result.value.cells) {
        if (cell.value > 0 && cell.value < 10) expect(cell.reason).toBe('primary');
        else if (cell.value === 0) expect(cell.published).toBe(0);
        else expect(cell.reason).not.toBe('primary');
      }
    }
  });
});

/** A second table of the same people, and how the two hang together. */
type Pair = { readonly first: Drawn; readonly second: Drawn; readonly release: Partial<EarlierRelease> };

function summed(counts: readonly number[][], groups: readonly (readonly number[])[]): number[][] {
  return groups.map((lines) =>
    counts[0]!.map((_, place) => lines.reduce((sum, line) => sum + counts[line]![place]!, 0)),
  );
}

/** Finest counts of a pair are those of its finer table; a line of the coarser adds some of them up. */
function anyPair(
  random: () => number,
): Pair & { readonly finest: 'first' | 'second' | 'either'; readonly groups: number[][] } {
  const fine = drawnWith(random, flatSide('r', 4), flatSide('c', whole(random, 2, 4)));
  const groups = [[0, 1], [2], [3]];
  const coarse: Drawn = { rows: flatSide('g', 3), columns: fine.columns, counts: summed(fine.counts, groups) };
  const meaning = Object.fromEntries(groups.map((lines, group) => [`g${group}`, lines.map((line) => `r${line}`)]));
  const kind = whole(random, 0, 2);
  if (kind === 0) return { first: coarse, second: fine, release: { rows: meaning }, finest: 'second', groups };
  if (kind === 1) return { first: fine, second: coarse, release: { finerRows: meaning }, finest: 'first', groups };
  return { first: fine, second: fine, release: {}, finest: 'either', groups };
}

describe('what a reader can work out of two releases together', () => {
  it(`is never narrower than either promised, in ${Math.ceil(tables / 2)} pairs that share their counts`, async () => {
    const random = generator(77);
    const drawn = Math.ceil(tables / 2);
    let judged = 0;
    let refused = 0;
    for (let round = 0; round < drawn; round += 1) {
      const { first, second, release, finest, groups } = anyPair(random);
      const before: Rules = { threshold: random() < 0.5 ? 5 : 10, protect: 5, rounding: 0 };
      const now: Rules = { threshold: 10, protect: 10, rounding: random() < 0.2 ? 5 : 0 };
      const one = await suppressCrossTable(tableOf(first), before);
      if (!one.ok) throw new Error(one.error.message);
      const earlier: EarlierRelease = {
        ...{ rows: {}, columns: {}, finerRows: {}, finerColumns: {} },
        ...release,
        ...before,
        cells: one.value.cells.map(({ row, column, published, reason }) => ({ row, column, published, reason })),
      };
      const two = await suppressCrossTable(tableOf(second), now, [earlier]);
      if (!two.ok) {
        expect(two.error.code).toBe('DISCLOSURE');
        refused += 1;
        continue;
      }
      const spread = (coarse: boolean, figures: Printed[]): Printed[] =>
        coarse
          ? figures.map((figure) => ({
              ...figure,
              of: figure.of.flatMap((name) => {
                const [line, place] = name.split('|');
                return groups[Number(line)]!.map((each) => `${each}|${place}`);
              }),
            }))
          : figures;
      const both = [
        ...spread(finest === 'second', printed(one.value, first.rows, first.columns, 0)),
        ...spread(finest === 'first', printed(two.value, second.rows, second.columns, now.rounding)),
      ];
      // Thresholds differ between the two, so only what both promise is known to this reader: no withheld count is zero.
      const found = await guesses(both, true, before.threshold);
      const hidden = [
        ...one.value.cells.filter((cell) => cell.published === null).map((cell) => ({ cell, rules: before })),
        ...two.value.cells.filter((cell) => cell.published === null).map((cell) => ({ cell, rules: now })),
      ];
      hidden.forEach(({ cell, rules }, index) => {
        expectWide(found[index]!, rules, cell.value < rules.threshold);
      });
      judged += 1;
    }
    evidence(
      8,
      'pairs of overlapping releases',
      `${judged} pairs, no withheld count of either narrower; ${refused} refused`,
    );
    expect(judged).toBeGreaterThan(drawn / 4);
    expect(judged + refused).toBe(drawn);
  }, 600_000);
});
