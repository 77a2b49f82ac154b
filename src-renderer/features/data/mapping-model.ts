import type { OutputOf } from '#shared/contract/index.ts';
import type { Mapping } from '#shared/contract/mapping.ts';
import { exposureCategories, notTraumatic } from '#shared/domain/exposure-categories.ts';
import { type ExtractColumn, type ExtractKind, extractKindNamed } from '#shared/domain/extract-kinds/index.ts';
import { type DateOrder, readDate } from './date-order.ts';

export type Look = OutputOf<'imports.look'>;

/** `Person Ref.` and `person_ref` are the same name. */
export function plainName(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s.-]+/g, '_');
}

const itemPattern = /^item_\d{1,3}$/;

/** The mapping of a file onto a kind by the names of its columns; what was proposed stands where it is for that kind. */
export function mappingForKind(look: Look, kind: ExtractKind): Mapping {
  if (look.mapping?.kind === kind.kind) return look.mapping;
  const known = new Set(kind.columns.map((column) => column.name));
  const columns: Record<string, string> = {};
  for (const header of look.columns) {
    const name = plainName(header);
    const fits = known.has(name) || (kind.kind === 'screenings' && itemPattern.test(name));
    if (fits && columns[name] === undefined) columns[name] = header;
  }
  return { ...(look.mapping ?? {}), kind: kind.kind, columns, values: {} };
}

export type MappingProblems = {
  /** Required columns that the file has no column for. */
  readonly missing: readonly string[];
  /** Headers used by more than one column. */
  readonly twice: readonly string[];
};

export function problemsOf(mapping: Mapping): MappingProblems {
  const kind = extractKindNamed(mapping.kind);
  const missing = (kind?.columns ?? [])
    .filter((column) => column.required && column.fallback === undefined && mapping.columns[column.name] === undefined)
    .map((column) => column.name);
  const used = Object.values(mapping.columns);
  return { missing, twice: [...new Set(used.filter((header, index) => used.indexOf(header) !== index))] };
}

/** Headers of the file that no column uses. */
export function unusedHeaders(look: Look, mapping: Mapping): readonly string[] {
  const used = new Set(Object.values(mapping.columns));
  return look.columns.filter((header) => !used.has(header));
}

/** Answers to single items (`item_1` …) that are mapped, in order. */
export function mappedItems(mapping: Mapping): readonly string[] {
  return Object.keys(mapping.columns)
    .filter((name) => itemPattern.test(name))
    .sort((left, right) => Number(left.slice(5)) - Number(right.slice(5)));
}

/** The different values of a header among the first rows, in order of appearance. */
export function sampleValues(look: Look, header: string): readonly string[] {
  const index = look.columns.indexOf(header);
  if (index < 0) return [];
  return [...new Set(look.rows.map((row) => (row[index] ?? '').trim()))].filter((value) => value !== '');
}

export type DateCheck = { readonly ambiguous: boolean; readonly unreadable: boolean };

/** Whether the first rows' dates can be read in an order, and in one way only. */
export function checkDates(look: Look, mapping: Mapping): DateCheck {
  const order: DateOrder = mapping.dateOrder ?? 'iso';
  const kind = extractKindNamed(mapping.kind);
  const readings = (kind?.columns ?? [])
    .filter((column) => column.type === 'date' || column.type === 'time')
    .flatMap((column) => sampleValues(look, mapping.columns[column.name] ?? ''))
    .map((value) => readDate(value, order));
  return {
    ambiguous: readings.some((reading) => reading.ambiguous),
    unreadable: readings.some((reading) => reading.iso === null),
  };
}

export type ValueOption = { readonly value: string; readonly label: string };

/** What a value of a column may be turned into, or null for columns whose values are open. */
export function valueOptions(column: ExtractColumn): readonly ValueOption[] | null {
  if (column.type === 'category') {
    return [
      ...exposureCategories.map((category) => ({ value: category.code, label: category.label })),
      { value: notTraumatic, label: 'Not a traumatic exposure (covered, never counted)' },
    ];
  }
  if (column.type === 'choice') return (column.choices ?? []).map((choice) => ({ value: choice, label: choice }));
  return null;
}

/** Values of the file that want a meaning: seen in the first rows or elsewhere, and not canonical already. */
export function openValues(
  look: Look,
  mapping: Mapping,
  column: ExtractColumn,
  elsewhere: readonly string[],
): readonly string[] {
  const header = mapping.columns[column.name];
  const options = valueOptions(column);
  if (header === undefined || options === null) return [];
  const canonical = new Set(options.map((option) => option.value));
  const told = Object.keys(mapping.values?.[column.name] ?? {});
  const seen = [...sampleValues(look, header), ...(column.type === 'category' ? elsewhere : [])];
  return [...new Set([...told, ...seen.filter((value) => !canonical.has(value))])];
}

/** The mapping with a value's meaning set, or taken away (null). */
export function withValue(mapping: Mapping, column: string, value: string, meaning: string | null): Mapping {
  const { [value]: _, ...rest } = mapping.values?.[column] ?? {};
  const next = meaning === null ? rest : { ...rest, [value]: meaning };
  return { ...mapping, values: { ...mapping.values, [column]: next } };
}

/** The mapping with a column's header set, or taken away (null). */
export function withColumn(mapping: Mapping, column: string, header: string | null): Mapping {
  const { [column]: _, ...rest } = mapping.columns;
  return { ...mapping, columns: header === null ? rest : { ...rest, [column]: header } };
}
