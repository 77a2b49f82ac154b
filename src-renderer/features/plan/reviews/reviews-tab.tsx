import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { MeetingView } from '#shared/contract/plan.ts';
import { useOperation } from '../../../bridge/hooks.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { formatDate, none } from '../../../ui/format.ts';
import { QueryGate } from '../../../ui/query-gate.tsx';
import { EmptyState, Panel, Stack } from '../../../ui/surface.tsx';
import type { TableColumn } from '../../../ui/table-model.ts';
import { MeetingDialog } from './meeting-dialog.tsx';
import { MeetingPanel } from './meeting-panel.tsx';
import { reviewText as text } from './text.ts';

const heads = text.columns;
const columns: readonly TableColumn<MeetingView>[] = [
  { id: 'on', header: heads.on, value: ({ on }) => on, cell: ({ on }) => formatDate(on), widthPx: 110 },
  { id: 'present', header: heads.present, value: ({ present }) => present.join(', '), widthPx: 240, grow: 2 },
  {
    id: 'decisions',
    header: heads.decisions,
    value: ({ decisions }) => decisions.length,
    align: 'end',
    widthPx: 90,
  },
  { id: 'changed', header: heads.changed, value: ({ changed }) => changed.join(', ') || none, widthPx: 150, grow: 1 },
  {
    id: 'next',
    header: heads.next,
    value: ({ nextOn }) => nextOn,
    cell: ({ nextOn }) => formatDate(nextOn),
    widthPx: 110,
  },
];

/** Review meetings, and one of them with the indicators as they stood. */
export function ReviewsTab() {
  const held = useOperation('plan.meetings', {});
  return <QueryGate query={held}>{({ meetings }) => <Meetings meetings={meetings} />}</QueryGate>;
}

function Meetings({ meetings }: { readonly meetings: readonly MeetingView[] }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const [holding, setHolding] = useState(false);
  const at = Math.max(
    0,
    meetings.findIndex(({ meeting }) => meeting === chosen),
  );
  const open = meetings[at] ?? null;
  const hold = <Button onClick={() => setHolding(true)}>{text.hold}</Button>;
  const indicators = (
    <Button variant="default" renderRoot={(props) => <Link to="/indicators" {...props} />}>
      {text.indicators}
    </Button>
  );
  return (
    <Stack>
      {open === null ? (
        <Panel>
          <EmptyState icon="indicators" title={text.emptyTitle} text={text.emptyText} action={hold} />
        </Panel>
      ) : (
        <>
          <Panel
            title={text.title}
            note={text.note}
            actions={
              <>
                {indicators}
                {hold}
              </>
            }
          >
            <DataTable
              id="plan-meetings"
              label={text.title}
              columns={columns}
              rows={meetings}
              rowId={({ meeting }) => meeting}
              chosen={open.meeting}
              onOpen={({ meeting }) => setChosen(meeting)}
              showToolbar={false}
            />
          </Panel>
          <MeetingPanel meeting={open} before={meetings[at + 1] ?? null} />
        </>
      )}
      {holding ? (
        <MeetingDialog taken={meetings.map(({ meeting }) => meeting)} onClose={() => setHolding(false)} />
      ) : null}
    </Stack>
  );
}
