import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ActivityView } from '#shared/contract/engagement.ts';
import { useOperation } from '../../../bridge/hooks.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { formatPeriod } from '../../../ui/format.ts';
import { QueryGate } from '../../../ui/query-gate.tsx';
import { EmptyState, Panel, Stack } from '../../../ui/surface.tsx';
import type { TableColumn } from '../../../ui/table-model.ts';
import { ActivityDialog } from './activity-dialog.tsx';
import { ActivityPanels } from './activity-panels.tsx';
import { engagementText as text } from './text.ts';

const heads = text.columns;
const columns: readonly TableColumn<ActivityView>[] = [
  { id: 'activity', header: heads.activity, value: ({ activity }) => activity, widthPx: 80 },
  { id: 'title', header: heads.title, value: ({ title }) => title, widthPx: 220, grow: 2 },
  { id: 'kind', header: heads.kind, value: ({ kind }) => text.kinds[kind], widthPx: 110 },
  { id: 'audience', header: heads.audience, value: ({ audience }) => text.audiences[audience], widthPx: 140, grow: 1 },
  {
    id: 'days',
    header: heads.days,
    value: ({ to }) => to,
    cell: ({ from, to }) => formatPeriod(from, to),
    widthPx: 200,
  },
  {
    id: 'decisions',
    header: heads.decisions,
    value: ({ decisions }) => decisions.length,
    align: 'end',
    widthPx: 90,
  },
];

/** At what people were asked, then what one of them found and led to. */
export function EngagementTab() {
  const held = useOperation('plan.activities', {});
  return <QueryGate query={held}>{({ activities }) => <Activities activities={activities} />}</QueryGate>;
}

function Activities({ activities }: { readonly activities: readonly ActivityView[] }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const [entering, setEntering] = useState(false);
  const open = activities.find(({ activity }) => activity === chosen) ?? activities[0] ?? null;
  const enter = <Button onClick={() => setEntering(true)}>{text.enter}</Button>;
  return (
    <Stack>
      {open === null ? (
        <Panel>
          <EmptyState icon="plan" title={text.emptyTitle} text={text.emptyText} action={enter} />
        </Panel>
      ) : (
        <>
          <Panel title={text.title} note={text.note} actions={enter}>
            <DataTable
              id="plan-activities"
              label={text.title}
              columns={columns}
              rows={activities}
              rowId={({ activity }) => activity}
              chosen={open.activity}
              onOpen={({ activity }) => setChosen(activity)}
              showToolbar={false}
            />
          </Panel>
          <ActivityPanels key={open.activity} activity={open} />
        </>
      )}
      {entering ? (
        <ActivityDialog
          activity={null}
          taken={activities.map(({ activity }) => activity)}
          onClose={() => setEntering(false)}
        />
      ) : null}
    </Stack>
  );
}
