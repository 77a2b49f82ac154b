import { suppressTable } from './suppress-table.ts';

/**
 * Rows whose every cell may be shown beside the totals of the columns; none where a total would have to go, because the totals are
 * shown elsewhere.
 */
export function rowsOfSafeTable(
  rows: readonly string[],
  counts: readonly (readonly number[])[],
  threshold: number,
): readonly boolean[] {
  const columns = (counts[0] ?? []).map((_, at) => String(at));
  const checked = suppressTable({ rows, columns, counts, threshold });
  if (!checked.ok) return rows.map(() => false);
  const hidden = new Set(checked.value.cells.filter(({ published }) => !published).map(({ rowIndex }) => rowIndex));
  return rows.map((_, at) => !hidden.has(rows.length) && !hidden.has(at));
}
