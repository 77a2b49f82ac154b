import { memo, type ReactNode } from 'react';
import type { GridRow } from './grid-cells.ts';
import classes from './preview-grid.module.css';

export const rowPx = 28;
export const numberPx = 84;

type RowProps = {
  readonly id: string;
  readonly index: number;
  readonly topPx: number;
  readonly row: GridRow | null;
  readonly number: string;
  readonly edges: readonly number[];
  readonly from: number;
  readonly to: number;
  /** Column that is active in it, or −1. */
  readonly active: number;
  readonly onPress: (column: number) => void;
  readonly pickable: boolean;
};

/** One row of the grid; drawn again only where something in it is another. */
export const PreviewRow = memo(function PreviewRow(props: RowProps) {
  const { id, index, topPx, row, number, edges, from, to, active, onPress, pickable } = props;
  const tone = row?.tone ? (classes[row.tone] ?? '') : '';
  const cells: ReactNode[] = [];
  for (let column = from; column < to; column += 1) {
    const cell = row?.cells[column];
    cells.push(
      <td
        key={column}
        id={`${id}-${index}-${column}`}
        aria-colindex={column + 2}
        className={`${classes.cell} ${cell?.tone ? (classes[cell.tone] ?? '') : ''} ${active === column ? classes.active : ''}`}
        style={{ left: numberPx + (edges[column] ?? 0), width: (edges[column + 1] ?? 0) - (edges[column] ?? 0) }}
        title={cell?.title ?? (cell && cell.text.length > 20 ? cell.text : undefined)}
        onMouseDown={() => onPress(column)}
      >
        {cell?.text ?? ''}
      </td>,
    );
  }
  return (
    <tr
      aria-rowindex={index + 2}
      className={`${classes.row} ${classes.bodyRow} ${tone} ${row === null ? classes.waiting : ''} ${pickable ? classes.pickable : ''}`}
      style={{ height: rowPx, transform: `translateY(${topPx}px)` }}
      title={row?.note}
      data-index={index}
    >
      <th scope="row" className={classes.number} style={{ width: numberPx }}>
        {number}
      </th>
      {cells}
    </tr>
  );
}, sameRow);

/** What a press does is the same for a row however often it is drawn. */
function sameRow(before: RowProps, after: RowProps): boolean {
  return (
    before.row === after.row &&
    before.topPx === after.topPx &&
    before.number === after.number &&
    before.edges === after.edges &&
    before.from === after.from &&
    before.to === after.to &&
    before.active === after.active &&
    before.pickable === after.pickable
  );
}
