import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { PilotSummary } from '#shared/contract/pilots.ts';
import { useOperation } from '../../bridge/hooks.ts';
import { hasRole, useSession } from '../../bridge/session.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { EmptyState, Page, Panel } from '../../ui/surface.tsx';
import { BeginDialog } from './begin-dialog.tsx';
import { pilotColumns } from './pilot-columns.tsx';
import { text } from './text.ts';

export function PilotsPlace() {
  const held = useOperation('pilots.list', {});
  return (
    <Page title={text.title} lead={text.lead}>
      <QueryGate query={held}>{({ pilots }) => <Pilots pilots={pilots} />}</QueryGate>
    </Page>
  );
}

function Pilots({ pilots }: { readonly pilots: readonly PilotSummary[] }) {
  const isEvaluator = hasRole(useSession(), 'evaluator');
  const [beginning, setBeginning] = useState(false);
  const navigate = useNavigate();
  const goTo = (pilot: string) => void navigate({ to: '/pilots/$pilot', params: { pilot } });
  const begin = isEvaluator ? <Button onClick={() => setBeginning(true)}>{text.begin}</Button> : undefined;
  return (
    <>
      {pilots.length === 0 ? (
        <Panel>
          <EmptyState
            icon="pilots"
            title={text.emptyTitle}
            text={isEvaluator ? text.emptyText : text.emptyOthers}
            action={begin}
          />
        </Panel>
      ) : (
        <Panel title={text.list} actions={begin}>
          <DataTable
            id="pilots"
            label={text.list}
            columns={pilotColumns}
            rows={pilots}
            rowId={({ pilot }) => pilot}
            onOpen={({ pilot }) => goTo(pilot)}
            maxHeightPx={520}
          />
        </Panel>
      )}
      {beginning ? (
        <BeginDialog taken={pilots.map(({ pilot }) => pilot)} onClose={() => setBeginning(false)} onBegun={goTo} />
      ) : null}
    </>
  );
}
