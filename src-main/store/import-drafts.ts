import type { Connection } from './connection.ts';

/** An import that was begun. `body` is JSON with the file's size and time; a draft is no data, so it has no audit event. */
export type DraftRecord = {
  readonly id: number;
  readonly file: string;
  readonly body: string;
  readonly savedAt: string;
};

const mostDrafts = 50;

export function listDrafts(connection: Connection, user: string): DraftRecord[] {
  return connection
    .prepare<[string], DraftRecord>(
      'SELECT id, file, body, saved_at AS savedAt FROM import_draft WHERE user = ? ORDER BY saved_at DESC, id DESC',
    )
    .all(user);
}

/** Adds a draft and forgets the oldest of a user who has very many; gives its number. */
export function addDraft(connection: Connection, user: string, draft: Omit<DraftRecord, 'id'>): number {
  const add = connection.transaction(() => {
    const { lastInsertRowid } = connection
      .prepare('INSERT INTO import_draft (user, file, body, saved_at) VALUES (?, ?, ?, ?)')
      .run(user, draft.file, draft.body, draft.savedAt);
    connection
      .prepare(
        `DELETE FROM import_draft WHERE user = ? AND id NOT IN
         (SELECT id FROM import_draft WHERE user = ? ORDER BY saved_at DESC, id DESC LIMIT ${mostDrafts})`,
      )
      .run(user, user);
    return Number(lastInsertRowid);
  });
  return add.immediate();
}

export function changeDraft(connection: Connection, user: string, draft: DraftRecord): void {
  connection
    .prepare('UPDATE import_draft SET file = ?, body = ?, saved_at = ? WHERE id = ? AND user = ?')
    .run(draft.file, draft.body, draft.savedAt, draft.id, user);
}

export function removeDraft(connection: Connection, user: string, id: number): void {
  connection.prepare('DELETE FROM import_draft WHERE id = ? AND user = ?').run(id, user);
}
