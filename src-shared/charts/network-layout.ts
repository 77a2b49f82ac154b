import { formatNumber } from '../report/format.ts';
import type { NetworkBase, NetworkLink, NetworkPlace, NetworkSpec, NetworkVolunteer } from './network-spec.ts';
import type { ChartSize } from './option-parts.ts';
import { type Box, overlap, type Point } from './path-layout.ts';
import { textWidth } from './text-width.ts';

export type PlacedPlace = { readonly place: NetworkPlace; readonly box: Box };
export type PlacedBase = { readonly place: NetworkBase; readonly box: Box };
export type PlacedVolunteer = {
  readonly volunteer: NetworkVolunteer;
  readonly base: string;
  readonly x: number;
  readonly y: number;
  readonly diameter: number;
};
export type PlacedLink = {
  readonly link: NetworkLink;
  readonly points: readonly Point[];
  readonly width: number;
  /** Where the number of people stands; null where there is no room for it, or none is told. */
  readonly label: Box | null;
};
export type NetworkLayout = {
  readonly areas: readonly PlacedPlace[];
  readonly bases: readonly PlacedBase[];
  readonly volunteers: readonly PlacedVolunteer[];
  readonly links: readonly PlacedLink[];
};

const edgePx = 4;
export const networkKeyPx = 44;
const headPx = 42;
const gapPx = 12;
const paddingPx = 10;
const areaHeightPx = 46;
const thinnestPx = 1.5;
const thickestPx = 9;
const smallestDotPx = 5;
/** A dot is as large as dots go from so many places in use. */
const leastAtLargest = 4;
const curvePoints = 24;
/** More numbers than these are a crowd that nobody reads; the table has them all. */
const mostNumbers = 120;
/** Where along a line its number may stand; the first free place is taken, near the base where lines lie apart. */
const labelShares = [0.86, 0.78, 0.7, 0.62, 0.54, 0.46, 0.38, 0.3, 0.22, 0.14];

type Grid = { readonly columns: number; readonly pitchPx: number };

/** Dots to a row of a base, and from row to row: few stand wide apart, many close together. */
function gridOf({ bases }: NetworkSpec): Grid {
  const most = Math.max(0, ...bases.map(({ volunteers }) => volunteers.length));
  const all = bases.reduce((sum, { volunteers }) => sum + volunteers.length, 0);
  return { columns: Math.min(26, Math.max(8, Math.ceil(Math.sqrt(3.5 * most)))), pitchPx: all <= 80 ? 24 : 17 };
}

function baseHeightPx({ volunteers }: NetworkBase, { columns, pitchPx }: Grid): number {
  const rows = Math.ceil(volunteers.length / columns);
  return headPx + (rows === 0 ? 0 : rows * pitchPx + paddingPx);
}

function stackHeightPx(heights: readonly number[]): number {
  return heights.reduce((sum, height) => sum + height, 0) + gapPx * Math.max(0, heights.length - 1);
}

/** Room for every base with its volunteers, every area, and how to read them. */
export function networkHeightPx(spec: NetworkSpec): number {
  const grid = gridOf(spec);
  const bases = stackHeightPx(spec.bases.map((base) => baseHeightPx(base, grid)));
  const areas = stackHeightPx(spec.areas.map(() => areaHeightPx));
  return 2 * edgePx + Math.max(areaHeightPx, bases, areas) + networkKeyPx;
}

/** Boxes one below the other, spread over the height that there is. */
function stacked(heights: readonly number[], frame: { x: number; width: number; heightPx: number }): readonly Box[] {
  const spare = Math.max(0, frame.heightPx - stackHeightPx(heights)) / Math.max(1, heights.length);
  let top = edgePx + spare / 2;
  return heights.map((height) => {
    const box = { x: frame.x, y: top + height / 2, width: frame.width, height };
    top += height + gapPx + spare;
    return box;
  });
}

function placeVolunteers({ place, box }: PlacedBase, grid: Grid, mostInUse: number): readonly PlacedVolunteer[] {
  const stepX = Math.min(grid.pitchPx, (box.width - 2 * paddingPx) / grid.columns);
  const largestPx = Math.min(stepX, grid.pitchPx) - 2;
  const smallestPx = Math.min(smallestDotPx, largestPx);
  const [left, top] = [box.x - box.width / 2 + paddingPx, box.y - box.height / 2 + headPx];
  return place.volunteers.map((volunteer, at) => ({
    volunteer,
    base: place.name,
    x: left + (0.5 + (at % grid.columns)) * stepX,
    y: top + (0.5 + Math.floor(at / grid.columns)) * grid.pitchPx,
    // Areas of dots are as the places in use.
    diameter: smallestPx + (largestPx - smallestPx) * Math.sqrt(volunteer.inUse / mostInUse),
  }));
}

/** A line that leaves and arrives level, as a chain of points. */
function levelCurve([fromX, fromY]: Point, [toX, toY]: Point): readonly Point[] {
  return Array.from({ length: curvePoints + 1 }, (_, at): Point => {
    const share = at / curvePoints;
    const eased = share * share * (3 - 2 * share);
    return [fromX + share * (toX - fromX), fromY + eased * (toY - fromY)];
  });
}

/** Ends of the lines of a box, from the top down, apart from each other and from its corners. */
function portY({ y, height }: Box, at: number, of: number): number {
  return y - height / 2 + 6 + ((at + 0.5) * (height - 12)) / of;
}

function labelAt(points: readonly Point[], share: number, text: string, fontSizePx: number): Box {
  const [x, y] = points[Math.round(share * curvePoints)] ?? [0, 0];
  return { x, y, width: Math.ceil(textWidth(text, fontSizePx)) + 8, height: Math.ceil(fontSizePx * 1.3) };
}

type Drawn = Omit<PlacedLink, 'label'>;
type Ended = { readonly link: NetworkLink; readonly area: number; readonly base: number };

/** Where each line ends at the boxes of one side, in the order of the boxes at the other. */
function portsOf(
  ends: readonly Ended[],
  side: 'area' | 'base',
  boxes: readonly Box[],
): ReadonlyMap<NetworkLink, number> {
  const other = side === 'area' ? 'base' : 'area';
  const ports = new Map<NetworkLink, number>();
  for (const [at, own] of Map.groupBy(ends, (end) => end[side])) {
    const sorted = [...own].sort((one, two) => one[other] - two[other]);
    for (const [place, { link }] of sorted.entries()) ports.set(link, portY(boxes[at] as Box, place, sorted.length));
  }
  return ports;
}

/** Lines between the places that there are. */
function drawLinks(spec: NetworkSpec, areas: readonly Box[], bases: readonly Box[]): readonly Drawn[] {
  const areaAt = new Map(spec.areas.map(({ name }, at) => [name, at]));
  const baseAt = new Map(spec.bases.map(({ name }, at) => [name, at]));
  const ends = spec.links.flatMap((link): Ended[] => {
    const [area, base] = [areaAt.get(link.area), baseAt.get(link.base)];
    return area === undefined || base === undefined ? [] : [{ link, area, base }];
  });
  const [starts, stops] = [portsOf(ends, 'area', areas), portsOf(ends, 'base', bases)];
  const most = Math.max(1, ...ends.map(({ link }) => link.people ?? 0));
  return ends.map(({ link, area, base }) => {
    const [from, to] = [areas[area], bases[base]] as [Box, Box];
    return {
      link,
      points: levelCurve(
        [from.x + from.width / 2 + 1, starts.get(link) ?? from.y],
        [to.x - to.width / 2 - 1, stops.get(link) ?? to.y],
      ),
      width: link.people === null ? thinnestPx : thinnestPx + (thickestPx - thinnestPx) * (link.people / most),
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

/** Every place, volunteer and line at its place in the frame: the same spec and frame always give the same picture. */
export function networkLayout(spec: NetworkSpec, fontSizePx: number, size: ChartSize): NetworkLayout {
  const grid = gridOf(spec);
  const heightPx = size.heightPx - 2 * edgePx - networkKeyPx;
  const widest = Math.max(
    0,
    ...spec.areas.flatMap(({ name, words }) => [name, words].map((line) => textWidth(line, fontSizePx))),
  );
  const areaWidth = Math.ceil(Math.min(size.widthPx * 0.24, widest + 2 * paddingPx));
  const baseWidth = Math.floor(Math.min(size.widthPx * 0.44, 520));
  const areaBoxes = stacked(
    spec.areas.map(() => areaHeightPx),
    { x: edgePx + areaWidth / 2, width: areaWidth, heightPx },
  );
  const baseBoxes = stacked(
    spec.bases.map((base) => baseHeightPx(base, grid)),
    {
      x: size.widthPx - edgePx - baseWidth / 2,
      width: baseWidth,
      heightPx,
    },
  );
  const areas = spec.areas.map((place, at) => ({ place, box: areaBoxes[at] as Box }));
  const bases = spec.bases.map((place, at) => ({ place, box: baseBoxes[at] as Box }));
  const mostInUse = Math.max(
    leastAtLargest,
    ...spec.bases.flatMap(({ volunteers }) => volunteers.map(({ inUse }) => inUse)),
  );
  return {
    areas,
    bases,
    volunteers: bases.flatMap((base) => placeVolunteers(base, grid, mostInUse)),
    links: withLabels(drawLinks(spec, areaBoxes, baseBoxes), [...areaBoxes, ...baseBoxes], fontSizePx),
  };
}
