import { type PeerCoverage, type PeerShift, peerShifts } from '#shared/domain/peer-network.ts';
import { networkText } from './text.ts';

const text = networkText.coverage;

export type CoverageCell = {
  readonly shift: PeerShift;
  /** Null where withheld. */
  readonly people: number | null;
  /** Null where withheld. */
  readonly places: number | null;
  /** People asked, and no ready volunteer based there takes this shift. */
  readonly noPlace: boolean;
  /** How dark it is drawn: 0 for nobody or withheld, else up to `darkest` for the most. */
  readonly shade: number;
};

export type CoverageRow = {
  readonly area: string;
  readonly people: number | null;
  readonly isBare: boolean;
  readonly cells: readonly CoverageCell[];
};

export const darkest = 4;

/** Areas down, shifts across; those with need and no capacity first. */
export function coverageRows({ areas, cells }: PeerCoverage): readonly CoverageRow[] {
  const asked = new Map(cells.map(({ area, shift, people }) => [`${shift} ${area}`, people]));
  const most = Math.max(1, ...cells.map(({ people }) => people ?? 0));
  const rows = areas.map(({ area, people, capacity, needWithoutCapacity }) => ({
    area,
    people,
    isBare: needWithoutCapacity,
    cells: peerShifts.map((shift) => {
      const here = asked.get(`${shift} ${area}`) ?? null;
      const places = capacity[shift];
      return {
        shift,
        people: here,
        places,
        noPlace: places === 0 && here !== null && here > 0,
        shade: Math.ceil((darkest * (here ?? 0)) / most),
      };
    }),
  }));
  return [...rows.filter(({ isBare }) => isBare), ...rows.filter(({ isBare }) => !isBare)];
}

export function coverageFinding({ areas }: PeerCoverage): string {
  if (areas.length === 0) return text.none;
  const bare = areas.filter(({ needWithoutCapacity }) => needWithoutCapacity).map(({ area }) => area);
  return bare.length === 0 ? text.sound : text.short(bare);
}
