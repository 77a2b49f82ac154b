import { createColumnHelper, type Row, useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef } from 'react';
import classes from './data-table.module.css';
import { TableHead } from './data-table-head.tsx';
import { TableToolbar } from './data-table-toolbar.tsx';
import { readTableMemory, writeTableMemory } from './table-memory.ts';
import { compareValues, type TableColumn, tableAsText } from './table-model.ts';
import { type TableParts, tableParts } from './table-parts.ts';
import { useRowKeys } from './use-row-keys.ts';

const rowPaddingPx = 18;
const lineHeightPx = 18;
const defaultWidthPx = 120;

type Props<Data extends object> = {
  /** Names the table for people who hear it, and remembers its columns. */
  readonly id: string;
  readonly label: string;
  readonly columns: readonly TableColumn<Data>[];
  readonly rows: readonly Data[];
  readonly rowId: (row: Data) => string;
  readonly sortBy?: { readonly id: string; readonly desc: boolean };
  /** How many lines of text a row has room for; 1 by default. Longer text ends in an ellipsis. */
  readonly linesPerRow?: 1 | 2 | 3;
  /** Taller tables scroll inside themselves. */
  readonly maxHeightPx?: number;
  readonly onOpen?: (row: Data) => void;
  readonly chosen?: string | null;
  /** Rows that are marked to be worked on together, by id. */
  readonly marked?: ReadonlySet<string>;
  /** Keys of the table's own: true moves on to the next row, false stays, null leaves the key to the table. */
  readonly onRowKey?: (event: KeyboardEvent, row: Data) => boolean | null;
  /** Only tables without persons: what is copied has left the store. */
  readonly copyable?: boolean;
  readonly toolbar?: ReactNode;
  readonly showToolbar?: boolean;
  readonly nothing?: string;
};

/** Sorts, hides and resizes columns, remembers them, and stays smooth at any number of rows. */
export function DataTable<Data extends object>(props: Props<Data>) {
  const {
    id,
    label,
    columns,
    rows,
    rowId,
    sortBy,
    maxHeightPx = 480,
    onOpen,
    chosen,
    copyable,
    toolbar,
    nothing,
  } = props;
  const definitions = useMemo(() => defineColumns(columns), [columns]);
  const remembered = useMemo(() => readTableMemory(id), [id]);
  const table = useTable({
    features: tableParts,
    columns: definitions,
    data: rows,
    getRowId: rowId,
    columnResizeMode: 'onChange',
    enableSortingRemoval: false,
    initialState: {
      sorting: sortBy ? [{ id: sortBy.id, desc: sortBy.desc }] : [],
      columnVisibility: {
        ...Object.fromEntries(columns.filter((column) => column.hidden).map((column) => [column.id, false])),
        ...remembered.visible,
      },
      columnSizing: { ...remembered.widths },
    },
  });
  const { columnVisibility, columnSizing } = table.state;
  useEffect(() => {
    writeTableMemory(id, { visible: columnVisibility, widths: columnSizing });
  }, [id, columnVisibility, columnSizing]);

  const shown = columns.filter((column) => columnVisibility[column.id] !== false);
  const template = shown.map((column) => trackOf(column, columnSizing[column.id])).join(' ');
  const minWidthPx = shown.reduce(
    (sum, column) => sum + (columnSizing[column.id] ?? column.widthPx ?? defaultWidthPx),
    0,
  );
  const sorted = table.getRowModel().rows;
  return (
    <div>
      {props.showToolbar === false ? null : (
        <TableToolbar
          table={table}
          columns={columns}
          text={
            copyable
              ? () =>
                  tableAsText(
                    sorted.map((row) => row.original),
                    shown,
                  )
              : null
          }
        >
          {toolbar}
        </TableToolbar>
      )}
      <div className={classes.frame}>
        <TableBody
          label={label}
          columns={shown}
          rows={sorted}
          template={template}
          minWidthPx={minWidthPx}
          maxHeightPx={maxHeightPx}
          lines={props.linesPerRow ?? 1}
          onOpen={onOpen}
          chosen={chosen ?? null}
          marked={props.marked}
          onRowKey={props.onRowKey}
          head={<TableHead table={table} columns={shown} template={template} />}
          nothing={nothing ?? 'Nothing to show.'}
        />
      </div>
    </div>
  );
}

function defineColumns<Data extends object>(columns: readonly TableColumn<Data>[]) {
  const helper = createColumnHelper<TableParts, Data>();
  return helper.columns(
    columns.map((column) =>
      helper.accessor((row: Data) => column.value(row) ?? undefined, {
        id: column.id,
        header: column.header,
        size: column.widthPx ?? defaultWidthPx,
        minSize: 56,
        enableSorting: column.sortable !== false,
        sortUndefined: 'last',
        sortDescFirst: column.align === 'end',
        sortFn: (left, right, columnId) => compareValues(left.getValue(columnId), right.getValue(columnId)),
      }),
    ),
  );
}

function trackOf<Data>(column: TableColumn<Data>, resizedPx: number | undefined): string {
  if (resizedPx !== undefined) return `${resizedPx}px`;
  const widthPx = column.widthPx ?? defaultWidthPx;
  return `minmax(${widthPx}px, ${column.grow ?? 0.001}fr)`;
}

type BodyProps<Data extends object> = {
  readonly label: string;
  readonly columns: readonly TableColumn<Data>[];
  readonly rows: readonly Row<TableParts, Data>[];
  readonly template: string;
  readonly minWidthPx: number;
  readonly maxHeightPx: number;
  readonly lines: number;
  readonly onOpen: ((row: Data) => void) | undefined;
  readonly chosen: string | null;
  readonly marked: ReadonlySet<string> | undefined;
  readonly onRowKey: ((event: KeyboardEvent, row: Data) => boolean | null) | undefined;
  readonly head: ReactNode;
  readonly nothing: string;
};

function TableBody<Data extends object>(props: BodyProps<Data>) {
  const { label, columns, rows, template, minWidthPx, maxHeightPx, onOpen, chosen, marked, onRowKey, head, nothing } =
    props;
  const scroller = useRef<HTMLElement>(null);
  const rowHeightPx = rowPaddingPx + props.lines * lineHeightPx;
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 12,
  });
  const keys = useRowKeys({
    count: rows.length,
    scrollTo: (index) => virtualizer.scrollToIndex(index),
    open: (index) => {
      const row = rows[index];
      if (row && onOpen) onOpen(row.original);
    },
    root: scroller,
    onKey: onRowKey
      ? (event, index) => {
          const row = rows[index];
          return row ? onRowKey(event, row.original) : null;
        }
      : undefined,
  });
  const interactive = onOpen !== undefined;
  return (
    // What scrolls must be reachable by keyboard; where rows can be opened, they are.
    <section
      ref={scroller}
      className={classes.scroll}
      style={{ maxHeight: maxHeightPx }}
      tabIndex={interactive ? undefined : 0}
      aria-label={`${label}: table`}
    >
      <table
        className={classes.table}
        {...(interactive ? { role: 'grid', ...(marked ? { 'aria-multiselectable': true } : {}) } : {})}
        aria-label={label}
        aria-rowcount={rows.length + 1}
        style={{ minWidth: minWidthPx }}
      >
        {head}
        <tbody className={classes.body} style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map((item) => {
            const row = rows[item.index];
            return row ? (
              <TableRow
                key={row.id}
                row={row.original}
                columns={columns}
                interactive={interactive}
                chosen={chosen === row.id || (marked?.has(row.id) ?? false)}
                index={item.index}
                lines={props.lines}
                style={{ gridTemplateColumns: template, height: rowHeightPx, top: item.start }}
                keys={keys}
              />
            ) : null;
          })}
        </tbody>
      </table>
      {rows.length === 0 ? <div className={classes.nothing}>{nothing}</div> : null}
    </section>
  );
}

type RowProps<Data> = {
  readonly row: Data;
  readonly columns: readonly TableColumn<Data>[];
  readonly interactive: boolean;
  readonly chosen: boolean;
  readonly index: number;
  readonly lines: number;
  readonly style: Readonly<Record<string, string | number>>;
  readonly keys: ReturnType<typeof useRowKeys>;
};

function TableRow<Data>({ row, columns, interactive, chosen, index, lines, style, keys }: RowProps<Data>) {
  const behaviour = interactive
    ? {
        tabIndex: index === keys.active ? 0 : -1,
        onClick: () => keys.choose(index),
        onKeyDown: keys.onKeyDown,
        'aria-selected': chosen,
      }
    : {};
  return (
    <tr
      aria-rowindex={index + 2}
      data-index={index}
      className={`${classes.row} ${classes.bodyRow} ${interactive ? classes.open : ''} ${chosen ? classes.chosen : ''}`}
      style={style}
      {...behaviour}
    >
      {columns.map((column) => (
        <td key={column.id} className={`${classes.cell} ${column.align === 'end' ? classes.end : ''}`}>
          {column.cell ? (
            column.cell(row)
          ) : (
            <span
              className={lines === 1 ? classes.cellText : classes.cellLines}
              style={lines === 1 ? undefined : { WebkitLineClamp: lines }}
              title={String(column.value(row) ?? '')}
            >
              {column.value(row) ?? '–'}
            </span>
          )}
        </td>
      ))}
    </tr>
  );
}
