import { describe, expect, it } from 'vitest';
import { robustnessValue } from '#main/stats/robustness-value.ts';

/** Estimate less the largest bias that such an unmeasured variable can bring (Cinelli and Hazlett 2020). */
function adjusted(estimate: number, t: number, df: number, share: number): number {
  const error = Math.abs(estimate / t);
  return Math.abs(estimate) - error * Math.sqrt(df) * Math.sqrt((share * share) / (1 - share));
}

describe('robustness value', () => {
  it('is that of the example of Cinelli and Hazlett: 13.9% to zero and 7.6% to an interval that reaches it', () => {
    const { toZero, toUnclear } = robustnessValue(4.18445, 783);
    expect(toZero).toBeCloseTo(0.1388, 4);
    expect(toUnclear).toBeCloseTo(0.0763, 4);
  });

  it('is the share of both ends that brings the estimate to zero exactly, whatever its sign', () => {
    for (const [t, df] of [
      [0.3, 40],
      [-2.5, 30],
      [6, 120],
      [30, 9],
    ] as const) {
      const { toZero } = robustnessValue(t, df);
      expect(adjusted(2 * Math.sign(t), t, df, toZero)).toBeCloseTo(0, 10);
    }
  });

  it('is 0 for an interval that holds zero already, and never more than what the estimate stands', () => {
    expect(robustnessValue(1.9, 100).toUnclear).toBe(0);
    for (const t of [2.2, 3, 10, 80]) {
      const { toZero, toUnclear } = robustnessValue(t, 25);
      expect(toUnclear).toBeGreaterThan(0);
      expect(toUnclear).toBeLessThan(toZero);
    }
  });

  it('takes what is left of the outcome as explained in full where the link is as strong as that', () => {
    // f above the inverse of its own limit: the case in which the shares need not be equal.
    const [t, df] = [60, 7];
    const f = t / Math.sqrt(df);
    const limit = 2.4469118511449692 / Math.sqrt(df - 1);
    expect(f).toBeGreaterThan(1 / limit);
    expect(robustnessValue(t, df).toUnclear).toBeCloseTo((f * f - limit * limit) / (1 + f * f), 10);
  });

  it('refuses what is no t, and too few degrees of freedom', () => {
    expect(() => robustnessValue(Number.NaN, 20)).toThrow('needs a t');
    expect(() => robustnessValue(2, 1)).toThrow('at least 2 df');
  });
});
