import type { Connection } from './connection.ts';

export type AuditChange = {
  readonly action: string;
  /** Kind of the extract; null for what is no import. */
  readonly kind: string | null;
  readonly times: number;
  readonly latest: string;
};

/** The last thing that `user` did before unlocking the vault for the present session; null in their first. */
export function lastSeen(
  connection: Connection,
  user: string,
): { readonly sequence: number; readonly at: string } | null {
  const row = connection
    .prepare<[string, string], { sequence: number; at: string }>(
      `SELECT sequence, at FROM audit
       WHERE user = ? AND action <> 'vault.create' AND event ->> 'outcome' = 'done' AND sequence < (
         SELECT sequence FROM audit
         WHERE user = ? AND action = 'vault.unlock' AND event ->> 'outcome' = 'done'
         ORDER BY sequence DESC LIMIT 1
       )
       ORDER BY sequence DESC LIMIT 1`,
    )
    .get(user, user);
  return row ?? null;
}

/** How often each of `actions` was done after the entry `sequence`, by action and kind of extract. */
export function changesSince(connection: Connection, sequence: number, actions: readonly string[]): AuditChange[] {
  return connection
    .prepare<[number, string], AuditChange>(
      `SELECT action, event ->> '$.details.kind' AS kind, count(*) AS times, max(at) AS latest FROM audit
       WHERE sequence > ? AND action IN (SELECT value FROM json_each(?)) AND event ->> 'outcome' = 'done'
       GROUP BY 1, 2 ORDER BY 1, 2`,
    )
    .all(sequence, JSON.stringify(actions));
}
