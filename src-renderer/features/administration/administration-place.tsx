import type { OutputOf } from '#shared/contract/index.ts';
import { useOperation } from '../../bridge/hooks.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { formatInstant } from '../../ui/format.ts';
import { QueryGate } from '../../ui/query-gate.tsx';
import { Badge, Columns, Page, Panel } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { AddUser } from './add-user.tsx';
import { AuditPanel } from './audit-panel.tsx';
import { CheckVault } from './check-vault.tsx';
import { text } from './text.ts';

type User = OutputOf<'users.list'>['users'][number];

const columns: readonly TableColumn<User>[] = [
  { id: 'name', header: text.name, value: (row) => row.name, grow: 1, widthPx: 140 },
  {
    id: 'roles',
    header: text.roles,
    value: (row) => [...row.roles, ...row.pendingRoles].join(', '),
    cell: (row) => (
      <span>
        {row.roles.join(', ')}
        {row.pendingRoles.map((role) => (
          <span key={role} title={text.pendingNote}>
            {' '}
            <Badge tone="warn">
              {role} {text.pending}
            </Badge>
          </span>
        ))}
      </span>
    ),
    grow: 2,
    widthPx: 260,
  },
  {
    id: 'createdAt',
    header: 'Added',
    value: (row) => row.createdAt,
    cell: (row) => formatInstant(row.createdAt),
    widthPx: 160,
  },
];

export function AdministrationPlace() {
  const users = useOperation('users.list', {});
  return (
    <Page title={text.title} lead={text.lead}>
      <Panel title={text.users} note={text.usersNote}>
        <QueryGate query={users} heightPx={120}>
          {(data) => (
            <DataTable id="users" label={text.users} columns={columns} rows={data.users} rowId={(row) => row.name} />
          )}
        </QueryGate>
      </Panel>
      <Columns>
        <AddUser />
        <CheckVault />
      </Columns>
      <AuditPanel />
    </Page>
  );
}
