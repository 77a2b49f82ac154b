import { Button, Group } from '@mantine/core';
import { useMemo } from 'react';
import type { DirectoryService, ServiceOffer } from '#shared/contract/services.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { formatDate, formatInstant, formatNumber, none } from '../../ui/format.ts';
import type { TableColumn } from '../../ui/table-model.ts';
import { serviceText as text } from './service-text.ts';
import { poundWords } from './usage-words.ts';

function costWords({ cost }: ServiceOffer): string {
  return cost === null ? text.notKnown : `${poundWords(cost.gbp)} ${text.bases[cost.basis]}`;
}

function periodWords({ from, to }: ServiceOffer): string {
  if (from === null) return to === null ? none : text.until(formatDate(to));
  return to === null ? text.since(formatDate(from)) : text.between(formatDate(from), formatDate(to));
}

type OfferProps = {
  readonly services: readonly DirectoryService[];
  /** Null for whoever may only read. */
  readonly onCorrect: ((service: DirectoryService) => void) | null;
  readonly onWithdraw: ((service: DirectoryService) => void) | null;
};

export function OfferTable({ services, onCorrect, onWithdraw }: OfferProps) {
  const columns = useMemo(() => {
    const told = (id: string, header: string, read: (offer: ServiceOffer) => string, widthPx: number) => ({
      id,
      header,
      value: ({ current }: DirectoryService) => (current === null ? none : read(current)),
      widthPx,
    });
    const all: readonly TableColumn<DirectoryService>[] = [
      { id: 'service', header: text.columns.service, value: (row) => row.service, grow: 1, widthPx: 120 },
      told('type', text.columns.type, ({ type }) => text.types[type], 125),
      told('audience', text.columns.audience, ({ audience }) => text.audiences[audience], 135),
      told('cost', text.columns.cost, costWords, 135),
      {
        id: 'capacity',
        header: text.columns.capacity,
        value: ({ current }) => current?.capacityPerMonth ?? null,
        cell: ({ current }) =>
          current?.capacityPerMonth == null ? text.notKnown : formatNumber(current.capacityPerMonth, 0),
        align: 'end',
        widthPx: 130,
      },
      told('period', text.columns.period, periodWords, 135),
      ...(onCorrect === null || onWithdraw === null
        ? []
        : [
            {
              id: 'actions',
              header: text.columns.actions,
              value: () => null,
              cell: (row: DirectoryService) => (
                <Group gap={4} wrap="nowrap">
                  <Button
                    size="compact-xs"
                    variant="default"
                    onClick={() => onCorrect(row)}
                    aria-label={`${text.correct} ${row.service}`}
                  >
                    {text.correct}
                  </Button>
                  <Button
                    size="compact-xs"
                    variant="subtle"
                    onClick={() => onWithdraw(row)}
                    aria-label={`${text.withdraw} ${row.service}`}
                  >
                    {text.withdraw}
                  </Button>
                </Group>
              ),
              widthPx: 160,
            },
          ]),
      told('contact', text.columns.contact, ({ contact }) => (contact === '' ? none : contact), 170),
    ];
    return all;
  }, [onCorrect, onWithdraw]);
  return (
    <DataTable
      id="support-services"
      label={text.title}
      columns={columns}
      rows={services}
      rowId={(row) => row.service}
      maxHeightPx={420}
    />
  );
}

type Entry = DirectoryService['history'][number] & { readonly service: string };

const historyColumns: readonly TableColumn<Entry>[] = [
  { id: 'at', header: text.columns.when, value: (row) => row.at, cell: (row) => formatInstant(row.at), widthPx: 150 },
  { id: 'by', header: text.columns.who, value: (row) => row.by, widthPx: 110 },
  { id: 'service', header: text.columns.service, value: (row) => row.service, widthPx: 150 },
  {
    id: 'what',
    header: text.columns.what,
    value: (row) => (row.offer === null ? text.withdrawn : text.entered),
    widthPx: 100,
  },
  {
    id: 'cost',
    header: text.columns.cost,
    value: (row) => (row.offer === null ? none : costWords(row.offer)),
    widthPx: 140,
  },
  {
    id: 'capacity',
    header: text.columns.capacity,
    value: (row) => row.offer?.capacityPerMonth ?? null,
    align: 'end',
    widthPx: 140,
  },
  { id: 'reason', header: text.columns.reason, value: (row) => row.reason, grow: 1, widthPx: 200 },
];

/** Everything that was entered and taken out, the newest first. */
export function HistoryTable({ services }: { readonly services: readonly DirectoryService[] }) {
  const entries = useMemo(
    () =>
      services
        .flatMap(({ service, history }) => history.map((entry) => ({ ...entry, service })))
        .sort((left, right) => (left.at < right.at ? 1 : -1)),
    [services],
  );
  return (
    <DataTable
      id="support-services-history"
      label={text.history}
      columns={historyColumns}
      rows={entries}
      rowId={(row) => `${row.at} ${row.service}`}
      showToolbar={false}
      maxHeightPx={260}
    />
  );
}
