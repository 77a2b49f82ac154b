import { Buffer } from 'node:buffer';
import { instrumentNamed } from '#main/analysis/instruments/registry.ts';
import type { Sealer } from '#main/crypto/seal.ts';
import type { RowBatch } from '#main/files/csv-rows.ts';
import { rowProblem, rowProblemCodes } from '#main/files/csv-tokeniser.ts';
import { layoutOf, type RowShape, shapeOf } from '#main/store/extract-layout.ts';
import type { Mapping } from '#shared/contract/imports.ts';
import { type ExtractKind, extractKindNamed } from '#shared/domain/extract-kinds.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { ChunkBuilder } from './chunk-builder.ts';
import type { CodeBook } from './code-book.ts';
import { type ColumnReader, columnReader } from './columns.ts';
import type { RejectEntry, SafetyBox, SealedRow } from './protocol.ts';
import { type SafetyContent, safetyContent } from './safety-content.ts';
import { namesSafetyItem, type Problem, type RowFields, ScreeningRows } from './screening-rows.ts';

type PlannedColumn = { readonly name: string; readonly field: number; readonly read: ColumnReader };

/** What goes beside the rows of a chunk. */
export type SideRows = {
  identities: SealedRow[];
  answers: SealedRow[];
  safety: SafetyBox[];
  rejects: RejectEntry[];
  rejectedFields: { readonly row: number; readonly fields: readonly string[] }[];
};

export type CheckerOptions = {
  readonly kind: string;
  readonly mapping: Mapping;
  readonly header: readonly string[];
  readonly codeBook: CodeBook;
  readonly pseudonymKey: Uint8Array;
  readonly sealer: Sealer;
  readonly listedPersons: ReadonlySet<number>;
  readonly chunkRows: number;
};

/** Slots whose stored name differs from the column's. */
function slotNameOf(kind: ExtractKind, column: string, type: string): string {
  if (type === 'person') return 'person_id';
  if (type === 'code' || type === 'category') return `${column}_id`;
  return kind.columns.some((known) => known.name === column) ? column : '';
}

/** Reads rows of one file against the schema of their kind: what fits goes into chunks, what does not is located. */
export class RowChecker {
  readonly builder: ChunkBuilder;
  readonly warnings = new Map<string, number>();
  readonly side: SideRows = { identities: [], answers: [], safety: [], rejects: [], rejectedFields: [] };
  read = 0;
  rejected = 0;

  readonly #options: CheckerOptions;
  readonly #kind: ExtractKind;
  readonly #shape: RowShape;
  readonly #columns: readonly PlannedColumn[];
  readonly #sealedFields: readonly { readonly name: string; readonly field: number }[];
  readonly #screenings: ScreeningRows | null;
  readonly #personField: number;
  readonly #codeSlots: readonly number[];
  #rowWarnings: string[] = [];
  #problems: Problem[] = [];

  constructor(options: CheckerOptions) {
    const kind = extractKindNamed(options.kind);
    if (!kind) throw new Error(`unknown extract kind ${options.kind}`);
    this.#options = options;
    this.#kind = kind;
    this.#shape = shapeOf(layoutOf(options.kind));
    this.builder = new ChunkBuilder(this.#shape, options.chunkRows);
    const fieldOf = fieldFinder(options.header, options.mapping);
    const itemFields = kind.kind === 'screenings' ? itemColumns(options.mapping).map(fieldOf) : [];
    this.#columns = this.#plan(fieldOf);
    this.#sealedFields = kind.columns
      .filter((column) => column.type === 'sealed')
      .map((column) => ({ name: column.name, field: fieldOf(column.name) }))
      .filter((column) => column.field >= 0);
    this.#personField = fieldOf('person_ref');
    this.#screenings =
      kind.kind === 'screenings' ? new ScreeningRows(this.#shape, this.builder, options.codeBook, itemFields) : null;
    this.#codeSlots = kind.columns
      .filter((column) => column.type === 'code' || column.type === 'category')
      .map((column) => this.#shape.slotOf.get(slotNameOf(kind, column.name, column.type)) ?? 0);
    const used = new Set([...kind.columns.map((column) => fieldOf(column.name)), ...itemFields]);
    const ignored = options.header.filter((_, index) => !used.has(index)).length;
    if (ignored > 0) this.warnings.set('IGNORED_COLUMN', ignored);
  }

  /** Checks rows of a batch from `from` on, until the chunk is full; gives the first row not yet checked. */
  check(batch: RowBatch, from: number): number {
    const { rowFirstField, rowProblems, rowCount, bytes, starts, ends } = batch;
    let row = from;
    for (; row < rowCount && !this.builder.full; row += 1) {
      this.read += 1;
      const first = rowFirstField[row] as number;
      const fields = { bytes, starts, ends, first };
      const number = batch.firstRow + row;
      const problem = batch.hasProblems ? (rowProblems[row] as number) : 0;
      this.#problems.length = 0;
      if (problem !== 0) this.#noteRowProblems(problem, fields, rowFirstField[row + 1] as number);
      if (this.#problems.length === 0) this.#checkRow(fields, number);
      else if (this.#screenings) this.#lookForSafety(fields, rowFirstField[row + 1] as number, number);
      if (this.#problems.length > 0) this.#reject(fields, rowFirstField[row + 1] as number, number);
    }
    return row;
  }

  #plan(fieldOf: (column: string) => number): PlannedColumn[] {
    const { mapping, codeBook, pseudonymKey } = this.#options;
    const context = {
      builder: this.builder,
      codeBook,
      pseudonymKey,
      dateOrder: mapping.dateOrder ?? 'iso',
      values: mapping.values,
      warn: (code: string) => {
        this.#rowWarnings.push(code);
      },
      instrumentCode: (text: string) => instrumentNamed(text)?.code ?? text,
    } as const;
    const planned: PlannedColumn[] = [];
    for (const column of this.#kind.columns) {
      if (column.type === 'sealed') continue;
      const slot = this.#shape.slotOf.get(slotNameOf(this.#kind, column.name, column.type));
      if (slot === undefined) throw new Error(`no slot for ${column.name}`);
      const daySlot = column.name === 'occurred_at' ? (this.#shape.slotOf.get('day') ?? null) : null;
      const field = fieldOf(column.name);
      if (field < 0 && column.required && column.fallback === undefined) throw missingColumn(column.name, this.#kind);
      planned.push({ name: column.name, field, read: columnReader(context, column, slot, daySlot) });
    }
    return planned;
  }

  #checkRow(row: RowFields, number: number): void {
    const base = this.builder.begin();
    this.#rowWarnings.length = 0;
    for (const column of this.#columns) {
      const at = row.first + column.field;
      const absent = column.field < 0;
      const start = absent ? 0 : (row.starts[at] as number);
      const end = absent ? 0 : (row.ends[at] as number);
      const problem = column.read(row.bytes, start, end, base);
      if (problem !== '') this.#problems.push({ column: column.name, code: problem });
    }
    if (this.#screenings) this.#checkScreening(this.#screenings, row, base, number);
    if (this.#kind.kind === 'people') this.#checkService(base);
    if (this.#problems.length > 0) return;
    const { numbers } = this.builder;
    numbers[base + this.#shape.rowSlot] = number;
    const person = numbers[base + (this.#shape.slotOf.get('person_id') ?? 0)] as number;
    if (this.#kind.kind !== 'people' && !this.#options.listedPersons.has(person)) {
      this.#rowWarnings.push('UNKNOWN_PERSON');
    }
    if (this.#options.codeBook.waiting) this.#keepNames(base, person);
    this.builder.keep();
    if (this.#sealedFields.length > 0) this.#sealIdentity(row, person, number);
    for (const code of this.#rowWarnings) this.warnings.set(code, (this.warnings.get(code) ?? 0) + 1);
  }

  /** In a row that cannot be kept the answer to a safety item is looked for all the same. */
  #lookForSafety(row: RowFields, lastField: number, number: number): void {
    const found = this.#problems.length;
    if (!this.#problems.some((problem) => problem.code === 'FIELD_COUNT')) {
      this.#checkRow(row, number);
      this.#problems.length = found;
      return;
    }
    // Its fields have slipped, so no answer can be told from its place: it was not seen.
    const fields = fieldsOf(row, lastField);
    if (!fields.some(namesSafetyItem)) return;
    const reference = fields[this.#personField] ?? '';
    const box = this.#sealSafety({ answer: 'not seen', value: null, row: number, reference });
    this.side.safety.push({ row: number, day: null, box });
  }

  #keepNames(base: number, person: number): void {
    const { codeBook } = this.#options;
    codeBook.keepPerson(person);
    for (const slot of this.#codeSlots) codeBook.keepCode(this.builder.numbers[base + slot] as number);
  }

  #checkService(base: number): void {
    const start = this.builder.numbers[base + (this.#shape.slotOf.get('service_start') ?? 0)] as number;
    const end = this.builder.numbers[base + (this.#shape.slotOf.get('service_end') ?? 0)] as number;
    if (end < start) this.#problems.push({ column: 'service_end', code: 'END_BEFORE_START' });
  }

  #checkScreening(screenings: ScreeningRows, row: RowFields, base: number, number: number): void {
    const outcome = screenings.complete(row, base);
    this.#problems.push(...outcome.problems);
    this.#rowWarnings.push(...outcome.warnings);
    if (outcome.safety !== null) {
      // Raised for clinicians whatever becomes of the row, and one box for every such row, so that having one says nothing.
      const reference = textOf(row, this.#personField);
      const { safety: answer, safetyValue: value, day } = outcome;
      this.side.safety.push({ row: number, day, box: this.#sealSafety({ answer, value, row: number, reference }) });
    }
    if (outcome.sealedItems && this.#problems.length === 0) {
      const person = this.builder.numbers[base + (this.#shape.slotOf.get('person_id') ?? 0)] as number;
      const content = Buffer.from(JSON.stringify(outcome.sealedItems), 'utf8');
      this.side.answers.push({ person, row: number, box: this.#options.sealer.seal(content, 'tidemark answers') });
    }
  }

  #sealSafety(answer: SafetyContent): Buffer {
    return this.#options.sealer.seal(safetyContent(answer), 'tidemark safety answer');
  }

  #sealIdentity(row: RowFields, person: number, number: number): void {
    const identity: Record<string, string> = { reference: textOf(row, this.#personField) };
    for (const { name, field } of this.#sealedFields) {
      const text = textOf(row, field);
      if (text !== '') identity[name] = text;
    }
    const content = Buffer.from(JSON.stringify(identity), 'utf8');
    this.side.identities.push({ person, row: number, box: this.#options.sealer.seal(content, 'tidemark identity') });
  }

  #noteRowProblems(problem: number, row: RowFields, lastField: number): void {
    let bits = problem;
    if (bits & rowProblem.fieldCount) {
      // Empty fields behind the last column are what spreadsheets leave; anything else has slipped.
      const expected = this.#options.header.length;
      let extraEmpty = lastField - row.first > expected;
      for (let field = row.first + expected; field < lastField && extraEmpty; field += 1) {
        extraEmpty = row.starts[field] === row.ends[field];
      }
      if (extraEmpty) bits &= ~rowProblem.fieldCount;
    }
    for (const { bit, code } of rowProblemCodes) {
      if (bits & bit) this.#problems.push({ column: '', code });
    }
  }

  #reject(row: RowFields, lastField: number, number: number): void {
    this.rejected += 1;
    for (const { column, code } of this.#problems) this.side.rejects.push([number, column, code]);
    this.side.rejectedFields.push({ row: number, fields: fieldsOf(row, lastField) });
  }
}

function textOf(row: RowFields, field: number): string {
  if (field < 0) return '';
  const at = row.first + field;
  return row.bytes.toString('utf8', row.starts[at] as number, row.ends[at] as number).trim();
}

function fieldsOf(row: RowFields, lastField: number): string[] {
  return Array.from({ length: lastField - row.first }, (_, field) => textOf(row, field));
}

function itemColumns(mapping: Mapping): string[] {
  const highest = Object.keys(mapping.columns).reduce((most, name) => {
    const match = /^item_(\d{1,3})$/.exec(name);
    return match ? Math.max(most, Number(match[1])) : most;
  }, 0);
  return Array.from({ length: highest }, (_, index) => `item_${index + 1}`);
}

/** Field of a canonical column in the file, −1 where the mapping leaves it out. */
function fieldFinder(header: readonly string[], mapping: Mapping): (column: string) => number {
  return (column) => {
    const wanted = Object.hasOwn(mapping.columns, column) ? mapping.columns[column] : undefined;
    if (wanted === undefined) return -1;
    const field = header.indexOf(wanted);
    if (field < 0 || header.indexOf(wanted, field + 1) >= 0) {
      throw new ExpectedError(
        'BAD_COLUMN',
        field < 0
          ? `The mapping takes ${column} from a column that the file does not have.`
          : `The mapping takes ${column} from a column name that the file has twice.`,
        'Nothing was loaded. Look at the file again and correct the mapping.',
        { column },
      );
    }
    return field;
  };
}

function missingColumn(column: string, kind: ExtractKind): ExpectedError {
  return new ExpectedError(
    'BAD_COLUMN',
    `The file has no column for ${column}, which every ${kind.kind} extract needs.`,
    'Nothing was loaded. Map one of its columns to it, or export the file again with it.',
    { column },
  );
}
