import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ListedRecord, ReviewView } from '#shared/contract/review-shapes.ts';
import { type FullTextState, fullTextStates } from '#shared/domain/review.ts';
import { errorOf } from '../../../bridge/client.ts';
import { useOperation } from '../../../bridge/hooks.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { formatCount } from '../../../ui/format.ts';
import { QueryGate } from '../../../ui/query-gate.tsx';
import { Panel, Stack } from '../../../ui/surface.tsx';
import type { TableColumn } from '../../../ui/table-model.ts';
import classes from '../evidence.module.css';
import { useEvidenceCommand } from '../use-evidence-command.ts';
import { recordColumns } from './record-columns.ts';
import { fullTextText as text } from './text.ts';

const places = ['to-retrieve', 'not-retrieved', 'to-assess'] as const;
const columns: readonly TableColumn<ListedRecord>[] = [
  ...recordColumns,
  {
    id: 'place',
    header: text.columns.place,
    value: ({ place }) => text.places[place as keyof typeof text.places] ?? place,
    widthPx: 160,
  },
];

/** What became of the full texts of the records that were kept. */
export function RetrievalPanel({ view: { review } }: { readonly view: ReviewView }) {
  const kept = useOperation('reviews.records', { review, places: [...places], limit: 500 });
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const tell = useEvidenceCommand('reviews.fullText');
  const toggle = ({ record }: ListedRecord) =>
    setMarked((now) => {
      const id = String(record);
      return new Set(now.has(id) ? [...now].filter((other) => other !== id) : [...now, id]);
    });
  const say = async (state: FullTextState) => {
    if (await tell.run({ review, records: [...marked].map(Number), state })) setMarked(new Set());
  };
  return (
    <Panel
      title={text.toFind}
      note={text.toFindNote}
      actions={fullTextStates.toReversed().map((state) => (
        <Button
          key={state}
          size="xs"
          variant="default"
          disabled={marked.size === 0 || tell.isPending}
          onClick={() => void say(state)}
        >
          {text.say[state]}
        </Button>
      ))}
    >
      <Stack>
        {tell.isError ? <ErrorPanel error={errorOf(tell.error)} /> : null}
        <QueryGate query={kept}>
          {({ records }) => (
            <DataTable
              id="review-full-texts"
              label={text.toFind}
              columns={columns}
              rows={records}
              rowId={({ record }) => String(record)}
              marked={marked}
              onOpen={toggle}
              onRowKey={(event, row) => {
                if (event.key !== ' ') return null;
                toggle(row);
                return false;
              }}
              toolbar={<span className={classes.note}>{text.marked(formatCount(marked.size))}</span>}
              nothing={text.nothing}
              maxHeightPx={320}
            />
          )}
        </QueryGate>
      </Stack>
    </Panel>
  );
}
