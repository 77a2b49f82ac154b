import type { AuditEvent } from './audit-log.ts';
import type { Connection } from './connection.ts';

/** What a listing of the log is narrowed to; days are ISO, both inclusive. */
export type AuditFilter = {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly user?: string | undefined;
  readonly action?: string | undefined;
  readonly outcome?: AuditEvent['outcome'] | undefined;
  readonly object?: string | undefined;
  /** Any part of an event as it is stored. */
  readonly text?: string | undefined;
};

export type AuditRecord = { readonly sequence: number; readonly event: AuditEvent };

/** One link as it is stored, for whoever verifies the chain elsewhere. */
export type AuditLink = {
  readonly sequence: number;
  readonly at: string;
  readonly user: string;
  readonly action: string;
  readonly event: string;
  readonly previousHash: string;
  readonly hash: string;
};

function likeAnywhere(text: string): string {
  return `%${text.replace(/[\\%_]/g, (character) => `\\${character}`)}%`;
}

function conditionsOf(filter: AuditFilter): { readonly where: string; readonly values: readonly string[] } {
  const parts: (readonly [sql: string, value: string])[] = [];
  if (filter.from !== undefined) parts.push(['at >= ?', filter.from]);
  // Every time of a day sorts before the character that follows the “T” behind its date.
  if (filter.to !== undefined) parts.push(['at < ?', `${filter.to}U`]);
  if (filter.user !== undefined) parts.push(['user = ?', filter.user]);
  if (filter.action !== undefined) parts.push(['action = ?', filter.action]);
  if (filter.outcome !== undefined) parts.push(["event ->> 'outcome' = ?", filter.outcome]);
  if (filter.object !== undefined) parts.push(["event ->> 'object' LIKE ? ESCAPE '\\'", likeAnywhere(filter.object)]);
  if (filter.text !== undefined) parts.push(["event LIKE ? ESCAPE '\\'", likeAnywhere(filter.text)]);
  const where = parts.length === 0 ? '' : ` WHERE ${parts.map(([sql]) => sql).join(' AND ')}`;
  return { where, values: parts.map(([, value]) => value) };
}

/** Entries that match, newest first, and how many match in all. */
export function listAudit(
  connection: Connection,
  filter: AuditFilter,
  page: { readonly offset: number; readonly limit: number },
): { readonly total: number; readonly records: readonly AuditRecord[] } {
  const { where, values } = conditionsOf(filter);
  const total = connection
    .prepare<string[], number>(`SELECT count(*) FROM audit${where}`)
    .pluck()
    .get(...values);
  const rows = connection
    .prepare<unknown[], { sequence: number; event: string }>(
      `SELECT sequence, event FROM audit${where} ORDER BY sequence DESC LIMIT ? OFFSET ?`,
    )
    .all(...values, page.limit, page.offset);
  return {
    total: total ?? 0,
    records: rows.map(({ sequence, event }) => ({ sequence, event: JSON.parse(event) as AuditEvent })),
  };
}

/** Who and what the log speaks of, for its filters. */
export function auditNames(connection: Connection): { readonly users: string[]; readonly actions: string[] } {
  const names = (column: 'user' | 'action'): string[] =>
    connection.prepare<[], string>(`SELECT DISTINCT ${column} FROM audit ORDER BY ${column}`).pluck().all();
  return { users: names('user'), actions: names('action') };
}

/** Who had the vault open with which roles, and when for the first time, in the order of the log. */
export function openedWithRoles(
  connection: Connection,
): { readonly user: string; readonly roles: readonly string[]; readonly at: string }[] {
  return connection
    .prepare<[], { user: string; roles: string | null; at: string }>(
      `SELECT user, event ->> '$.details.roles' AS roles, min(at) AS at FROM audit
       WHERE action IN ('vault.create', 'vault.unlock') AND event ->> 'outcome' = 'done'
       GROUP BY 1, 2 ORDER BY min(sequence)`,
    )
    .all()
    .map(({ user, roles, at }) => ({ user, roles: (roles ?? '').split(','), at }));
}

/** Every opening of the vault with the roles that its user had then, in the order of the log. */
export function openings(
  connection: Connection,
): { readonly user: string; readonly roles: readonly string[]; readonly at: string }[] {
  return connection
    .prepare<[], { user: string; roles: string | null; at: string }>(
      `SELECT user, event ->> '$.details.roles' AS roles, at FROM audit
       WHERE action IN ('vault.create', 'vault.unlock') AND event ->> 'outcome' = 'done' ORDER BY sequence`,
    )
    .all()
    .map(({ user, roles, at }) => ({ user, roles: roles === null || roles === '' ? [] : roles.split(','), at }));
}

/** Every link, oldest first. */
export function auditLinks(connection: Connection): AuditLink[] {
  return connection
    .prepare<[], AuditLink>(
      'SELECT sequence, at, user, action, event, previous_hash AS previousHash, hash FROM audit ORDER BY sequence',
    )
    .all();
}
