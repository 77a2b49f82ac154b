import type { NotReadyReason } from '#shared/domain/peer-network.ts';
import type { VolunteerRecord } from './records.ts';

/** How long vetting and training stand. */
export type Validity = { readonly vettingYears: number; readonly trainingYears: number };

const daysOfYear = 365.25;

/** Last day on which something that was done on a day still stands. */
export function validUntil(doneOn: number, years: number): number {
  return doneOn + Math.floor(years * daysOfYear);
}

/** Everything for which a volunteer takes nobody new on at a day; empty where they are ready. */
export function notReadyAt(volunteer: VolunteerRecord, day: number, validity: Validity): NotReadyReason[] {
  const { vettedOn, trainedOn, supervisor, fromDay, toDay } = volunteer;
  const reasons: NotReadyReason[] = [];
  if ((fromDay !== null && day < fromDay) || (toDay !== null && day > toDay)) reasons.push('not serving');
  if (vettedOn === null || vettedOn > day) reasons.push('never vetted');
  else if (day > validUntil(vettedOn, validity.vettingYears)) reasons.push('vetting lapsed');
  if (trainedOn === null || trainedOn > day) reasons.push('never trained');
  else if (day > validUntil(trainedOn, validity.trainingYears)) reasons.push('training lapsed');
  if (supervisor === null) reasons.push('no supervisor');
  return reasons;
}

/** Values of a list that carry a prefix, such as the `pl` of `language:pl`. */
export function taggedWith(list: readonly string[], prefix: string): string[] {
  return list
    .filter((entry) => entry.toLowerCase().startsWith(prefix))
    .map((entry) => entry.slice(prefix.length).trim());
}

/** What of a list is plainly a skill or a need. */
export function untagged(list: readonly string[]): string[] {
  return list.filter((entry) => !entry.includes(':'));
}
