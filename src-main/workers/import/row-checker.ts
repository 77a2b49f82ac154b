import { instrumentNamed } from '#main/analysis/instruments/registry.ts';
import { createTokeniser } from '#main/crypto/pseudonym.ts';
import type { Sealer } from '#main/crypto/seal.ts';
import { rowProblem, rowProblemCodes } from '#main/files/csv-tokeniser.ts';
import type { RowBatch } from '#main/files/table-rows.ts';
import { layoutOf, type RowShape, shapeOf, storedName } from '#main/store/extract-layout.ts';
import type { CellRule, Mapping } from '#shared/contract/mapping.ts';
import { type ExtractKind, extractKindNamed } from '#shared/domain/extract-kinds/index.ts';
import { ChunkBuilder } from './chunk-builder.ts';
import { ClinicBoxes } from './clinic-boxes.ts';
import type { CodeBook, KnownCodes } from './code-book.ts';
import type { NoteEntry, RejectEntry, SafetyBox, SealedRow } from './protocol.ts';
import { RowChecks } from './row-checks.ts';
import { fieldsOf, isBlankRow, isTotalsRow, type RowFields, textOf } from './row-fields.ts';
import { fieldNamed, holdsRecord, planRecords, type RecordPlan, usedFields } from './row-plan.ts';
import { namesSafetyItem, type Problem, type ScreeningOutcome, ScreeningRows } from './screening-rows.ts';
import { SealedFlag } from './sealed-flag.ts';

/** What goes beside the rows of a chunk. */
export type SideRows = {
  identities: SealedRow[];
  answers: SealedRow[];
  safety: SafetyBox[];
  rejects: RejectEntry[];
  notes: NoteEntry[];
  rejectedFields: { readonly row: number; readonly fields: readonly string[] }[];
};

export type CheckerOptions = {
  readonly kind: string;
  readonly mapping: Mapping;
  readonly header: readonly string[];
  readonly codeBook: CodeBook;
  readonly known: KnownCodes;
  readonly pseudonymKey: Uint8Array;
  readonly sealer: Sealer;
  readonly chunkRows: number;
  /** Year of the import. */
  readonly thisYear: number;
  /** Whether columns that the mapping still lacks are read as empty, for rows that are only looked at. */
  readonly partial?: boolean;
  /** Sees every record that is read, kept or not; `base` is where its slots begin, or −1 where its fields have slipped. */
  readonly observe?: (record: ObservedRecord) => void;
};

export type ObservedRecord = {
  readonly row: number;
  readonly part: number;
  readonly base: number;
  readonly problems: readonly Problem[];
  readonly notes: readonly (readonly [column: string, code: string])[];
};

/** Located notes of one code that are kept; all are counted. */
const notesKept = 1_000;
/** Answers of a row that is rejected belong to records that are not told apart. */
const wholeRow = 0;

type PlannedRecord = RecordPlan & { readonly itemFields: readonly number[] };

/** Reads rows of one file against the schema of their kind: what fits goes into chunks, what does not is located. */
export class RowChecker {
  readonly builder: ChunkBuilder;
  readonly warnings = new Map<string, number>();
  readonly side: SideRows = { identities: [], answers: [], safety: [], rejects: [], notes: [], rejectedFields: [] };
  read = 0;
  rejected = 0;

  readonly #options: CheckerOptions;
  readonly #kind: ExtractKind;
  readonly #shape: RowShape;
  readonly #plans: readonly PlannedRecord[];
  readonly #boxes: ClinicBoxes;
  readonly #screenings: ScreeningRows | null;
  readonly #flag: SealedFlag | null;
  readonly #checks: RowChecks;
  readonly #codeSlots: readonly number[];
  readonly #personSlots: readonly number[];
  readonly #width: number;
  readonly #consentField: number;
  /** Fields up to the last column that has a name: what is missing behind it is no loss. */
  readonly #namedWidth: number;
  #rowNotes: (readonly [column: string, code: string])[] = [];
  #problems: Problem[] = [];
  /** Whether the record read last is about somebody who was erased. */
  #erased = false;

  constructor(options: CheckerOptions) {
    const kind = extractKindNamed(options.kind);
    if (!kind) throw new Error(`unknown extract kind ${options.kind}`);
    const { codeBook, header, mapping } = options;
    const layout = layoutOf(options.kind);
    this.#options = options;
    this.#kind = kind;
    this.#shape = shapeOf(layout);
    this.#width = header.length;
    this.#namedWidth = header.findLastIndex((name, index) => name !== `column_${index + 1}`) + 1 || header.length;
    this.builder = new ChunkBuilder(this.#shape, options.chunkRows);
    const note = (column: string, code: string): void => {
      this.#rowNotes.push([column, code]);
    };
    const context = {
      builder: this.builder,
      codeBook,
      pseudonymKey: options.pseudonymKey,
      mapping,
      thisYear: options.thisYear,
      tokenOf: createTokeniser(options.pseudonymKey),
      warn: (code: string, column: string) => note(column, code),
      instrumentCode: (text: string) => instrumentNamed(text)?.code ?? text,
      partial: options.partial ?? false,
    };
    const planner = { kind, shape: this.#shape, context, header };
    const items = kind.items ? itemColumns(mapping) : [];
    const plans = planRecords(planner);
    this.#plans = plans.map((plan) => ({
      ...plan,
      itemFields: items.map(plan.fieldOf),
    }));
    this.#boxes = new ClinicBoxes(options.sealer, kind, this.#plans);
    this.#screenings = kind.items
      ? new ScreeningRows(this.#shape, this.builder, codeBook, mapping.values?.['items'])
      : null;
    this.#flag = SealedFlag.of(kind, mapping);
    this.#checks = new RowChecks({
      kind,
      shape: this.#shape,
      builder: this.builder,
      dayColumn: layout.dayColumn,
      known: options.known,
      personOf: (pseudonym) => codeBook.person(pseudonym),
      pseudonymKey: options.pseudonymKey,
      nextDayColumns: columnsWithRule(mapping, 'next-day'),
      dayBeforeColumns: columnsWithRule(mapping, 'day-before'),
      note,
    });
    this.#codeSlots = this.#slotsOf('code', 'codes', 'category');
    this.#personSlots = this.#slotsOf('person');
    this.#consentField = mapping.consent ? fieldNamed(header, mapping.consent.column, 'consent') : -1;
    const used = usedFields(planner, plans, items).add(this.#consentField);
    const ignored = header.filter((_, index) => !used.has(index)).length;
    if (ignored > 0) this.warnings.set('IGNORED_COLUMN', ignored);
  }

  /** Checks rows of a batch from `from` on, until the chunk is full; gives the first row not yet checked. */
  check(batch: RowBatch, from: number): number {
    const { rowFirstField, rowProblems, rowCount, bytes, starts, ends } = batch;
    const skipTotals = this.#options.mapping.skipTotals ?? false;
    let row = from;
    for (; row < rowCount && !this.builder.full; row += 1) {
      const first = rowFirstField[row] as number;
      const fields = { bytes, starts, ends, first, last: rowFirstField[row + 1] as number };
      const number = batch.firstRow + row;
      const problem = batch.hasProblems ? (rowProblems[row] as number) : 0;
      if (skipTotals && isTotalsRow(fields, this.#options.header)) {
        this.#count('TOTALS_ROW');
        continue;
      }
      this.#problems.length = 0;
      if (problem !== 0) this.#noteRowProblems(problem, fields);
      if (this.#problems.length > 0) this.#rejectRow(fields, number);
      else this.#checkRecords(fields, number);
    }
    return row;
  }

  #slotsOf(...types: readonly string[]): number[] {
    return this.#kind.columns
      .filter((column) => types.includes(column.type))
      .map((column) => this.#shape.slotOf.get(storedName(column)) ?? 0);
  }

  #count(code: string): void {
    this.warnings.set(code, (this.warnings.get(code) ?? 0) + 1);
  }

  /** A row that cannot be divided into fields; the answer to a safety item is looked for all the same. */
  #rejectRow(row: RowFields, number: number): void {
    if (this.#problems.some((problem) => problem.code === 'FIELD_COUNT') && isBlankRow(row)) {
      this.#count('BLANK_ROW');
      return;
    }
    // Where its fields have slipped nobody can tell whether consent was given, so nothing of the row is kept either.
    const slipped = this.#problems.some((problem) => problem.code === 'FIELD_COUNT');
    const agreed = this.#options.mapping.consent === undefined || !slipped;
    if (agreed && !this.#hasConsent(row)) {
      this.#count('NO_CONSENT');
      return;
    }
    if (this.#checks.namesErased(row)) {
      this.#count('ERASED_PERSON');
      return;
    }
    this.read += 1;
    this.#options.observe?.({ row: number, part: wholeRow, base: -1, problems: this.#problems, notes: [] });
    if ((this.#screenings || this.#flag) && agreed) this.#lookForSafety(row, number);
    this.#reject(row, number, agreed);
  }

  /** Whether somebody agreed to what a row says of them. */
  #hasConsent(row: RowFields): boolean {
    const { consent } = this.#options.mapping;
    if (consent === undefined) return true;
    const given = textOf(row, this.#consentField).toLowerCase();
    return consent.yes.some((text) => text.trim().toLowerCase() === given);
  }

  #checkRecords(row: RowFields, number: number): void {
    if (!this.#hasConsent(row)) {
      this.#count(isBlankRow(row) ? 'BLANK_ROW' : 'NO_CONSENT');
      return;
    }
    const several = this.#options.mapping.records !== undefined;
    let kept = false;
    let made = 0;
    for (let part = 0; part < this.#plans.length; part += 1) {
      const plan = this.#plans[part] as PlannedRecord;
      if (!holdsRecord(plan, row)) continue;
      if (part > 0) this.#problems.length = 0;
      const base = this.#checkRecord(row, plan, number, part);
      if (this.#erased || (this.#problems.length > 0 && this.#checks.namesErased(row))) {
        this.#problems.length = 0;
        this.#count('ERASED_PERSON');
        made += 1;
        continue;
      }
      const blank = this.#problems.length > 0 && !several && isBlankRow(row);
      if (!blank) this.#observe(number, part, base);
      if (this.#problems.length === 0) {
        this.read += 1;
        kept = true;
      } else if (blank) {
        this.#problems.length = 0;
        this.#count('BLANK_ROW');
        return;
      } else {
        this.read += 1;
        this.#reject(row, number);
      }
      made += 1;
    }
    if (made === 0) this.#count(isBlankRow(row) ? 'BLANK_ROW' : 'NO_RECORD');
    if (kept && this.#boxes.hasIdentity) this.#sealIdentity(row, number);
  }

  #observe(row: number, part: number, base: number): void {
    this.#options.observe?.({ row, part, base, problems: this.#problems, notes: this.#rowNotes });
  }

  /** Gives where the record's slots begin. */
  #checkRecord(row: RowFields, plan: PlannedRecord, number: number, part: number): number {
    const base = this.builder.begin();
    this.#rowNotes.length = 0;
    for (const column of plan.columns) {
      let problem: string;
      if (column.readRow !== null) {
        problem = column.readRow(row, base);
      } else {
        const at = row.first + column.field;
        const absent = column.field < 0 || at >= row.last;
        problem = column.read(
          row.bytes,
          absent ? 0 : (row.starts[at] as number),
          absent ? 0 : (row.ends[at] as number),
          base,
        );
      }
      if (problem !== '') this.#problems.push({ column: column.name, code: problem });
    }
    this.#erased = this.#checks.isErased(base);
    if (this.#erased) return base;
    const screening = this.#screenings?.complete(row, base, plan.itemFields) ?? null;
    if (screening) this.#takeScreening(screening, row, plan, number, part);
    if (this.#flag) this.#takeFlag(this.#flag, base, row, plan, number, part);
    this.#checks.check(base, this.#problems);
    if (this.#problems.length > 0) return base;
    const { numbers } = this.builder;
    // Only now is it known whose answers they are, and that they are kept.
    if (screening?.sealedItems) {
      const person = numbers[base + (this.#shape.slotOf.get('person_id') ?? 0)] as number;
      const box = this.#boxes.answers(screening.sealedItems);
      this.side.answers.push({ person: Number.isNaN(person) ? null : person, row: number, part, box });
    }
    numbers[base + this.#shape.rowSlot] = number;
    if (this.#options.codeBook.waiting) this.#keepNames(base);
    this.builder.keep();
    this.#keepNotes(number);
    return base;
  }

  #keepNotes(number: number): void {
    for (const [column, code] of this.#rowNotes) {
      this.#count(code);
      if ((this.warnings.get(code) ?? 0) <= notesKept) this.side.notes.push([number, column, code]);
    }
  }

  #lookForSafety(row: RowFields, number: number): void {
    const found = this.#problems.length;
    if (!this.#problems.some((problem) => problem.code === 'FIELD_COUNT')) {
      this.#plans.forEach((plan, part) => {
        if (holdsRecord(plan, row)) this.#checkRecord(row, plan, number, part);
        this.#problems.length = found;
      });
      return;
    }
    // Its fields have slipped, so no answer can be told from its place: it was not seen.
    const { mapping } = this.#options;
    const constants = [mapping, ...(mapping.records ?? [])].map((part) => part.constants?.['instrument'] ?? '');
    if (!this.#flag && ![...fieldsOf(row), ...constants].some(namesSafetyItem)) return;
    const [plan] = this.#plans;
    if (!plan) return;
    const box = this.#boxes.safety({ answer: 'not seen', value: null, row: number }, row, plan);
    this.side.safety.push({ row: number, part: wholeRow, day: null, box });
  }

  #keepNames(base: number): void {
    const { codeBook } = this.#options;
    for (const slot of this.#personSlots) codeBook.keepPerson(this.builder.numbers[base + slot] as number);
    for (const slot of this.#codeSlots) codeBook.keepCode(this.builder.numbers[base + slot] as number);
  }

  #takeScreening(outcome: ScreeningOutcome, row: RowFields, plan: PlannedRecord, number: number, part: number): void {
    // A cell that cannot be read is not missing as well.
    const found = new Set(this.#problems.map((problem) => problem.column));
    this.#problems.push(...outcome.problems.filter((problem) => !found.has(problem.column)));
    for (const warning of outcome.warnings) this.#rowNotes.push(['instrument', warning]);
    if (outcome.safety === null) return;
    // Raised for clinicians whatever becomes of the row, and one box for every such row, so that having one says nothing.
    const { safety: answer, safetyValue: value, day } = outcome;
    const box = this.#boxes.safety({ answer, value, row: number }, row, plan);
    this.side.safety.push({ row: number, part, day, box });
  }

  /** As an answer to a safety item: for clinicians whatever becomes of the row, and one box for every row. */
  #takeFlag(flag: SealedFlag, base: number, row: RowFields, plan: PlannedRecord, number: number, part: number): void {
    const found = flag.read(row, plan);
    if (found === null) return;
    if (found.problem) this.#problems.push(found.problem);
    const day = this.builder.numbers[base + (this.#shape.slotOf.get('day') ?? 0)] as number;
    const box = this.#boxes.safety({ answer: found.answer, value: null, row: number }, row, plan);
    this.side.safety.push({ row: number, part, day: Number.isNaN(day) ? null : day, box });
  }

  #sealIdentity(row: RowFields, number: number): void {
    const [plan] = this.#plans;
    if (!plan) return;
    const person = this.builder.lastNumber(this.#shape.slotOf.get('person_id') ?? 0);
    this.side.identities.push({ person, row: number, part: wholeRow, box: this.#boxes.identity(row, plan) });
  }

  #noteRowProblems(problem: number, row: RowFields): void {
    let bits = problem;
    if (bits & rowProblem.fieldCount) {
      // Empty fields behind the last column are what spreadsheets leave; anything else has slipped.
      const beyond = row.first + this.#width;
      let extraEmpty = row.last > beyond;
      for (let field = beyond; field < row.last && extraEmpty; field += 1) {
        extraEmpty = row.starts[field] === row.ends[field];
      }
      const short = row.last < beyond && row.last >= row.first + this.#namedWidth;
      if (extraEmpty || short) bits &= ~rowProblem.fieldCount;
    }
    for (const { bit, code } of rowProblemCodes) {
      if (bits & bit) this.#problems.push({ column: '', code });
    }
  }

  #reject(row: RowFields, number: number, keepFields = true): void {
    this.rejected += 1;
    for (const { column, code } of this.#problems) this.side.rejects.push([number, column, code]);
    if (!keepFields) return;
    const last = this.side.rejectedFields.at(-1);
    if (last?.row !== number) this.side.rejectedFields.push({ row: number, fields: fieldsOf(row) });
  }
}

function columnsWithRule(mapping: Mapping, rule: CellRule): Set<string> {
  return new Set(Object.entries(mapping.rules ?? {}).flatMap(([name, rules]) => (rules.includes(rule) ? [name] : [])));
}

function itemColumns(mapping: Mapping): string[] {
  const names = [mapping, ...(mapping.records ?? [])].flatMap((part) => Object.keys(part.columns ?? {}));
  const highest = names.reduce((most, name) => {
    const match = /^item_(\d{1,3})$/.exec(name);
    return match ? Math.max(most, Number(match[1])) : most;
  }, 0);
  return Array.from({ length: highest }, (_, index) => `item_${index + 1}`);
}
