import type { PilotAdverseEvents, PilotEvaluationResult } from '#shared/domain/pilot-evaluation-result.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { formatCount } from '../../../ui/format.ts';
import { Notice, Panel, Stack } from '../../../ui/surface.tsx';
import type { TableColumn } from '../../../ui/table-model.ts';
import { resultText as text } from './text.ts';

type Row = { readonly category: string; readonly counts: readonly (number | null)[] };

/** What went wrong in the whole pilot, by category and seriousness. */
export function AdverseEventsPanel({ events }: { readonly events: PilotEvaluationResult['adverseEvents'] }) {
  if ('refused' in events) {
    return (
      <Panel title={text.adverse}>
        <Notice>
          <p>{events.refused}</p>
        </Notice>
      </Panel>
    );
  }
  return <Events events={events} />;
}

function Events({ events }: { readonly events: PilotAdverseEvents }) {
  const { categories, seriousness, counts, people, withheld } = events;
  const heads = text.eventsColumns;
  const rows = [...categories, heads.all].map((category, at): Row => ({ category, counts: counts[at] ?? [] }));
  const columns: readonly TableColumn<Row>[] = [
    { id: 'category', header: heads.category, value: ({ category }) => category, widthPx: 220, grow: 1 },
    ...[...seriousness, heads.all].map((header, at): TableColumn<Row> => {
      const read = (row: Row): number | null => row.counts[at] ?? null;
      return { ...{ id: header, header, align: 'end', widthPx: 150 }, value: read, cell: (row) => words(read(row)) };
    }),
  ];
  return (
    <Panel
      title={text.adverse}
      note={text.adverseNote(people.map(({ what, count }) => `${what} ${words(count)}`).join(', '))}
    >
      <Stack>
        <DataTable
          id="pilot-adverse-events"
          label={text.adverse}
          columns={columns}
          rows={rows}
          rowId={({ category }) => category}
          showToolbar={false}
          maxHeightPx={320}
        />
        {withheld === null ? null : (
          <Notice>
            <p>{withheld}</p>
          </Notice>
        )}
      </Stack>
    </Panel>
  );
}

function words(count: number | null): string {
  return count === null ? text.withheld : formatCount(count);
}
