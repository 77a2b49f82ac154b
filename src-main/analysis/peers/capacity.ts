import { type PeerArea, type PeerShift, peerShifts } from '#shared/domain/peer-network.ts';
import { fewestVolunteers } from './period.ts';
import { taggedWith } from './readiness.ts';
import type { VolunteerRecord } from './records.ts';

/** Whether a volunteer takes requests of a shift: any, unless `shift:…` among their skills says which. */
function servesShift({ skills }: VolunteerRecord, shift: PeerShift): boolean {
  const named = taggedWith(skills, 'shift:').map((name) => name.toLowerCase());
  return named.length === 0 || named.includes(shift);
}

/**
 * Places of the ready volunteers of an area, by shift. A shift is withheld where fewer than five volunteers take just the shifts
 * that one of its volunteers takes: else what they can take on would be the figure itself, or one shift less another.
 */
export function capacityOf(volunteers: readonly VolunteerRecord[], showsEveryone: boolean): PeerArea['capacity'] {
  const shiftsOf = (volunteer: VolunteerRecord): string =>
    peerShifts.filter((shift) => servesShift(volunteer, shift)).join();
  const alike = new Map<string, number>();
  for (const volunteer of volunteers) alike.set(shiftsOf(volunteer), (alike.get(shiftsOf(volunteer)) ?? 0) + 1);
  const places = (shift: PeerShift): number | null => {
    const own = volunteers.filter((volunteer) => servesShift(volunteer, shift));
    const isShown =
      showsEveryone || own.every((volunteer) => (alike.get(shiftsOf(volunteer)) ?? 0) >= fewestVolunteers);
    return isShown ? own.reduce((sum, { capacity }) => sum + capacity, 0) : null;
  };
  return { early: places('early'), late: places('late'), night: places('night') };
}
