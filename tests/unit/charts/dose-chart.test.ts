import { describe, expect, it } from 'vitest';
import { drawChart } from '#main/report/draw-chart.ts';
import { lightTheme } from '#shared/charts/chart-theme.ts';
import type { DoseSpec } from '#shared/charts/dose-spec.ts';

const points: DoseSpec['points'] = [0, 5, 10].map((exposure) => ({
  exposure,
  estimate: exposure / 10,
  low: exposure / 20,
  high: exposure / 5,
}));
const points0: DoseSpec = {
  kind: 'dose',
  exposure: 'exposures in 180 days',
  measure: 'points of the score, against 0',
  ratio: false,
  points,
  reference: 0,
  counted: 'pairs of screenings',
  bins: [
    { from: 0, to: 5, count: 80 },
    { from: 5, to: 10, count: null },
  ],
};
const drawn = (spec: DoseSpec) => {
  const { svg } = drawChart(spec, 'c', 640);
  const words = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => match[1]!);
  return { svg, words };
};
/** Outlines of the bars: corners that lie on a path filled with their colour. */
const barPaths = (svg: string) =>
  [...svg.matchAll(/<path d="([^"]*)"[^>]*>/g)].filter(([path]) => path.includes(lightTheme.accentSoft));

describe('a dose and its response', () => {
  it('has its names, its level of no difference and a shade for the interval', () => {
    const { svg, words } = drawn(points0);
    for (const text of [
      'exposures in 180 days',
      'points of the score, against 0',
      'no difference',
      'pairs of screenings',
    ]) {
      expect(words).toContain(text);
    }
    expect(svg).toMatch(/fill-opacity="0.18"/);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('draws no bar where a count is withheld, nor any trace of its size', () => {
    const one = drawn(points0).svg;
    const other = drawn({ ...points0, bins: [points0.bins[0]!, { from: 5, to: 10, count: 0 }] }).svg;
    expect(barPaths(one)).toHaveLength(1);
    expect(one).toBe(other);
  });

  it('sets half and double equally far from 1, and cuts off what is further than sixteen times', () => {
    const odds = points.map(({ exposure }) => ({ exposure, estimate: 1 + exposure / 10, low: 0.5, high: 900 }));
    const { svg, words } = drawn({ ...points0, ratio: true, points: odds });
    for (const tick of ['0.5', '1', '2', '16']) expect(words).toContain(tick);
    expect(words).not.toContain('32');
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('is drawn where nothing differs and nobody is counted', () => {
    const flat = [0, 1].map((exposure) => ({ exposure, estimate: 0, low: 0, high: 0 }));
    expect(drawn({ ...points0, points: flat, bins: [] }).svg).not.toMatch(/NaN|undefined|Infinity/);
  });
});
