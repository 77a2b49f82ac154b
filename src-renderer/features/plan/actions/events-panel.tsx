import type { ActionView } from '#shared/contract/plan.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { formatInstant } from '../../../ui/format.ts';
import { Panel } from '../../../ui/surface.tsx';
import type { TableColumn } from '../../../ui/table-model.ts';
import { actionText as text } from './text.ts';

type Row = ActionView['events'][number] & { readonly number: number };

const heads = text.eventColumns;

function inWords({ kind, version, value, words }: Row): string {
  if (kind === 'sign-off') return text.signedFor(version, value ?? '');
  if (kind === 'move') return `${text.movedTo(value ?? '')}: ${words}`;
  return kind === 'pilot' ? (value ?? '') : words;
}

const columns: readonly TableColumn<Row>[] = [
  { id: 'at', header: heads.when, value: ({ number }) => number, cell: ({ at }) => formatInstant(at), widthPx: 150 },
  { id: 'by', header: heads.who, value: ({ by }) => by, widthPx: 110 },
  { id: 'kind', header: heads.what, value: ({ kind }) => text.events[kind], widthPx: 130 },
  { id: 'words', header: heads.words, value: inWords, widthPx: 300, grow: 2 },
];

/** Sign-offs, moves, notes and the pilot that an action led to. */
export function EventsPanel({ view }: { readonly view: ActionView }) {
  const rows = view.events.map((event, at) => ({ ...event, number: at + 1 }));
  return (
    <Panel title={text.happened} note={text.happenedNote}>
      <DataTable
        id="plan-action-events"
        label={text.happened}
        columns={columns}
        rows={rows}
        rowId={({ number }) => String(number)}
        linesPerRow={2}
        showToolbar={false}
        nothing={text.nothingHappened}
      />
    </Panel>
  );
}
