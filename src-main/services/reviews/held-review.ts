import { decidersUnder, type PlacedUnit, placeOf } from '#main/analysis/evidence/screening/place.ts';
import { type ReviewUnit, unitsOf } from '#main/analysis/evidence/screening/units.ts';
import type { Connection } from '#main/store/connection.ts';
import {
  listReviewProtocols,
  listReviewRegistrations,
  type ReviewProtocolRecord,
  type ReviewRegistrationRecord,
} from '#main/store/review-records.ts';
import type { ReviewPairRecord } from '#main/store/review-reference-records.ts';
import type { ReviewDecisionRecord, ReviewResolutionRecord } from '#main/store/review-screening-records.ts';
import { randomStream } from '#shared/domain/random.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import {
  type FullTextState,
  modeOf,
  type ReviewProtocol,
  type ReviewStatus,
  reviewProtocolSchema,
  type ScreeningStage,
} from '#shared/domain/review.ts';
import { type ProtocolGap, protocolGaps } from '#shared/domain/review-gaps.ts';
import { ReviewReader, type ReviewRows } from './review-rows.ts';

/** A review as it is planned: its newest protocol, and the versions before. */
export type HeldProtocol = {
  readonly review: string;
  readonly status: ReviewStatus;
  readonly protocol: ReviewProtocol;
  readonly gaps: readonly ProtocolGap[];
  /** The oldest first, never empty. */
  readonly versions: readonly ReviewProtocolRecord[];
  readonly newest: ReviewProtocolRecord;
  readonly registration: ReviewRegistrationRecord | null;
};

/** A record with its duplicates, where it stands and what was said of it. */
export type HeldUnit = ReviewUnit &
  PlacedUnit & {
    readonly decisions: readonly ReviewDecisionRecord[];
    readonly resolutions: readonly ReviewResolutionRecord[];
    readonly fullText: FullTextState | null;
    readonly study: string | null;
  };

export type HeldReview = HeldProtocol & {
  readonly rows: ReviewRows;
  /** In order of their numbers. */
  readonly units: readonly HeldUnit[];
  /** The unit that a record is in; none for a record of a file that was withdrawn. */
  readonly unitOf: ReadonlyMap<number, HeldUnit>;
  /** How many reviewers decide on a unit at a stage. */
  readonly needed: (stage: ScreeningStage, unit: ReviewUnit) => number;
  /** Pairs that wait for somebody to say, of records that are not one already. */
  readonly asked: readonly ReviewPairRecord[];
};

/** Every review as it is planned, in the order in which they were begun. */
export function heldProtocols(connection: Connection): HeldProtocol[] {
  const protocols = listReviewProtocols(connection);
  const registrations = listReviewRegistrations(connection);
  return [...new Set(protocols.map(({ review }) => review))].flatMap((review) => {
    const versions = protocols.filter((protocol) => protocol.review === review);
    const newest = versions.at(-1);
    if (!newest) return [];
    const protocol = reviewProtocolSchema.parse(JSON.parse(newest.body));
    const registration = registrations.find((row) => row.review === review) ?? null;
    const status = registration ? 'registered' : 'draft';
    return [{ review, status, protocol, gaps: protocolGaps(protocol), versions, newest, registration }];
  });
}

/** Chances by the number of a record, drawn once: below the checked share a second reviewer decides too. */
type Kept = { readonly reader: ReviewReader; readonly chances: Map<number, number> };

const kept = new WeakMap<Connection, Map<string, Kept>>();

function keptOf(connection: Connection, review: string): Kept {
  const known = kept.get(connection) ?? new Map<string, Kept>();
  kept.set(connection, known);
  const found = known.get(review) ?? { reader: new ReviewReader(connection, review), chances: new Map() };
  known.set(review, found);
  return found;
}

function chanceOf(review: string, chances: Map<number, number>, record: number): number {
  const drawn = chances.get(record) ?? randomStream(record, `checked records of ${review}`).nextUniform();
  chances.set(record, drawn);
  return drawn;
}

/** The records of a review, each where it stands. */
export function withRecords(connection: Connection, planned: HeldProtocol): HeldReview {
  const { review, protocol } = planned;
  const { reader, chances } = keptOf(connection, review);
  const rows = reader.read();
  const live = rows.records.filter(({ sourceId }) => !rows.withdrawn.has(sourceId));
  const needed = (stage: ScreeningStage, unit: ReviewUnit): number =>
    decidersUnder(modeOf(protocol, stage), unit, (record) => chanceOf(review, chances, record));
  const units = unitsOf(live, [...rows.pairs.values()]).map((unit): HeldUnit => {
    const history = historyOf(unit, rows);
    return { ...unit, ...history, ...placeOf(unit, history, needed) };
  });
  const unitOf = new Map(units.flatMap((unit) => unit.records.map((record) => [record, unit] as const)));
  const asked = [...rows.pairs.values()].filter(({ verdict, firstId, secondId }) => {
    const first = unitOf.get(firstId);
    return verdict === 'asked' && first !== undefined && unitOf.has(secondId) && first !== unitOf.get(secondId);
  });
  return { ...planned, rows, units, unitOf, needed, asked };
}

function historyOf(
  { records }: ReviewUnit,
  rows: ReviewRows,
): Pick<HeldUnit, 'decisions' | 'resolutions' | 'fullText' | 'study'> {
  const fullTexts = records.flatMap((record) => rows.fullTexts.get(record) ?? []);
  const studies = records.flatMap((record) => rows.studies.get(record) ?? []);
  return {
    decisions: ofAll(records, rows.decisions),
    resolutions: ofAll(records, rows.resolutions),
    fullText: lastOf(fullTexts)?.state ?? null,
    study: lastOf(studies)?.study ?? null,
  };
}

type Numbered = { readonly id: number };

function ofAll<Row extends Numbered>(records: readonly number[], rows: ReadonlyMap<number, readonly Row[]>): Row[] {
  const found = records.flatMap((record) => rows.get(record) ?? []);
  return records.length === 1 ? found : found.sort((a, b) => a.id - b.id);
}

function lastOf<Row extends Numbered>(rows: readonly Row[]): Row | null {
  return rows.reduce<Row | null>((last, row) => (last === null || row.id > last.id ? row : last), null);
}

/** Fails with `NOT_FOUND`. */
export function findProtocol(connection: Connection, review: string): Result<HeldProtocol> {
  const held = heldProtocols(connection).find((candidate) => candidate.review === review);
  return held
    ? ok(held)
    : fail(
        'NOT_FOUND',
        `There is no review “${review}”.`,
        'Nothing was done. Choose one of the list, or save its protocol.',
      );
}

/** Fails with `NOT_FOUND`. */
export function findReview(connection: Connection, review: string): Result<HeldReview> {
  const found = findProtocol(connection, review);
  return found.ok ? ok(withRecords(connection, found.value)) : found;
}

/** The unit of a record; fails with `NOT_FOUND`. */
export function findUnit({ review, unitOf }: HeldReview, record: number): Result<HeldUnit> {
  const unit = unitOf.get(record);
  return unit
    ? ok(unit)
    : fail('NOT_FOUND', `“${review}” has no record ${record}.`, 'Nothing was done. Choose one of its list.');
}
