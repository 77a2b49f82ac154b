import { exposureTotals } from '#main/analysis/exposure/exposure-totals.ts';
import type { Connection } from '#main/store/connection.ts';
import {
  attendanceDays,
  attendancesOf,
  countInPost,
  countPeople,
  countUnknownPeople,
  eventsOf,
  exposureDays,
  findPerson,
  rowsByCategory,
  rowsUnderAliases,
  scoresOf,
  type TimelineEvent,
  type TimelinePerson,
  type TimelineScore,
  totalsOf,
} from '#main/store/overview-queries.ts';
import { extractKinds } from '#shared/domain/extract-kinds/index.ts';
import { rulesInForce } from './attended-source.ts';
import type { ExposureSource } from './exposure-source.ts';
import { keepOverview, keptOverview, type OverviewFacts, overviewSource } from './kept-overview.ts';
import { eventsOfAttendances } from './person-attendances.ts';

/** Kinds without which there is nothing to see; the others are named once they hold rows. */
const alwaysShown: ReadonlySet<string> = new Set(['people', 'exposures', 'screenings']);

/**
 * What the overview is made of, kept packed for as long as the store holds the same batches: counting millions of rows takes seconds,
 * and whoever unlocks a vault should see it at once.
 */
export function overviewFacts(connection: Connection, today: number, exposures: () => ExposureSource): OverviewFacts {
  const read = connection.transaction(() => {
    const source = overviewSource(connection, today);
    const kept = keptOverview(connection, source);
    return { source, kept, facts: kept ?? countedFacts(connection, today, exposures()) };
  })();
  if (!read.kept) keepOverview(connection, read.source, read.facts);
  return read.facts;
}

/** Reads the whole store once over. */
function countedFacts(
  connection: Connection,
  today: number,
  { codes, exposures, people }: ExposureSource,
): OverviewFacts {
  const days = spanOf([exposureDays(connection), attendanceDays(connection)]);
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
    underAliases: rowsUnderAliases(connection),
    exposureDays: days,
    latestDay,
    byCategory: rowsByCategory(connection),
    attendances:
      codes === null
        ? null
        : {
            coverage: codes.coverage,
            unmappedCodes: codes.codes
              .filter(({ uncovered }) => uncovered > 0)
              .slice(0, mostCodes)
              .map(({ code, uncovered }) => ({ code, rows: uncovered })),
          },
    kinds,
    months: days === null ? [] : monthsOf(exposureTotals(exposures, people, days.last).totals.month),
  };
}

function monthsOf(counts: Readonly<Record<string, number>>): OverviewFacts['months'] {
  return Object.entries(counts).map(([month, events]) => ({ month, events }));
}

const mostCodes = 200;

type Span = { readonly first: number; readonly last: number };

function spanOf(spans: readonly (Span | null)[]): Span | null {
  const known = spans.filter((span) => span !== null);
  if (known.length === 0) return null;
  return { first: Math.min(...known.map(({ first }) => first)), last: Math.max(...known.map(({ last }) => last)) };
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
  const imported = eventsOf(connection, person.id);
  const attendances = attendancesOf(connection, person.id);
  const derived = attendances.length === 0 ? [] : eventsOfAttendances(attendances, imported, rulesInForce(connection));
  return {
    person,
    events: [...imported, ...derived].sort((a, b) => a.day - b.day),
    scores: scoresOf(connection, person.id),
    latestDay: spanOf([exposureDays(connection), attendanceDays(connection)])?.last ?? null,
  };
}
