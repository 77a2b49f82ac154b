import { NumberInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { OutputOf } from '#shared/contract/index.ts';
import { errorOf } from '../../bridge/client.ts';
import { useCommand, useOperation } from '../../bridge/hooks.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { Panel, Stack } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { text } from './text.ts';

type Period = OutputOf<'retention.get'>['periods'][number];
type Save = (kind: string, months: number | null) => void;

const mostMonths = 1_200;

function monthsOf(typed: string): number | null {
  const months = Number(typed);
  return typed.trim() === '' || !Number.isInteger(months) || months < 1 ? null : Math.min(months, mostMonths);
}

function columnsFor(save: Save): readonly TableColumn<Period>[] {
  return [
    { id: 'kind', header: text.kind, value: (row) => row.label, grow: 1, widthPx: 160 },
    {
      id: 'months',
      header: text.months,
      value: (row) => row.months,
      cell: (row) => (
        <NumberInput
          size="xs"
          aria-label={`${row.label}: months`}
          defaultValue={row.months ?? ''}
          placeholder={text.suggested(row.suggestedMonths)}
          min={1}
          max={mostMonths}
          allowDecimal={false}
          hideControls
          onBlur={(event) => {
            const months = monthsOf(event.currentTarget.value);
            if (months !== row.months) save(row.kind, months);
          }}
        />
      ),
      widthPx: 160,
    },
    { id: 'reviewer', header: text.reviewer, value: (row) => row.reviewer, widthPx: 130 },
    { id: 'setBy', header: text.set, value: (row) => row.setBy ?? text.notSet, widthPx: 130 },
  ];
}

/** For how long rows of each kind are kept; set by administrators. */
export function PeriodsPanel() {
  const periods = useOperation('retention.get', {});
  const set = useCommand('retention.set');
  const client = useQueryClient();
  const { mutate } = set;
  const columns = useMemo(
    () =>
      columnsFor((kind, months) =>
        mutate(
          { kind, months },
          {
            onSettled: () => {
              void client.invalidateQueries({ queryKey: ['retention.get'] });
              void client.invalidateQueries({ queryKey: ['retention.review'] });
            },
          },
        ),
      ),
    [mutate, client],
  );
  return (
    <Panel title={text.periodsTitle} note={text.periodsNote}>
      <Stack>
        <QueryGate query={periods} heightPx={320}>
          {(data) => (
            <DataTable
              id="retention-periods"
              label={text.periodsTitle}
              columns={columns}
              rows={data.periods}
              rowId={(row) => row.kind}
              showToolbar={false}
              maxHeightPx={620}
            />
          )}
        </QueryGate>
        {set.isError ? <ErrorPanel error={errorOf(set.error)} /> : null}
      </Stack>
    </Panel>
  );
}
