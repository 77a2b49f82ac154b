import { Buffer } from 'node:buffer';
import { createCellOut, hasValue } from '#main/files/cell-status.ts';
import { secondsOfDay } from '#main/files/cell-times.ts';
import type { RowShape } from '#main/store/extract-layout.ts';
import { storedName } from '#main/store/extract-layout.ts';
import type { Mapping, MappingRecord } from '#shared/contract/mapping.ts';
import { londonDay } from '#shared/domain/dates.ts';
import { type ExtractColumn, type ExtractKind, isSealed } from '#shared/domain/extract-kinds/index.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { isNullWord, isOpenEnd, mendCell, momentOf } from './cell-rules.ts';
import { type ColumnContext, type ColumnReader, columnReader, dateReaderFor } from './columns.ts';
import { type RowFields, textOf } from './row-fields.ts';

/** One column of one record: its field in the file, or a reader of its own where it has none or several. */
export type PlannedColumn = {
  readonly name: string;
  readonly field: number;
  readonly read: ColumnReader;
  readonly readRow: ((row: RowFields, base: number) => string) | null;
};

/** How one record is made of a row. */
export type RecordPlan = {
  readonly columns: readonly PlannedColumn[];
  readonly fieldOf: (column: string) => number;
  /** The fields that a column is put together from, its own one, or none. */
  readonly fieldsOf: (column: string) => readonly number[];
  /** Fields none of which may be empty for there to be a record, and fields not all of which may be. */
  readonly whenAll: readonly number[];
  readonly whenAny: readonly number[];
  /** Which of several people in one cell the record is of, or null. */
  readonly member: MemberPlace | null;
};

type MemberPlace = { readonly field: number; readonly separator: string; readonly member: number };

/** Most people that one cell may name, such as the crew of a van. */
const mostInCell = 12;

function memberOf(row: RowFields, { field, separator, member }: MemberPlace): string {
  return textOf(row, field).split(separator)[member]?.trim() ?? '';
}

type Planner = {
  readonly kind: ExtractKind;
  readonly shape: RowShape;
  readonly context: ColumnContext;
  readonly header: readonly string[];
};

function missingColumn(column: string, kind: ExtractKind): ExpectedError {
  return new ExpectedError(
    'BAD_COLUMN',
    `The file has no column for ${column}, which every ${kind.kind} extract needs.`,
    'Nothing was loaded. Map one of its columns to it, or export the file again with it.',
    { column },
  );
}

/** Field of a header. */
export function fieldNamed(header: readonly string[], wanted: string, column: string): number {
  const field = header.indexOf(wanted);
  if (field >= 0 && header.indexOf(wanted, field + 1) < 0) return field;
  throw new ExpectedError(
    'BAD_COLUMN',
    field < 0
      ? `The mapping takes ${column} from a column that the file does not have.`
      : `The mapping takes ${column} from a column name that the file has twice.`,
    'Nothing was loaded. Look at the file again and correct the mapping.',
    { column },
  );
}

/** Field of each canonical column in the file, −1 where the mapping leaves it out. */
function fieldFinder(planner: Planner, mapping: Mapping, record: MappingRecord): (column: string) => number {
  return (column) => {
    const own = record.columns && Object.hasOwn(record.columns, column) ? record.columns[column] : undefined;
    const general = Object.hasOwn(mapping.columns, column) ? mapping.columns[column] : undefined;
    const wanted = own ?? general;
    return wanted === undefined ? -1 : fieldNamed(planner.header, wanted, column);
  };
}

function readerOfText(read: ColumnReader, text: (row: RowFields, base: number) => string | null) {
  return (row: RowFields, base: number): string => {
    const found = text(row, base);
    if (found === null) return 'BAD_DATE';
    const bytes = Buffer.from(found, 'utf8');
    return read(bytes, 0, bytes.length, base);
  };
}

const secondsPerHour = 3_600;
/** How far a time of day may lie before the moment in its date column and still be of that day. */
const backwardHours = 6;

/**
 * A date and a time of day in two columns. A time before the moment that it follows is of the next day; so is one that lies
 * hours before the moment in its own date column, as an arrival at 00:10 does for a call at 23:50.
 */
function combinedReader(
  planner: Planner,
  column: ExtractColumn,
  combined: NonNullable<Mapping['combine']>[string],
  read: ColumnReader,
) {
  const { header, shape, context, kind } = planner;
  const dates = dateReaderFor(context.mapping, column.name);
  const rules = context.mapping.rules?.[column.name] ?? [];
  const out = createCellOut();
  const dateField = combined.date === null ? -1 : fieldNamed(header, combined.date, column.name);
  const timeField = fieldNamed(header, combined.time, column.name);
  const firstField = combined.afterTime === undefined ? -1 : fieldNamed(header, combined.afterTime, column.name);
  /** Seconds of an earlier time of day in the row, or 0. */
  const secondsBefore = (row: RowFields): number =>
    (firstField < 0 ? null : secondsOfDay(filled(row, firstField))) ?? 0;
  const before = kind.columns.find((candidate) => candidate.name === combined.after);
  const beforeSlot = before ? (shape.slotOf.get(storedName(before)) ?? -1) : -1;
  const ownSlot = shape.slotOf.get(storedName(column)) ?? -1;
  const filled = (row: RowFields, field: number): string => {
    const text = textOf(row, field);
    return (rules.includes('null-words') && isNullWord(text)) || (rules.includes('open-end') && isOpenEnd(text))
      ? ''
      : text;
  };
  const momentIn = (text: string): boolean => {
    const bytes = Buffer.from(text, 'utf8');
    return hasValue(dates.time(bytes, 0, bytes.length, out));
  };
  /** Leaves the moment of the date column in `out`. */
  const readDate = (row: RowFields, base: number): boolean => {
    if (dateField < 0) {
      const moment = beforeSlot < 0 ? Number.NaN : (context.builder.numbers[base + beforeSlot] as number);
      if (Number.isNaN(moment)) return false;
      out[0] = moment;
      out[1] = londonDay(moment);
      return true;
    }
    const text = filled(row, dateField);
    return momentIn(text) || (rules.length > 0 && momentIn(mendCell(text, rules, context.thisYear, () => null)));
  };
  const take = (day: number, time: string, base: number): string => {
    const text = momentOf(day, time);
    if (text === null) return 'BAD_DATE';
    const bytes = Buffer.from(text, 'utf8');
    return read(bytes, 0, bytes.length, base);
  };
  const nothing = column.required ? 'EMPTY_REQUIRED' : '';
  return (row: RowFields, base: number): string => {
    const time = partOf(filled(row, timeField), combined.part);
    if (dateField >= 0 && filled(row, dateField) === '') return nothing;
    // A day alone is its midnight; an end without its time is not known.
    if (time === '' && (dateField < 0 || beforeSlot >= 0)) return nothing;
    if (!readDate(row, base)) return 'BAD_DATE';
    const [midnight = 0, day = 0] = out;
    const moment = midnight + secondsBefore(row);
    const problem = take(day, time === '' ? '00:00' : time, base);
    if (problem !== '' || ownSlot < 0) return problem;
    const own = context.builder.numbers[base + ownSlot] as number;
    const earlier =
      beforeSlot < 0 ? moment - backwardHours * secondsPerHour : (context.builder.numbers[base + beforeSlot] as number);
    // Only within a day: what lies further back is no night shift and is left to be seen.
    if (!(own < earlier) || earlier - own > 86_400) return '';
    return take(day + 1, time, base);
  };
}

/** Parts of a value in several columns, the empty ones left out. */
function joinedReader(planner: Planner, column: ExtractColumn, headers: readonly string[], read: ColumnReader) {
  const fields = headers.map((header) => fieldNamed(planner.header, header, column.name));
  const between = column.type === 'codes' ? (planner.context.mapping.separators?.[column.name] ?? ';') : ' ';
  return readerOfText(read, (row) =>
    fields
      .map((field) => textOf(row, field))
      .filter((text) => text !== '')
      .join(between),
  );
}

/** The first or the last time of a span such as `07:00 - 16:00`. */
function partOf(text: string, part: 'first' | 'last' | undefined): string {
  if (part === undefined) return text;
  const times = text.split(/\s*(?:-|–|—|\bto\b|\/)\s*/i);
  return (part === 'first' ? times[0] : times.length > 1 ? times.at(-1) : '') ?? '';
}

function plannedColumn(
  planner: Planner,
  column: ExtractColumn,
  field: number,
  constant: string | undefined,
): PlannedColumn {
  const { kind, shape, context } = planner;
  const slot = shape.slotOf.get(storedName(column));
  if (slot === undefined) throw new Error(`no slot for ${column.name}`);
  const isDay = kind.dayOf === column.name && column.type === 'time';
  const read = columnReader(context, column, slot, isDay ? (shape.slotOf.get('day') ?? null) : null);
  const combined = context.mapping.combine?.[column.name];
  if (constant !== undefined)
    return { name: column.name, field: -1, read, readRow: readerOfText(read, () => constant) };
  const joined = context.mapping.joins?.[column.name];
  if (joined) return { name: column.name, field: -1, read, readRow: joinedReader(planner, column, joined, read) };
  if (combined) return { name: column.name, field: -1, read, readRow: combinedReader(planner, column, combined, read) };
  if (field < 0 && column.required && column.fallback === undefined && !context.partial) {
    throw missingColumn(column.name, kind);
  }
  return { name: column.name, field, read, readRow: null };
}

/** Plans of the records that are made of each row, in the order of the mapping. */
export function planRecords(planner: Planner): RecordPlan[] {
  const { kind, context, header } = planner;
  const { mapping } = context;
  const crew = mapping.separators?.['person_ref'];
  const members = crew === undefined ? [null] : Array.from({ length: mostInCell }, (_, member) => member);
  const records = (mapping.records ?? [{}]).flatMap((record) => members.map((member) => ({ record, member })));
  return records.map(({ record, member }) => {
    const fieldOf = fieldFinder(planner, mapping, record);
    const constants = { ...mapping.constants, ...record.constants };
    const constantOf = (name: string): string | undefined =>
      Object.hasOwn(constants, name) && !Object.hasOwn(record.columns ?? {}, name) ? constants[name] : undefined;
    const columns = kind.columns
      .filter((column) => !isSealed(column))
      .map((column) => {
        const planned = plannedColumn(planner, column, fieldOf(column.name), constantOf(column.name));
        if (crew === undefined || member === null || column.name !== 'person_ref') return planned;
        const own = { field: fieldOf(column.name), separator: crew, member };
        return { ...planned, field: -1, readRow: readerOfText(planned.read, (row) => memberOf(row, own)) };
      });
    const whenAll = [...(record.when === undefined ? [] : [record.when]), ...(record.whenAll ?? [])];
    // What follows a moment is read behind it.
    const follows = (name: string): number => (mapping.combine?.[name]?.after === undefined ? 0 : 1);
    return {
      columns: columns.sort((a, b) => follows(a.name) - follows(b.name)),
      fieldOf,
      fieldsOf: (column) => {
        const joined = mapping.joins?.[column]?.map((name) => fieldNamed(header, name, column));
        return joined ?? (fieldOf(column) < 0 ? [] : [fieldOf(column)]);
      },
      whenAll: whenAll.map((name) => fieldNamed(header, name, 'a record')),
      whenAny: (record.whenAny ?? []).map((name) => fieldNamed(header, name, 'a record')),
      member: crew === undefined || member === null ? null : { field: fieldOf('person_ref'), separator: crew, member },
    };
  });
}

/** Whether a row holds the record of a plan. Words for nothing, such as NULL, and for what is still to come are nothing here. */
export function holdsRecord(plan: RecordPlan, row: RowFields): boolean {
  const isEmpty = (field: number): boolean => {
    const text = textOf(row, field);
    return text === '' || isNullWord(text) || isOpenEnd(text);
  };
  if (plan.whenAll.some(isEmpty)) return false;
  // The first is asked for even where there is nobody, so that the gap is seen.
  if (plan.member !== null && plan.member.member > 0 && memberOf(row, plan.member) === '') return false;
  return plan.whenAny.length === 0 || !plan.whenAny.every(isEmpty);
}

/** Fields of the file that some record takes something from. */
export function usedFields(planner: Planner, plans: readonly RecordPlan[], items: readonly string[]): Set<number> {
  const { kind, header, context } = planner;
  const used = new Set<number>();
  for (const plan of plans) {
    for (const column of kind.columns) used.add(plan.fieldOf(column.name));
    for (const item of items) used.add(plan.fieldOf(item));
    for (const field of [...plan.whenAll, ...plan.whenAny]) used.add(field);
  }
  for (const { date, time, afterTime } of Object.values(context.mapping.combine ?? {})) {
    for (const name of [date, time, afterTime]) if (typeof name === 'string') used.add(header.indexOf(name));
  }
  for (const joined of Object.values(context.mapping.joins ?? {})) {
    for (const name of joined) used.add(header.indexOf(name));
  }
  return used;
}
