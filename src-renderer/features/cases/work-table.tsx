import { Button, Group, Modal, SegmentedControl, TextInput } from '@mantine/core';
import { useDeferredValue, useMemo, useState } from 'react';
import type { WorkItem, Worklist } from '#shared/contract/cases.ts';
import { offerNotVerdict } from '#shared/domain/cases.ts';
import { schemeInWords } from '#shared/domain/scheme.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { formatDate, none } from '../../ui/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { Badge, Facts, Panel, Stack } from '../../ui/surface.tsx';
import { filterRows, type TableColumn } from '../../ui/table-model.ts';
import { useReturnFocus } from '../../ui/use-return-focus.ts';
import classes from './cases.module.css';
import { stateWords, text } from './text.ts';
import { useRefreshCases, useUnkeptCommand } from './use-cases.ts';

type Row = WorkItem & { readonly order: number };
type Shown = 'all' | 'signal' | 'referral' | 'case' | 'closed';

function stateTone(item: WorkItem): 'bad' | 'warn' | 'tide' | 'plain' {
  if (item.overdue) return 'bad';
  if (item.state === 'closed') return 'plain';
  return item.kind === 'referral' || item.decision === 'escalate' ? 'warn' : 'tide';
}

const reasonsOf = ({ reviewAsked, reasons }: WorkItem): readonly string[] =>
  reviewAsked ? ['Two reviews are asked for', ...reasons] : reasons;

const columns: readonly TableColumn<Row>[] = [
  {
    id: 'order',
    header: 'State',
    value: (row) => row.order,
    cell: (row) => <Badge tone={stateTone(row)}>{stateWords(row)}</Badge>,
    widthPx: 160,
  },
  {
    id: 'person',
    header: 'Pseudonym',
    value: (row) => row.person,
    cell: (row) => <code>{row.person}</code>,
    widthPx: 150,
  },
  {
    id: 'reasons',
    header: 'Why',
    value: (row) => reasonsOf(row).join(' '),
    cell: (row) => <span className={classes.oneLine}>{reasonsOf(row).join(' · ')}</span>,
    grow: 4,
    widthPx: 300,
  },
  {
    id: 'new',
    header: 'New',
    value: (row) => row.newSignals,
    cell: (row) => (row.newSignals === 0 ? none : row.newSignals),
    align: 'end',
    widthPx: 64,
  },
  { id: 'since', header: 'Since', value: (row) => row.since, cell: (row) => formatDate(row.since), widthPx: 112 },
  {
    id: 'due',
    header: 'Due',
    value: (row) => row.due,
    cell: (row) =>
      row.due === null ? none : row.overdue ? <strong>{formatDate(row.due)}</strong> : formatDate(row.due),
    widthPx: 112,
  },
  { id: 'case', header: 'Case', value: (row) => row.case, align: 'end', widthPx: 72 },
];

const filters: readonly { readonly value: Shown; readonly label: string }[] = [
  { value: 'all', label: 'All that waits' },
  { value: 'case', label: 'Cases' },
  { value: 'signal', label: 'Signals' },
  { value: 'referral', label: 'Referrals' },
  { value: 'closed', label: 'Closed' },
];

function isShown(item: WorkItem, shown: Shown): boolean {
  if (shown === 'closed' || item.state === 'closed') return shown === 'closed' && item.state === 'closed';
  return shown === 'all' || item.kind === shown;
}

export function WorkTable({ list, goTo }: { readonly list: Worklist; readonly goTo: (id: number) => void }) {
  const [shown, setShown] = useState<Shown>('all');
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<WorkItem | null>(null);
  const settled = useDeferredValue(search);
  const rows = useMemo(
    () =>
      filterRows(
        list.items.map((item, order) => ({ ...item, order })).filter((item) => isShown(item, shown)),
        columns,
        settled,
      ),
    [list, shown, settled],
  );
  const as = text.signalsAsOf(list.asOf, schemeInWords(list.scheme, list.schemeVersion));
  return (
    <Panel title={text.worklist} note={`${text.worklistNote}${as}`}>
      <DataTable
        id="cases-worklist"
        label={text.worklist}
        columns={columns}
        rows={rows}
        rowId={(row) => `${row.kind} ${row.case ?? row.person}`}
        sortBy={{ id: 'order', desc: false }}
        maxHeightPx={520}
        onOpen={(row) => (row.case === null ? setChosen(row) : goTo(row.case))}
        nothing={text.worklistEmpty}
        toolbar={
          <Group gap="xs">
            <SegmentedControl
              size="xs"
              aria-label="What is shown"
              data={[...filters]}
              value={shown}
              onChange={(value) => setShown(value as Shown)}
            />
            <TextInput
              size="xs"
              w={200}
              aria-label="Search the worklist"
              placeholder="Search the worklist"
              leftSection={<Icon name="search" size={15} />}
              value={search}
              onChange={(event) => setSearch(event.currentTarget.value)}
            />
          </Group>
        }
      />
      {chosen ? <WaitingDialog item={chosen} onClose={() => setChosen(null)} goTo={goTo} /> : null}
    </Panel>
  );
}

type DialogProps = { readonly item: WorkItem; readonly onClose: () => void; readonly goTo: (id: number) => void };

/** The reasons in full, and the way into a case. */
function WaitingDialog({ item, onClose, goTo }: DialogProps) {
  useReturnFocus();
  const refresh = useRefreshCases();
  const open = useUnkeptCommand('cases.open');
  const origin = item.kind === 'referral' ? 'extract' : 'signal';
  return (
    <Modal opened onClose={onClose} size="lg" title={stateWords(item)} closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack>
        <Facts
          facts={[
            { term: 'Pseudonym', value: <code>{item.person}</code> },
            { term: 'Since', value: formatDate(item.since) },
            ...(item.raisedBy.length > 0 ? [{ term: text.raisedBy, value: item.raisedBy.join('; ') }] : []),
          ]}
        />
        <ul className={classes.reasons}>
          {item.reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
        <p className={classes.dim}>{offerNotVerdict}</p>
        {open.error ? <ErrorPanel error={open.error} /> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {text.cancel}
          </Button>
          <Button
            loading={open.busy}
            data-autofocus
            onClick={() =>
              void open.run({ person: item.person, origin }, (made) => {
                refresh();
                goTo(made.case);
              })
            }
          >
            {item.openCase === null ? text.openCase : text.joinCase(item.openCase)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
