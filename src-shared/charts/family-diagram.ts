import type { FamilyArrow, FamilyCrossover, FamilyDiagram } from '../domain/family-impact.ts';
import { formatNumber } from '../report/format.ts';
import type { PathArrow, PathNode, PathSpec } from './path-spec.ts';

/** A standardised estimate of this size is drawn as thick as lines go. */
const strongest = 0.6;

/** How many arrows lead to each box, along the longest way. */
function depthsOf({ nodes, arrows }: FamilyDiagram): ReadonlyMap<string, number> {
  const depths = new Map(nodes.map(({ id }) => [id, 0]));
  const oneWay = arrows.filter(({ kind }) => kind !== 'covariance');
  // As many passes as there are boxes settle every depth of a diagram without circles.
  for (const _ of nodes) {
    for (const { from, to } of oneWay) {
      depths.set(to, Math.min(nodes.length - 1, Math.max(depths.get(to) ?? 0, (depths.get(from) ?? 0) + 1)));
    }
  }
  return depths;
}

function placed(diagram: FamilyDiagram): readonly PathNode[] {
  const depths = depthsOf(diagram);
  const depthOf = (id: string) => depths.get(id) ?? 0;
  const deepest = Math.max(0, ...depths.values());
  const column = (depth: number) => diagram.nodes.filter(({ id }) => depthOf(id) === depth);
  const tallest = Math.max(...Array.from({ length: deepest + 1 }, (_, depth) => column(depth).length));
  return diagram.nodes.map((node) => {
    const depth = depthOf(node.id);
    const beside = column(depth);
    // A chain rises in the middle, so that its direct arrows pass below; columns are centred on the tallest.
    const inChain = depth === 0 || depth === deepest ? 1 : 0;
    const inColumn = beside.indexOf(node) + (tallest - beside.length) / 2;
    return {
      id: node.id,
      who: node.label,
      label: node.measure?.name ?? 'counted',
      column: depth,
      row: deepest > 1 ? inChain : inColumn,
      second: node.member === 'partner',
    };
  });
}

export function holdsZero({ low, high }: Pick<FamilyArrow, 'low' | 'high'>): boolean {
  return low <= 0 && high >= 0;
}

function drawn(arrow: FamilyArrow): PathArrow {
  const { from, to, kind, estimate, low, high, standardised } = arrow;
  const words = (value: number) => formatNumber(value, 2);
  const correlation = kind === 'covariance' && standardised !== null;
  return {
    from,
    to,
    ends: kind === 'covariance' ? 'both' : 'one',
    text: correlation ? `r ${words(standardised)}` : words(estimate),
    interval: correlation ? null : `(${words(low)} to ${words(high)})`,
    strength: Math.abs(standardised ?? strongest / 3) / strongest,
    uncertain: holdsZero(arrow),
  };
}

/** Between two boxes of a diagram, drawn as an arc; the result gives it without an interval. */
export type DrawnCorrelation = { readonly from: string; readonly to: string; readonly r: number };

function arcOf({ from, to, r }: DrawnCorrelation): PathArrow {
  return {
    from,
    to,
    ends: 'both',
    text: `r ${formatNumber(r, 2)}`,
    interval: null,
    strength: Math.abs(r) / strongest,
    uncertain: false,
  };
}

/** The two predictors of a dyad, and what the model leaves of its two outcomes, each pair with its correlation. */
export function dyadCorrelations({ diagram, correlations }: FamilyCrossover): readonly DrawnCorrelation[] {
  const paths = diagram.arrows.filter(({ kind }) => kind !== 'covariance');
  const ends = (side: 'from' | 'to') => [...new Set(paths.map((arrow) => arrow[side]))].sort();
  const pair = (side: 'from' | 'to', r: number): readonly DrawnCorrelation[] => {
    const [from, to] = ends(side);
    return from === undefined || to === undefined ? [] : [{ from, to, r }];
  };
  return [...pair('from', correlations.predictors), ...pair('to', correlations.residuals)];
}

/** A diagram of the result as the boxes and arrows of a chart. */
export function diagramSpec(diagram: FamilyDiagram, correlations: readonly DrawnCorrelation[] = []): PathSpec {
  return {
    kind: 'path',
    measure: 'Points of the measures, with 95% intervals',
    nodes: placed(diagram),
    arrows: [...diagram.arrows.map(drawn), ...correlations.map(arcOf)],
  };
}

/** What the diagram shows, in a sentence that claims no cause. */
export function diagramFinding(name: string, { arrows }: FamilyDiagram): string {
  const paths = arrows.filter(({ kind }) => kind !== 'covariance');
  const clear = paths.filter((arrow) => !holdsZero(arrow)).length;
  if (clear === 0) return `${name}: no link is clear of zero`;
  return `${name}: ${clear} of ${paths.length} links ${clear === 1 ? 'is' : 'are'} clear of zero`;
}
