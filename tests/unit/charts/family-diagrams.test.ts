import { describe, expect, it } from 'vitest';
import { drawChart } from '#main/report/draw-chart.ts';
import { diagramFinding, diagramSpec, dyadCorrelations } from '#shared/charts/family-diagram.ts';
import type { FamilyArrow, FamilyDiagram, FamilyNode } from '#shared/domain/family-impact.ts';

const node = (member: 'officer' | 'partner', what: string): FamilyNode => ({
  id: `${member}-${what}`,
  label: `${member === 'officer' ? 'Officer’s' : 'Partner’s'} ${what}`,
  member,
  measure: { instrument: 'GHQ-12', scale: what, name: `GHQ-12, ${what}`, higherIs: 'worse' },
});
const arrow = (kind: FamilyArrow['kind'], from: string, to: string, low: number, high: number): FamilyArrow => ({
  id: `${from} ${to}`,
  from,
  to,
  kind,
  estimate: (low + high) / 2,
  low,
  high,
  p: 0.04,
  standardised: 0.31,
  sentence: 'A goes with B.',
});

const dyad: FamilyDiagram = {
  nodes: [
    node('officer', 'distress'),
    node('partner', 'distress'),
    node('officer', 'outlook'),
    node('partner', 'outlook'),
  ],
  arrows: [
    arrow('actor', 'officer-distress', 'officer-outlook', -0.5, -0.3),
    arrow('actor', 'partner-distress', 'partner-outlook', -0.4, -0.2),
    arrow('partner', 'officer-distress', 'partner-outlook', -0.2, 0.04),
    arrow('partner', 'partner-distress', 'officer-outlook', -0.3, -0.1),
    arrow('covariance', 'officer-distress', 'partner-distress', 1, 3),
  ],
};

const chain: FamilyDiagram = {
  nodes: [
    node('officer', 'exposure'),
    node('officer', 'distress'),
    node('officer', 'conflict'),
    node('partner', 'distress'),
  ],
  arrows: [
    arrow('direct', 'officer-exposure', 'partner-distress', -0.1, 0.1),
    arrow('path', 'officer-conflict', 'partner-distress', 0.1, 0.3),
    arrow('path', 'officer-distress', 'officer-conflict', 0.2, 0.4),
    arrow('path', 'officer-exposure', 'officer-distress', 0.1, 0.2),
  ],
};

describe('a family diagram', () => {
  it('stands predictors at the left and outcomes at the right, the officer above the partner', () => {
    const places = diagramSpec(dyad).nodes.map(({ id, column, row }) => [id, column, row]);
    expect(places).toEqual([
      ['officer-distress', 0, 0],
      ['partner-distress', 0, 1],
      ['officer-outlook', 1, 0],
      ['partner-outlook', 1, 1],
    ]);
  });

  it('stands a chain in its order, whatever the order of its arrows, its middle above its ends', () => {
    expect(diagramSpec(chain).nodes.map(({ column, row }) => [column, row])).toEqual([
      [0, 1],
      [1, 0],
      [2, 0],
      [3, 1],
    ]);
  });

  it('centres a single outcome beside its two predictors', () => {
    const nodes = [node('officer', 'exposure'), node('officer', 'distress'), node('officer', 'conflict')];
    const arrows = nodes.slice(0, 2).map(({ id }) => arrow('path', id, 'officer-conflict', 0.1, 0.2));
    expect(diagramSpec({ nodes, arrows }).nodes.map(({ column, row }) => [column, row])).toEqual([
      [0, 0],
      [0, 1],
      [1, 0.5],
    ]);
  });

  it('dashes what may be nothing, and shows a covariance as its correlation', () => {
    const { arrows } = diagramSpec(dyad);
    expect(arrows.map(({ uncertain }) => uncertain)).toEqual([false, false, true, false, false]);
    const arcs = dyadCorrelations({ diagram: dyad, correlations: { predictors: 0.4, residuals: 0.2 } } as never);
    expect(arcs).toEqual([
      { from: 'officer-distress', to: 'partner-distress', r: 0.4 },
      { from: 'officer-outlook', to: 'partner-outlook', r: 0.2 },
    ]);
    expect(drawChart(diagramSpec(dyad, arcs), 'arcs', 760).svg).toContain('r 0.20');
    expect(arrows[4]).toMatchObject({ ends: 'both', text: 'r 0.31', interval: null });
    const { svg } = drawChart(diagramSpec(dyad), 'dyad', 760);
    for (const words of ['−0.40', '(−0.50 to −0.30)', 'Officer’s distress', 'r 0.31']) expect(svg).toContain(words);
  });

  it('counts the links that are clear of zero, without its correlations', () => {
    expect(diagramFinding('Crossover', dyad)).toBe('Crossover: 3 of 4 links are clear of zero');
    const unsure = { ...chain, arrows: chain.arrows.slice(0, 1) };
    expect(diagramFinding('Mediation', unsure)).toBe('Mediation: no link is clear of zero');
  });
});
