import { Button, Group } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import type { MatchProposal, PeerMatching } from '#shared/domain/peer-matching.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { Panel } from '../../../ui/surface.tsx';
import type { TableColumn } from '../../../ui/table-model.ts';
import type { Decided } from './decide-dialog.tsx';
import { whyWords } from './match-words.ts';
import { requestColumns } from './request-columns.tsx';
import { matchingText } from './text.ts';

const text = matchingText.proposals;

function columnsFor(onDecide: (decided: Decided) => void): readonly TableColumn<MatchProposal>[] {
  return [
    ...requestColumns<MatchProposal>(),
    {
      id: 'volunteer',
      header: matchingText.columns.volunteer,
      value: ({ volunteer }) => volunteer,
      cell: ({ volunteer }) => <code>{volunteer}</code>,
      widthPx: 146,
    },
    { id: 'why', header: matchingText.columns.why, value: whyWords, widthPx: 230, grow: 3 },
    {
      id: 'decide',
      header: matchingText.columns.decide,
      value: () => null,
      cell: (proposal) => <DecideButtons proposal={proposal} onDecide={onDecide} />,
      widthPx: 164,
      sortable: false,
    },
  ];
}

type ButtonsProps = { readonly proposal: MatchProposal; readonly onDecide: (decided: Decided) => void };

function DecideButtons({ proposal, onDecide }: ButtonsProps) {
  const { request, volunteer } = proposal;
  const decide = (step: 'accept' | 'decline') => onDecide({ step, request, volunteer, why: whyWords(proposal) });
  return (
    <Group gap={4} wrap="nowrap">
      {(['accept', 'decline'] as const).map((step) => (
        <Button
          key={step}
          size="compact-xs"
          variant={step === 'accept' ? 'default' : 'subtle'}
          onClick={() => decide(step)}
          aria-label={`${text[step]} ${request}`}
        >
          {text[step]}
        </Button>
      ))}
    </Group>
  );
}

type Props = {
  readonly matching: PeerMatching;
  readonly onDecide: (decided: Decided) => void;
  readonly actions: ReactNode;
};

/** Whom to propose for whom, and why. */
export function ProposalsPanel({ matching, onDecide, actions }: Props) {
  const columns = useMemo(() => columnsFor(onDecide), [onDecide]);
  const { proposals, open, freePlaces } = matching;
  return (
    <Panel title={text.finding(open, proposals.length)} note={text.note(freePlaces)} actions={actions}>
      <DataTable
        id="support-matching-proposals"
        label={text.label}
        columns={columns}
        rows={proposals}
        rowId={({ request }) => request}
        linesPerRow={3}
        maxHeightPx={560}
        nothing={text.none}
      />
    </Panel>
  );
}
