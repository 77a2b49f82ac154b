import { useMemo } from 'react';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { PilotView } from '#shared/contract/pilots.ts';
import { useAnalysis, useOperation } from '../../../bridge/hooks.ts';
import { AnalysisGate } from '../../../ui/analysis-gate.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { QueryGate } from '../../../ui/query-gate.tsx';
import { BearInMind, InWords } from '../../../ui/reading.tsx';
import { EmptyState, KeyFigures, Panel, Stack } from '../../../ui/surface.tsx';
import { WorkedOut } from '../../../ui/worked-out.tsx';
import { DeliveryCharts } from './delivery-panels.tsx';
import { clusterColumns } from './session-columns.tsx';
import { fidelityFigures, fidelitySpec, newestSessionDay, readPilotFidelity } from './sessions-model.ts';
import { sessionText as text } from './text.ts';

/** Whether the sessions of a pilot come to those they are meant for. It reads no outcome, so that it is shown before the lock. */
export function SessionsTab({ view }: { readonly view: PilotView }) {
  const overview = useOperation('overview.get', {});
  return (
    <QueryGate query={overview}>
      {({ freshness }) => {
        const newestDay = newestSessionDay(freshness);
        return newestDay === null ? (
          <Panel>
            <EmptyState icon="absence" title={text.emptyTitle} text={text.empty} />
          </Panel>
        ) : (
          <Delivery plan={view.plan} newestDay={newestDay} />
        );
      }}
    </QueryGate>
  );
}

type Props = { readonly plan: PilotView['plan']; readonly newestDay: string };

function Delivery({ plan, newestDay }: Props) {
  const spec = useMemo(() => fidelitySpec(plan, newestDay), [plan, newestDay]);
  const analysis = useAnalysis('pilot-fidelity', spec);
  return (
    <AnalysisGate analysis={analysis} label={text.running}>
      {(result) => <Delivered result={result} arms={spec.arms} />}
    </AnalysisGate>
  );
}

type DeliveredProps = { readonly result: AnalysisResult; readonly arms: readonly string[] | null };

function Delivered({ result, arms }: DeliveredProps) {
  const fidelity = useMemo(() => readPilotFidelity(result), [result]);
  const { clusters, minimum } = fidelity;
  return (
    <Stack>
      <BearInMind warnings={result.warnings} />
      <Panel title={text.title} note={text.asOf(result.asOf, arms)} actions={<WorkedOut result={result} />}>
        <KeyFigures figures={fidelityFigures(fidelity)} />
      </Panel>
      <Panel title={text.clusters} note={text.clustersNote(minimum)}>
        <DataTable
          id="pilot-fidelity-clusters"
          label={text.clusters}
          columns={clusterColumns}
          rows={clusters}
          rowId={({ cluster }) => cluster}
          maxHeightPx={320}
        />
      </Panel>
      <DeliveryCharts fidelity={fidelity} />
      <InWords lines={result.reading} />
    </Stack>
  );
}
