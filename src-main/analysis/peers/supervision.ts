import { type PeerNetworkResult, type SupervisionGap, supervisionGaps } from '#shared/domain/peer-network.ts';
import type { MayShow } from './period.ts';
import { notReadyAt, type Validity } from './readiness.ts';
import type { ContactRecord, VolunteerRecord } from './records.ts';

/**
 * What a volunteer lacked at a contact. The extract tells vetting and training as they were last done, so that what was done
 * only after the contact is no proof of a gap: it may have been a renewal.
 */
export function gapAt(volunteer: VolunteerRecord | undefined, day: number, validity: Validity): SupervisionGap | null {
  if (!volunteer) return 'volunteer not listed';
  const renewed = (doneOn: number | null): boolean => doneOn !== null && doneOn > day;
  const reasons = notReadyAt(volunteer, day, validity).filter(
    (reason) =>
      !(reason === 'never vetted' && renewed(volunteer.vettedOn)) &&
      !(reason === 'never trained' && renewed(volunteer.trainedOn)),
  );
  if (reasons[0]) return reasons[0];
  return renewed(volunteer.vettedOn) || renewed(volunteer.trainedOn) ? 'renewed since' : null;
}

/** People by what was missing at their first contact in the period. */
export function supervisionOf(
  firstContacts: readonly ContactRecord[],
  volunteers: ReadonlyMap<string, VolunteerRecord>,
  options: Validity & { readonly minimum: number; readonly mayShow: MayShow },
): PeerNetworkResult['supervision'] {
  const tally = new Map<string, number>();
  for (const { volunteer, day } of firstContacts) {
    const gap = gapAt(volunteers.get(volunteer), day, options) ?? 'none';
    tally.set(gap, (tally.get(gap) ?? 0) + 1);
  }
  const labels = [...supervisionGaps, 'none'];
  const counts = labels.map((label) => tally.get(label) ?? 0);
  const shown = options.mayShow(labels, counts, options.minimum);
  const people = (wanted: string): number | null => {
    const at = labels.indexOf(wanted);
    return shown[at] ? (counts[at] ?? 0) : null;
  };
  const sound = people('none');
  const unclear = people('renewed since');
  return {
    // All people are known, so that the sum of what is lacking says no more than what it leaves out.
    people: sound === null || unclear === null ? null : firstContacts.length - sound - unclear,
    gaps: supervisionGaps.map((gap) => ({ gap, people: people(gap) })),
  };
}
