import type { OutputOf } from '#shared/contract/index.ts';
import type { Mapping } from '#shared/contract/mapping.ts';
import { exposureCategories, notTraumatic } from '#shared/domain/exposure-categories.ts';
import { type ExtractColumn, type ExtractKind, extractKindNamed } from '#shared/domain/extract-kinds/index.ts';

export type Look = OutputOf<'imports.look'>;

/** `Person Ref.` and `person_ref` are the same name. */
export function plainName(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s.-]+/g, '_');
}

const itemPattern = /^item_\d{1,3}$/;

/** The mapping of a file onto a kind: what was proposed for it where something was, else by the names of its columns. */
export function mappingForKind(look: Look, kind: ExtractKind): Mapping {
  const proposed = [look.mapping, ...look.alternatives.map((one) => one.mapping)].find(
    (one) => one?.kind === kind.kind,
  );
  if (proposed) return proposed;
  const known = new Set(kind.columns.map((column) => column.name));
  const columns: Record<string, string> = {};
  for (const header of look.columns) {
    const name = plainName(header);
    const fits = known.has(name) || (kind.items === true && itemPattern.test(name));
    if (fits && columns[name] === undefined) columns[name] = header;
  }
  const { encoding, delimiter, sheet, rowsAbove, headerRows, dateOrder, timeZone, skipTotals } = look.mapping ?? {};
  const lies = { encoding, delimiter, sheet, rowsAbove, headerRows, dateOrder, timeZone, skipTotals };
  const how = look.mapping ? Object.fromEntries(Object.entries(lies).filter(([, value]) => value !== undefined)) : {};
  return { ...how, kind: kind.kind, columns };
}

/** Where a column's values come from. */
export type Source =
  | { readonly from: 'header'; readonly header: string }
  | { readonly from: 'constant'; readonly value: string }
  | { readonly from: 'combined'; readonly date: string | null; readonly time: string; readonly after: string | null }
  | { readonly from: 'records' }
  | { readonly from: 'nothing' };

export function sourceOf(mapping: Mapping, column: string): Source {
  const constant = mapping.constants?.[column];
  if (constant !== undefined) return { from: 'constant', value: constant };
  const combined = mapping.combine?.[column];
  if (combined) return { from: 'combined', date: combined.date, time: combined.time, after: combined.after ?? null };
  const header = mapping.columns[column];
  if (header !== undefined) return { from: 'header', header };
  const inRecords = mapping.records?.some((record) => column in { ...record.columns, ...record.constants }) ?? false;
  return { from: inRecords ? 'records' : 'nothing' };
}

function without<Value>(all: Readonly<Record<string, Value>> | undefined, name: string): Record<string, Value> {
  const { [name]: _, ...rest } = all ?? {};
  return rest;
}

/** The mapping with a column taken from somewhere else. */
export function withSource(mapping: Mapping, column: string, source: Source): Mapping {
  const columns = without(mapping.columns, column);
  const constants = without(mapping.constants, column);
  const combine = without(mapping.combine, column);
  if (source.from === 'header') columns[column] = source.header;
  if (source.from === 'constant') constants[column] = source.value;
  if (source.from === 'combined') {
    const { date, time, after } = source;
    combine[column] = { date, time, ...(after === null ? {} : { after }) };
  }
  const { constants: _c, combine: _d, ...rest } = mapping;
  return {
    ...rest,
    columns,
    ...(Object.keys(constants).length > 0 ? { constants } : {}),
    ...(Object.keys(combine).length > 0 ? { combine } : {}),
  };
}

export type MappingProblems = {
  /** Required columns that come from nowhere. */
  readonly missing: readonly string[];
  /** Headers used by more than one column. */
  readonly twice: readonly string[];
};

export function problemsOf(mapping: Mapping): MappingProblems {
  const kind = extractKindNamed(mapping.kind);
  const missing = (kind?.columns ?? [])
    .filter((column) => column.required && column.fallback === undefined)
    .filter((column) => sourceOf(mapping, column.name).from === 'nothing')
    .map((column) => column.name);
  const used = Object.values(mapping.columns);
  return { missing, twice: [...new Set(used.filter((header, index) => used.indexOf(header) !== index))] };
}

/** Headers of the file that nothing uses. */
export function unusedHeaders(look: Look, mapping: Mapping): readonly string[] {
  const records = mapping.records ?? [];
  const used = new Set<string | null | undefined>([
    ...Object.values(mapping.columns),
    ...Object.values(mapping.combine ?? {}).flatMap(({ date, time }) => [date, time]),
    ...records.flatMap((record) => [...Object.values(record.columns ?? {}), record.when]),
  ]);
  return look.columns.filter((header) => !used.has(header));
}

/** Answers to single items (`item_1` …) that are mapped, in order. */
export function mappedItems(mapping: Mapping): readonly string[] {
  return Object.keys(mapping.columns)
    .filter((name) => itemPattern.test(name))
    .sort((left, right) => Number(left.slice(5)) - Number(right.slice(5)));
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
  if (column.type === 'flag') {
    return [
      { value: 'yes', label: 'yes' },
      { value: 'no', label: 'no' },
    ];
  }
  return null;
}

/** A value of the file that wants a meaning. `rows` counts it, in the first rows or in the whole file. */
export type OpenValue = {
  readonly value: string;
  readonly rows: number;
  /** Meaning proposed for it, and why. */
  readonly proposed: { readonly meaning: string; readonly reason: string } | null;
};

const flagWords: ReadonlySet<string> = new Set(['1', '0', 'true', 'false', 'yes', 'no', 'y', 'n', 't', 'f']);

/** How a value of a closed list is compared. */
function plainValue(value: string): string {
  return value.toLowerCase().replaceAll(/[\s-]+/g, '_');
}

/** Whether a value needs no meaning: it is one of those a column may have. */
export function isCanonicalValue(column: ExtractColumn, value: string): boolean {
  if (column.type === 'flag') return flagWords.has(value.toLowerCase());
  const options = valueOptions(column) ?? [];
  const spelt = column.type === 'category' ? value.toUpperCase() : plainValue(value);
  return options.some((option) => option.value === spelt);
}

/** The different values of a header among the first rows, with how many of them have each. */
export function sampleValues(look: Look, header: string): ReadonlyMap<string, number> {
  const index = look.columns.indexOf(header);
  const counts = new Map<string, number>();
  if (index < 0) return counts;
  for (const row of look.rows) {
    const value = (row[index] ?? '').trim();
    if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

/** Values of a column that want a meaning: told already, proposed, or seen and not canonical; most frequent first. */
export function openValues(
  look: Look,
  mapping: Mapping,
  column: ExtractColumn,
  counted: ReadonlyMap<string, number> | null,
): readonly OpenValue[] {
  const header = mapping.columns[column.name];
  if (header === undefined || valueOptions(column) === null) return [];
  const proposals = look.valueProposals.filter((one) => one.column === column.name);
  const counts =
    counted ?? new Map([...sampleValues(look, header), ...proposals.map((one) => [one.value, one.rows] as const)]);
  const told = Object.keys(mapping.values?.[column.name] ?? {});
  const seen = [...counts.keys()].filter((value) => !isCanonicalValue(column, value));
  return [...new Set([...told, ...seen])]
    .map((value) => {
      const found = proposals.find((one) => one.value === value);
      const proposed = found?.meaning == null ? null : { meaning: found.meaning, reason: found.reason };
      return { value, rows: counts.get(value) ?? 0, proposed };
    })
    .sort((a, b) => b.rows - a.rows || (a.value < b.value ? -1 : 1));
}

/** The mapping with a value's meaning set, or taken away (null). */
export function withValue(mapping: Mapping, column: string, value: string, meaning: string | null): Mapping {
  const rest = without(mapping.values?.[column], value);
  const next = meaning === null ? rest : { ...rest, [value]: meaning };
  return { ...mapping, values: { ...mapping.values, [column]: next } };
}
