import type { Connection } from './connection.ts';

export type AuditChange = {
  readonly action: string;
  /** Kind of the extract; null for what is no import. */
  readonly kind: string | null;
  readonly times: number;
  /** Rows that it brought in or took back; null for what has none. */
  readonly rows: number | null;
  readonly latest: string;
};

/**
 * The last thing that `user` did before the present visit, which began with the first unlocking at or after `visitFrom`, and
 * with the newest where that is earlier; null in their first session, which is a visit of its own.
 * @param visitFrom time in UTC, ISO
 */
export function lastSeen(
  connection: Connection,
  user: string,
  visitFrom: string,
): { readonly sequence: number; readonly at: string } | null {
  const row = connection
    .prepare<object, { sequence: number; at: string }>(
      `SELECT sequence, at FROM audit
       WHERE user = @user AND action <> 'vault.create' AND event ->> 'outcome' = 'done' AND sequence < (
         SELECT coalesce(min(sequence) FILTER (WHERE at >= @visitFrom), max(sequence)) FROM audit
         WHERE user = @user AND action = 'vault.unlock' AND event ->> 'outcome' = 'done' AND sequence > (
           SELECT min(sequence) FROM audit
           WHERE user = @user AND action = 'vault.unlock' AND event ->> 'outcome' = 'done'
         )
       )
       ORDER BY sequence DESC LIMIT 1`,
    )
    .get({ user, visitFrom });
  return row ?? null;
}

/** How often each of `actions` was done after the entry `sequence`, by action and kind of extract. */
export function changesSince(connection: Connection, sequence: number, actions: readonly string[]): AuditChange[] {
  return connection
    .prepare<[number, string], AuditChange>(
      `SELECT action, event ->> '$.details.kind' AS kind, count(*) AS times, max(at) AS latest,
         sum(CASE action WHEN 'import.load' THEN event ->> '$.details.accepted'
           WHEN 'import.undo' THEN event ->> '$.details.removed' END) AS rows
       FROM audit
       WHERE sequence > ? AND action IN (SELECT value FROM json_each(?)) AND event ->> 'outcome' = 'done'
       GROUP BY 1, 2 ORDER BY 1, 2`,
    )
    .all(sequence, JSON.stringify(actions));
}
