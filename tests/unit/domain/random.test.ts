import { describe, expect, test } from 'vitest';
import { RandomStream, randomStream, splitMix64 } from '#shared/domain/random.ts';

function take(random: RandomStream, count: number): readonly number[] {
  return Array.from({ length: count }, () => random.nextUint32());
}

describe('random numbers', () => {
  test('SplitMix64 gives the published outputs for seed 1234567', () => {
    expect(splitMix64(1_234_567n, 3)).toEqual([6457827717110365317n, 3203168211198807973n, 9817491932198370423n]);
  });

  test('xoshiro128** gives the outputs of the reference implementation for state 1, 2, 3, 4', () => {
    expect(take(new RandomStream([1, 2, 3, 4]), 10)).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  test('a stream is fixed by seed and label, and both matter', () => {
    const first = take(randomStream(7, 'a'), 4);
    expect(take(randomStream(7, 'a'), 4)).toEqual(first);
    expect(take(randomStream(8, 'a'), 4)).not.toEqual(first);
    expect(take(randomStream(7, 'b'), 4)).not.toEqual(first);
    expect(take(randomStream(7, 'š'), 4)).not.toEqual(take(randomStream(7, 'a'), 4));
  });

  test('uniforms fill [0, 1) evenly', () => {
    const random = randomStream(1, 'uniform');
    const cells = new Array<number>(20).fill(0);
    const draws = 40_000;
    for (let i = 0; i < draws; i++) cells[Math.floor(random.nextUniform() * 20)]! += 1;
    const chiSquared = cells.reduce((sum, count) => sum + (count - draws / 20) ** 2 / (draws / 20), 0);
    // 99.9th percentile of chi-squared with 19 degrees of freedom.
    expect(chiSquared).toBeLessThan(43.8);
  });

  test('whole numbers stay below their bound and reach both ends', () => {
    const random = randomStream(2, 'below');
    const seen = new Set(Array.from({ length: 500 }, () => random.nextBelow(7)));
    expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });
});
