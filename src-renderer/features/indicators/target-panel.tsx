import { Button } from '@mantine/core';
import { useState } from 'react';
import type { IndicatorTargets } from '#shared/contract/targets.ts';
import { useOperation } from '../../bridge/hooks.ts';
import type { Indicator } from '../../bridge/indicators.ts';
import { hasRole, useSession } from '../../bridge/session.ts';
import { Assurance } from '../../ui/assurance.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { formatDate, formatInstant, none } from '../../ui/format.ts';
import { assuranceOf, targetInWords } from '../../ui/indicator-words.ts';
import { QueryGate } from '../../ui/query-gate.tsx';
import { type Fact, Facts, Notice, Panel, Stack } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { SetTargetDialog, WithdrawTargetDialog } from './target-dialogs.tsx';
import { targetText as text } from './target-text.ts';

/** What the force wants of an indicator, whether it is met, and everything that was wanted before. */
export function TargetPanel({ indicator }: { readonly indicator: Indicator }) {
  const targets = useOperation('targets.list', {});
  if (indicator.definition.better === 'neither') return <Panel title={text.title}>{text.noDirection}</Panel>;
  return (
    <QueryGate query={targets} heightPx={120}>
      {(held) => (
        <HeldTarget indicator={indicator} held={held.targets.find((one) => one.indicator === indicator.id) ?? null} />
      )}
    </QueryGate>
  );
}

type HeldProps = { readonly indicator: Indicator; readonly held: IndicatorTargets | null };

function HeldTarget({ indicator, held }: HeldProps) {
  const isAnalyst = hasRole(useSession(), 'analyst');
  const [dialog, setDialog] = useState<'set' | 'withdraw' | null>(null);
  const current = held?.current ?? null;
  const close = () => setDialog(null);
  return (
    <Panel
      title={text.title}
      note={text.note}
      actions={
        isAnalyst ? (
          <>
            {current === null ? null : (
              <Button size="xs" variant="default" onClick={() => setDialog('withdraw')}>
                {text.withdraw}
              </Button>
            )}
            <Button size="xs" variant={current === null ? 'filled' : 'default'} onClick={() => setDialog('set')}>
              {current === null ? text.set : text.change}
            </Button>
          </>
        ) : null
      }
    >
      <Stack>
        {current?.isReviewOverdue ? (
          <Notice tone="warn" title={text.overdue(current.reviewOn)}>
            <p>{isAnalyst ? text.overdueAnalyst : text.overdueOthers}</p>
          </Notice>
        ) : null}
        {indicator.target === null ? (
          <p style={{ margin: 0 }}>{isAnalyst ? text.none : text.noneOthers}</p>
        ) : (
          <Facts facts={targetFacts(indicator, current)} />
        )}
        {held === null ? null : <History indicator={indicator} held={held} />}
      </Stack>
      {dialog === 'set' ? <SetTargetDialog indicator={indicator} current={current} onClose={close} /> : null}
      {dialog === 'withdraw' ? <WithdrawTargetDialog indicator={indicator} onClose={close} /> : null}
    </Panel>
  );
}

function targetFacts(indicator: Indicator, current: IndicatorTargets['current']): readonly Fact[] {
  const { definition, target } = indicator;
  if (target === null) return [];
  const state = assuranceOf(indicator);
  return [
    { term: text.target, value: <strong>{targetInWords(definition, target.value)}</strong> },
    { term: text.assurance, value: <Assurance state={state} /> },
    { term: text.meaning, value: text.meanings[state] },
    ...(current === null
      ? [{ term: text.setBy, value: text.byDefinition }]
      : [
          { term: text.owner, value: current.owner },
          { term: text.review, value: formatDate(current.reviewOn) },
        ]),
  ];
}

function History({ indicator, held }: { readonly indicator: Indicator; readonly held: IndicatorTargets }) {
  return (
    <DataTable
      id="indicator-targets"
      label={text.history}
      columns={historyColumns(indicator)}
      rows={held.history}
      rowId={(row) => row.at}
      showToolbar={false}
      maxHeightPx={260}
    />
  );
}

function historyColumns({ definition }: Indicator): readonly TableColumn<IndicatorTargets['history'][number]>[] {
  return [
    { id: 'at', header: text.when, value: (row) => row.at, cell: (row) => formatInstant(row.at), widthPx: 150 },
    { id: 'by', header: text.who, value: (row) => row.by, widthPx: 110 },
    {
      id: 'value',
      header: text.target,
      value: (row) => row.value,
      cell: (row) => (row.value === null ? text.withdrawn : targetInWords(definition, row.value)),
      widthPx: 150,
    },
    { id: 'owner', header: text.owner, value: (row) => row.owner ?? none, widthPx: 170 },
    {
      id: 'review',
      header: text.review,
      value: (row) => row.reviewOn,
      cell: (row) => formatDate(row.reviewOn),
      widthPx: 110,
    },
    { id: 'reason', header: text.reason, value: (row) => row.reason, grow: 1, widthPx: 200 },
  ];
}
