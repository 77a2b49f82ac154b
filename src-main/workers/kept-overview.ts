import { currentCodeRules } from '#main/store/code-rules-records.ts';
import type { Connection } from '#main/store/connection.ts';
import { type CategoryDays, type KindTotals, newestEventDay } from '#main/store/overview-queries.ts';
import { packedSource, readPacked, writePacked } from '#main/store/packed-cache.ts';
import type { CodeCoverage } from '#shared/contract/code-rules.ts';
import { extractKinds } from '#shared/domain/extract-kinds/index.ts';

/** What the overview is made of. Days are day numbers. */
export type OverviewFacts = {
  readonly people: number;
  readonly inPost: number;
  readonly unknownPeople: number;
  readonly underAliases: { readonly people: number; readonly batches: readonly number[] } | null;
  /** First and last day of any exposure, imported or derived. */
  readonly exposureDays: { readonly first: number; readonly last: number } | null;
  /** Last day of any event or screening; null in an empty vault. */
  readonly latestDay: number | null;
  /** Exposure rows as they were imported. */
  readonly byCategory: readonly CategoryDays[];
  /** What the code rules make of the attendances; null where none are held. */
  readonly attendances: {
    readonly coverage: CodeCoverage;
    readonly unmappedCodes: readonly { readonly code: string; readonly rows: number }[];
  } | null;
  readonly kinds: readonly (KindTotals & { readonly kind: string; readonly label: string })[];
  /** Counted events by month of those that have any, ascending. */
  readonly months: readonly { readonly month: string; readonly events: number }[];
};

const cacheName = 'overview';

/** What the counts of the overview rest on: batches, code rules and, in a vault without events, the day. */
export function overviewSource(connection: Connection, today: number): string {
  const rules = currentCodeRules(connection);
  const held = packedSource(
    connection,
    extractKinds.map(({ kind }) => kind),
  );
  // Who is in post in a vault without events depends on the day.
  return `${held}|${rules?.version ?? ''}:${rules?.bodyHash ?? ''}|${newestEventDay(connection) ?? today}`;
}

/** The counts that were kept of this source, in no time; null where they were not counted since it changed. */
export function keptOverview(connection: Connection, source: string): OverviewFacts | null {
  const packed = readPacked(connection, cacheName, source);
  return packed ? (JSON.parse(packed.toString('utf8')) as OverviewFacts) : null;
}

export function keepOverview(connection: Connection, source: string, facts: OverviewFacts): void {
  writePacked(connection, cacheName, source, Buffer.from(JSON.stringify(facts), 'utf8'));
}
