import type { Connection } from '#main/store/connection.ts';
import {
  listReviewPairs,
  listReviewRecordRows,
  listReviewWithdrawals,
  type ReviewPairRecord,
  type ReviewRecordRow,
} from '#main/store/review-reference-records.ts';
import {
  listReviewDecisions,
  listReviewFullTexts,
  listReviewResolutions,
  listReviewStudies,
  type ReviewDecisionRecord,
  type ReviewResolutionRecord,
} from '#main/store/review-screening-records.ts';
import type { FullTextState } from '#shared/domain/review.ts';

type Keyed<T> = ReadonlyMap<number, T>;

/** What is kept of the records of a review, by the number of the record. */
export type ReviewRows = {
  readonly records: readonly ReviewRecordRow[];
  /** What counts of every pair, by `pairKey`. */
  readonly pairs: ReadonlyMap<string, ReviewPairRecord>;
  /** Files that were taken out again. */
  readonly withdrawn: ReadonlySet<number>;
  readonly decisions: Keyed<readonly ReviewDecisionRecord[]>;
  readonly resolutions: Keyed<readonly ReviewResolutionRecord[]>;
  readonly fullTexts: Keyed<{ readonly id: number; readonly state: FullTextState }>;
  readonly studies: Keyed<{ readonly id: number; readonly study: string | null }>;
};

export function pairKey(firstId: number, secondId: number): string {
  return firstId < secondId ? `${firstId} ${secondId}` : `${secondId} ${firstId}`;
}

/** What is new since the rows were read before. */
export type RowChanges = {
  /** Whether which records are one may be otherwise. */
  readonly isRegrouped: boolean;
  /** Records of which something was said. */
  readonly touched: ReadonlySet<number>;
};

/** The newest row of each kind that was read. */
type Last = Record<'records' | 'pairs' | 'decisions' | 'resolutions' | 'fullTexts' | 'studies', number>;

/** Reads only what came since it last read: rows are never changed, and every decision asks. */
export class ReviewReader {
  readonly #connection: Connection;
  readonly #review: string;
  readonly #records: ReviewRecordRow[] = [];
  readonly #pairs = new Map<string, ReviewPairRecord>();
  readonly #decisions = new Map<number, ReviewDecisionRecord[]>();
  readonly #resolutions = new Map<number, ReviewResolutionRecord[]>();
  readonly #fullTexts = new Map<number, { readonly id: number; readonly state: FullTextState }>();
  readonly #studies = new Map<number, { readonly id: number; readonly study: string | null }>();
  #withdrawn: ReadonlySet<number> = new Set();
  readonly #last: Last = { records: 0, pairs: 0, decisions: 0, resolutions: 0, fullTexts: 0, studies: 0 };

  constructor(connection: Connection, review: string) {
    this.#connection = connection;
    this.#review = review;
  }

  read(): { readonly rows: ReviewRows; readonly changes: RowChanges } {
    const before = { ...this.#last, withdrawn: this.#withdrawn.size };
    const touched = new Set<number>();
    const take = <Row extends { readonly id: number }>(
      name: keyof Last,
      list: (connection: Connection, review: string, after: number) => readonly Row[],
      use: (row: Row) => void,
    ): void => {
      for (const row of list(this.#connection, this.#review, this.#last[name])) {
        use(row);
        this.#last[name] = row.id;
      }
    };
    take('records', listReviewRecordRows, (row) => this.#records.push(row));
    take('pairs', listReviewPairs, (row) => this.#pairs.set(pairKey(row.firstId, row.secondId), row));
    take('decisions', listReviewDecisions, (row) => addTo(this.#decisions, row, touched));
    take('resolutions', listReviewResolutions, (row) => addTo(this.#resolutions, row, touched));
    take('fullTexts', listReviewFullTexts, (row) => {
      this.#fullTexts.set(row.recordId, row);
      touched.add(row.recordId);
    });
    take('studies', listReviewStudies, (row) => {
      this.#studies.set(row.recordId, row);
      touched.add(row.recordId);
    });
    this.#withdrawn = new Set(listReviewWithdrawals(this.#connection, this.#review).map(({ sourceId }) => sourceId));
    const isRegrouped =
      this.#last.records !== before.records ||
      this.#last.pairs !== before.pairs ||
      this.#withdrawn.size !== before.withdrawn;
    const rows = {
      records: this.#records,
      pairs: this.#pairs,
      withdrawn: this.#withdrawn,
      decisions: this.#decisions,
      resolutions: this.#resolutions,
      fullTexts: this.#fullTexts,
      studies: this.#studies,
    };
    return { rows, changes: { isRegrouped, touched } };
  }
}

function addTo<Row extends { readonly recordId: number }>(
  rows: Map<number, Row[]>,
  row: Row,
  touched: Set<number>,
): void {
  const held = rows.get(row.recordId);
  // A list that was given out stays as it was.
  rows.set(row.recordId, held ? [...held, row] : [row]);
  touched.add(row.recordId);
}
