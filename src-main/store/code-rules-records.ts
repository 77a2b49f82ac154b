import type { Connection } from './connection.ts';
import { desc, eq, queries } from './drizzle.ts';
import { codeRules } from './schema.ts';
import type { WriteTransaction } from './vault-store.ts';

/** A version of the code rules as it was saved; never changed afterwards. */
export type StoredCodeRules = {
  readonly version: number;
  /** The document as canonical JSON, and its SHA-256. */
  readonly body: string;
  readonly bodyHash: string;
  readonly savedAt: string;
  readonly savedBy: string;
  readonly reason: string;
};

/** Every version, the newest first; the newest is in force. */
export function listCodeRules(connection: Connection): StoredCodeRules[] {
  return queries(connection).select().from(codeRules).orderBy(desc(codeRules.version)).all();
}

export function findCodeRules(connection: Connection, version: number): StoredCodeRules | null {
  return queries(connection).select().from(codeRules).where(eq(codeRules.version, version)).get() ?? null;
}

/** The version in force, or null before any was saved. Read without the query builder: the analyses ask on every question. */
export function currentCodeRules(
  connection: Connection,
): { readonly version: number; readonly body: string; readonly bodyHash: string } | null {
  const row = connection
    .prepare('SELECT version, body, body_hash AS bodyHash FROM code_rules ORDER BY version DESC LIMIT 1')
    .get();
  return (row as { version: number; body: string; bodyHash: string } | undefined) ?? null;
}

/** Puts a version behind the last one; gives its number. */
export function addCodeRules({ connection }: WriteTransaction, rules: Omit<StoredCodeRules, 'version'>): number {
  const version = (currentCodeRules(connection)?.version ?? 0) + 1;
  queries(connection)
    .insert(codeRules)
    .values({ version, ...rules })
    .run();
  return version;
}
