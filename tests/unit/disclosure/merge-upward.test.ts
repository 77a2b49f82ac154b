import { describe, expect, it } from 'vitest';
import { type CountedUnit, mergeUpward } from '#main/disclosure/merge-upward.ts';
import { generator, whole } from './random-tables.ts';

const unit = (name: string, parent: string | null, count: number): CountedUnit => ({ unit: name, parent, count });

describe('mergeUpward', () => {
  it('joins small teams to the unit above them until they pass', () => {
    const units = [
      unit('Force', null, 0),
      unit('North', 'Force', 2),
      unit('North A', 'North', 4),
      unit('North B', 'North', 30),
      unit('South', 'Force', 12),
      unit('South A', 'South', 3),
    ];
    expect(mergeUpward(units, 10)).toEqual([
      // 4 join North’s 2, and those 6 the force: still too few, so they stand with the smallest group there is.
      { unit: 'North B', members: ['North B'], count: 30 },
      { unit: 'South', members: ['Force', 'North', 'North A', 'South', 'South A'], count: 21 },
    ]);
  });

  it('leaves units that pass and empty ones as they are, and shows nothing of a force too small', () => {
    const fine = [unit('A', null, 10), unit('B', null, 0)];
    expect(mergeUpward(fine, 10).map(({ unit: name, count }) => [name, count])).toEqual([
      ['A', 10],
      ['B', 0],
    ]);
    expect(mergeUpward([unit('A', null, 4), unit('B', 'A', 3)], 10)).toEqual([]);
  });

  it('keeps everybody once and shows no small group, in random trees', () => {
    const random = generator(12);
    for (let round = 0; round < 200; round += 1) {
      const units = Array.from({ length: whole(random, 1, 12) }, (_, at) =>
        unit(`u${at}`, at === 0 || random() < 0.2 ? null : `u${whole(random, 0, at - 1)}`, whole(random, 0, 25)),
      );
      const groups = mergeUpward(units, 10);
      const all = units.reduce((sum, { count }) => sum + count, 0);
      const shown = groups.reduce((sum, { count }) => sum + count, 0);
      for (const { members, count } of groups) {
        expect(count === 0 || count >= 10).toBe(true);
        expect(count).toBe(
          units.filter(({ unit: name }) => members.includes(name)).reduce((sum, each) => sum + each.count, 0),
        );
      }
      expect(shown).toBe(all >= 10 ? all : 0);
    }
  });

  it('refuses units that are not a tree', () => {
    expect(() => mergeUpward([unit('A', 'Z', 4)], 10)).toThrow('There is no unit “Z”.');
    expect(() => mergeUpward([unit('A', 'B', 4), unit('B', 'A', 4)], 10)).toThrow('above itself');
  });
});
