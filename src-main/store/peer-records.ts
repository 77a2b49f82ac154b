import type { Connection } from './connection.ts';

/**
 * Reads of the peer network. They name its own tables and the code list alone: a requester's token is never joined to a person.
 * Lists in one cell come apart at `;`.
 */
const kinds = ['peer', 'community'] as const;

function listOf(cell: string | null): string[] {
  return (cell ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

type VolunteerCells = readonly [
  string,
  number,
  string | null,
  number,
  string | null,
  number | null,
  number | null,
  string | null,
  number | null,
  number | null,
];

/** Every volunteer, by pseudonym. */
export function readVolunteers(connection: Connection) {
  const rows = connection
    .prepare(
      `SELECT volunteer_ref, kind, base.value, capacity, skills.value, vetted_on, trained_on, supervisor, from_day, to_day
       FROM volunteers LEFT JOIN code base ON base.id = base_id LEFT JOIN code skills ON skills.id = skills_id
       ORDER BY volunteer_ref`,
    )
    .raw()
    .all() as unknown as readonly VolunteerCells[];
  return rows.map(([ref, kind, base, capacity, skills, vettedOn, trainedOn, supervisor, fromDay, toDay]) => ({
    ref,
    kind: kinds[kind - 1] ?? 'peer',
    base,
    capacity,
    skills: listOf(skills),
    vettedOn,
    trainedOn,
    supervisor: supervisor === '' ? null : supervisor,
    fromDay,
    toDay,
  }));
}

type RequestCells = readonly [
  string,
  string,
  number,
  number,
  string | null,
  string | null,
  number | null,
  string | null,
];

/** Requests made up to a day, the oldest first. */
export function readRequests(connection: Connection, lastDay: number) {
  const rows = connection
    .prepare(
      `SELECT request_ref, requester_token, day, requested_at, area.value, needs.value, responded_at, status.value
       FROM peer_requests LEFT JOIN code area ON area.id = area_id LEFT JOIN code needs ON needs.id = needs_id
       LEFT JOIN code status ON status.id = status_id WHERE day <= ? ORDER BY requested_at, request_ref`,
    )
    .raw()
    .all(lastDay) as unknown as readonly RequestCells[];
  return rows.map(([ref, token, day, requestedAt, area, needs, respondedAt, status]) => ({
    ref,
    token,
    day,
    requestedAt,
    area,
    needs: listOf(needs),
    respondedAt,
    status,
  }));
}

/** Contacts up to a day, the oldest first: of everybody, or of one volunteer. */
export function readContacts(connection: Connection, lastDay: number, volunteer: string | null = null) {
  const rows = connection
    .prepare(
      `SELECT volunteer_ref, requester_token, at, day, minutes FROM peer_contacts
       WHERE day <= :lastDay AND (:volunteer IS NULL OR volunteer_ref = :volunteer)
       ORDER BY at, volunteer_ref, requester_token`,
    )
    .raw()
    .all({ lastDay, volunteer }) as unknown as readonly (readonly [string, string, number, number, number | null])[];
  return rows.map(([volunteer, token, at, day, minutes]) => ({ volunteer, token, at, day, minutes }));
}

/** What was decided on matches, in the order of deciding. */
export function readMatchDecisions(connection: Connection) {
  const rows = connection
    .prepare('SELECT request_ref, volunteer_ref, decision FROM peer_decision ORDER BY id')
    .raw()
    .all() as unknown as readonly (readonly [string, string, 'accepted' | 'declined'])[];
  return rows.map(([request, volunteer, decision]) => ({ request, volunteer, decision }));
}
