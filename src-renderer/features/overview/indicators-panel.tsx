import { Button } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { type Indicator, readIndicators, useIndicators } from '../../bridge/indicators.ts';
import { AgainstTarget } from '../../ui/against-target.tsx';
import { AnalysisGate } from '../../ui/analysis-gate.tsx';
import { assuranceWords } from '../../ui/assurance.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { formatMonth, none } from '../../ui/format.ts';
import { assuranceOf, indicatorValue, latestPoint, titleWithUnit, variationOf } from '../../ui/indicator-words.ts';
import { Panel } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { Sparkline, Variation, variationWords } from '../../ui/variation.tsx';
import { wholeMonthsBetween } from '../../ui/whole-months.ts';
import { text } from './text.ts';

/** One of each field; the place of the indicators has all of them. */
const shownHere = [
  'exposure-rate',
  'exposure-coverage',
  'screening-uptake',
  'absence-rate',
  'psychological-absence-rate',
  'offer-uptake',
  'peer-response',
] as const;
const mostMonths = 24;

const columns: readonly TableColumn<Indicator>[] = [
  { id: 'title', header: 'Indicator', value: (row) => titleWithUnit(row.definition), grow: 1, widthPx: 280 },
  {
    id: 'chart',
    header: 'By month',
    value: () => null,
    sortable: false,
    cell: (row) => (
      <Sparkline
        values={row.chart.points.map(({ value }) => value)}
        centre={row.chart.centre}
        target={row.target?.value ?? null}
        state={variationOf(row)}
      />
    ),
    widthPx: 122,
  },
  {
    id: 'latest',
    header: 'Latest',
    value: (row) => latestPoint(row)?.value ?? null,
    cell: (row) => {
      const value = latestPoint(row)?.value ?? null;
      return value === null ? none : <strong>{indicatorValue(row.definition, value)}</strong>;
    },
    align: 'end',
    widthPx: 96,
  },
  {
    id: 'month',
    header: 'Month',
    value: (row) => latestPoint(row)?.month ?? null,
    cell: (row) => {
      const month = latestPoint(row)?.month;
      return month === undefined ? none : formatMonth(month);
    },
    widthPx: 92,
  },
  {
    id: 'variation',
    header: 'How it varies',
    value: (row) => variationWords(variationOf(row)),
    cell: (row) => <Variation state={variationOf(row)} />,
    grow: 1,
    widthPx: 160,
  },
  {
    id: 'target',
    header: 'Against target',
    value: (row) => assuranceWords(assuranceOf(row)),
    cell: (row) => <AgainstTarget indicator={row} />,
    grow: 1,
    widthPx: 160,
  },
];

type Props = { readonly firstDay: string | null; readonly latestDay: string | null };

/** The main indicators, each as a small run chart with how it varies now. */
export function IndicatorsPanel({ firstDay, latestDay }: Props) {
  const months = latestDay === null ? 0 : Math.min(mostMonths, wholeMonthsBetween(firstDay, latestDay));
  return latestDay === null || months < 2 ? null : <Asked asOf={latestDay} months={months} />;
}

function Asked({ asOf, months }: { readonly asOf: string; readonly months: number }) {
  const analysis = useIndicators(asOf, months, shownHere);
  const navigate = useNavigate();
  const { data } = analysis.query;
  const measured = useMemo(
    () => (data === undefined ? [] : readIndicators(data).filter((indicator) => latestPoint(indicator) !== null)),
    [data],
  );
  return (
    <AnalysisGate analysis={analysis} label={text.indicatorsRunning}>
      {() => (
        <Panel
          title={text.indicators}
          note={text.indicatorsNote}
          actions={
            <Button variant="default" size="xs" renderRoot={(props) => <Link to="/indicators" {...props} />}>
              {text.indicatorsAll}
            </Button>
          }
        >
          <DataTable
            id="overview-indicators"
            label={text.indicators}
            columns={columns}
            rows={measured}
            rowId={(row) => row.id}
            onOpen={({ id }) => void navigate({ to: '/indicators/$indicatorId', params: { indicatorId: id } })}
            showToolbar={false}
            nothing={text.indicatorsNone}
          />
        </Panel>
      )}
    </AnalysisGate>
  );
}
