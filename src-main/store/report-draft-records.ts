import type { Connection } from './connection.ts';
import { and, asc, eq, queries } from './drizzle.ts';
import { reportDraft } from './schema.ts';
import type { WriteTransaction } from './vault-store.ts';

/** A report with the words beside it, as it was last saved. */
export type ReportDraftRecord = typeof reportDraft.$inferSelect;

/** Every draft, by name. */
export function listReportDrafts(connection: Connection): ReportDraftRecord[] {
  return queries(connection).select().from(reportDraft).orderBy(asc(reportDraft.name), asc(reportDraft.id)).all();
}

export function findReportDraft(connection: Connection, id: number): ReportDraftRecord | null {
  return queries(connection).select().from(reportDraft).where(eq(reportDraft.id, id)).get() ?? null;
}

/** Adds a draft; gives its number. */
export function addReportDraft({ connection }: WriteTransaction, draft: Omit<ReportDraftRecord, 'id'>): number {
  return Number(queries(connection).insert(reportDraft).values(draft).run().lastInsertRowid);
}

/** Puts the next version in place of the one before it; false where that is no longer the newest. */
export function replaceReportDraft({ connection }: WriteTransaction, { id, ...draft }: ReportDraftRecord): boolean {
  const before = and(eq(reportDraft.id, id), eq(reportDraft.version, draft.version - 1));
  return queries(connection).update(reportDraft).set(draft).where(before).run().changes === 1;
}

/** False where it has been saved again, or removed, meanwhile. */
export function removeReportDraft({ connection }: WriteTransaction, id: number, version: number): boolean {
  const at = and(eq(reportDraft.id, id), eq(reportDraft.version, version));
  return queries(connection).delete(reportDraft).where(at).run().changes === 1;
}
