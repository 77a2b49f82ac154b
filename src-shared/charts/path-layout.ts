import type { ChartSize } from './option-parts.ts';
import type { PathArrow, PathNode, PathSpec } from './path-spec.ts';
import { shortened, textWidth } from './text-width.ts';

export type Point = readonly [x: number, y: number];
/** Of its middle, in pixels from the top left. */
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
export type PlacedNode = { readonly node: PathNode; readonly box: Box; readonly lines: readonly string[] };
export type PlacedArrow = {
  readonly arrow: PathArrow;
  readonly from: Point;
  readonly to: Point;
  /** How far a correlation bows out, as a share of its length; 0 for a straight line. */
  readonly curveness: number;
  readonly label: Box;
};
export type PathLayout = { readonly nodes: readonly PlacedNode[]; readonly arrows: readonly PlacedArrow[] };

const edgePx = 6;
const legendPx = 26;
const widestNodePx = 200;
/** Room for a long word. */
const leastNodePx = 82;
const gapPx = 4;
/** The least that is left of an arrow at both ends of its label. */
const shaftPx = 30;
const bow = 0.3;
/** Where along an arrow its label may stand, the first free place is taken: slanted arrows cross each other in the middle. */
const places = {
  level: [0.5, 0.36, 0.64, 0.28, 0.72, 0.43, 0.57, 0.22, 0.78],
  slanted: [0.34, 0.66, 0.28, 0.72, 0.4, 0.6, 0.5, 0.22, 0.78],
} as const;

export function overlap(one: Box, other: Box): boolean {
  return (
    Math.abs(one.x - other.x) < (one.width + other.width) / 2 + 1 &&
    Math.abs(one.y - other.y) < (one.height + other.height) / 2 + 1
  );
}

function labelSize({ text, interval }: PathArrow, fontSizePx: number): { width: number; height: number } {
  const lines = interval === null ? [text] : [text, interval];
  return {
    width: Math.ceil(Math.max(...lines.map((line) => textWidth(line, fontSizePx)))) + 6,
    height: Math.ceil(lines.length * fontSizePx * 1.3) + 2,
  };
}

/** Words in lines of at most `most` pixels, three of them, the last one cut. */
function wrapped(text: string, fontSizePx: number, most: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const joined = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && textWidth(joined, fontSizePx) <= most) lines[lines.length - 1] = joined;
    else lines.push(word);
  }
  const kept = lines.length > 3 ? [...lines.slice(0, 2), lines.slice(2).join(' ')] : lines;
  return kept.map((line) => shortened(line, fontSizePx, most));
}

function placeNodes(spec: PathSpec, fontSizePx: number, size: ChartSize): readonly PlacedNode[] {
  const columns = Math.max(0, ...spec.nodes.map(({ column }) => column)) + 1;
  const rows = Math.max(0, ...spec.nodes.map(({ row }) => row));
  const arcs = spec.arrows.filter(({ ends }) => ends === 'both');
  const sidePx = edgePx + Math.max(0, ...arcs.map((arc) => labelSize(arc, fontSizePx).width / 2 + 26));
  const usablePx = size.widthPx - 2 * sidePx;
  const gapsPx =
    (columns - 1) * (shaftPx + Math.max(0, ...spec.arrows.map((each) => labelSize(each, fontSizePx).width)));
  const roomy = (usablePx - gapsPx) / columns;
  // Where there is little room, shafts give way before words are cut.
  const tight = (usablePx - gapsPx + (columns - 1) * shaftPx) / columns;
  const width = Math.min(widestNodePx, Math.max(roomy, Math.min(tight, leastNodePx)));
  const lineSets = spec.nodes.map(({ who, label }) => [
    ...wrapped(who, fontSizePx, width - 10),
    ...wrapped(label, fontSizePx, width - 14),
  ]);
  const height = Math.ceil(Math.max(1, ...lineSets.map((lines) => lines.length)) * fontSizePx * 1.3) + 16;
  const stepX = columns === 1 ? 0 : (usablePx - width) / (columns - 1);
  const top = edgePx + height / 2;
  const stepY = rows === 0 ? 0 : (size.heightPx - legendPx - edgePx - height / 2 - top) / rows;
  return spec.nodes.map((node, index) => ({
    node,
    box: {
      x: columns === 1 ? size.widthPx / 2 : sidePx + width / 2 + node.column * stepX,
      y: top + node.row * stepY,
      width,
      height,
    },
    lines: lineSets[index] ?? [],
  }));
}

/** Where the line from the middle of a box towards a point leaves the box, and a little beyond. */
function borderPoint({ x, y, width, height }: Box, [toX, toY]: Point): Point {
  const [dx, dy] = [toX - x, toY - y];
  const share = 1 / Math.max((2 * Math.abs(dx)) / (width + 2 * gapPx), (2 * Math.abs(dy)) / (height + 2 * gapPx), 1e-9);
  return [x + dx * Math.min(1, share), y + dy * Math.min(1, share)];
}

/** A straight arrow from border to border; its label at the first place along it that nothing else has taken. */
function straight(arrow: PathArrow, from: Box, to: Box, taken: readonly Box[], fontSizePx: number): PlacedArrow {
  const start = borderPoint(from, [to.x, to.y]);
  const end = borderPoint(to, [from.x, from.y]);
  const boxes = places[from.y === to.y ? 'level' : 'slanted'].map((share) => ({
    x: start[0] + share * (end[0] - start[0]),
    y: start[1] + share * (end[1] - start[1]),
    ...labelSize(arrow, fontSizePx),
  }));
  const free = boxes.find((box) => !taken.some((other) => overlap(box, other)));
  return { arrow, from: start, to: end, curveness: 0, label: free ?? leastCrowded(boxes, taken) };
}

function leastCrowded(boxes: readonly Box[], taken: readonly Box[]): Box {
  const crowd = (box: Box) => taken.filter((other) => overlap(box, other)).length;
  return boxes.reduce((best, box) => (crowd(box) < crowd(best) ? box : best));
}

/** An arc outside the column: at the left of boxes in the left half of the frame, else at the right. */
function arc(arrow: PathArrow, one: Box, other: Box, widthPx: number, fontSizePx: number): PlacedArrow {
  const [upper, lower] = one.y <= other.y ? [one, other] : [other, one];
  const side = upper.x < widthPx / 2 ? -1 : 1;
  const x = upper.x + side * (upper.width / 2 + gapPx);
  const bowPx = (bow * (lower.y - upper.y)) / 2;
  return {
    arrow,
    from: [x, upper.y],
    to: [x, lower.y],
    curveness: side * bow,
    label: { x: x + side * Math.min(bowPx, 22), y: (upper.y + lower.y) / 2, ...labelSize(arrow, fontSizePx) },
  };
}

/** Boxes and arrows at their places in the frame, every label clear of the boxes and of the other labels. */
export function pathLayout(spec: PathSpec, fontSizePx: number, size: ChartSize): PathLayout {
  const nodes = placeNodes(spec, fontSizePx, size);
  const boxOf = new Map(nodes.map(({ node, box }) => [node.id, box]));
  const taken = nodes.map(({ box }) => box);
  const arrows: PlacedArrow[] = [];
  for (const arrow of [...spec.arrows].sort((left, right) => freedom(left, boxOf) - freedom(right, boxOf))) {
    const [from, to] = [boxOf.get(arrow.from), boxOf.get(arrow.to)];
    if (!from || !to) continue;
    const placed =
      arrow.ends === 'both'
        ? arc(arrow, from, to, size.widthPx, fontSizePx)
        : straight(arrow, from, to, taken, fontSizePx);
    taken.push(placed.label);
    arrows.push(placed);
  }
  return { nodes, arrows };
}

/** Arcs and short arrows have the fewest places for a label, so they choose first. */
function freedom({ from, to, ends }: PathArrow, boxOf: ReadonlyMap<string, Box>): number {
  const [one, other] = [boxOf.get(from), boxOf.get(to)];
  return ends === 'both' || !one || !other ? 0 : Math.hypot(one.x - other.x, one.y - other.y);
}

/** Room for as many rows of boxes as there are. */
export function pathHeightPx(spec: PathSpec): number {
  const rows = Math.max(0, ...spec.nodes.map(({ row }) => row));
  return 110 + Math.ceil(rows) * 180;
}
