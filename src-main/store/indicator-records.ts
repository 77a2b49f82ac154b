import { supportSteps } from '#shared/domain/extract-kinds/support.ts';
import type { Connection } from './connection.ts';

/** Whether the vault holds a row of a table that an extract is kept in. */
export function holdsRows(
  connection: Connection,
  table:
    | 'people'
    | 'absences'
    | 'exposures'
    | 'attendances'
    | 'screenings'
    | 'support'
    | 'peer_contacts'
    | 'peer_requests',
): boolean {
  return connection.prepare(`SELECT 1 FROM ${table} LIMIT 1`).pluck().get() !== undefined;
}

type Span = { readonly firstDay: number; readonly lastDay: number };

const dayOfRow = {
  absences: 'start_day',
  screenings: 'coalesce(invited_on, key_day)',
  support: 'day',
  peer_contacts: 'day',
  peer_requests: 'day',
} as const;

/** Days of the first and the last row of a table; for absences, on which they begin. Null where it has none. */
export function spanOfRows(connection: Connection, table: keyof typeof dayOfRow): Span | null {
  const day = dayOfRow[table];
  const [firstDay, lastDay] = connection.prepare(`SELECT min(${day}), max(${day}) FROM ${table}`).raw().get() as [
    number | null,
    number | null,
  ];
  return firstDay === null || lastDay === null ? null : { firstDay, lastDay };
}

/** Exposure rows between two days that say when they were recorded, by day: all of them, and those within so many days of the event. */
export function recordedByDay(
  connection: Connection,
  { firstDay, lastDay }: Span,
  withinDays: number,
): { readonly day: number; readonly known: number; readonly inTime: number }[] {
  const rows = connection
    .prepare(
      `SELECT day, count(*), sum(recorded_at <= occurred_at + ?) FROM exposures
       WHERE occurred_at BETWEEN ? AND ? AND day BETWEEN ? AND ? AND recorded_at IS NOT NULL GROUP BY day ORDER BY day`,
    )
    .raw()
    // A local day may begin an hour before its UTC day.
    .all(withinDays * 86_400, firstDay * 86_400 - 3_600, (lastDay + 1) * 86_400, firstDay, lastDay) as [
    number,
    number,
    number,
  ][];
  return rows.map(([day, known, inTime]) => ({ day, known, inTime }));
}

export type InvitationRow = {
  readonly person: number;
  readonly day: number;
  readonly invited: boolean;
  readonly completed: boolean;
};

const completedStatus = 2;

/** Screenings by the day of their invitation, or of the answers where there is none. */
export function readInvitations(connection: Connection, { firstDay, lastDay }: Span): InvitationRow[] {
  const rows = connection
    .prepare(
      `SELECT person_id, coalesce(invited_on, key_day) AS asked, status, invited_on, taken_on FROM screenings
       WHERE asked BETWEEN ? AND ? ORDER BY person_id, instrument_id, key_day`,
    )
    .raw()
    .all(firstDay, lastDay) as [number, number, number, number | null, number | null][];
  return rows.map(([person, day, status, invitedOn, takenOn]) => ({
    person,
    day,
    invited: invitedOn !== null || status !== completedStatus,
    completed: status === completedStatus && (takenOn ?? day) <= lastDay,
  }));
}

export type SupportRow = {
  readonly person: number;
  readonly episode: string;
  readonly step: string;
  readonly day: number;
};

/** Steps of support up to a day. */
export function readSupportSteps(connection: Connection, lastDay: number): SupportRow[] {
  const rows = connection
    .prepare(
      `SELECT person_id, service_id, episode_ref, step, day FROM support WHERE day <= ?
       ORDER BY person_id, service_id, episode_ref, step`,
    )
    .raw()
    .all(lastDay) as [number, number, string, number, number][];
  return rows.map(([person, service, episode, step, day]) => ({
    person,
    episode: `${service} ${episode}`,
    step: supportSteps[step - 1] ?? '',
    day,
  }));
}

export function readPeerContacts(
  connection: Connection,
  { firstDay, lastDay }: Span,
): { readonly volunteer: string; readonly day: number }[] {
  const rows = connection
    .prepare('SELECT volunteer_ref, day FROM peer_contacts WHERE day BETWEEN ? AND ? ORDER BY volunteer_ref, at')
    .raw()
    .all(firstDay, lastDay) as [string, number][];
  return rows.map(([volunteer, day]) => ({ volunteer, day }));
}

export function readPeerRequests(
  connection: Connection,
  { firstDay, lastDay }: Span,
): { readonly day: number; readonly requestedAt: number; readonly respondedAt: number | null }[] {
  const rows = connection
    .prepare(
      'SELECT day, requested_at, responded_at FROM peer_requests WHERE day BETWEEN ? AND ? ORDER BY requested_at, request_ref',
    )
    .raw()
    .all(firstDay, lastDay) as [number, number, number | null][];
  return rows.map(([day, requestedAt, respondedAt]) => ({ day, requestedAt, respondedAt }));
}
