import type { Connection } from '#main/store/connection.ts';
import { layoutOf, storedName } from '#main/store/extract-layout.ts';
import { isoOfDay, isoOfEpoch, londonOffsetSeconds } from '#shared/domain/dates.ts';
import { type ExtractColumn, extractKinds } from '#shared/domain/extract-kinds/index.ts';

/** A stored value in the words that a person reads. */
export type ValueWords = (table: string, column: string, value: unknown) => string;

/** `2026-03-31 14:05`, in local time (Europe/London). */
function localTime(epochSeconds: number): string {
  return isoOfEpoch(epochSeconds + londonOffsetSeconds(epochSeconds))
    .slice(0, 16)
    .replace('T', ' ');
}

function localInstant(text: string): string {
  const at = Date.parse(text);
  return Number.isNaN(at) ? text : localTime(Math.floor(at / 1_000));
}

function columnsOfTables(): ReadonlyMap<string, ReadonlyMap<string, ExtractColumn>> {
  const tables = new Map<string, ReadonlyMap<string, ExtractColumn>>();
  for (const kind of extractKinds) {
    const { table } = layoutOf(kind.kind);
    const columns = new Map(kind.columns.map((column) => [storedName(column), column] as const));
    tables.set(table, columns);
    tables.set(`${table}_history`, columns);
  }
  return tables;
}

/**
 * Says stored values in words: codes by their text, choices by name, days as dates, times in local time. In tables that are
 * no extract the name of a column says what it holds.
 */
export function createValueWords(connection: Connection): ValueWords {
  const tables = columnsOfTables();
  const codes = connection.prepare<[number], string>('SELECT value FROM code WHERE id = ?').pluck();
  const codeText = (id: number): string => (id === 0 ? '' : (codes.get(id) ?? String(id)));
  const extractWords = (column: ExtractColumn, value: number): string => {
    switch (column.type) {
      case 'code':
      case 'codes':
      case 'category':
        return codeText(value);
      case 'choice':
        return (column.choices?.[value - 1] ?? '').replaceAll('_', ' ');
      case 'flag':
        return value === 1 ? 'yes' : 'no';
      case 'date':
        return value === 0 ? '' : isoOfDay(value);
      case 'time':
        return localTime(value);
      default:
        return String(value);
    }
  };
  const ownWords = (name: string, value: unknown): string => {
    if (typeof value === 'number' && (name === 'day' || name.endsWith('_day'))) return isoOfDay(value);
    if (typeof value === 'number' && name.endsWith('_at')) return localTime(value);
    if (typeof value === 'string' && (name === 'at' || name.endsWith('_at'))) return localInstant(value);
    return String(value);
  };
  return (table, name, value) => {
    if (value === null || value === undefined) return '';
    const column = tables.get(table)?.get(name);
    return column && typeof value === 'number' ? extractWords(column, value) : ownWords(name, value);
  };
}

/** A column's name as a heading: `workforce_type_id` is “workforce type”. */
export function headingOf(column: string): string {
  if (column === 'batch_id') return 'batch';
  if (column === 'row') return 'row in the file';
  return column.replace(/_(?:id|at|day)$/, '').replaceAll('_', ' ');
}
