import { describe, expect, it } from 'vitest';
import { evaluateSeries } from '#main/analysis/pilots/evaluation/interrupted-series.ts';
import { randomStream } from '#shared/domain/random.ts';
import { drawSeries } from '#tests/fixtures/drawn-pilots.ts';

const rule = { name: 'distress', unit: 'points', better: 'low', norms: null } as const;
const plan = { start: 31, horizon: null, seasonPoints: null, errors: null };

describe('one series, before and after', () => {
  const points = drawSeries(randomStream(6, 'series'), 60, -3);
  const result = evaluateSeries({ ...rule, points }, plan, [], { minimum: 10 });

  it('compares the last point with what the points before lead one to expect, and the step and the trend apart', () => {
    const [level, trend] = result.further.map(({ found }) => found);
    if (!level || !trend || 'refused' in level || 'refused' in trend) throw new Error('no terms');
    // Level, and as many steps of the trend as there are points since the start.
    expect(result.primary.estimate).toBeCloseTo(level.estimate + 30 * trend.estimate, 8);
    expect(level.low).toBeLessThan(-3);
    expect(level.high).toBeGreaterThan(-3);
    const last = result.series?.at(-1);
    expect((last?.fitted ?? 0) - (last?.expected ?? 0)).toBeCloseTo(result.primary.estimate, 8);
    expect(result.series?.[29]?.expected).toBeNull();
  });

  it('takes AR(1) errors under 120 points, and tells the reader that intervals of short series cover too little', () => {
    expect(result.primary.method).toContain('AR(1)');
    expect(result.limits.join(' ')).toContain('covers the truth less often than it says');
    const long = evaluateSeries(
      { ...rule, points: drawSeries(randomStream(6, 'series'), 120, -3) },
      { ...plan, start: 61 },
      [],
      { minimum: 10 },
    );
    expect(long.primary.method).toContain('Newey–West');
    expect(long.limits.join(' ')).not.toContain('covers the truth less often');
  });

  it('leaves points of few people out, and says so', () => {
    const thin = points.map((point) => (point.time === 10 ? { ...point, people: 9 } : point));
    const found = evaluateSeries({ ...rule, points: thin }, plan, [], { minimum: 10 });
    expect(found.series).toHaveLength(59);
    expect(found.warnings.join(' ')).toContain('fewer than 10 people');
    const none = points.map((point) => ({ ...point, people: 3 }));
    expect(() => evaluateSeries({ ...rule, points: none }, plan, [], { minimum: 10 })).toThrow(/No point/);
  });

  it('says that there is no comparison', () => {
    expect(result.standards.maryland.level).toBe(2);
    expect(result.limits[0]).toContain('no comparison');
  });
});
