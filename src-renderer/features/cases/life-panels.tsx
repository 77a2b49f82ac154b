import type { CaseView } from '#shared/contract/cases.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { formatDate, formatNumber, none } from '../../ui/format.ts';
import { Columns, Panel } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { text } from './text.ts';

type Absence = CaseView['absences'][number];
type Contact = CaseView['contacts'][number];

const absenceColumns: readonly TableColumn<Absence>[] = [
  { id: 'from', header: 'From', value: (row) => row.from, cell: (row) => formatDate(row.from), widthPx: 112 },
  {
    id: 'to',
    header: 'To',
    value: (row) => row.to,
    cell: (row) => (row.to === null ? 'not ended' : formatDate(row.to)),
    widthPx: 112,
  },
  { id: 'reason', header: 'Reason', value: (row) => row.reason, grow: 1, widthPx: 120 },
  {
    id: 'days',
    header: 'FTE days',
    value: (row) => row.fteDays,
    cell: (row) => (row.fteDays === null ? none : formatNumber(row.fteDays)),
    align: 'end',
    widthPx: 90,
  },
];
const contactColumns: readonly TableColumn<Contact>[] = [
  { id: 'day', header: 'Day', value: (row) => row.day, cell: (row) => formatDate(row.day), widthPx: 112 },
  { id: 'service', header: 'Service', value: (row) => row.service, grow: 1, widthPx: 150 },
  { id: 'step', header: 'Step', value: (row) => row.step, widthPx: 110 },
];

export function LifePanels({ view }: { readonly view: CaseView }) {
  return (
    <Columns>
      <Panel title={text.absenceTitle} note={view.absenceWords}>
        {view.absences.length === 0 ? null : (
          <DataTable
            id="case-absences"
            label={text.absenceTitle}
            columns={absenceColumns}
            rows={view.absences}
            rowId={(row) => row.from}
            maxHeightPx={240}
            showToolbar={false}
          />
        )}
      </Panel>
      <Panel title={text.contactsTitle} note={view.contacts.length === 0 ? text.contactsNone : undefined}>
        {view.contacts.length === 0 ? null : (
          <DataTable
            id="case-contacts"
            label={text.contactsTitle}
            columns={contactColumns}
            rows={view.contacts}
            rowId={(row) => `${row.day} ${row.service} ${row.step}`}
            maxHeightPx={240}
            showToolbar={false}
          />
        )}
      </Panel>
    </Columns>
  );
}
