import { Button } from '@mantine/core';
import { useMemo } from 'react';
import type { MatchDecisionEntry } from '#shared/domain/peer-matching.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { formatInstant, none } from '../../../ui/format.ts';
import { Panel } from '../../../ui/surface.tsx';
import type { TableColumn } from '../../../ui/table-model.ts';
import type { Decided } from './decide-dialog.tsx';
import { matchingText } from './text.ts';

const text = matchingText.decisions;
const heads = matchingText.columns;

function columnsFor(onDecide: (decided: Decided) => void): readonly TableColumn<MatchDecisionEntry>[] {
  return [
    { id: 'at', header: heads.when, value: ({ at }) => at, cell: ({ at }) => formatInstant(at), widthPx: 130 },
    {
      id: 'request',
      header: heads.request,
      value: ({ request }) => request,
      cell: ({ request }) => <code>{request}</code>,
      widthPx: 124,
    },
    {
      id: 'volunteer',
      header: heads.volunteer,
      value: ({ volunteer }) => volunteer,
      cell: ({ volunteer }) => <code>{volunteer}</code>,
      widthPx: 146,
    },
    {
      id: 'decision',
      header: heads.decision,
      value: ({ decision, holds, by }) => text.by(holds ? text.words[decision] : text.replaced, by),
      widthPx: 120,
    },
    {
      id: 'reason',
      header: heads.reason,
      value: ({ reason }) => (reason === '' ? none : reason),
      widthPx: 130,
      grow: 1,
    },
    { id: 'why', header: heads.proposedFor, value: ({ why }) => why, widthPx: 160, grow: 2 },
    {
      id: 'decide',
      header: heads.decide,
      value: () => null,
      cell: ({ request, volunteer, why, decision, holds }) =>
        holds && decision === 'accepted' ? (
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={() => onDecide({ step: 'takeBack', request, volunteer, why })}
            aria-label={`${text.takeBack} ${request}`}
          >
            {text.takeBack}
          </Button>
        ) : (
          none
        ),
      widthPx: 116,
      sortable: false,
    },
  ];
}

type Props = {
  readonly decisions: readonly MatchDecisionEntry[];
  readonly onDecide: (decided: Decided) => void;
};

/** Everything that was decided, with why the match was proposed and the reason given. */
export function DecisionsPanel({ decisions, onDecide }: Props) {
  const columns = useMemo(() => columnsFor(onDecide), [onDecide]);
  return (
    <Panel title={text.title} note={text.note}>
      <DataTable
        id="support-matching-decisions"
        label={text.label}
        columns={columns}
        rows={decisions}
        rowId={({ id }) => String(id)}
        linesPerRow={2}
        maxHeightPx={380}
        nothing={text.none}
      />
    </Panel>
  );
}
