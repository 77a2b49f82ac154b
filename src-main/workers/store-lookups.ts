import type { Connection } from '#main/store/connection.ts';
import {
  type CategoryDays,
  countInPost,
  countPeople,
  countUnknownPeople,
  eventsOf,
  exposureDays,
  findPerson,
  type KindTotals,
  rowsByCategory,
  scoresOf,
  type TimelineEvent,
  type TimelinePerson,
  type TimelineScore,
  totalsOf,
} from '#main/store/overview-queries.ts';
import { extractKinds } from '#shared/domain/extract-kinds/index.ts';

/** What the overview is made of. Days are day numbers. */
export type OverviewFacts = {
  readonly people: number;
  readonly inPost: number;
  readonly unknownPeople: number;
  readonly exposureDays: { readonly first: number; readonly last: number } | null;
  /** Last day of any event or screening; null in an empty vault. */
  readonly latestDay: number | null;
  readonly byCategory: readonly CategoryDays[];
  readonly kinds: readonly (KindTotals & { readonly kind: string; readonly label: string })[];
};

/** Kinds without which there is nothing to see; the others are named once they hold rows. */
const alwaysShown: ReadonlySet<string> = new Set(['people', 'exposures', 'screenings']);

/** Reads the whole store once over: seconds at millions of rows, so it has no place on a thread that answers clicks. */
export function overviewFacts(connection: Connection, today: number): OverviewFacts {
  const days = exposureDays(connection);
  const kinds = extractKinds
    .map((kind) => ({
      kind: kind.kind,
      label: kind.label,
      ...totalsOf(connection, kind.kind, kind.table),
    }))
    .filter((kind) => kind.rows > 0 || alwaysShown.has(kind.kind));
  // What is planned lies ahead: only what has happened says how late the extracts reach.
  const happened = kinds.filter((kind) => alwaysShown.has(kind.kind) || kind.kind === 'attendances');
  const latest = [days?.last ?? null, ...happened.map((kind) => kind.lastDay)].filter((day) => day !== null);
  const latestDay = latest.length === 0 ? null : Math.max(...latest);
  return {
    people: countPeople(connection),
    inPost: countInPost(connection, latestDay ?? today),
    unknownPeople: countUnknownPeople(connection),
    exposureDays: days,
    latestDay,
    byCategory: rowsByCategory(connection),
    kinds,
  };
}

export type TimelineFacts = {
  readonly person: TimelinePerson;
  readonly events: readonly TimelineEvent[];
  readonly scores: readonly TimelineScore[];
  /** Last day of any exposure in the vault. */
  readonly latestDay: number | null;
};

/** One pseudonym's rows, or null where there is nobody of that pseudonym. */
export function timelineFacts(connection: Connection, pseudonym: string): TimelineFacts | null {
  const person = findPerson(connection, pseudonym);
  if (!person) return null;
  return {
    person,
    events: eventsOf(connection, person.id),
    scores: scoresOf(connection, person.id),
    latestDay: exposureDays(connection)?.last ?? null,
  };
}
