import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { OutputOf } from '#shared/contract/index.ts';
import { useOperation } from '../../bridge/hooks.ts';
import { hasRole, useSession } from '../../bridge/session.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { formatInstant } from '../../ui/format.ts';
import { QueryGate } from '../../ui/query-gate.tsx';
import { Badge, Panel } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { keysText } from './keys-text.ts';
import { text } from './text.ts';
import { EnrolDialog, RemoveDialog } from './user-dialogs.tsx';

type User = OutputOf<'users.list'>['users'][number];
type Asked = { readonly what: 'remove' | 'enrol'; readonly name: string };

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

/** Who may open the vault; administrators remove, clinicians enrol. */
export function UsersPanel() {
  const users = useOperation('users.list', {});
  const session = useSession();
  const [asked, setAsked] = useState<Asked | null>(null);
  const administrator = hasRole(session, 'administrator');
  const clinician = hasRole(session, 'clinician');
  const actions: TableColumn<User> = {
    id: 'actions',
    header: keysText.actions,
    value: () => '',
    cell: ({ name, pendingRoles }) => (
      <Group gap={6} wrap="nowrap">
        {clinician && pendingRoles.includes('clinician') ? (
          <Button
            size="compact-xs"
            variant="light"
            aria-label={keysText.enrolNamed(name)}
            onClick={() => setAsked({ what: 'enrol', name })}
          >
            {keysText.enrol}
          </Button>
        ) : null}
        {administrator ? (
          <Button
            size="compact-xs"
            variant="default"
            aria-label={keysText.removeNamed(name)}
            onClick={() => setAsked({ what: 'remove', name })}
          >
            {keysText.remove}
          </Button>
        ) : null}
      </Group>
    ),
    widthPx: 180,
  };
  const close = () => setAsked(null);
  return (
    <Panel title={text.users} note={text.usersNote}>
      <QueryGate query={users} heightPx={120}>
        {(data) => (
          <DataTable
            id="users"
            label={text.users}
            columns={[...columns, actions]}
            rows={data.users}
            rowId={(row) => row.name}
          />
        )}
      </QueryGate>
      {asked?.what === 'remove' ? <RemoveDialog name={asked.name} onClose={close} /> : null}
      {asked?.what === 'enrol' ? <EnrolDialog name={asked.name} onClose={close} /> : null}
    </Panel>
  );
}
