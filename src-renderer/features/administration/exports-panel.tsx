import { Button } from '@mantine/core';
import type { ExportPermission } from '#shared/contract/exports.ts';
import { errorOf } from '../../bridge/client.ts';
import { useCommand, useOperation } from '../../bridge/hooks.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { formatDate, none } from '../../ui/format.ts';
import { QueryGate } from '../../ui/query-gate.tsx';
import { Badge, Panel, Stack } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { exportsText as text } from './exports-text.ts';
import { PermitExports } from './permit-exports.tsx';

const tones = {
  waiting: 'warn',
  'in-force': 'tide',
  over: 'plain',
  declined: 'plain',
  withdrawn: 'plain',
  gone: 'plain',
} as const;

function agreedBy({ agreedBy: name, state }: ExportPermission): string {
  if (name !== null) return name;
  return state === 'in-force' || state === 'over' ? text.nobodyElse : none;
}

function columnsFor(withdraw: (id: number) => void): readonly TableColumn<ExportPermission>[] {
  return [
    { id: 'user', header: text.user, value: (row) => row.user, widthPx: 120 },
    { id: 'until', header: text.until, value: (row) => row.until, cell: (row) => formatDate(row.until), widthPx: 110 },
    {
      id: 'state',
      header: text.state,
      value: (row) => text.states[row.state],
      cell: (row) => <Badge tone={tones[row.state]}>{text.states[row.state]}</Badge>,
      widthPx: 120,
    },
    { id: 'reason', header: text.reason, value: (row) => row.reason, grow: 2, widthPx: 200 },
    { id: 'askedBy', header: text.askedBy, value: (row) => row.askedBy, widthPx: 110 },
    { id: 'agreedBy', header: text.agreedBy, value: agreedBy, widthPx: 160 },
    {
      id: 'actions',
      header: text.actions,
      value: () => null,
      sortable: false,
      cell: (row) =>
        row.state === 'waiting' || row.state === 'in-force' ? (
          <Button
            size="compact-xs"
            variant="default"
            aria-label={text.withdrawNamed(row.user)}
            onClick={() => withdraw(row.id)}
          >
            {text.withdraw}
          </Button>
        ) : null,
      widthPx: 90,
    },
  ];
}

/** Who may take rows of single people out of the vault: nobody, unless it was asked for and agreed to. */
export function ExportsPanel() {
  const permissions = useOperation('exports.permissions', {}, { fresh: true });
  const withdraw = useCommand('exports.withdraw');
  const columns = columnsFor((id) => withdraw.mutate({ id }));
  return (
    <Panel title={text.title} note={text.note}>
      <QueryGate query={permissions} heightPx={120}>
        {(data) => (
          <Stack>
            <DataTable
              id="export-permissions"
              label={text.title}
              columns={columns}
              rows={data.permissions}
              rowId={(row) => String(row.id)}
              showToolbar={false}
              maxHeightPx={260}
              nothing={text.none}
            />
            {withdraw.isError ? <ErrorPanel error={errorOf(withdraw.error)} /> : null}
            <PermitExports users={data.users} />
          </Stack>
        )}
      </QueryGate>
    </Panel>
  );
}
