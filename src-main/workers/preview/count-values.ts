import { openRows } from '#main/files/open-rows.ts';
import type { OutputOf } from '#shared/contract/index.ts';
import type { Mapping } from '#shared/contract/mapping.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { textOf } from '../import/row-fields.ts';
import type { ValuesQuestion } from './protocol.ts';

export type Watch = {
  readonly tell: (bytesRead: number, bytesTotal: number) => void;
  readonly cancelled: () => boolean;
};

const mostValues = 1_000;
const longestValue = 200;

function headersOf(mapping: Mapping, column: string): ReadonlySet<string> {
  const parts = [mapping, ...(mapping.records ?? [])];
  return new Set(parts.flatMap((part) => part.columns?.[column] ?? []));
}

/** Counts the different values of a column over all rows of a file. */
export async function countValues(
  { file, mapping, column }: ValuesQuestion,
  watch: Watch,
): Promise<OutputOf<'imports.values'>> {
  const rows = await openRows(file, mapping);
  const wanted = headersOf(mapping, column);
  const separator = mapping.separators?.[column];
  const fields = rows.header.flatMap((name, field) => (wanted.has(name) ? [field] : []));
  const counts = new Map<string, number>();
  let read = 0;
  let more = false;
  const count = (value: string): void => {
    const known = counts.get(value);
    if (known === undefined && counts.size >= mostValues) more = true;
    else counts.set(value, (known ?? 0) + 1);
  };
  try {
    for await (const { bytes, starts, ends, rowFirstField, rowCount, bytesRead } of rows.batches()) {
      if (watch.cancelled()) throw new ExpectedError('CANCELLED', 'Counting was cancelled.', 'Nothing was changed.');
      for (let row = 0; row < rowCount; row += 1) {
        const place = {
          bytes,
          starts,
          ends,
          first: rowFirstField[row] as number,
          last: rowFirstField[row + 1] as number,
        };
        for (const field of fields) {
          const text = textOf(place, field).slice(0, longestValue);
          if (text === '') continue;
          if (separator === undefined) count(text);
          else for (const part of text.split(separator)) if (part.trim() !== '') count(part.trim());
        }
      }
      read += rowCount;
      watch.tell(bytesRead, rows.sizeBytes);
      await new Promise((resolve) => setImmediate(resolve));
    }
  } finally {
    await rows.close();
  }
  const values = [...counts].map(([value, times]) => ({ value, rows: times }));
  return { values: values.sort((a, b) => b.rows - a.rows || (a.value < b.value ? -1 : 1)), more, rows: read };
}
