import { describe, expect, it } from 'vitest';
import { xmrLimits } from '#main/stats/control-charts/xmr-limits.ts';
import { wilsonInterval } from '#main/stats/wilson-interval.ts';

describe('Wilson’s interval', () => {
  // Newcombe 1998, Statistics in Medicine 17:857, table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i in %i is the published one', (cases, n, low, high) => {
    const interval = wilsonInterval(cases, n);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  it('solves the equation it is defined by, mirrors, and stays within 0 and 1', () => {
    const z = 1.959963984540054;
    for (const [cases, n] of [
      [0, 1],
      [1, 1],
      [3, 10],
      [7, 10],
      [50, 1_000],
      [999, 1_000],
    ] as const) {
      const { low, high } = wilsonInterval(cases, n);
      const share = cases / n;
      for (const limit of [low, high]) {
        expect((share - limit) ** 2).toBeCloseTo((z ** 2 * limit * (1 - limit)) / n, 12);
      }
      const mirrored = wilsonInterval(n - cases, n);
      expect([1 - mirrored.high, 1 - mirrored.low]).toEqual([expect.closeTo(low, 12), expect.closeTo(high, 12)]);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(1);
    }
  });

  it('refuses what is no proportion', () => {
    for (const [cases, n] of [
      [1, 0],
      [-1, 5],
      [6, 5],
      [1, Number.NaN],
    ] as const)
      expect(() => wilsonInterval(cases, n)).toThrow(RangeError);
  });
});

describe('the limits of an XmR chart', () => {
  it('are the mean and 2.66 mean moving ranges on either side', () => {
    // Mean 11, every moving range 2.
    const values = [10, 12, 10, 12, 10, 12, 10, 12, 10, 12, 10, 12];
    const limits = xmrLimits(values)!;
    expect(limits.mean).toBe(11);
    expect(limits.lower).toBeCloseTo(11 - 5.32, 12);
    expect(limits.upper).toBeCloseTo(11 + 5.32, 12);
    expect(xmrLimits(new Array<number>(24).fill(4))).toEqual({ mean: 4, lower: 4, upper: 4 });
    // One jump of 11 in 11 ranges: a mean range of 1.
    const step = [...new Array<number>(6).fill(0), ...new Array<number>(6).fill(11)];
    expect(xmrLimits(step)).toEqual({ mean: 5.5, lower: expect.closeTo(2.84, 12), upper: expect.closeTo(8.16, 12) });
  });

  it('are not given for fewer than twelve points', () => {
    expect(xmrLimits(new Array<number>(11).fill(1))).toBeNull();
    expect(xmrLimits([])).toBeNull();
    expect(xmrLimits(new Array<number>(12).fill(1))).not.toBeNull();
  });
});
