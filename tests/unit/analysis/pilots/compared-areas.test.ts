import { describe, expect, it } from 'vitest';
import { evaluateComparedAreas, unitMeans } from '#main/analysis/pilots/evaluation/compared-areas.ts';
import { randomStream } from '#shared/domain/random.ts';
import { drawAreas } from '#tests/fixtures/drawn-pilots.ts';

const rule = { name: 'PHQ-9', unit: 'points', better: 'low', norms: { sd: 5, reliability: 0.85 } } as const;
const limit = { minimum: 10 };

describe('areas with and without the pilot', () => {
  it('two times: the difference of the four means, with errors for few areas beside it', () => {
    const { rows, begins } = drawAreas(randomStream(4, 'areas'), { areas: 12, periods: 2, people: 12 }, -3);
    const result = evaluateComparedAreas({ ...rule, rows }, begins, [], limit);
    const mean = (offered: boolean, period: number): number => {
      const own = rows.filter((row) => (begins.get(row.unit) !== null) === offered && row.period === period);
      return own.reduce((sum, { score }) => sum + score, 0) / own.length;
    };
    const byHand = mean(true, 2) - mean(true, 1) - (mean(false, 2) - mean(false, 1));
    expect(result.primary.estimate).toBeCloseTo(byHand, 10);
    expect(result.primary.df).toBe(11);
    const [few] = result.further;
    if (!few || 'refused' in few.found) throw new Error('no errors for few areas');
    expect(few.found.estimate).toBeCloseTo(byHand, 10);
    expect(few.found.method).toContain('CR2');
    expect(result.events).toBeNull();
    expect(result.warnings.join(' ')).toContain('12 clusters');
    // The other way round where the plan chooses so.
    const chosen = evaluateComparedAreas({ ...rule, rows }, begins, [], limit, true);
    expect(chosen.primary).toMatchObject(few.found);
    expect(chosen.further[0]?.found).toMatchObject({ se: result.primary.se });
  });

  it('many times: effects by when areas began, what went before, and an event study beside', () => {
    const { rows, begins } = drawAreas(randomStream(4, 'areas'), { areas: 30, periods: 6, people: 12 }, -3);
    const result = evaluateComparedAreas({ ...rule, rows }, begins, [], limit);
    expect(result.primary.low).toBeLessThan(-3);
    expect(result.primary.high).toBeGreaterThan(-3);
    expect(result.primary.absolute.direction).toBe('better');
    const events = result.events?.periods ?? [];
    expect(events.find(({ event }) => event === -1)?.estimate).toBe(0);
    expect(events.filter(({ event }) => event >= 0)).toHaveLength(3);
    expect(result.events?.movedAlikeP).toBeGreaterThan(0.001);
    const [study] = result.further;
    if (!study || 'refused' in study.found) throw new Error('no event study');
    // One start and a balanced panel: both averages are of the same means, against one period or all before.
    expect(Math.abs(study.found.estimate - result.primary.estimate)).toBeLessThan(2 * result.primary.se);
    expect(result.standards.maryland.level).toBe(4);
  });

  it('an area of few in a period is refused, and areas that never begin are nothing to compare', () => {
    const { rows, begins } = drawAreas(randomStream(4, 'areas'), { areas: 8, periods: 2, people: 9 }, -3);
    expect(() => evaluateComparedAreas({ ...rule, rows }, begins, [], limit)).toThrow(/fewer than 10 scores/);
    const never = new Map([...begins.keys()].map((unit) => [unit, null]));
    expect(() => evaluateComparedAreas({ ...rule, rows }, never, [], { minimum: 5 })).toThrow(/after it began/);
  });

  it('means of an area and period are of its own scores', () => {
    const rows = [
      { unit: 'a', period: 1, score: 2 },
      { unit: 'b', period: 1, score: 7 },
      { unit: 'a', period: 1, score: 4 },
      { unit: 'a', period: 2, score: 5 },
    ];
    expect(unitMeans(rows)).toEqual([
      { unit: 'a', period: 1, value: 3 },
      { unit: 'b', period: 1, value: 7 },
      { unit: 'a', period: 2, value: 5 },
    ]);
  });
});
