import { describe, expect, test } from 'vitest';
import {
  choiceOf,
  choose,
  cumulate,
  drawIndex,
  gamma,
  normal,
  poisson,
  shuffled,
} from '#main/services/synthetic/distributions.ts';
import { type RandomStream, randomStream } from '#shared/domain/random.ts';

const draws = 40_000;

function moments(name: string, draw: (random: RandomStream) => number): { mean: number; variance: number } {
  const random = randomStream(11, name);
  const values = Array.from({ length: draws }, () => draw(random));
  const mean = values.reduce((sum, value) => sum + value, 0) / draws;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (draws - 1) };
}

describe('distributions', () => {
  test('normal: mean 0, variance 1', () => {
    const { mean, variance } = moments('normal', normal);
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(draws));
    expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt(2 / draws));
  });

  test.each([
    [1, 5],
    [3, 1],
    [8, 120],
  ])('gamma of shape %d and mean %d: variance is mean² / shape', (shape, expected) => {
    const { mean, variance } = moments(`gamma ${shape}`, (random) => gamma(random, shape, expected));
    expect(mean / expected).toBeCloseTo(1, 1);
    expect(Math.abs(mean - expected)).toBeLessThan((4 * expected) / Math.sqrt(shape * draws));
    expect(variance / (expected ** 2 / shape)).toBeGreaterThan(0.92);
    expect(variance / (expected ** 2 / shape)).toBeLessThan(1.08);
  });

  test.each([0.02, 1, 19.5, 20, 47.3])('poisson of mean %d: variance is the mean', (expected) => {
    const { mean, variance } = moments(`poisson ${expected}`, (random) => poisson(random, expected));
    expect(Math.abs(mean - expected)).toBeLessThan(4 * Math.sqrt(expected / draws));
    expect(variance / expected).toBeGreaterThan(0.85);
    expect(variance / expected).toBeLessThan(1.15);
  });

  test('poisson of mean 1: shares of 0, 1 and 2 as in the textbook', () => {
    const random = randomStream(12, 'poisson shares');
    const counts = [0, 0, 0];
    for (let i = 0; i < draws; i++) {
      const value = poisson(random, 1);
      if (value < 3) counts[value]! += 1;
    }
    for (const [value, share] of [0.36788, 0.36788, 0.18394].entries()) {
      expect(Math.abs(counts[value]! / draws - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / draws));
    }
  });

  test('poisson of mean 0 is 0', () => {
    expect(poisson(randomStream(1, 'zero'), 0)).toBe(0);
  });

  test('a weight of 0 is never drawn, others in proportion', () => {
    const random = randomStream(13, 'categorical');
    const cumulative = cumulate([0, 1, 0, 3, 0]);
    const counts = [0, 0, 0, 0, 0];
    for (let i = 0; i < draws; i++) counts[drawIndex(random, cumulative)]! += 1;
    expect([counts[0], counts[2], counts[4]]).toEqual([0, 0, 0]);
    expect(counts[3]! / draws).toBeGreaterThan(0.74);
    expect(counts[3]! / draws).toBeLessThan(0.76);
    expect(choose(random, choiceOf([['only', 2]]))).toBe('only');
  });

  test('shuffling keeps every member and puts each first about equally often', () => {
    const random = randomStream(14, 'shuffle');
    const firsts = new Map<string, number>();
    for (let i = 0; i < 6_000; i++) {
      const order = shuffled(random, ['a', 'b', 'c']);
      expect([...order].sort().join('')).toBe('abc');
      firsts.set(order.join(''), (firsts.get(order.join('')) ?? 0) + 1);
    }
    expect(firsts.size).toBe(6);
    for (const count of firsts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(130);
  });
});
