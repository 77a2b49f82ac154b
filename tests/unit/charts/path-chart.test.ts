import { describe, expect, it } from 'vitest';
import { drawChart } from '#main/report/draw-chart.ts';
import { lightTheme } from '#shared/charts/chart-theme.ts';
import { type Box, overlap, pathHeightPx, pathLayout } from '#shared/charts/path-layout.ts';
import type { PathArrow, PathNode, PathSpec } from '#shared/charts/path-spec.ts';

const node = (id: string, column: number, row: number, label: string): PathNode => ({
  id,
  who: id.startsWith('p') ? 'Partner' : 'Officer',
  label,
  column,
  row,
  second: id.startsWith('p'),
});
const arrow = (from: string, to: string, strength: number, uncertain = false): PathArrow => ({
  from,
  to,
  ends: 'one',
  text: '−0.12',
  interval: '(−0.25 to −0.01)',
  strength,
  uncertain,
});
const both = (from: string, to: string): PathArrow => ({ ...arrow(from, to, 0.3), ends: 'both', text: 'r 0.31' });

const dyad: PathSpec = {
  kind: 'path',
  measure: 'Points on the scale, with 95% intervals',
  nodes: [
    node('o1', 0, 0, 'GHQ-12'),
    node('p1', 0, 1, 'GHQ-12'),
    node('o2', 1, 0, 'WFC-FWC, work to family conflict'),
    node('p2', 1, 1, 'WFC-FWC, work to family conflict'),
  ],
  arrows: [
    arrow('o1', 'o2', 0.5),
    arrow('p1', 'p2', 0.4),
    arrow('o1', 'p2', 0.2),
    arrow('p1', 'o2', 0.05, true),
    both('o1', 'p1'),
    both('o2', 'p2'),
  ],
};
const chain: PathSpec = {
  kind: 'path',
  measure: 'Points on the scale, with 95% intervals',
  nodes: [
    node('x', 0, 1, 'Exposures in 180 days'),
    node('m1', 1, 0, 'GHQ-12'),
    node('m2', 2, 0, 'WFC-FWC, wfc'),
    node('p', 3, 1, 'GHQ-12'),
  ],
  arrows: [
    arrow('x', 'm1', 0.4),
    arrow('x', 'm2', 0.1, true),
    arrow('x', 'p', 0.1, true),
    arrow('m1', 'm2', 0.5),
    arrow('m1', 'p', 0.2),
    arrow('m2', 'p', 0.7),
  ],
};

const within = ({ x, y, width, height }: Box, widthPx: number, heightPx: number): boolean =>
  x - width / 2 >= 0 && x + width / 2 <= widthPx && y - height / 2 >= 0 && y + height / 2 <= heightPx;

describe.each([
  ['a dyad', dyad],
  ['a chain', chain],
] as const)('the path diagram of %s', (_, spec) => {
  it.each([640, 760, 1100])('keeps every box and label in a frame of %i pixels, none over another', (widthPx) => {
    const heightPx = pathHeightPx(spec);
    const { nodes, arrows } = pathLayout(spec, lightTheme.fontSizePx, { widthPx, heightPx });
    expect(arrows).toHaveLength(spec.arrows.length);
    const all = [...nodes.map(({ box }) => box), ...arrows.map(({ label }) => label)];
    for (const box of all) expect(within(box, widthPx, heightPx)).toBe(true);
    for (const [at, box] of all.entries()) {
      for (const other of all.slice(at + 1)) expect(overlap(box, other)).toBe(false);
    }
  });

  it('dashes the arrows whose interval holds zero, and writes every estimate', () => {
    const { svg } = drawChart(spec, 'path', 760);
    expect(svg.match(/stroke-dasharray/g)).toHaveLength(spec.arrows.filter(({ uncertain }) => uncertain).length);
    expect(svg.match(/\(−0\.25 to −0\.01\)/g)).toHaveLength(spec.arrows.length);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });
});

describe('a path diagram', () => {
  it('draws the stronger arrow thicker', () => {
    const widths = [0.1, 0.9].map((strength) => {
      const { svg } = drawChart({ ...dyad, arrows: [arrow('o1', 'p2', strength)] }, 'path', 760);
      return Math.max(...[...svg.matchAll(/stroke-width="([\d.]+)"/g)].map((match) => Number(match[1])));
    });
    expect(widths[1]).toBeGreaterThan(widths[0]! + 1);
  });

  it('leaves out an arrow to a box that is not there', () => {
    const { arrows } = pathLayout({ ...dyad, arrows: [arrow('o1', 'gone', 0.5)] }, 11, { widthPx: 640, heightPx: 290 });
    expect(arrows).toEqual([]);
  });
});
