import { Button } from '@mantine/core';
import { useState } from 'react';
import type { PilotView } from '#shared/contract/pilots.ts';
import { hasRole, useSession } from '../../../bridge/session.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { formatInstant } from '../../../ui/format.ts';
import { EmptyState, Panel } from '../../../ui/surface.tsx';
import type { TableColumn } from '../../../ui/table-model.ts';
import { DeviateDialog } from './deviate-dialog.tsx';
import { deviationText as text } from './text.ts';

type Row = PilotView['deviations'][number] & { readonly number: number };

const heads = text.columns;
const columns: readonly TableColumn<Row>[] = [
  { id: 'at', header: heads.when, value: ({ number }) => number, cell: ({ at }) => formatInstant(at), widthPx: 150 },
  { id: 'by', header: heads.who, value: ({ by }) => by, widthPx: 110 },
  { id: 'what', header: heads.what, value: ({ what }) => what, widthPx: 260, grow: 2 },
  { id: 'reason', header: heads.reason, value: ({ reason }) => reason, widthPx: 220, grow: 1 },
];

/** What was done otherwise than locked. */
export function DeviationsTab({ view }: { readonly view: PilotView }) {
  const isEvaluator = hasRole(useSession(), 'evaluator');
  const [adding, setAdding] = useState(false);
  if (view.lock === null) {
    return (
      <Panel>
        <EmptyState icon="seal" title={text.beforeTitle} text={text.before} />
      </Panel>
    );
  }
  const rows = view.deviations.map((deviation, at) => ({ ...deviation, number: at + 1 }));
  const add = isEvaluator ? <Button onClick={() => setAdding(true)}>{text.add}</Button> : undefined;
  return (
    <>
      {rows.length === 0 ? (
        <Panel>
          <EmptyState icon="seal" title={text.noneTitle} text={text.none} action={add} />
        </Panel>
      ) : (
        <Panel title={text.title} note={text.note} actions={add}>
          <DataTable
            id="pilot-deviations"
            label={text.title}
            columns={columns}
            rows={rows}
            rowId={({ number }) => String(number)}
            linesPerRow={3}
            showToolbar={false}
          />
        </Panel>
      )}
      {adding ? <DeviateDialog pilot={view.pilot} onClose={() => setAdding(false)} /> : null}
    </>
  );
}
