import { type ReviewPlace, reviewPlaces, type SearchSource } from '#shared/domain/review.ts';
import type { ReviewFlow } from '#shared/domain/review-flow.ts';
import type { PlacedUnit } from './place.ts';

export type FlowInput = {
  /** Entries of the search log, with how many records came from each. */
  readonly searches: readonly {
    readonly search: number;
    readonly source: SearchSource;
    readonly database: string;
    readonly records: number;
  }[];
  /** Every unit; `study` names the study that an included report is of, null for one of its own. */
  readonly units: readonly (PlacedUnit & { readonly study: string | null })[];
  /** Reasons for exclusion in the order of the protocol. */
  readonly reasons: readonly { readonly code: string; readonly words: string }[];
};

/** In place of a reason where none was given. */
const noReason = 'none';

/**
 * The flow as PRISMA 2020 draws it. Units are counted once, by where they stand; every box above is a sum of those counts, so that
 * the boxes add up whatever happened.
 */
export function reviewFlow({ searches, units, reasons }: FlowInput): ReviewFlow {
  const at = Object.fromEntries(reviewPlaces.map((place) => [place, 0])) as Record<ReviewPlace, number>;
  for (const { place } of units) at[place] += 1;
  const sumAt = (...places: readonly ReviewPlace[]): number => places.reduce((sum, place) => sum + at[place], 0);
  const recordsOf = (...sources: readonly SearchSource[]): number =>
    searches.reduce((sum, { source, records }) => sum + (sources.includes(source) ? records : 0), 0);
  const databases = recordsOf('database');
  const registers = recordsOf('register');
  const others = recordsOf('website', 'organisation', 'citations');
  const records = databases + registers + others;
  const assessed = sumAt('to-assess', 'assessment-conflict', 'assessed-out', 'included');
  const kept = assessed + sumAt('to-retrieve', 'not-retrieved');
  const included = units.filter(({ place }) => place === 'included');
  const named = new Set(included.flatMap(({ study }) => (study === null ? [] : [study])));
  return {
    identified: {
      ...{ records, databases, registers, others },
      bySearch: searches.map(({ search, database, records: found }) => ({ search, database, records: found })),
    },
    removed: { duplicates: records - units.length, unreadable: at.unreadable },
    screened: {
      records: kept + sumAt('to-screen', 'screening-conflict', 'screened-out'),
      excluded: at['screened-out'],
      kept,
      waiting: at['to-screen'],
      conflicts: at['screening-conflict'],
    },
    sought: {
      reports: kept,
      notRetrieved: at['not-retrieved'],
      retrieved: assessed,
      waiting: at['to-retrieve'],
    },
    assessed: {
      reports: assessed,
      excluded: at['assessed-out'],
      byReason: countReasons(units, reasons),
      included: at.included,
      waiting: at['to-assess'],
      conflicts: at['assessment-conflict'],
    },
    included: {
      studies: named.size + included.filter(({ study }) => study === null).length,
      reports: included.length,
    },
  };
}

function countReasons(units: FlowInput['units'], reasons: FlowInput['reasons']): ReviewFlow['assessed']['byReason'] {
  const counts = new Map<string, number>(reasons.map(({ code }) => [code, 0]));
  for (const { place, reason } of units) {
    if (place !== 'assessed-out') continue;
    const code = reason ?? noReason;
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  const wordsOf = new Map(reasons.map(({ code, words }) => [code, words]));
  return [...counts]
    .filter(([, reports]) => reports > 0)
    .map(([reason, reports]) => ({ reason, words: wordsOf.get(reason) ?? reason, reports }));
}
