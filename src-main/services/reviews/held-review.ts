import { decidersUnder, type PlacedUnit, placeOf } from '#main/analysis/evidence/screening/place.ts';
import { type ReviewUnit, unitsOf } from '#main/analysis/evidence/screening/units.ts';
import type { Connection } from '#main/store/connection.ts';
import type { ReviewPairRecord } from '#main/store/review-reference-records.ts';
import type { ReviewDecisionRecord, ReviewResolutionRecord } from '#main/store/review-screening-records.ts';
import { randomStream } from '#shared/domain/random.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { type FullTextState, modeOf, type ScreeningStage } from '#shared/domain/review.ts';
import { findProtocol, type HeldProtocol } from './held-protocol.ts';
import { ReviewReader, type ReviewRows } from './review-rows.ts';

/** A record with its duplicates, where it stands and what was said of it. */
export type HeldUnit = ReviewUnit &
  PlacedUnit & {
    readonly decisions: readonly ReviewDecisionRecord[];
    readonly resolutions: readonly ReviewResolutionRecord[];
    readonly fullText: FullTextState | null;
    readonly study: string | null;
  };

/** The records of a review with what was said of them. */
type HeldRecords = {
  readonly rows: ReviewRows;
  /** In order of their numbers. */
  readonly units: readonly HeldUnit[];
  /** The unit that a record is in; none for a record of a file that was withdrawn. */
  readonly unitOf: ReadonlyMap<number, HeldUnit>;
  /** Pairs that wait for somebody to say, of records that are not one already. */
  readonly asked: readonly ReviewPairRecord[];
};

export type HeldReview = HeldProtocol & HeldRecords;

/** What was worked out of a review last, so that a decision costs what it changes and not the whole review. */
class KeptReview {
  readonly #review: string;
  readonly #reader: ReviewReader;
  /** Drawn once for each record: below the checked share a second reviewer decides too. */
  readonly #chances = new Map<number, number>();
  #held: HeldRecords | null = null;
  #protocolHash = '';

  constructor(connection: Connection, review: string) {
    this.#review = review;
    this.#reader = new ReviewReader(connection, review);
  }

  records(planned: HeldProtocol): HeldRecords {
    const { rows, changes } = this.#reader.read();
    const isWhole = this.#held === null || changes.isRegrouped || this.#protocolHash !== planned.newest.bodyHash;
    this.#protocolHash = planned.newest.bodyHash;
    if (this.#held === null || isWhole) this.#held = this.#regrouped(planned, rows);
    else if (changes.touched.size > 0) this.#held = this.#touched(planned, this.#held, rows, changes.touched);
    return this.#held;
  }

  #regrouped(planned: HeldProtocol, rows: ReviewRows): HeldRecords {
    const live = rows.records.filter(({ sourceId }) => !rows.withdrawn.has(sourceId));
    const pairs = [...rows.pairs.values()];
    const units = unitsOf(live, pairs).map((unit) => this.#placed(planned, unit, rows));
    const unitOf = new Map(units.flatMap((unit) => unit.records.map((record) => [record, unit] as const)));
    const asked = pairs.filter(({ verdict, firstId, secondId }) => {
      const [first, second] = [unitOf.get(firstId), unitOf.get(secondId)];
      return verdict === 'asked' && first !== undefined && second !== undefined && first !== second;
    });
    return { rows, units, unitOf, asked };
  }

  #touched(planned: HeldProtocol, held: HeldRecords, rows: ReviewRows, touched: ReadonlySet<number>): HeldRecords {
    const changed = new Map<number, HeldUnit>();
    for (const record of touched) {
      const unit = held.unitOf.get(record);
      if (unit && !changed.has(unit.id)) changed.set(unit.id, this.#placed(planned, unit, rows));
    }
    const unitOf = new Map(held.unitOf);
    for (const unit of changed.values()) for (const record of unit.records) unitOf.set(record, unit);
    return { ...held, rows, units: held.units.map((unit) => changed.get(unit.id) ?? unit), unitOf };
  }

  #placed({ protocol }: HeldProtocol, { id, records, isReadable }: ReviewUnit, rows: ReviewRows): HeldUnit {
    const unit = { id, records, isReadable };
    const history = historyOf(unit, rows);
    const needed = (stage: ScreeningStage): number =>
      decidersUnder(modeOf(protocol, stage), unit, (record) => this.#chanceOf(record));
    return { ...unit, ...history, ...placeOf(unit, history, needed) };
  }

  #chanceOf(record: number): number {
    const drawn = this.#chances.get(record) ?? randomStream(record, `checked records of ${this.#review}`).nextUniform();
    this.#chances.set(record, drawn);
    return drawn;
  }
}

const kept = new WeakMap<Connection, Map<string, KeptReview>>();

/** The records of a review, each where it stands. */
export function withRecords(connection: Connection, planned: HeldProtocol): HeldReview {
  const { review } = planned;
  const known = kept.get(connection) ?? new Map<string, KeptReview>();
  kept.set(connection, known);
  const keptReview = known.get(review) ?? new KeptReview(connection, review);
  known.set(review, keptReview);
  return { ...planned, ...keptReview.records(planned) };
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
