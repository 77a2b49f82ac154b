import { Button } from '@mantine/core';
import { useState } from 'react';
import type { SummarisedOutcome } from '#shared/contract/evidence-studies.ts';
import type { OutputOf } from '#shared/contract/index.ts';
import type { ReviewView } from '#shared/contract/review-shapes.ts';
import { useLongQuery } from '../../../bridge/hooks.ts';
import { AnalysisGate } from '../../../ui/analysis-gate.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { formatCount } from '../../../ui/format.ts';
import { EmptyState, Notice, Panel, Stack } from '../../../ui/surface.tsx';
import type { TableColumn } from '../../../ui/table-model.ts';
import { OutcomeDialog } from './outcome-dialog.tsx';
import { OutcomePanels } from './outcome-panels.tsx';
import { findingsText as text } from './text.ts';

const heads = text.columns;

const columns: readonly TableColumn<SummarisedOutcome>[] = [
  { id: 'outcome', header: heads.outcome, value: ({ row }) => row.outcome, grow: 1, widthPx: 130 },
  { id: 'studies', header: heads.studies, value: ({ row }) => row.studies, align: 'end', widthPx: 78 },
  {
    id: 'people',
    header: heads.people,
    value: ({ row }) => row.people,
    cell: ({ row }) => (row.people === null ? text.notTold : formatCount(row.people)),
    align: 'end',
    widthPx: 80,
  },
  { id: 'effect', header: heads.effect, value: ({ row }) => row.effect, grow: 1, widthPx: 170 },
  {
    id: 'absolute',
    header: heads.absolute,
    value: ({ row }) => row.absolute ?? text.notTold,
    widthPx: 150,
    hidden: true,
  },
  {
    id: 'certainty',
    header: heads.certainty,
    value: ({ row: { certainty } }) => (certainty === null ? text.notRated : text.certainties[certainty]),
    widthPx: 150,
  },
  { id: 'statement', header: heads.statement, value: ({ row }) => row.statement, grow: 3, widthPx: 260 },
];

export function FindingsTab({ view: { review } }: { readonly view: ReviewView }) {
  const summary = useLongQuery('evidence.summary', { review });
  return (
    <AnalysisGate analysis={summary} label={text.running}>
      {(found) => <Findings review={review} found={found} />}
    </AnalysisGate>
  );
}

type Props = { readonly review: string; readonly found: OutputOf<'evidence.summary'> };

function Findings({ review, found: { kind, limits, outcomes } }: Props) {
  const [chosen, setChosen] = useState<string | null>(null);
  const [isEntering, setEntering] = useState(false);
  const open = outcomes.find(({ outcome }) => outcome.outcome === chosen) ?? outcomes[0];
  const enter = <Button onClick={() => setEntering(true)}>{text.enter}</Button>;
  return (
    <Stack>
      {kind === 'rapid' && limits.length > 0 ? (
        <Notice tone="warn" title={text.limits}>
          <p>{text.limitsLead}</p>
          {limits.map(({ limit, likelyBias }) => (
            <p key={limit}>
              {limit} <em>{likelyBias}</em>
            </p>
          ))}
        </Notice>
      ) : null}
      <Panel title={text.title} note={text.note} actions={enter}>
        {outcomes.length === 0 ? (
          <EmptyState icon="evidence" title={text.emptyTitle} text={text.emptyText} />
        ) : (
          <DataTable
            id="review-findings"
            label={text.title}
            columns={columns}
            rows={outcomes}
            rowId={({ outcome }) => outcome.outcome}
            onOpen={({ outcome }) => setChosen(outcome.outcome)}
            chosen={open?.outcome.outcome ?? null}
            linesPerRow={3}
            maxHeightPx={480}
          />
        )}
      </Panel>
      {open === undefined ? null : <OutcomePanels key={open.outcome.outcome} review={review} summarised={open} />}
      {isEntering ? <OutcomeDialog review={review} onClose={() => setEntering(false)} /> : null}
    </Stack>
  );
}
