import { notReadyAt, taggedWith, untagged } from '../readiness.ts';
import type { ContactRecord, DecisionRecord, PeerRecords, RequestRecord, VolunteerRecord } from '../records.ts';
import { type LoadOptions, recentContacts } from '../volunteer-load.ts';
import { hasEnded, lowered } from './asked.ts';

/** A volunteer as a match sees them. */
export type Candidate = {
  readonly volunteer: VolunteerRecord;
  readonly isReady: boolean;
  /** Everybody seen in the days of the load, and everybody accepted for them and not seen yet. */
  readonly inUse: number;
  readonly freePlaces: number;
  /** The day on which they last saw each token. */
  readonly met: ReadonlyMap<string, number>;
  /** References of the requests that they were declined for. */
  readonly declined: ReadonlySet<string>;
  readonly base: string | null;
  readonly languages: ReadonlySet<string>;
  /** Empty where they take every shift. */
  readonly shifts: ReadonlySet<string>;
  /** Areas from which they take no request. */
  readonly conflicts: ReadonlySet<string>;
  readonly skills: ReadonlySet<string>;
};

/** Every volunteer with their places, by pseudonym. @param held the decisions that hold */
export function candidatesOf(
  { volunteers, requests, contacts }: Omit<PeerRecords, 'decisions'>,
  held: readonly DecisionRecord[],
  options: LoadOptions,
): Candidate[] {
  const recent = recentContacts(contacts, options);
  const met = lastMeetings(contacts);
  const requestOf = new Map(requests.map((request) => [request.ref, request]));
  return volunteers.map((volunteer) => {
    const own = held.filter((decision) => decision.volunteer === volunteer.ref);
    const seen = met.get(volunteer.ref) ?? new Map<string, number>();
    const expected = own
      .filter(({ decision }) => decision === 'accepted')
      .flatMap(({ request }) => requestOf.get(request) ?? [])
      .filter((request) => isExpected(request, seen));
    const people = [...(recent.get(volunteer.ref) ?? []), ...expected].map(({ token }) => token);
    const inUse = new Set(people).size;
    return {
      volunteer,
      isReady: notReadyAt(volunteer, options.asOfDay, options).length === 0,
      inUse,
      freePlaces: Math.max(0, Math.floor(volunteer.capacity) - inUse),
      met: seen,
      declined: new Set(own.filter(({ decision }) => decision === 'declined').map(({ request }) => request)),
      base: volunteer.base?.trim().toLowerCase() ?? null,
      languages: new Set(lowered(taggedWith(volunteer.skills, 'language:'))),
      shifts: new Set(lowered(taggedWith(volunteer.skills, 'shift:'))),
      conflicts: new Set(lowered(taggedWith(volunteer.skills, 'conflict:'))),
      skills: new Set(lowered(untagged(volunteer.skills))),
    };
  });
}

/** Those who can take anybody on at all. */
export function takingOn(candidates: readonly Candidate[]): Candidate[] {
  return candidates.filter(({ isReady, freePlaces }) => isReady && freePlaces > 0);
}

/** Whether an accepted match still waits for its first contact. */
function isExpected(request: RequestRecord, seen: ReadonlyMap<string, number>): boolean {
  return !hasEnded(request) && (seen.get(request.token) ?? Number.NEGATIVE_INFINITY) < request.day;
}

function lastMeetings(contacts: readonly ContactRecord[]): Map<string, Map<string, number>> {
  const found = new Map<string, Map<string, number>>();
  for (const { volunteer, token, day } of contacts) {
    const own = found.get(volunteer);
    if (own) own.set(token, Math.max(day, own.get(token) ?? day));
    else found.set(volunteer, new Map([[token, day]]));
  }
  return found;
}
