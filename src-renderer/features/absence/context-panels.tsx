import { DataTable } from '../../ui/data-table.tsx';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { Facts, Notice, Panel, Stack } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import type { Absence, ReasonLine } from './results.ts';
import { text } from './text.ts';

type Props = { readonly absence: Absence };

const reasonColumns: readonly TableColumn<ReasonLine>[] = [
  { id: 'reason', header: 'Code in the extract', value: (row) => row.reason ?? 'none given', grow: 1, widthPx: 180 },
  {
    id: 'group',
    header: 'Read as',
    value: (row) => row.group.toLowerCase().replaceAll('_', ' '),
    grow: 1,
    widthPx: 180,
  },
  {
    id: 'spells',
    header: 'Spells',
    value: (row) => row.spells,
    cell: (row) => (row.spells === null ? text.tooFew : formatCount(row.spells)),
    align: 'end',
    widthPx: 136,
  },
  {
    id: 'days',
    header: 'FTE days',
    value: (row) => row.fteDays,
    cell: (row) => (row.fteDays === null ? text.tooFew : formatCount(row.fteDays)),
    align: 'end',
    widthPx: 136,
  },
];

export function ReasonsPanel({ absence }: Props) {
  return (
    <Panel title={text.reasonsTitle} note={text.reasonsNote}>
      <DataTable
        id="absence-reasons"
        label={text.reasonsTitle}
        columns={reasonColumns}
        rows={absence.reasons}
        rowId={(row) => row.reason ?? ''}
        maxHeightPx={320}
      />
    </Panel>
  );
}

/** The Bradford factor with its warning: its spread, and nobody's own. */
export function BradfordPanel({ absence }: Props) {
  const { note, people, spread } = absence.bradford;
  return (
    <Panel title={text.bradfordTitle}>
      <Stack>
        <Notice tone="warn">
          <p>{note}</p>
        </Notice>
        <Facts
          facts={[
            { term: 'People in post on the last day', value: formatCount(people) },
            { term: 'Median', value: spread === null ? text.tooFew : formatNumber(spread.median, 0) },
            {
              term: 'Middle half',
              value: spread === null ? text.tooFew : `${formatNumber(spread.q1, 0)} to ${formatNumber(spread.q3, 0)}`,
            },
          ]}
        />
      </Stack>
    </Panel>
  );
}
