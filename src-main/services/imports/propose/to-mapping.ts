import type { TableLook } from '#main/files/table-look.ts';
import type { CellRule, MappedDateOrder, Mapping } from '#shared/contract/mapping.ts';
import type { Draft } from './draft.ts';

/** How the table lies in its file, as a mapping says it; what is usual is left out. */
export function dialectOf(table: TableLook): Partial<Mapping> {
  const { sample, rowsAbove, headerRows } = table;
  return {
    ...(sample.format === 'csv' ? { encoding: sample.encoding, delimiter: sample.delimiter } : {}),
    ...(sample.sheet === null ? {} : { sheet: sample.sheet }),
    ...(rowsAbove > 0 ? { rowsAbove } : {}),
    ...(headerRows !== 1 ? { headerRows } : {}),
    ...(table.totals > 0 ? { skipTotals: true } : {}),
  };
}

type Orders = {
  readonly dateOrder?: MappedDateOrder;
  readonly dateOrders?: Record<string, MappedDateOrder>;
  readonly reasons: string[];
};

/** The order of dates: one for the file where its columns agree. Where nothing decides, the day stands first, as in the UK. */
function ordersOf(draft: Draft): Orders {
  const found = new Map<string, MappedDateOrder | 'ambiguous'>();
  const needsOrder = new Set<string>();
  for (const [column, { date }] of draft.dates) {
    if (!date) continue;
    const known = found.get(column);
    if (known === undefined || known === 'iso' || known === 'ambiguous') found.set(column, date.order);
    if (date.rules.includes('loose-date')) needsOrder.add(column);
  }
  const certain = new Set([...found.values()].filter((order) => order === 'dmy' || order === 'mdy'));
  const reasons: string[] = [];
  if ([...found.values()].every((order) => order === 'iso') && needsOrder.size === 0) return { reasons };
  const usual = certain.has('dmy') || certain.size === 0 ? 'dmy' : 'mdy';
  if ([...found.values()].includes('ambiguous')) {
    reasons.push(
      usual === 'dmy' && !certain.has('dmy')
        ? 'Every date could be day first or month first; the day was taken to stand first, as is usual in the UK.'
        : `Some dates could be day first or month first; they were taken to be as the others, ${usual === 'dmy' ? 'day' : 'month'} first.`,
    );
  }
  if (certain.size < 2) return { dateOrder: usual, reasons };
  const dateOrders = Object.fromEntries(
    [...found].flatMap(([column, order]) => (order === 'mdy' ? [[column, 'mdy' as const]] : [])),
  );
  return { dateOrder: 'dmy', dateOrders, reasons };
}

function zoneOf(draft: Draft): { readonly timeZone?: 'UTC'; readonly reason: string | null } {
  const times = draft.dates.filter(
    ([column]) => draft.kind.columns.find(({ name }) => name === column)?.type === 'time',
  );
  const timed = times.filter(([, { date }]) => (date?.timed ?? 0) > 0);
  if (timed.length === 0) return { reason: null };
  if (timed.every(([, { date }]) => (date?.zoned ?? 0) > 0.9))
    return { reason: 'Its times say their offset from UTC.' };
  const saysUtc = timed.some(([, { name }]) =>
    /(?<![A-Za-z])(?:utc|UTC|Utc|gmt|GMT|zulu|Zulu)(?![a-z])|[a-z](?:UTC|Utc|GMT|Gmt)(?![a-z])/.test(name),
  );
  if (saysUtc) return { timeZone: 'UTC', reason: 'The names of its columns say that times are in UTC.' };
  return { reason: 'Its times say no offset; they were taken as local time in the UK, with its summer time.' };
}

const nullable = new Set([
  'date',
  'time',
  'number',
  'integer',
  'flag',
  'sealed-flag',
  'choice',
  'code',
  'reference',
  'token',
  'person',
  'alias',
  'text',
]);

/** Words for nothing are read as empty wherever the file has them. */
function addNullWords(draft: Draft): void {
  if (!draft.evidence.profiles.some((profile) => profile.nullWords.length > 0)) return;
  for (const { name, type } of draft.kind.columns) {
    const isMapped = draft.sureness.has(name) && draft.constants[name] === undefined;
    if (isMapped && nullable.has(type)) draft.mend(name, 'null-words');
  }
}

const some = <T extends object>(key: string, value: T): Record<string, T> =>
  Object.keys(value).length === 0 ? {} : { [key]: value };

/** The mapping that a draft has come to, and what is to be said of its dates. */
export function mappingOf(
  draft: Draft,
  table: TableLook,
): { readonly mapping: Mapping; readonly reasons: readonly string[] } {
  addNullWords(draft);
  const { reasons, ...orders } = ordersOf(draft);
  const zone = zoneOf(draft);
  const rules = Object.fromEntries(Object.entries(draft.rules).filter(([, list]) => list.length > 0)) as Record<
    string,
    CellRule[]
  >;
  const mapping: Mapping = {
    kind: draft.kind.kind,
    columns: { ...draft.columns },
    ...dialectOf(table),
    ...orders,
    ...(zone.timeZone ? { timeZone: zone.timeZone } : {}),
    ...some('constants', draft.constants),
    ...some('combine', draft.combine),
    ...some('joins', draft.joins),
    ...(draft.consent ? { consent: draft.consent } : {}),
    ...some('scale', draft.scale),
    ...some('separators', draft.separators),
    ...some('rules', rules),
    ...some('values', draft.values),
    ...(draft.records.length > 0 ? { records: draft.records } : {}),
  };
  return { mapping, reasons: [...draft.reasons, ...reasons, ...(zone.reason ? [zone.reason] : [])] };
}
