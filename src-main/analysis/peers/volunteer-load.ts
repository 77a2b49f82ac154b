import { isoOfDay } from '#shared/domain/dates.ts';
import type { VolunteerRow } from '#shared/domain/peer-network.ts';
import { notReadyAt, taggedWith, untagged, type Validity, validUntil } from './readiness.ts';
import type { ContactRecord, VolunteerRecord } from './records.ts';

export type LoadOptions = Validity & { readonly asOfDay: number; readonly loadDays: number };

/** Contacts of each volunteer in the days of the load, the oldest first. */
export function recentContacts(
  contacts: readonly ContactRecord[],
  { asOfDay, loadDays }: Pick<LoadOptions, 'asOfDay' | 'loadDays'>,
): Map<string, ContactRecord[]> {
  const found = new Map<string, ContactRecord[]>();
  for (const contact of contacts) {
    if (contact.day > asOfDay || contact.day <= asOfDay - loadDays) continue;
    const own = found.get(contact.volunteer);
    if (own) own.push(contact);
    else found.set(contact.volunteer, [contact]);
  }
  return found;
}

/** Places of a volunteer that somebody has: everyone seen in the days of the load. */
export function placesInUse(contacts: readonly ContactRecord[]): number {
  return new Set(contacts.map(({ token }) => token)).size;
}

/** Days in a row up to a day with a contact on each. */
function daysWithoutRest(contacts: readonly ContactRecord[], asOfDay: number): number {
  const busy = new Set(contacts.map(({ day }) => day));
  let days = 0;
  while (busy.has(asOfDay - days)) days += 1;
  return days;
}

/** A volunteer as a coordinator sees them: what is in date, what they carry, and what to offer. */
export function volunteerRow(
  volunteer: VolunteerRecord,
  contacts: readonly ContactRecord[],
  options: LoadOptions,
): VolunteerRow {
  const { asOfDay, vettingYears, trainingYears } = options;
  const { vettedOn, trainedOn } = volunteer;
  const inUse = placesInUse(contacts);
  const last = contacts.at(-1)?.day;
  const rest = daysWithoutRest(contacts, asOfDay);
  const notReady = notReadyAt(volunteer, asOfDay, options);
  return {
    volunteer: volunteer.ref,
    kind: volunteer.kind,
    base: volunteer.base,
    skills: untagged(volunteer.skills),
    languages: taggedWith(volunteer.skills, 'language:'),
    vettedUntil: vettedOn === null ? null : isoOfDay(validUntil(vettedOn, vettingYears)),
    trainedUntil: trainedOn === null ? null : isoOfDay(validUntil(trainedOn, trainingYears)),
    supervised: volunteer.supervisor !== null,
    notReady,
    capacity: volunteer.capacity,
    inUse,
    contacts: contacts.length,
    minutes: contacts.reduce((sum, { minutes }) => sum + (minutes ?? 0), 0),
    daysWithoutRest: rest,
    daysSinceContact: last === undefined ? null : asOfDay - last,
    offer: offerWords({ over: inUse - volunteer.capacity, rest, supervised: volunteer.supervisor !== null, inUse }),
  };
}

const longestWithoutRest = 6;

function offerWords(load: {
  readonly over: number;
  readonly rest: number;
  readonly supervised: boolean;
  readonly inUse: number;
}): string | null {
  if (load.over > 0) return 'They carry more people than they said they can: offer supervision and a lighter load.';
  if (load.rest > longestWithoutRest) return 'They have had no day without a contact for a week: offer them rest.';
  if (!load.supervised && load.inUse > 0) return 'They see people and have no supervisor: offer them one.';
  return null;
}
