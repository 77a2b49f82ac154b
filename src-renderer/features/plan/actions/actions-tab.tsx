import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { OutputOf } from '#shared/contract/index.ts';
import { useOperation } from '../../../bridge/hooks.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { QueryGate } from '../../../ui/query-gate.tsx';
import { EmptyState, Panel, Stack } from '../../../ui/surface.tsx';
import { actionColumns } from './action-columns.tsx';
import { BeginDialog } from './begin-dialog.tsx';
import { actionText as text } from './text.ts';
import { Timeline } from './timeline.tsx';

/** What is to be done, as a table and over time. */
export function ActionsTab() {
  const held = useOperation('plan.actions', {});
  return <QueryGate query={held}>{({ actions }) => <Actions actions={actions} />}</QueryGate>;
}

function Actions({ actions }: Pick<OutputOf<'plan.actions'>, 'actions'>) {
  const [beginning, setBeginning] = useState(false);
  const navigate = useNavigate();
  const open = (action: string) => void navigate({ to: '/plan/$action', params: { action } });
  const begin = <Button onClick={() => setBeginning(true)}>{text.begin}</Button>;
  return (
    <>
      {actions.length === 0 ? (
        <Panel>
          <EmptyState icon="plan" title={text.emptyTitle} text={text.emptyText} action={begin} />
        </Panel>
      ) : (
        <Stack>
          <Panel title={text.title} note={text.note} actions={begin}>
            <DataTable
              id="plan-actions"
              label={text.title}
              columns={actionColumns}
              rows={actions}
              rowId={({ action }) => action}
              linesPerRow={2}
              onOpen={({ action }) => open(action)}
            />
          </Panel>
          <Timeline actions={actions} open={open} />
        </Stack>
      )}
      {beginning ? <BeginDialog onClose={() => setBeginning(false)} onBegun={open} /> : null}
    </>
  );
}
