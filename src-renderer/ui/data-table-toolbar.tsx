import { Button, Checkbox, Popover, Stack } from '@mantine/core';
import type { ReactTable } from '@tanstack/react-table';
import type { ReactNode } from 'react';
import { CopyButton } from './copy-button.tsx';
import classes from './data-table.module.css';
import { plural } from './format.ts';
import { Icon } from './icons.tsx';
import type { TableColumn } from './table-model.ts';
import type { TableParts } from './table-parts.ts';

type Props<Data extends object> = {
  readonly table: ReactTable<TableParts, Data>;
  readonly columns: readonly TableColumn<Data>[];
  /** The table as text, or null where it may not be copied. */
  readonly text: (() => string) | null;
  readonly children?: ReactNode;
};

export function TableToolbar<Data extends object>({ table, columns, text, children }: Props<Data>) {
  const visible = table.state.columnVisibility;
  const shownCount = columns.filter((column) => visible[column.id] !== false).length;
  return (
    <div className={classes.toolbar}>
      {children}
      <div className={classes.toolbarEnd}>
        <span role="status">{plural(table.getRowModel().rows.length, 'row')}</span>
        {text ? <CopyButton label="Copy table" text={text} /> : null}
        <Popover position="bottom-end" shadow="md" trapFocus returnFocus>
          <Popover.Target>
            <Button variant="subtle" size="compact-sm" leftSection={<Icon name="columns" size={15} />}>
              Columns
            </Button>
          </Popover.Target>
          <Popover.Dropdown aria-label="Columns">
            <Stack gap="xs">
              {columns.map((column) => {
                const shown = visible[column.id] !== false;
                return (
                  <Checkbox
                    key={column.id}
                    size="xs"
                    label={column.header}
                    checked={shown}
                    disabled={shown && shownCount === 1}
                    onChange={() => table.setColumnVisibility((now) => ({ ...now, [column.id]: !shown }))}
                  />
                );
              })}
              <Button variant="default" size="compact-xs" onClick={() => table.setColumnSizing({})}>
                Reset widths
              </Button>
            </Stack>
          </Popover.Dropdown>
        </Popover>
      </div>
    </div>
  );
}
