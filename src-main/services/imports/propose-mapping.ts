import { sniffDateOrder } from '#main/files/sniff-columns.ts';
import type { TableLook } from '#main/files/table-look.ts';
import type { Mapping } from '#shared/contract/mapping.ts';
import type { ExtractKind } from '#shared/domain/extract-kinds/index.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { dialectOf } from './propose/to-mapping.ts';

function plain(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s.-]+/g, '_');
}

/** Canonical column → header of the file, for the headers that are canonical names however they are cased and spaced. */
function canonicalColumns(kind: ExtractKind, headers: readonly string[]): Record<string, string> {
  const known = new Set(kind.columns.map((column) => column.name));
  const columns: Record<string, string> = {};
  for (const header of headers) {
    const name = plain(header);
    const isItem = kind.items === true && /^item_\d{1,3}$/.test(name);
    if ((known.has(name) || isItem) && columns[name] === undefined) columns[name] = header;
    const again = / \(\d+\)$/.exec(header);
    if (again && headers.includes(header.slice(0, again.index)) && known.has(plain(header.slice(0, again.index)))) {
      throw new ExpectedError(
        'BAD_COLUMN',
        `The file has the column ${plain(header.slice(0, again.index))} twice.`,
        'Nothing was loaded. Export it again with the column once, or give a mapping that says which counts.',
        { column: plain(header.slice(0, again.index)) },
      );
    }
  }
  return columns;
}

function dateOrderOf(
  kind: ExtractKind,
  columns: Readonly<Record<string, string>>,
  table: TableLook,
): Mapping['dateOrder'] {
  const orders = new Set<string>();
  for (const column of kind.columns) {
    if (column.type !== 'date' && column.type !== 'time') continue;
    const index = table.columns.indexOf(columns[column.name] ?? '');
    if (index < 0) continue;
    const found = sniffDateOrder(table.rows.slice(0, 500).map((row) => row[index] ?? ''));
    if (found === 'dmy' || found === 'mdy') orders.add(found);
  }
  if (orders.size !== 1) return undefined;
  return orders.has('dmy') ? 'dmy' : 'mdy';
}

/** The mapping of a canonical file onto a kind by its headers, with the place and the dialect of the table that were found. */
export function mappingFor(kind: ExtractKind, table: TableLook): Mapping {
  const columns = canonicalColumns(kind, table.columns);
  const dateOrder = dateOrderOf(kind, columns, table);
  return { kind: kind.kind, columns, ...dialectOf(table), ...(dateOrder === undefined ? {} : { dateOrder }) };
}
