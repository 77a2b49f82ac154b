import { londonOffsetSeconds } from '#shared/domain/dates.ts';
import {
  noArea,
  nobodyYet,
  type PeerCoverage,
  type PeerLink,
  type PeerShift,
  peerShifts,
} from '#shared/domain/peer-network.ts';
import { capacityOf } from './capacity.ts';
import { type MayShow, type MayShowTable, sortedNames } from './period.ts';
import type { ContactRecord, RequestRecord, VolunteerRecord } from './records.ts';

/** Shift of a moment by the clock in London: early from 07:00, late from 15:00, night from 23:00. */
export function shiftOf(at: number): PeerShift {
  const hour = Math.floor((at + londonOffsetSeconds(at)) / 3_600) % 24;
  if (hour >= 7 && hour < 15) return 'early';
  return hour >= 15 && hour < 23 ? 'late' : 'night';
}

/** People who asked, by area and shift of their first request, against the places of ready volunteers based there. */
export function coverageOf(
  firstRequests: readonly RequestRecord[],
  ready: readonly VolunteerRecord[],
  {
    minimum,
    rows: showsEveryone,
    mayShowTable,
  }: { readonly minimum: number; readonly rows: boolean; readonly mayShowTable: MayShowTable },
): PeerCoverage {
  const areaOf = (area: string | null): string => area ?? noArea;
  const areas = sortedNames([
    ...firstRequests.map(({ area }) => areaOf(area)),
    ...ready.map(({ base }) => areaOf(base)),
  ]);
  const counts = countTable(areas, peerShifts, firstRequests, ({ area, requestedAt }) => [
    areaOf(area),
    shiftOf(requestedAt),
  ]);
  const shown = mayShowTable(areas, peerShifts, counts, minimum);
  const cell = (row: number, column: number): number => counts[row]?.[column] ?? 0;
  return {
    cells: areas.flatMap((area, row) =>
      peerShifts.map((shift, column) => ({ area, shift, people: shown(row, column) ? cell(row, column) : null })),
    ),
    areas: areas.map((area, row) => {
      const people = peerShifts.reduce((sum, _, column) => sum + cell(row, column), 0);
      const own = ready.filter(({ base }) => areaOf(base) === area);
      const isShown = shown(row, peerShifts.length);
      return {
        area,
        people: isShown ? people : null,
        capacity: capacityOf(own, showsEveryone),
        needWithoutCapacity: isShown && people >= minimum && own.every(({ capacity }) => capacity === 0),
      };
    }),
  };
}

/**
 * Where people who asked found somebody: the area of their first request by the base of their first contact. How many asked from
 * an area is told elsewhere, so each area is a list of its own whose total is known.
 */
export function linksOf(
  firstRequests: readonly RequestRecord[],
  firstContacts: readonly ContactRecord[],
  volunteers: ReadonlyMap<string, VolunteerRecord>,
  { minimum, mayShow }: { readonly minimum: number; readonly mayShow: MayShow },
): PeerLink[] {
  const metAt = new Map(
    firstContacts.map(({ token, volunteer }) => [token, volunteers.get(volunteer)?.base ?? noArea]),
  );
  const baseOf = ({ token }: RequestRecord): string => metAt.get(token) ?? nobodyYet;
  const areas = sortedNames(firstRequests.map(({ area }) => area ?? noArea));
  const bases = sortedNames(firstRequests.map(baseOf));
  const counts = countTable(areas, bases, firstRequests, (request) => [request.area ?? noArea, baseOf(request)]);
  return areas.flatMap((area, row) => {
    const own = counts[row] ?? [];
    const shown = mayShow(bases, own, minimum);
    return bases.flatMap((base, at) => {
      const people = own[at] ?? 0;
      return people === 0 ? [] : [{ area, base, people: shown[at] ? people : null }];
    });
  });
}

function countTable<Row>(
  rows: readonly string[],
  columns: readonly string[],
  records: readonly Row[],
  placeOf: (record: Row) => readonly [string, string],
): number[][] {
  const counts = rows.map(() => columns.map(() => 0));
  const rowOf = new Map(rows.map((name, at) => [name, at]));
  const columnOf = new Map(columns.map((name, at) => [name, at]));
  for (const record of records) {
    const [row, column] = placeOf(record);
    const line = counts[rowOf.get(row) ?? -1];
    const at = columnOf.get(column);
    if (line && at !== undefined) line[at] = (line[at] ?? 0) + 1;
  }
  return counts;
}
