import { describe, expect, it } from 'vitest';
import { drawChart } from '#main/report/draw-chart.ts';
import { chartHeightPx } from '#shared/charts/chart-option.ts';
import type { ChartSpec } from '#shared/charts/chart-spec.ts';
import { darkTheme, lightTheme } from '#shared/charts/chart-theme.ts';
import { sampleDocument } from './sample-document.ts';

const specs = sampleDocument.sections
  .flatMap((section) => section.blocks)
  .flatMap((block) => (block.kind === 'figure' ? [block.chart] : []));

const words = (svg: string): readonly string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => match[1]!);

describe('drawChart', () => {
  it('gives the same drawing whatever was drawn before', () => {
    const first = specs.map((spec, index) => drawChart(spec, `c${index}`, 640).svg);
    const second = [...specs].reverse().map((spec, index) => drawChart(spec, `c${specs.length - 1 - index}`, 640).svg);
    expect(second.reverse()).toEqual(first);
  });

  it('leaves nothing a strict content policy would ignore', () => {
    for (const spec of specs) {
      const { svg } = drawChart(spec, 'c', 640);
      expect(svg).not.toMatch(/<style|\sstyle=|\sclass=|zr\d|ecmeta|NaN|undefined|Infinity/);
    }
  });

  it('uses the colours of its theme and no others', () => {
    for (const theme of [lightTheme, darkTheme]) {
      const palette: readonly unknown[] = Object.values(theme).flat();
      for (const spec of specs) {
        const seen = drawChart(spec, 'c', 640, theme).svg.replace(/<[^>]*fill-opacity="0"[^>]*>/g, '');
        const used = [...seen.matchAll(/(?:fill|stroke)="([^"]+)"/g)].map((match) => match[1]!);
        for (const colour of new Set(used)) expect([...palette, 'none', '#000']).toContain(colour);
      }
    }
  });

  it('draws what is withheld as its marker and never as a number', () => {
    const bars = drawChart(
      {
        kind: 'bars',
        measure: 'People',
        decimals: 0,
        bars: [
          { label: 'A', value: 12, n: 40 },
          { label: 'B', value: 'withheld', n: 'withheld' },
        ],
      },
      'c',
      640,
    );
    expect(words(bars.svg)).toContain('[c] withheld');
    expect(words(bars.svg)).toContain('B  (n [c])');
    expect(bars.svg.match(/fill="#14577d"/g)).toHaveLength(1);
  });

  it('puts bars where their values are', () => {
    const { svg } = drawChart(
      {
        kind: 'bars',
        measure: 'm',
        decimals: 0,
        bars: [
          { label: 'A', value: 10 },
          { label: 'B', value: 5 },
        ],
      },
      'c',
      640,
    );
    const widths = [...svg.matchAll(/<path d="M[\d.]+ [\d.]+l([\d.]+) 0l[^"]*" fill="#14577d"/g)].map((match) =>
      Number(match[1]),
    );
    expect(widths).toHaveLength(2);
    expect(widths[0]! / widths[1]!).toBeCloseTo(2, 2);
  });

  it('sets names as they are, template marks and markup included', () => {
    const name = '{b} <b>&"x"';
    const { svg } = drawChart(
      { kind: 'bars', measure: name, decimals: 0, bars: [{ label: name, value: 1 }] },
      'c',
      900,
    );
    expect(words(svg).filter((word) => word === '{b} &lt;b&gt;&amp;&quot;x&quot;')).toHaveLength(2);
  });

  it('draws charts without a single value', () => {
    const empty: readonly ChartSpec[] = [
      { kind: 'trend', measure: 'm', decimals: 0, months: ['2026-01'], series: [{ name: 'a', values: [null] }] },
      { kind: 'bars', measure: 'm', decimals: 0, bars: [] },
      { kind: 'histogram', measure: 'm', counted: 'people', bins: [] },
      { kind: 'boxes', measure: 'm', decimals: 0, whiskers: 'w', groups: [] },
      { kind: 'heat-map', measure: 'm', decimals: 0, months: ['2026-01'], units: ['a'], values: [['withheld']] },
    ];
    for (const spec of empty) {
      const drawn = drawChart(spec, 'c', 640);
      expect(drawn.svg).toMatch(/^<svg width="640"/);
      expect(drawn.svg).not.toMatch(/NaN|Infinity/);
      expect(drawn.heightPx).toBe(chartHeightPx(spec));
    }
  });
});
