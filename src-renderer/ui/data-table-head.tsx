import type { ReactTable } from '@tanstack/react-table';
import type { KeyboardEvent } from 'react';
import classes from './data-table.module.css';
import { Icon } from './icons.tsx';
import type { TableColumn } from './table-model.ts';
import type { TableParts } from './table-parts.ts';

type Props<Data extends object> = {
  readonly table: ReactTable<TableParts, Data>;
  readonly columns: readonly TableColumn<Data>[];
  readonly template: string;
};

const widthStepPx = 16;

/** Column headings: press to sort, Alt with an arrow key or the edge to change the width. */
export function TableHead<Data extends object>({ table, columns, template }: Props<Data>) {
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  const resize = (id: string, byPx: number, fromPx: number) =>
    table.setColumnSizing((sizes) => ({ ...sizes, [id]: Math.max(56, fromPx + byPx) }));
  const onKeyDown = (event: KeyboardEvent, id: string) => {
    if (!event.altKey || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return;
    event.preventDefault();
    const cell = event.currentTarget.parentElement;
    resize(id, event.key === 'ArrowRight' ? widthStepPx : -widthStepPx, cell?.offsetWidth ?? 120);
  };
  return (
    <thead className={classes.head}>
      <tr aria-rowindex={1} className={classes.row} style={{ gridTemplateColumns: template }}>
        {columns.map((column) => {
          const header = headers.find((candidate) => candidate.id === column.id);
          const sorted = header?.column.getIsSorted() ?? false;
          const sortable = header?.column.getCanSort() ?? false;
          const resizeHandler = header?.getResizeHandler();
          return (
            <th
              key={column.id}
              scope="col"
              className={classes.headCell}
              aria-sort={sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : undefined}
            >
              {sortable ? (
                <button
                  type="button"
                  className={`${classes.headButton} ${column.align === 'end' ? classes.headEnd : ''}`}
                  title="Sort. Alt with left or right arrow changes the width."
                  onClick={() => header?.column.toggleSorting()}
                  onKeyDown={(event) => onKeyDown(event, column.id)}
                >
                  <span>{column.header}</span>
                  {sorted ? <Icon name={sorted === 'asc' ? 'ascending' : 'descending'} size={13} /> : null}
                </button>
              ) : (
                <span className={`${classes.headButton} ${column.align === 'end' ? classes.headEnd : ''}`}>
                  {column.header}
                </span>
              )}
              {/* biome-ignore lint/a11y/noStaticElementInteractions: the keyboard's way is Alt with an arrow key */}
              <span className={classes.handle} onMouseDown={resizeHandler} onTouchStart={resizeHandler} />
            </th>
          );
        })}
      </tr>
    </thead>
  );
}
