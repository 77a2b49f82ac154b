import { describe, expect, it } from 'vitest';
import { type DrawnPlace, drawPlaces } from '#main/analysis/pilots/permuted-blocks.ts';
import { randomStream } from '#shared/domain/random.ts';

const arms = [
  { arm: 'a', share: 1 },
  { arm: 'b', share: 1 },
];
const strata = (count: number): string[] => Array.from({ length: count }, () => '');
const armsOf = (places: readonly DrawnPlace[]): string => places.map(({ arm }) => arm).join('');

describe('permuted blocks', () => {
  it('are the same from the same stream and others from another', () => {
    const draw = (seed: number) =>
      armsOf(drawPlaces({ strata: strata(40), arms, blockSizes: [4], before: [], stream: randomStream(seed, 'x') }));
    expect(draw(1)).toBe(draw(1));
    expect(draw(1)).not.toBe(draw(2));
  });

  it('give every order of a block as often, whether it is drawn at once or in two steps', () => {
    const draws = 6_000;
    for (const steps of [[4], [1, 3]]) {
      const seen = new Map<string, number>();
      for (let seed = 0; seed < draws; seed += 1) {
        let before: DrawnPlace[] = [];
        for (const [at, count] of steps.entries()) {
          const stream = randomStream(seed, `step ${at}`);
          before = [...before, ...drawPlaces({ strata: strata(count), arms, blockSizes: [4], before, stream })];
        }
        seen.set(armsOf(before), (seen.get(armsOf(before)) ?? 0) + 1);
      }
      expect([...seen.keys()].sort()).toEqual(['aabb', 'abab', 'abba', 'baab', 'baba', 'bbaa']);
      // Chi-squared with 5 degrees of freedom: its 99.9% point is 20.5.
      const expected = draws / 6;
      const statistic = [...seen.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
      expect(statistic).toBeLessThan(20.5);
    }
  });

  it('keep to the shares in every block, to the sizes asked for, and to each stratum alone', () => {
    const shares = [
      { arm: 'a', share: 2 },
      { arm: 'b', share: 1 },
    ];
    const mixed = Array.from({ length: 90 }, (_, at) => (at % 3 === 0 ? 'nights' : 'days'));
    const places = drawPlaces({
      strata: mixed,
      arms: shares,
      blockSizes: [3, 6],
      before: [],
      stream: randomStream(9, ''),
    });
    expect(places.map(({ stratum }) => stratum)).toEqual(mixed);
    expect(new Set(places.map(({ blockSize }) => blockSize))).toEqual(new Set([3, 6]));
    const blocks = Map.groupBy(places, ({ stratum, block }) => `${stratum} ${block}`);
    for (const block of blocks.values()) {
      const size = block[0]!.blockSize;
      const full = block.length === size;
      const inFirst = block.filter(({ arm }) => arm === 'a').length;
      if (full) expect(inFirst).toBe((size / 3) * 2);
      else expect(inFirst).toBeLessThanOrEqual((size / 3) * 2);
    }
  });
});
