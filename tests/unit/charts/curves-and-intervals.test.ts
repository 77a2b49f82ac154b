import { describe, expect, it } from 'vitest';
import { drawChart } from '#main/report/draw-chart.ts';
import type { ChartSpec } from '#shared/charts/chart-spec.ts';
import { lightTheme } from '#shared/charts/chart-theme.ts';
import type { CurvesSpec } from '#shared/charts/curves-spec.ts';
import type { IntervalsSpec } from '#shared/charts/intervals-spec.ts';

const share = true;
const netBenefit: CurvesSpec = {
  kind: 'curves',
  x: { measure: 'Chance', share, from: 0, to: 0.5 },
  y: { measure: 'Net benefit', share: false, from: -0.02 },
  lines: [
    { name: 'Model', points: [0, 0.1, 0.5].map((at, index) => [at, [0.1, 0.05, 0.004][index]!]) },
    { name: 'Rules', points: [0, 0.1, 0.5].map((at, index) => [at, [0.1, 0.04, 0.002][index]!]) },
    { name: 'All', dashed: true, points: [0, 0.1, 0.5].map((at, index) => [at, [0.1, 0, -0.9][index]!]) },
    { name: 'None', dashed: true, points: [0, 0.5].map((at) => [at, 0]) },
  ],
};
const intervals: IntervalsSpec = {
  kind: 'intervals',
  measure: 'Observed over expected',
  ratio: true,
  bounds: { low: 0.8, high: 1.25, label: '0.8 to 1.25' },
  reference: 1,
  rows: [
    { label: 'Sex: F', estimate: 1, low: 0.8, high: 1.25, text: '1.00 (0.80 to 1.25)' },
    { label: 'Sex: M', estimate: null, low: null, high: null, text: '[c] withheld' },
    { label: 'Rank: sergeant', estimate: 2, low: 1.6, high: 2.5, text: '2.00, blocks use', flagged: true },
  ],
};

const textsOf = (spec: ChartSpec) =>
  [...drawChart(spec, 'c', 640).svg.matchAll(/<text([^>]*)>([^<]*)<\/text>/g)].map((match) => ({
    words: match[2]!,
    y: Number(/translate\([-\d.]+[ ,]([-\d.]+)\)/.exec(match[1]!)?.[1] ?? /\by="([-\d.]+)"/.exec(match[1]!)?.[1]),
  }));

describe('curves', () => {
  it('names every line at its end, and no two names over each other', () => {
    const named = textsOf(netBenefit).filter(({ words }) => ['Model', 'Rules', 'None'].includes(words));
    expect(named.map(({ words }) => words).sort()).toEqual(['Model', 'None', 'Rules']);
    const heights = named.map(({ y }) => y).sort((a, b) => a - b);
    expect(heights.every(Number.isFinite)).toBe(true);
    for (const [at, height] of heights.slice(1).entries()) expect(height - heights[at]!).toBeGreaterThanOrEqual(12);
  });

  it('writes shares as per cent, and what falls below its axis is cut off and not squeezed in', () => {
    const words = textsOf(netBenefit).map((text) => text.words);
    expect(words).toContain('50%');
    expect(words).toContain('0.10');
    expect(words.filter((text) => text.startsWith('−'))).toEqual(['−0.05']);
  });

  it('draws each observed point with its interval and the line of agreement', () => {
    const { svg } = drawChart(
      {
        kind: 'curves',
        x: { measure: 'Predicted', share, from: 0, to: 0.5 },
        y: { measure: 'Observed', share, from: 0, to: 0.5 },
        lines: [],
        points: [0.1, 0.2, 0.4].map((at) => ({ x: at, y: at, low: at - 0.05, high: at + 0.05 })),
        diagonal: 'Agreement',
      },
      'c',
      640,
    );
    expect(svg.match(new RegExp(`fill="${lightTheme.accent}"`, 'g'))).toHaveLength(3);
    expect(svg).toContain('Agreement');
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });
});

describe('intervals', () => {
  it('draws no mark where there is no estimate, and says why at the right', () => {
    const { svg } = drawChart(intervals, 'c', 640);
    const marks = (colour: string): number => svg.match(new RegExp(`fill="${colour}"`, 'g'))?.length ?? 0;
    expect(marks(lightTheme.accent)).toBe(1);
    expect(marks(lightTheme.flag)).toBe(1);
    expect(svg).toContain('[c] withheld');
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('labels half and double, which lie equally far from 1', () => {
    const words = textsOf(intervals).map((text) => text.words);
    for (const tick of ['0.50', '1', '2']) expect(words).toContain(tick);
    expect(words).toContain('0.8 to 1.25');
  });

  it('is drawn without a single estimate', () => {
    const rows = intervals.rows.slice(1, 2);
    for (const ratio of [true, false]) {
      const { svg } = drawChart({ kind: 'intervals', measure: 'AUC', ratio, rows }, 'c', 640);
      expect(svg).toContain('[c] withheld');
      expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    }
  });
});
