import type { MayShow, MayShowTable } from '#main/analysis/peers/period.ts';
import { suppressList, suppressTable } from '#main/disclosure/suppress-table.ts';

/** Counts that are neither few nor could be worked out from the others; none where no choice is safe. */
export const listToShow: MayShow = (rows, counts, threshold) => {
  const checked = suppressList({ rows, counts, threshold });
  return rows.map((_, at) => checked.ok && checked.value.cells[at]?.published === true);
};

/** The same of a table with its margins. */
export const tableToShow: MayShowTable = (rows, columns, counts, threshold) => {
  const checked = rows.length > 0 && columns.length > 0 ? suppressTable({ rows, columns, counts, threshold }) : null;
  const shown = new Set<string>();
  if (checked?.ok) {
    for (const { rowIndex, columnIndex, published } of checked.value.cells) {
      if (published) shown.add(`${rowIndex} ${columnIndex}`);
    }
  }
  return (row, column) => shown.has(`${row} ${column}`);
};
