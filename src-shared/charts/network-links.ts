import { formatNumber } from '../report/format.ts';
import type { NetworkLink, NetworkSpec } from './network-spec.ts';
import { type Box, overlap, type Point } from './path-layout.ts';
import { textWidth } from './text-width.ts';

export type PlacedLink = {
  readonly link: NetworkLink;
  readonly points: readonly Point[];
  readonly width: number;
  /** Where the number of people stands; null where there is no room for it, or none is told. */
  readonly label: Box | null;
};

const thinnestPx = 1.5;
const thickestPx = 9;
const curvePoints = 24;
/** More numbers than these are a crowd that nobody reads; the table has them all. */
const mostNumbers = 120;
/** The least between the end of a line and the corner of its box. */
const cornerPx = 5;
/** Where along a line its number may stand; the first free place is taken, near the base where lines lie apart. */
const labelShares = [0.86, 0.78, 0.7, 0.62, 0.54, 0.46, 0.38, 0.3, 0.22, 0.14];

/** A line that leaves and arrives level, as a chain of points. */
function levelCurve([fromX, fromY]: Point, [toX, toY]: Point): readonly Point[] {
  return Array.from({ length: curvePoints + 1 }, (_, at): Point => {
    const share = at / curvePoints;
    const eased = share * share * (3 - 2 * share);
    return [fromX + share * (toX - fromX), fromY + eased * (toY - fromY)];
  });
}

function labelAt(points: readonly Point[], share: number, text: string, fontSizePx: number): Box {
  const [x, y] = points[Math.round(share * curvePoints)] ?? [0, 0];
  return { x, y, width: Math.ceil(textWidth(text, fontSizePx)) + 8, height: Math.ceil(fontSizePx * 1.3) };
}

type Drawn = Omit<PlacedLink, 'label'>;
type Ended = { readonly link: NetworkLink; readonly area: number; readonly base: number };
type Side = 'area' | 'base';

/** Of a box, what its lines may take of its side. */
function sidePx({ height }: Box): number {
  return height - 2 * cornerPx;
}

/** Pixels a person adds to a line: no line thicker than lines go, and those of no box wider together than the box. */
function personPx(ends: readonly Ended[], boxes: Readonly<Record<Side, readonly Box[]>>): number {
  const told = (list: readonly Ended[]) => list.reduce((sum, { link }) => sum + (link.people ?? 0), 0);
  const limits = (['area', 'base'] as const).flatMap((side) =>
    [...Map.groupBy(ends, (end) => end[side])].map(
      ([at, own]) => (sidePx(boxes[side][at] as Box) - thinnestPx * own.length) / Math.max(1, told(own)),
    ),
  );
  const most = Math.max(1, ...ends.map(({ link }) => link.people ?? 0));
  return Math.max(0, Math.min((thickestPx - thinnestPx) / most, ...limits));
}

/** Where each line ends at the boxes of one side: beside each other, in the order of the boxes at the other side. */
function portsOf(
  ends: readonly Ended[],
  side: Side,
  boxes: readonly Box[],
  widthOf: (link: NetworkLink) => number,
): ReadonlyMap<NetworkLink, number> {
  const other = side === 'area' ? 'base' : 'area';
  const ports = new Map<NetworkLink, number>();
  for (const [at, own] of Map.groupBy(ends, (end) => end[side])) {
    const box = boxes[at] as Box;
    const spare = (sidePx(box) - own.reduce((sum, { link }) => sum + widthOf(link), 0)) / own.length;
    let top = box.y - box.height / 2 + cornerPx;
    for (const { link } of [...own].sort((one, two) => one[other] - two[other])) {
      const room = widthOf(link) + spare;
      ports.set(link, top + room / 2);
      top += room;
    }
  }
  return ports;
}

function drawLinks(spec: NetworkSpec, boxes: Readonly<Record<Side, readonly Box[]>>): readonly Drawn[] {
  const areaAt = new Map(spec.areas.map(({ name }, at) => [name, at]));
  const baseAt = new Map(spec.bases.map(({ name }, at) => [name, at]));
  const ends = spec.links.flatMap((link): Ended[] => {
    const [area, base] = [areaAt.get(link.area), baseAt.get(link.base)];
    return area === undefined || base === undefined ? [] : [{ link, area, base }];
  });
  const perPerson = personPx(ends, boxes);
  const widthOf = ({ people }: NetworkLink) => thinnestPx + perPerson * (people ?? 0);
  const starts = portsOf(ends, 'area', boxes.area, widthOf);
  const stops = portsOf(ends, 'base', boxes.base, widthOf);
  return ends.map(({ link, area, base }) => {
    const [from, to] = [boxes.area[area], boxes.base[base]] as [Box, Box];
    return {
      link,
      points: levelCurve(
        [from.x + from.width / 2 + 1, starts.get(link) ?? from.y],
        [to.x - to.width / 2 - 1, stops.get(link) ?? to.y],
      ),
      width: widthOf(link),
    };
  });
}

/** Numbers on the lines, the thickest first, none over another or over a place. */
function withLabels(links: readonly Drawn[], places: readonly Box[], fontSizePx: number): readonly PlacedLink[] {
  const taken: Box[] = [...places];
  const labels = new Map<NetworkLink, Box>();
  const told = links.filter(({ link }) => link.people !== null).sort((a, b) => b.width - a.width);
  for (const { link, points } of told.slice(0, mostNumbers)) {
    const free = labelShares
      .map((share) => labelAt(points, share, formatNumber(link.people ?? 0), fontSizePx))
      .find((box) => !taken.some((other) => overlap(box, other)));
    if (!free) continue;
    taken.push(free);
    labels.set(link, free);
  }
  return links.map((placed) => ({ ...placed, label: labels.get(placed.link) ?? null }));
}

/** Lines between the places that there are, with their numbers where there is room. @param boxes in the order of the spec */
export function placeLinks(
  spec: NetworkSpec,
  boxes: Readonly<Record<Side, readonly Box[]>>,
  fontSizePx: number,
): readonly PlacedLink[] {
  return withLabels(drawLinks(spec, boxes), [...boxes.area, ...boxes.base], fontSizePx);
}
