import { useMemo } from 'react';
import { fairnessSpec, fairnessTitle } from '#shared/charts/early-warning-group-charts.ts';
import type { FairnessRow } from '#shared/domain/early-warning.ts';
import { groupFigure, verdictWords } from '#shared/domain/early-warning-words.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { formatCount, formatNumber, none } from '../../ui/format.ts';
import { EmptyState, Panel, Stack } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { ResultChart } from './result-chart.tsx';
import type { RunProps } from './run-props.ts';
import { text } from './text.ts';

function figure(id: string, header: string, pick: (row: FairnessRow) => Parameters<typeof groupFigure>[1]) {
  return {
    id,
    header,
    value: (row: FairnessRow) => groupFigure(row, pick(row)),
    align: 'end',
    widthPx: 180,
  } as const;
}

function held(id: string, header: string, pick: (row: FairnessRow) => number | null): TableColumn<FairnessRow> {
  return {
    id,
    header,
    value: pick,
    cell: (row) => {
      const value = pick(row);
      return value === null ? text.withheld : formatCount(value);
    },
    align: 'end',
    widthPx: 110,
  };
}

const columns: readonly TableColumn<FairnessRow>[] = [
  { id: 'group', header: 'Characteristic', value: (row) => row.group, widthPx: 130 },
  { id: 'level', header: 'Group', value: (row) => row.level, grow: 1, widthPx: 130 },
  { id: 'verdict', header: 'Verdict', value: verdictWords, widthPx: 150 },
  held('landmarks', 'Screenings', (row) => row.landmarks),
  held('events', 'Cases', (row) => row.events),
  figure('ratio', 'Observed over expected', (row) => row.observedExpected),
  {
    id: 'p',
    header: 'p (Holm)',
    value: (row) => row.pHolm,
    cell: (row) => (row.pHolm === null ? none : row.pHolm < 0.001 ? 'under 0.001' : formatNumber(row.pHolm, 3)),
    align: 'end',
    widthPx: 100,
  },
  figure('auc', 'AUC', (row) => row.auc),
  figure('sensitivity', 'Cases found', (row) => row.sensitivity),
  figure('ppv', 'Signals right', (row) => row.positivePredictiveValue),
];

/** The same figures by sex, ethnicity, age band, rank, role and part-time. */
export function FairnessTab({ result }: RunProps) {
  const spec = useMemo(() => fairnessSpec(result), [result]);
  const rowId = (row: FairnessRow): string => `${row.group}: ${row.level}`;
  if (spec === null) {
    return (
      <Panel title={fairnessTitle(result)}>
        <EmptyState icon="early-warning" title="Not assessable" text={text.noFairness} />
      </Panel>
    );
  }
  return (
    <Stack>
      <ResultChart
        id="early-warning-fairness"
        title={fairnessTitle(result)}
        note={text.fairnessNote}
        about="One row a group: observed over expected with its interval, and the bounds 0.8 to 1.25."
        spec={spec}
        columns={columns}
        rows={result.fairness}
        rowId={rowId}
      />
      <Panel title="Every group in figures">
        <DataTable
          id="early-warning-fairness-figures"
          label="Every group in figures"
          columns={columns}
          rows={result.fairness}
          rowId={rowId}
          copyable
        />
      </Panel>
    </Stack>
  );
}
