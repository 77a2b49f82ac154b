import { Buffer } from 'node:buffer';
import { rowProblem } from '#main/files/csv-tokeniser.ts';
import type { RowPage } from '#main/files/row-pages.ts';
import { layoutOf, shapeOf, storedName } from '#main/store/extract-layout.ts';
import type { UnderstoodRow } from '#shared/contract/import-preview.ts';
import type { Mapping } from '#shared/contract/mapping.ts';
import { isoOfDay } from '#shared/domain/dates.ts';
import { type ExtractColumn, extractKindNamed, isSealed } from '#shared/domain/extract-kinds/index.ts';
import { problemMessage, warningMessage } from '#shared/domain/import-problems.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { CodeBook } from '../import/code-book.ts';
import { type ObservedRecord, RowChecker } from '../import/row-checker.ts';
import { textOf } from '../import/row-fields.ts';

const noneKnown = { codes: [], persons: [], listedPersons: [], aliases: [], erased: [] };
/** Records of one row at most; the chunk is emptied behind each. */
const chunkRows = 64;
/** What only the store can tell, and the whole check says. */
const notesOfTheStore: ReadonlySet<string> = new Set([
  'UNKNOWN_PERSON',
  'ALIAS_NOT_VALID',
  'BEFORE_JOINING',
  'AFTER_LEAVING',
]);
const sealed = 'sealed';

type Reading = (base: number) => string | null;

/**
 * Reads rows as an import would, with its own checker, and says in words what would be stored. Nothing is written: persons
 * are only told apart, under no key of the vault, and what would be sealed is dropped.
 */
export class UnderstoodRows {
  readonly columns: readonly string[];
  /** Rows read so far; what the checker remembers grows with them. */
  read = 0;
  readonly #mapping: Mapping;
  readonly #header: readonly string[];
  readonly #checker: RowChecker;
  readonly #codeBook = new CodeBook(noneKnown);
  readonly #shown: readonly ExtractColumn[];
  readonly #readings: readonly Reading[];
  readonly #scoresSlot: number | undefined;
  #records: ObservedRecordCopy[] = [];

  constructor(mapping: Mapping, header: readonly string[], thisYear: number) {
    const kind = extractKindNamed(mapping.kind);
    if (!kind) throw new ExpectedError('BAD_INPUT', 'There is no such kind of extract.', 'Nothing was changed.');
    this.#mapping = mapping;
    this.#header = header;
    this.#checker = new RowChecker({
      kind: mapping.kind,
      mapping,
      header,
      codeBook: this.#codeBook,
      known: noneKnown,
      pseudonymKey: new Uint8Array(32),
      sealer: { seal: () => Buffer.alloc(0), close: () => undefined },
      chunkRows,
      thisYear,
      partial: true,
      observe: (record) => this.#take(record),
    });
    const shape = shapeOf(layoutOf(mapping.kind));
    this.#shown = kind.columns;
    this.#readings = kind.columns.map((column) => this.#reading(column, shape.slotOf.get(storedName(column)) ?? -1));
    this.#scoresSlot = shape.slotOf.get('scores');
    this.columns = [
      ...kind.columns.map((column) => column.name),
      ...(this.#scoresSlot === undefined ? [] : ['scores']),
    ];
  }

  /**
   * Records of the rows of a page.
   *
   * @param firstRow number of its first row among the data rows
   * @param width fields of a sound row; null where the reader has seen to that
   */
  understand(page: RowPage, firstRow: number, width: number | null): UnderstoodRow[] {
    const rowProblems = page.rowProblems.slice();
    for (let row = 0; width !== null && row < page.rowCount; row += 1) {
      const fields = (page.rowFirstField[row + 1] as number) - (page.rowFirstField[row] as number);
      if (fields !== width) rowProblems[row] = (rowProblems[row] as number) | rowProblem.fieldCount;
    }
    const batch = { ...page, rowProblems, hasProblems: true, firstRow, bytesRead: 0 };
    const understood: UnderstoodRow[] = [];
    for (let row = 0; row < page.rowCount; row += 1) {
      this.read += 1;
      this.#records = [];
      const before = new Map(this.#checker.warnings);
      this.#checker.check({ ...batch, rowCount: row + 1 }, row);
      this.#forget();
      if (this.#records.length === 0) {
        understood.push(this.#passedOver(firstRow + row, before));
        continue;
      }
      const first = page.rowFirstField[row] as number;
      const fields = { ...page, first, last: page.rowFirstField[row + 1] as number };
      understood.push(...this.#records.map((record) => this.#described(record, (field) => textOf(fields, field))));
    }
    return understood;
  }

  #take({ row, part, base, problems, notes }: ObservedRecord): void {
    this.#records.push({
      row,
      part,
      slipped: base < 0,
      values: this.#readings.map((reading) => (base < 0 ? null : reading(base))),
      scores: base < 0 ? null : this.#scores(base),
      problems: [...problems],
      notes: notes.filter(([, code]) => !notesOfTheStore.has(code)),
    });
  }

  #forget(): void {
    this.#checker.builder.take();
    Object.assign(this.#checker.side, {
      identities: [],
      answers: [],
      safety: [],
      rejects: [],
      notes: [],
      rejectedFields: [],
    });
  }

  #passedOver(row: number, before: ReadonlyMap<string, number>): UnderstoodRow {
    const reason = [...this.#checker.warnings].find(([code, count]) => count > (before.get(code) ?? 0))?.[0];
    const passedOver = warningMessage(reason ?? 'NO_RECORD', 1);
    return { row, part: 0, passedOver, values: this.columns.map(() => null), problems: [], notes: [] };
  }

  #described(record: ObservedRecordCopy, cell: (field: number) => string): UnderstoodRow {
    const given = (column: ExtractColumn, index: number): string | null => {
      if (record.slipped) return null;
      const text = this.#asGiven(column, record.part, cell);
      if (isSealed(column)) return text === null ? null : sealed;
      // Whoever is meant is shown as their own file says; what is stored is a pseudonym.
      if (column.type === 'person' || column.type === 'alias' || column.type === 'token') return text;
      return record.values[index] ?? null;
    };
    const located = (column: string, code: string) => ({
      row: record.row,
      column,
      code,
      message: problemMessage(code),
    });
    const values = this.#shown.map(given);
    return {
      row: record.row,
      part: record.part,
      passedOver: null,
      values: this.#scoresSlot === undefined ? values : [...values, record.scores],
      problems: record.problems.map(({ column, code }) => located(column, code)),
      notes: record.notes.map(([column, code]) => located(column, code)),
    };
  }

  #asGiven(column: ExtractColumn, part: number, cell: (field: number) => string): string | null {
    const record = this.#mapping.records?.[part];
    const header = record?.columns?.[column.name] ?? this.#mapping.columns[column.name];
    const constant = record?.constants?.[column.name] ?? this.#mapping.constants?.[column.name];
    const text = header === undefined ? (constant ?? '') : cell(this.#header.indexOf(header));
    return text === '' ? null : text;
  }

  #reading(column: ExtractColumn, slot: number): Reading {
    const { builder } = this.#checker;
    const number = (base: number, words: (value: number) => string): string | null => {
      const value = builder.numbers[base + slot] as number;
      return slot < 0 || Number.isNaN(value) ? null : words(value);
    };
    switch (column.type) {
      case 'date':
        return (base) => number(base, isoOfDay);
      case 'time':
        return (base) => number(base, (seconds) => new Date(seconds * 1_000).toISOString().replace('.000', ''));
      case 'code':
      case 'codes':
      case 'category':
        return (base) => number(base, (id) => this.#codeBook.textOf(id)) || null;
      case 'choice':
        return (base) => number(base, (value) => column.choices?.[value - 1] ?? '') || null;
      case 'flag':
        return (base) => number(base, (value) => (value === 1 ? 'yes' : 'no'));
      case 'integer':
      case 'number':
        return (base) => number(base, String);
      case 'reference':
      case 'text':
        return (base) => (slot < 0 ? null : builder.textAt(base + slot) || null);
      default:
        return () => null;
    }
  }

  /** Scores of the scales of an instrument: `total 12`. */
  #scores(base: number): string | null {
    if (this.#scoresSlot === undefined) return null;
    const text = this.#checker.builder.textAt(base + this.#scoresSlot);
    if (text === '') return null;
    const { scales } = JSON.parse(text) as { readonly scales: Readonly<Record<string, number | null>> };
    return Object.entries(scales)
      .map(([scale, value]) => `${scale} ${value ?? 'not made'}`)
      .join(', ');
  }
}

type ObservedRecordCopy = {
  readonly row: number;
  readonly part: number;
  readonly slipped: boolean;
  readonly values: readonly (string | null)[];
  readonly scores: string | null;
  readonly problems: readonly { readonly column: string; readonly code: string }[];
  readonly notes: readonly (readonly [column: string, code: string])[];
};
