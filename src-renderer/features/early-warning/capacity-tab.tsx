import { Slider } from '@mantine/core';
import { useState } from 'react';
import type { CapacityRow } from '#shared/domain/early-warning.ts';
import { countWords } from '#shared/domain/early-warning-words.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { formatNumber, formatShare } from '../../ui/format.ts';
import { EmptyState, KeyFigures, Panel, Stack } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import classes from './early-warning.module.css';
import type { RunProps } from './run-props.ts';
import { text } from './text.ts';
import { inTenWords, shareWords } from './words.ts';

const columns: readonly TableColumn<CapacityRow>[] = [
  {
    id: 'signals',
    header: 'Signals a week',
    value: (row) => row.signalsAWeek,
    cell: (row) => weekWords(row.signalsAWeek),
    align: 'end',
    grow: 1,
    widthPx: 130,
  },
  {
    id: 'threshold',
    header: 'From a chance of',
    value: (row) => row.threshold,
    cell: (row) => formatShare(row.threshold),
    align: 'end',
    grow: 1,
    widthPx: 140,
  },
  {
    id: 'ppv',
    header: 'Signals that are right',
    value: (row) => row.positivePredictiveValue,
    cell: (row) => shareWords(row.positivePredictiveValue),
    align: 'end',
    grow: 1,
    widthPx: 170,
  },
  {
    id: 'sensitivity',
    header: 'Cases found',
    value: (row) => row.sensitivity,
    cell: (row) => shareWords(row.sensitivity),
    align: 'end',
    grow: 1,
    widthPx: 120,
  },
  {
    id: 'missed',
    header: 'Cases missed',
    value: (row) => row.missedCases,
    cell: (row) => countWords(row.missedCases),
    align: 'end',
    grow: 1,
    widthPx: 120,
  },
];

function weekWords(signals: number): string {
  return formatNumber(signals, Number.isInteger(signals) ? 0 : 1);
}

function keyOf(row: CapacityRow): string {
  return String(row.signalsAWeek);
}

/** Place of the row that comes nearest to what the clinic can do. */
export function nearestRow(rows: readonly CapacityRow[], signalsAWeek: number): number {
  return rows.reduce(
    (best, row, index) =>
      Math.abs(row.signalsAWeek - signalsAWeek) < Math.abs((rows[best]?.signalsAWeek ?? 0) - signalsAWeek)
        ? index
        : best,
    0,
  );
}

/** Moves along what a number of offers a week would mean. */
export function CapacityTab({ result: { capacity } }: RunProps) {
  const { rows } = capacity;
  const [at, setAt] = useState(() => nearestRow(rows, capacity.signalsAWeek));
  const chosen = rows[at];
  if (!chosen) {
    return (
      <Panel title={text.capacityTitle}>
        <EmptyState icon="early-warning" title="Not assessable" text={text.noCapacity} />
      </Panel>
    );
  }
  return (
    <Stack>
      <Panel title={text.capacityTitle} note={text.capacityNote}>
        <div className={classes.slider}>
          <Slider
            thumbLabel={text.capacitySlider}
            min={0}
            max={rows.length - 1}
            step={1}
            value={at}
            onChange={setAt}
            label={(index) => weekWords(rows[index]?.signalsAWeek ?? 0)}
            thumbProps={{ 'aria-valuetext': `${weekWords(chosen.signalsAWeek)} signals a week` }}
          />
        </div>
        <DataTable
          id="early-warning-capacity"
          label={text.capacityTitle}
          columns={columns}
          rows={rows}
          rowId={keyOf}
          chosen={keyOf(chosen)}
          onOpen={(row) => setAt(rows.indexOf(row))}
          showToolbar={false}
        />
      </Panel>
      <KeyFigures
        figures={[
          {
            label: 'Signals a week',
            value: weekWords(chosen.signalsAWeek),
            note:
              chosen.signalsAWeek === capacity.signalsAWeek
                ? 'what was asked for'
                : `asked for: ${weekWords(capacity.signalsAWeek)}`,
          },
          { label: 'Offered from a chance of', value: formatShare(chosen.threshold) },
          {
            label: 'Signals followed by a case',
            value: inTenWords(chosen.positivePredictiveValue),
            note: shareWords(chosen.positivePredictiveValue),
          },
          {
            label: 'Cases missed',
            value: countWords(chosen.missedCases),
            note:
              chosen.sensitivity === null ? text.tooFew : `${shareWords(chosen.sensitivity)} of the cases are found`,
          },
        ]}
      />
    </Stack>
  );
}
