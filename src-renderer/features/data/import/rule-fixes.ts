import type { Decision } from '#shared/contract/import-drafts.ts';
import { type CellRule, cellRules, type Mapping } from '#shared/contract/mapping.ts';
import { type ExtractColumn, type ExtractKind, extractKindNamed } from '#shared/domain/extract-kinds/index.ts';
import { valueOptions } from './mapping-model.ts';
import { wizard } from './words.ts';

/** Another way to read the cells of a column: a rule of the contract, or another order of its dates. */
export type Fix = { readonly id: string; readonly words: string; readonly apply: (mapping: Mapping) => Mapping };

const dateOrders = ['dmy', 'mdy', 'ymd', 'iso'] as const;
const orderPrefix = 'order ';

/** Rules that can mend a problem of a type of column. */
const rulesFor: Readonly<Record<string, readonly CellRule[]>> = {
  'date BAD_DATE': ['two-digit-year', 'excel-serial', 'excel-serial-1904', 'open-end', 'null-words'],
  'date AMBIGUOUS_DATE': ['two-digit-year'],
  'date OUT_OF_RANGE': ['open-end'],
  'time BAD_DATE': ['two-digit-year', 'excel-serial', 'excel-serial-1904', 'open-end', 'null-words'],
  'time AMBIGUOUS_DATE': ['two-digit-year'],
  'time END_BEFORE_START': ['next-day'],
  'number BAD_NUMBER': ['thousands', 'decimal-comma', 'minutes-of-clock', 'null-words'],
  'number OUT_OF_RANGE': ['decimal-comma', 'minutes-of-clock'],
  'integer BAD_NUMBER': ['thousands', 'year-of-date', 'two-digit-year', 'minutes-of-clock', 'null-words'],
  'integer OUT_OF_RANGE': ['year-of-date', 'excel-serial'],
  'flag BAD_FLAG': ['null-words'],
  'choice NOT_IN_LIST': ['null-words'],
  'person UNKNOWN_PERSON': ['no-leading-zeros'],
};
const unreadable: ReadonlySet<string> = new Set([
  'BAD_DATE',
  'AMBIGUOUS_DATE',
  'BAD_NUMBER',
  'OUT_OF_RANGE',
  'BAD_FLAG',
]);
const parsed: ReadonlySet<string> = new Set(['date', 'time', 'number', 'integer', 'flag']);

export function columnNamed(mapping: Mapping, name: string): ExtractColumn | null {
  return extractKindNamed(mapping.kind)?.columns.find((column) => column.name === name) ?? null;
}

/** Rules that a column may have at all, for its options in the map. */
export function rulesOfColumn(kind: ExtractKind, column: ExtractColumn): readonly CellRule[] {
  const fitting = Object.entries(rulesFor).flatMap(([name, rules]) =>
    name.startsWith(`${column.type} `) ? rules : [],
  );
  const ends = kind.orders?.some((order) => order.last === column.name) ?? false;
  return [
    ...new Set([...fitting, ...(parsed.has(column.type) && !column.required ? ['empty-if-unreadable' as const] : [])]),
  ].filter((rule) => rule !== 'next-day' || ends);
}

export function hasRule(mapping: Mapping, column: string, rule: CellRule): boolean {
  return mapping.rules?.[column]?.includes(rule) ?? false;
}

export function withRule(mapping: Mapping, column: string, rule: CellRule, on: boolean): Mapping {
  const others = (mapping.rules?.[column] ?? []).filter((one) => one !== rule);
  return { ...mapping, rules: { ...mapping.rules, [column]: on ? [...others, rule] : others } };
}

export function withDateOrder(mapping: Mapping, column: string, order: (typeof dateOrders)[number] | null): Mapping {
  const { [column]: _, ...rest } = mapping.dateOrders ?? {};
  return { ...mapping, dateOrders: order === null ? rest : { ...rest, [column]: order } };
}

/** Whether saying what values mean can mend a problem. */
export function canMapValues(mapping: Mapping, column: string, code: string): boolean {
  const found = columnNamed(mapping, column);
  return (
    found !== null &&
    (code === 'NOT_IN_LIST' || code === 'BAD_FLAG' || code === 'UNMAPPED_CODE') &&
    valueOptions(found) !== null
  );
}

/** The ways in which a problem might be mended; which of them help is seen on real rows. */
export function fixesFor(mapping: Mapping, name: string, code: string): readonly Fix[] {
  const column = columnNamed(mapping, name);
  if (!column) return [];
  const rules: CellRule[] = [...(rulesFor[`${column.type} ${code}`] ?? [])];
  if (unreadable.has(code) && parsed.has(column.type) && !column.required) rules.push('empty-if-unreadable');
  const fixes: Fix[] = rules
    .filter((rule) => !hasRule(mapping, name, rule))
    .map((rule) => ({ id: rule, words: cellRules[rule], apply: (now) => withRule(now, name, rule, true) }));
  if (code === 'BAD_DATE' && (column.type === 'date' || column.type === 'time')) {
    const now = mapping.dateOrders?.[name] ?? mapping.dateOrder ?? 'iso';
    for (const order of dateOrders) {
      if (order === now) continue;
      const words = `Read all dates of this column as ${wizard.dateOrders[order]}.`;
      fixes.push({ id: `${orderPrefix}${order}`, words, apply: (changed) => withDateOrder(changed, name, order) });
    }
  }
  return fixes;
}

/** The mapping without what a decision has put into it. */
export function withoutDecision(mapping: Mapping, decision: Decision): Mapping {
  const { column, rule } = decision;
  if (decision.decision !== 'rule' || rule === undefined) return mapping;
  if (rule.startsWith(orderPrefix)) return withDateOrder(mapping, column, null);
  return withRule(mapping, column, rule as CellRule, false);
}
