import { describe, expect, it } from 'vitest';
import { pilotPower } from '#main/analysis/pilots/power/pilot-power.ts';
import { readPilotPower, timesOf } from '#main/analysis/pilots/power/reading.ts';
import { parsePilotPowerSpec } from '#main/analysis/pilots/power/spec.ts';

function ask(given: Readonly<Record<string, unknown>>) {
  const parsed = parsePilotPowerSpec(given);
  if (!parsed.ok) throw new Error(parsed.error.message);
  const result = pilotPower(parsed.value);
  return { result, reading: readPilotPower(result, parsed.value) };
}

describe('the power of a pilot', () => {
  it('is that of R’s power.t.test for two groups, and says in words how often a difference is found', () => {
    // power.t.test(n = 60, delta = 0.5)$power, power.t.test(delta = 0.5, power = 0.8)$n
    const { result, reading } = ask({ design: 'randomised', people: 120, effect: 0.5 });
    expect(result.found).toBe('power');
    expect(result.power).toBeCloseTo(0.7752644, 6);
    expect(reading[0]).toBe('With 120 people, a true difference of 0.50 standard deviations is found 8 times in 10.');
    expect(ask({ design: 'randomised', effect: 0.5 }).result.people).toBe(128);
    expect(ask({ design: 'randomised', effect: 0.5, ratio: 2 }).result.people % 3).toBe(0);
  });

  it('finds the smallest difference, in points where the spread is in points', () => {
    const plain = ask({ design: 'randomised', people: 128 });
    expect(plain.result.effect).toBeCloseTo(0.4991, 3);
    const points = ask({ design: 'randomised', people: 128, sd: 6 });
    expect(points.result.effect).toBeCloseTo(6 * plain.result.effect, 9);
    expect(points.reading[0]).toContain('the smallest true difference that is found 8 times in 10 is 3.0 points');
  });

  it('gains by the baseline, loses by those who are not followed up, and says how many those are', () => {
    const effectOf = (more: object) => ask({ design: 'randomised', people: 200, ...more }).result.effect;
    expect(effectOf({ correlation: 0.6 })).toBeCloseTo(0.8 * effectOf({}), 9);
    expect(effectOf({ lost: 0.2 })).toBeCloseTo(ask({ design: 'randomised', people: 160 }).result.effect, 9);
    const { reading, result } = ask({ design: 'randomised', effect: 0.5, lost: 0.2 });
    expect(result.people).toBe(160);
    expect(reading[0]).toContain('160 people, of whom 128 are followed up');
  });

  it('takes before and after as pairs', () => {
    // power.t.test(n = 34, delta = 0.5, type = "paired"): the differences have the spread of one score where r = 0.5.
    expect(ask({ design: 'pre-post', people: 34, effect: 0.5, correlation: 0.5 }).result.power).toBeCloseTo(
      0.8077767,
      6,
    );
  });

  it('pays for people in clusters, asks for whole ones, and warns of few', () => {
    const given = { design: 'cluster-randomised', effect: 0.5, clusterSize: 10, icc: 0.05 };
    const { result, reading } = ask(given);
    expect(result.designEffect).toBeCloseTo(1.45, 9);
    expect(result.people % 20).toBe(0);
    expect(result.clusters).toBe(result.people / 10);
    expect(reading.join(' ')).toContain('1.4 of them tell as much as one who stands alone');
    const few = ask({ ...given, people: 80 });
    expect(few.result.powerByClusters!).toBeLessThan(few.result.power);
    expect(few.reading.join(' ')).toContain('So few clusters find it less often');
    expect(few.result.warnings.join(' ')).toContain('clusters');
  });

  it('counts the people of a stepped wedge in one period', () => {
    const given = { design: 'stepped-wedge', clusterSize: 10, icc: 0.05, periods: 5 };
    const { result, reading } = ask({ ...given, effect: 0.4 });
    expect(result.clusters! % 4).toBe(0);
    expect(result.people).toBe(10 * result.clusters!);
    expect(reading[0]).toContain('in every period');
    expect(ask({ ...given, people: result.people, effect: 0.4 }).result.power).toBeGreaterThanOrEqual(0.8);
  });

  it('takes shares too', () => {
    // power.prop.test(p1 = 0.4, p2 = 0.25, power = 0.8)$n
    const { result, reading } = ask({ design: 'randomised', share: 0.4, effect: -0.15 });
    expect(result.people).toBe(304);
    expect(reading[0]).toContain('15.0 percentage points');
  });

  it('refuses what cannot be answered, naming what does not go together', () => {
    for (const [given, words] of [
      [{ design: 'randomised' }, 'give "people" or "effect"'],
      [{ design: 'randomised', people: 10, effect: 1, power: 0.8 }, 'leave out one'],
      [{ design: 'randomised', people: 10, icc: 0.1 }, 'no clusters'],
      [{ design: 'cluster-randomised', people: 10 }, '"clusterSize" and "icc"'],
      [{ design: 'stepped-wedge', people: 10, clusterSize: 5, icc: 0.1 }, '"periods"'],
      [{ design: 'randomised', share: 0.9, effect: 0.2 }, 'outside 0 and 1'],
      [{ design: 'randomised', effect: 0 }, 'must not be 0'],
      [{ design: 'randomised', people: 10, sized: 1 }, 'sized'],
    ] as const) {
      const parsed = parsePilotPowerSpec(given);
      expect(parsed.ok ? '' : parsed.error.message).toContain(words);
    }
  });

  it('is said in words that anybody can picture', () => {
    expect([0.03, 0.1, 0.5, 0.8, 0.94, 0.99].map(timesOf)).toEqual([
      'less than 1 time in 10',
      '1 time in 10',
      '5 times in 10',
      '8 times in 10',
      '19 times in 20',
      'nearly every time',
    ]);
  });
});
