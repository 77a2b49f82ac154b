import { type PlacedLink, placeLinks } from './network-links.ts';
import type { NetworkBase, NetworkPlace, NetworkSpec, NetworkVolunteer } from './network-spec.ts';
import type { ChartSize } from './option-parts.ts';
import type { Box } from './path-layout.ts';
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
const smallestDotPx = 5;
/** A dot is as large as dots go from so many places in use at least; one volunteer who carries most does not make all others small. */
const leastAtLargest = 4;
const shareBelowLargest = 0.95;

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

function placesOfLargest({ bases }: NetworkSpec): number {
  const inUse = bases.flatMap(({ volunteers }) => volunteers.map((volunteer) => volunteer.inUse)).sort((a, b) => a - b);
  return Math.max(leastAtLargest, inUse[Math.floor(shareBelowLargest * (inUse.length - 1))] ?? 0);
}

function placeVolunteers({ place, box }: PlacedBase, grid: Grid, largestAt: number): readonly PlacedVolunteer[] {
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
    diameter: smallestPx + (largestPx - smallestPx) * Math.sqrt(Math.min(1, volunteer.inUse / largestAt)),
  }));
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
  const largestAt = placesOfLargest(spec);
  return {
    areas,
    bases,
    volunteers: bases.flatMap((base) => placeVolunteers(base, grid, largestAt)),
    links: placeLinks(spec, { area: areaBoxes, base: baseBoxes }, fontSizePx),
  };
}
