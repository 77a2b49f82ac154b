import { useState } from 'react';
import type { SafetyAnswer, Worklist } from '#shared/contract/cases.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { formatDate, formatInstant, none } from '../../ui/format.ts';
import { Badge, Notice, Panel } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { SafetyDialog } from './safety-dialog.tsx';
import { rowWords, sinceGiven, text, whoAnswered } from './text.ts';

const keyOf = ({ keys }: SafetyAnswer): string =>
  keys.map(({ batch, row, part }) => `${batch}/${row}/${part}`).join(' ');

const common: readonly TableColumn<SafetyAnswer>[] = [
  { id: 'who', header: 'Who', value: whoAnswered, grow: 1, widthPx: 170 },
  { id: 'given', header: 'Given', value: (row) => row.givenOn, cell: (row) => formatDate(row.givenOn), widthPx: 110 },
  { id: 'days', header: 'Since then', value: (row) => row.days, cell: sinceGiven, widthPx: 120 },
  {
    id: 'received',
    header: 'Arrived',
    value: (row) => row.receivedAt,
    cell: (row) => formatInstant(row.receivedAt),
    widthPx: 160,
  },
  { id: 'row', header: 'Its row', value: (row) => rowWords[row.row], widthPx: 140 },
];
const caseColumn: TableColumn<SafetyAnswer> = {
  id: 'case',
  header: 'Case',
  value: (row) => row.case,
  cell: (row) => (row.case === null ? none : `Case ${row.case}`),
  widthPx: 90,
};
const openColumns: readonly TableColumn<SafetyAnswer>[] = [
  {
    id: 'state',
    header: 'Waits for',
    value: (row) => (row.overdue ? 'a deputy' : 'a clinician'),
    cell: (row) => (row.overdue ? <Badge tone="bad">a deputy: overdue</Badge> : <Badge tone="warn">a clinician</Badge>),
    widthPx: 150,
  },
  ...common,
  caseColumn,
];
const doneColumns: readonly TableColumn<SafetyAnswer>[] = [
  ...common,
  { id: 'by', header: 'Acknowledged by', value: (row) => row.acknowledgedBy, widthPx: 140 },
  {
    id: 'at',
    header: 'On',
    value: (row) => row.acknowledgedAt,
    cell: (row) => formatInstant(row.acknowledgedAt),
    widthPx: 160,
  },
  caseColumn,
];

type Props = { readonly list: Worklist; readonly goTo: (id: number) => void };

/** Raised answers on top of everything; what was not seen apart, and never as “no risk”. */
export function SafetyPanels({ list, goTo }: Props) {
  const [chosen, setChosen] = useState<SafetyAnswer | null>(null);
  const { open, notSeen, notSeenTotal, acknowledged, unreadable } = list.safety;
  const overdue = open.filter((answer) => answer.overdue).length;
  return (
    <>
      <Panel title={text.safetyTitle(open.length)} note={text.safetyNote(list.deputyAfterHours)}>
        {overdue > 0 ? (
          <Notice tone="bad">
            <p>{text.overdue(overdue)}</p>
          </Notice>
        ) : null}
        {unreadable > 0 ? (
          <Notice tone="bad">
            <p>{text.unreadable(unreadable)}</p>
          </Notice>
        ) : null}
        <DataTable
          id="cases-safety"
          label="Safety answers that wait"
          columns={openColumns}
          rows={open}
          rowId={keyOf}
          onOpen={setChosen}
          maxHeightPx={320}
          showToolbar={false}
          nothing={text.safetyNone}
        />
      </Panel>
      {notSeenTotal > 0 ? (
        <Panel title={text.notSeenTitle(notSeenTotal)} note={text.notSeenNote}>
          <DataTable
            id="cases-not-seen"
            label="Safety answers that were not seen"
            columns={[...common, caseColumn]}
            rows={notSeen}
            rowId={keyOf}
            onOpen={setChosen}
            maxHeightPx={190}
            showToolbar={false}
          />
        </Panel>
      ) : null}
      {acknowledged.length > 0 ? (
        <Panel title={text.acknowledgedTitle(acknowledged.length)}>
          <DataTable
            id="cases-acknowledged"
            label="Acknowledged safety answers"
            columns={doneColumns}
            rows={acknowledged}
            rowId={keyOf}
            onOpen={setChosen}
            maxHeightPx={190}
            showToolbar={false}
          />
        </Panel>
      ) : null}
      {chosen ? <SafetyDialog answer={chosen} onClose={() => setChosen(null)} goTo={goTo} /> : null}
    </>
  );
}
