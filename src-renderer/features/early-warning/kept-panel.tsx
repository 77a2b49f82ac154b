import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { EarlyWarningModel } from '#shared/contract/early-warning.ts';
import { useOperation } from '../../bridge/hooks.ts';
import { hasRole, useSession } from '../../bridge/session.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { formatDate, formatInstant, formatShare } from '../../ui/format.ts';
import { QueryGate } from '../../ui/query-gate.tsx';
import { Badge, EmptyState, Panel } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { type Decision, DecisionDialog } from './decision-dialog.tsx';
import { text } from './text.ts';

const tones = { kept: 'plain', 'in use': 'good', 'out of use': 'plain' } as const;

/** The models that were kept, and for clinicians which of them is used. */
export function KeptPanel() {
  const models = useOperation('earlyWarning.models', {}, { fresh: true });
  const isAnalyst = hasRole(useSession(), 'analyst');
  return (
    <Panel title={text.modelsTitle} note={text.modelsNote}>
      <QueryGate query={models} heightPx={160}>
        {(held) =>
          held.models.length === 0 ? (
            <EmptyState
              icon="file"
              title={text.noModels}
              text={isAnalyst ? text.noModelsAnalyst : text.noModelsOthers}
            />
          ) : (
            <KeptModels models={held.models} />
          )
        }
      </QueryGate>
    </Panel>
  );
}

function KeptModels({ models }: { readonly models: readonly EarlyWarningModel[] }) {
  const isClinician = hasRole(useSession(), 'clinician');
  const [decision, setDecision] = useState<Decision | null>(null);
  const columns = useMemo(
    () => (isClinician ? [...factColumns, decisionColumn(setDecision)] : factColumns),
    [isClinician],
  );
  const inUse = models.find(({ state }) => state === 'in use')?.model ?? null;
  return (
    <>
      <DataTable
        id="early-warning-models"
        label={text.modelsTitle}
        columns={columns}
        rows={models}
        rowId={(row) => String(row.model)}
        showToolbar={false}
        linesPerRow={3}
        maxHeightPx={440}
      />
      {decision ? <DecisionDialog decision={decision} inUse={inUse} onClose={() => setDecision(null)} /> : null}
    </>
  );
}

function lastDecision({ changed }: EarlyWarningModel): string {
  return changed === null ? text.notDecided : `${changed.by}, ${formatInstant(changed.at)}: ${changed.reason}`;
}

function keeping({ keptBy, keptAt, reason }: EarlyWarningModel): string {
  return `${keptBy}, ${formatInstant(keptAt)}: ${reason}`;
}

const factColumns: readonly TableColumn<EarlyWarningModel>[] = [
  { id: 'model', header: text.model, value: (row) => row.model, align: 'end', widthPx: 65 },
  {
    id: 'state',
    header: text.state,
    value: (row) => text.states[row.state],
    cell: (row) => <Badge tone={tones[row.state]}>{text.states[row.state]}</Badge>,
    widthPx: 140,
  },
  {
    id: 'foretells',
    header: text.foretells,
    value: (row) => `${row.caseWords} ${text.within(row.horizonDays)}`,
    grow: 1,
    widthPx: 170,
  },
  {
    id: 'threshold',
    header: text.threshold,
    value: (row) => row.threshold,
    cell: (row) => formatShare(row.threshold),
    align: 'end',
    widthPx: 95,
  },
  { id: 'asOf', header: text.asOfDay, value: (row) => row.asOf, cell: (row) => formatDate(row.asOf), widthPx: 110 },
  { id: 'kept', header: text.keptBy, value: keeping, grow: 1, widthPx: 145 },
  { id: 'changed', header: text.changedBy, value: lastDecision, grow: 1, widthPx: 145 },
];

function decisionColumn(decide: (decision: Decision) => void): TableColumn<EarlyWarningModel> {
  return {
    id: 'decide',
    header: text.decide,
    value: () => null,
    cell: ({ model, mayUse, mayStop }) =>
      mayUse || mayStop ? (
        <Button size="compact-xs" variant="default" onClick={() => decide({ model, kind: mayStop ? 'stop' : 'use' })}>
          {mayStop ? text.stop : text.use}
        </Button>
      ) : null,
    sortable: false,
    widthPx: 150,
  };
}
