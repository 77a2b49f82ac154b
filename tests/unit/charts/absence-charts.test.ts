import { describe, expect, it } from 'vitest';
import { drawChart } from '#main/report/draw-chart.ts';
import {
  byRatio,
  ratioFinding,
  ratioSpec,
  returnFinding,
  returnSpec,
} from '../../../src-renderer/features/absence/absence-model.ts';

const rate = (group: string, estimate: number | null, pHolm: number | null) => ({
  group,
  spells: 40,
  fteYears: 30,
  rate: 133,
  low: 100,
  high: 170,
  ratio: estimate === null ? null : { estimate, low: estimate * 0.8, high: estimate * 1.25 },
  pHolm,
});

describe('a forest of rate ratios', () => {
  const rates = byRatio([rate('North', 0.5, 0.2), rate('South', null, null), rate('East', 1.6, 0.01)], 'South');

  it('puts the reference first, then the highest ratio, each with its interval in words', () => {
    expect(rates.map(({ group }) => group)).toEqual(['South', 'East', 'North']);
    const { svg } = drawChart(ratioSpec(rates, 'South'), 'forest', 900);
    for (const words of ['reference', '1.60 (1.28 to 2.00)', '0.50 (0.40 to 0.63)']) expect(svg).toContain(words);
  });

  it('names only the groups that differ by more than chance makes likely', () => {
    expect(ratioFinding(rates, 'South')).toBe('1 group differs from South in spells: East (1.60 times)');
    expect(ratioFinding([rate('North', 0.5, 0.2)], 'South')).toContain('No group’s spells differ from South');
  });
});

describe('a curve of returns', () => {
  const curve = {
    group: 'All',
    spells: 90,
    returned: 80,
    medianDays: 5,
    low: 4,
    high: null,
    points: [
      { day: 28, atRisk: 21, stillAbsent: 0.116, low: 0.08, high: 0.16 },
      { day: 56, atRisk: null, stillAbsent: null, low: null, high: null },
    ],
    steps: [
      { day: 5, stillAbsent: 0.5, low: 0.4, high: 0.6 },
      { day: 40, stillAbsent: 0.1, low: 0.05, high: 0.15 },
    ],
  };

  it('marks the median, and says how many are at risk where they are enough', () => {
    const spec = returnSpec([curve]);
    expect(spec.longest).toBe(42);
    expect(spec.curves[0]).toMatchObject({ median: 5, atRisk: [{ time: 28, count: 21 }] });
    const { svg } = drawChart(spec, 'return', 900);
    expect(svg).toContain('All spells');
    expect(svg).toContain('>21<');
    const longer = { ...curve, steps: [...curve.steps, { day: 70, stillAbsent: 0.05, low: 0.01, high: 0.1 }] };
    expect(drawChart(returnSpec([longer]), 'return', 900).svg).toContain('[c]');
  });

  it('says when half have returned, or that they have not', () => {
    expect(returnFinding(curve)).toBe(
      'Half have returned by day 5 (95% interval 4 to not reached); 11.6% are still absent after 28 days',
    );
    expect(returnFinding({ ...curve, medianDays: null })).toMatch(/^Fewer than half have returned/);
  });
});
