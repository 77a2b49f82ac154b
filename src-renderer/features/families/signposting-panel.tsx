import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { OutputOf } from '#shared/contract/index.ts';
import type { Signposting } from '#shared/contract/report-spec.ts';
import { useOperation } from '../../bridge/hooks.ts';
import { hasRole, useSession } from '../../bridge/session.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { formatDate } from '../../ui/format.ts';
import { QueryGate } from '../../ui/query-gate.tsx';
import { Lines } from '../../ui/reading.tsx';
import { Panel, Stack } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { SignpostingDialog } from './signposting-dialog.tsx';
import { signpostingText as text } from './signposting-text.ts';

type Contact = Signposting['contacts'][number];

const columns: readonly TableColumn<Contact>[] = [
  { id: 'name', header: text.name, value: (row) => row.name, widthPx: 180 },
  { id: 'what', header: text.what, value: (row) => row.what, grow: 1, widthPx: 220 },
  { id: 'reach', header: text.reach, value: (row) => row.reach, grow: 1, widthPx: 220 },
  {
    id: 'checkedOn',
    header: text.checkedOn,
    value: (row) => row.checkedOn,
    cell: (row) => formatDate(row.checkedOn),
    widthPx: 120,
  },
];

/** What the sheet says may help and whom it names; analysts may change it. */
export function SignpostingPanel() {
  const held = useOperation('signposting.get', {});
  return (
    <Panel title={text.title} note={text.note}>
      <QueryGate query={held} heightPx={160}>
        {(data) => <Held {...data} />}
      </QueryGate>
    </Panel>
  );
}

function Held({ signposting, isOwn }: OutputOf<'signposting.get'>) {
  const [isOpen, setOpen] = useState(false);
  const canChange = hasRole(useSession(), 'analyst');
  return (
    <Stack>
      <p>{isOwn ? text.own : text.usual}</p>
      <Lines lines={signposting.advice.map(({ words }) => words)} />
      <DataTable
        id="family-contacts"
        label={text.contacts}
        columns={columns}
        rows={signposting.contacts}
        rowId={(row) => row.name}
        showToolbar={false}
      />
      {canChange ? (
        <Group gap="xs">
          <Button variant="default" onClick={() => setOpen(true)}>
            {text.change}
          </Button>
        </Group>
      ) : null}
      {isOpen ? <SignpostingDialog held={signposting} isOwn={isOwn} onClose={() => setOpen(false)} /> : null}
    </Stack>
  );
}
