import { useEffect, useId } from 'react';
import { formatCount } from '../../../ui/format.ts';
import type { GridColumn, GridRow } from './grid-cells.ts';
import classes from './preview-grid.module.css';
import { numberPx, PreviewRow, rowPx } from './preview-row.tsx';
import { useGridView } from './use-grid-view.ts';

type Props = {
  readonly label: string;
  readonly columns: readonly GridColumn[];
  readonly rowCount: number;
  /** A row by its place from 0; null while it is on its way. */
  readonly rowAt: (index: number) => GridRow | null;
  readonly onShow: (first: number, last: number) => void;
  /** What Enter and a double press on a row do. */
  readonly onPick?: (index: number) => void;
  readonly pickHint?: string;
  /** Row to go to; a new object goes there again. */
  readonly goTo?: { readonly index: number } | null;
};

const heightPx = 420;
/** More than rows are ever drawn at a time. */
const places = 64;
/** Spread, because a table that is a grid is no plain table to the linter only then. */
const gridRole = { role: 'grid', tabIndex: 0 } as const;

/**
 * A table of any number of rows and columns, of which only what is in view is drawn. The grid itself takes the keys and
 * scrolls, so that the focus outlives its rows; one cell is active and arrows move it.
 */
export function PreviewGrid({ label, columns, rowCount, rowAt, onShow, onPick, pickHint, goTo = null }: Props) {
  const id = useId();
  const grid = useGridView({ columns, rowCount, heightPx, goTo, onPick });
  const { view, active, edges, rows, shown, layout } = grid;
  useEffect(() => onShow(rows.first, Math.max(rows.first, rows.last - 1)), [onShow, rows.first, rows.last]);
  const innerPx = numberPx + (edges.at(-1) ?? 0);
  return (
    <table
      {...gridRole}
      {...(rowCount > 0 ? { 'aria-activedescendant': `${id}-${active.row}-${active.column}` } : {})}
      ref={grid.scroller}
      className={classes.scroller}
      style={{ height: Math.min(heightPx, (rowCount + 1) * rowPx + 16) }}
      aria-label={`${label}${pickHint ? `. ${pickHint}` : ''}`}
      aria-rowcount={rowCount + 1}
      aria-colcount={columns.length + 1}
      onScroll={(event) => grid.onScroll(event.currentTarget.scrollTop)}
      onKeyDown={grid.onKeyDown}
    >
      <thead className={classes.heading} style={{ width: innerPx }}>
        <tr className={classes.row} style={{ height: rowPx }}>
          <th scope="col" className={classes.number} style={{ width: numberPx }}>
            Row
          </th>
          {columns.slice(shown.first, shown.last).map((column, index) => (
            <th
              // biome-ignore lint/suspicious/noArrayIndexKey: two columns of a file may carry one name
              key={shown.first + index}
              scope="col"
              aria-colindex={shown.first + index + 2}
              className={classes.cell}
              style={{ left: numberPx + (edges[shown.first + index] ?? 0), width: column.widthPx }}
              title={column.name}
            >
              {column.name || '(no name)'}
            </th>
          ))}
        </tr>
      </thead>
      <tbody
        className={classes.body}
        style={{ width: innerPx, height: layout.heightPx }}
        onDoubleClick={(event) => {
          const row = (event.target as HTMLElement).closest('tr')?.dataset['index'];
          if (row !== undefined) onPick?.(Number(row));
        }}
      >
        {Array.from({ length: Math.max(0, rows.last - rows.first) }, (_, step) => {
          const index = rows.first + step;
          return (
            <PreviewRow
              // Rows are drawn into the places of those that have left the view.
              key={index % places}
              id={id}
              index={index}
              topPx={index * rowPx - view.shiftPx}
              row={rowAt(index)}
              number={formatCount(index + 1)}
              edges={edges}
              from={shown.first}
              to={shown.last}
              active={active.row === index ? active.column : -1}
              onPress={(column) => grid.activate({ row: index, column })}
              pickable={onPick !== undefined}
            />
          );
        })}
      </tbody>
    </table>
  );
}
