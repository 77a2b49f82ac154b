import { dayOfIso } from '#shared/domain/dates.ts';
import type { VolunteerRow } from '#shared/domain/peer-network.ts';
import { isReady } from './readiness.ts';

export const volunteerShows = ['all', 'ready', 'offer', 'due'] as const;
export type VolunteerShow = (typeof volunteerShows)[number];

const soonDays = 60;

/** Whether vetting or training of somebody who takes people on now ends soon after a day. */
function endsSoon({ vettedUntil, trainedUntil }: VolunteerRow, asOf: string): boolean {
  const from = dayOfIso(asOf) ?? 0;
  return [vettedUntil, trainedUntil].some((until) => {
    const left = until === null ? null : (dayOfIso(until) ?? 0) - from;
    return left !== null && left >= 0 && left <= soonDays;
  });
}

/** Volunteers of a kind that a coordinator looks for, an offer due first, then by the places they have left. */
export function shownVolunteers(
  rows: readonly VolunteerRow[],
  show: VolunteerShow,
  asOf: string,
): readonly VolunteerRow[] {
  const holds: Readonly<Record<VolunteerShow, (row: VolunteerRow) => boolean>> = {
    all: () => true,
    ready: isReady,
    offer: ({ offer }) => offer !== null,
    due: (row) => endsSoon(row, asOf),
  };
  const first = (row: VolunteerRow) => (row.offer === null ? 1 : 0);
  const left = ({ capacity, inUse }: VolunteerRow) => capacity - inUse;
  return rows.filter(holds[show]).sort((a, b) => first(a) - first(b) || left(a) - left(b));
}
