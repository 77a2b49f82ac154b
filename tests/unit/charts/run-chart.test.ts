import { describe, expect, it } from 'vitest';
import { groupFunnel } from '#main/analysis/exposure/trend/group-funnel.ts';
import { drawChart } from '#main/report/draw-chart.ts';
import type { RunSpec } from '#shared/charts/chart-spec.ts';
import { darkTheme, lightTheme } from '#shared/charts/chart-theme.ts';
import type { TrendChart } from '../../../src-renderer/features/exposure/results.ts';
import {
  chanceWords,
  funnelFinding,
  funnelLimits,
  funnelSpecOf,
  runFinding,
  runSpecOf,
} from '../../../src-renderer/features/exposure/run-model.ts';

const months = Array.from({ length: 14 }, (_, at) => `202${at < 12 ? 4 : 5}-${String((at % 12) + 1).padStart(2, '0')}`);

const chart: TrendChart = {
  group: 'North',
  category: null,
  share: true,
  chanceIfStable: 0.1601,
  chart: 'u',
  centre: 2,
  charted: 13,
  points: months.map((month, at) => ({
    month,
    value: at === 3 ? null : at === 9 ? 5 : 2,
    count: 20,
    denominator: 1_000,
    lower: at === 3 ? null : 1,
    upper: at === 3 ? null : 4,
    signals: at === 9 ? ['outside'] : [],
  })),
  signals: [
    {
      rule: 'outside',
      from: '2024-10',
      to: '2024-10',
      points: 1,
      direction: 'high',
      words: 'Oct 2024: 5.00, above the upper limit of 4.00.',
    },
  ],
  notes: [],
};

describe('a run chart', () => {
  it('says what it found, how often that is chance, and where which rule fired', () => {
    expect(runFinding(chart, 'duty days')).toBe('North: Oct 2024: 5.00, above the upper limit of 4.00');
    expect(chanceWords(chart)).toBe('16% of stable charts of 13 points show a signal by chance.');
    const spec = runSpecOf(chart, 'duty days');
    expect(spec.labels).toEqual([{ index: 9, text: 'Above the limit' }]);
    expect(spec.points[9]!.signal).toEqual({ kind: 'neutral', direction: 'high' });
    // A month without data is a gap in the line and in the mean.
    expect(spec.points[3]).toMatchObject({ value: null, centre: null, signal: null });
    expect(runFinding({ ...chart, centre: null, signals: [] }, 'duty days')).toContain('too few months');
    expect(chanceWords({ ...chart, chanceIfStable: null })).toBeNull();
  });

  it('gives each kind of signal a colour and a shape of its own, with a key', () => {
    const spec: RunSpec = {
      ...runSpecOf(chart, 'duty days'),
      target: { value: 3, label: 'Target' },
      points: runSpecOf(chart, 'duty days').points.map((point, at) => ({
        ...point,
        signal:
          at === 1
            ? { kind: 'improvement', direction: 'low' }
            : at === 2
              ? { kind: 'concern', direction: 'high' }
              : point.signal,
      })),
    };
    for (const theme of [lightTheme, darkTheme]) {
      const { svg } = drawChart(spec, 'run', 900, theme);
      for (const words of [
        'Signal: improvement',
        'Signal: concern',
        'Signal: higher',
        'Above the limit',
        'Target 3.00',
      ]) {
        expect(svg).toContain(words);
      }
      for (const colour of [theme.run.improvement, theme.run.concern, theme.run.neutral]) expect(svg).toContain(colour);
      expect(svg).not.toContain('Signal: lower');
    }
  });

  it('names a target that lies on a limit in one label with it', () => {
    const drawn = runSpecOf(chart, 'duty days');
    const lower = drawn.points.at(-1)!.lower!;
    const { svg } = drawChart({ ...drawn, target: { value: lower, label: 'Target' } }, 'run', 900, lightTheme);
    expect(svg).toContain(`Lower limit and target ${lower.toFixed(drawn.decimals)}`);
    expect(svg).not.toContain('>Target');
  });
});

describe('a funnel', () => {
  const groups = [120, 340, 560, 910, 1_500].map((denominator, at) => ({
    group: `Unit ${at}`,
    count: [4, 9, 30, 22, 40][at]!,
    denominator,
    share: true,
  }));
  const funnel = groupFunnel(groups)!;

  it('draws as curves the limits that the engine has for each unit', () => {
    for (const { expected, inner, outer } of funnel.points) {
      for (const [name, limit] of [
        ['inner', inner],
        ['outer', outer],
      ] as const) {
        const own = funnelLimits(funnel.rate, expected, name, funnel.tau2);
        expect(own.low).toBeCloseTo(limit.low, 10);
        expect(own.high).toBeCloseTo(limit.high, 10);
      }
    }
    const spec = funnelSpecOf(funnel, 'duty days', false);
    expect(spec.limits.at(-1)!.size).toBeCloseTo(1_500, 6);
    expect(spec.limits[0]!.outer.high).toBeGreaterThan(spec.limits.at(-1)!.outer.high);
    expect(spec.points.map(({ size }) => size)).toEqual([120, 340, 560, 910, 1_500]);
  });

  it('names the units outside, and only those', () => {
    const marked = {
      ...funnel,
      points: funnel.points.map((point, at) => ({ ...point, outside: at === 2 ? ('high' as const) : null })),
    };
    expect(funnelFinding(marked, 'duty days')).toBe('1 unit lies outside the 99.8% limits: Unit 2 (higher)');
    const { svg } = drawChart(funnelSpecOf(marked, 'duty days', false), 'funnel', 900);
    expect(svg).toContain('Unit 2');
    expect(svg).not.toContain('Unit 3');
    expect(svg).toContain('99.8% by chance alone');
  });
});
