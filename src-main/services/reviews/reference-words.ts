import type { ReviewUnit } from '#main/analysis/evidence/screening/units.ts';
import type { Connection } from '#main/store/connection.ts';
import { type ReviewReferenceRecord, readReviewRecords } from '#main/store/review-reference-records.ts';
import type { ReviewReference } from '#shared/contract/review-shapes.ts';

const columns = [
  ...(['title', 'authors', 'doi', 'journal', 'volume', 'issue', 'pages', 'abstract', 'keywords'] as const),
  ...(['type', 'pmid', 'url', 'language'] as const),
];

/** A record as it is read by people: what its own file does not say is taken from its duplicates. */
export function referenceOf(record: number, copies: readonly ReviewReferenceRecord[]): ReviewReference {
  const own = [...copies].sort((a, b) => Number(b.id === record) - Number(a.id === record));
  const said = (column: (typeof columns)[number]): string => own.find((copy) => copy[column] !== '')?.[column] ?? '';
  const texts = Object.fromEntries(columns.map((column) => [column, said(column)]));
  return {
    ...(texts as Omit<ReviewReference, 'record' | 'year'>),
    record,
    year: own.find(({ year }) => year !== null)?.year ?? null,
  };
}

/** Units as they are read by people, in the order in which they are given. */
export function referencesOf(connection: Connection, units: readonly ReviewUnit[]): ReviewReference[] {
  const ids = units.flatMap(({ records }) => records);
  const held = new Map(readReviewRecords(connection, ids).map((row) => [row.id, row]));
  return units.map(({ id, records }) =>
    referenceOf(
      id,
      records.flatMap((record) => held.get(record) ?? []),
    ),
  );
}
