import { Group, Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import { ChartPanel } from '../../ui/chart-panel.tsx';
import { specOption } from '../../ui/charts/spec-chart.ts';
import { formatCount, formatMonth, formatNumber } from '../../ui/format.ts';
import type { TableColumn } from '../../ui/table-model.ts';
import { WorkedOut } from '../../ui/worked-out.tsx';
import type { Question } from './filters.ts';
import { readSeries, type SeriesCell } from './results.ts';
import { type RatePoint, ratePoints } from './teams-model.ts';
import { text } from './text.ts';
import { meanOf } from './trend-model.ts';

type Props = { readonly question: Question; readonly result: AnalysisResult; readonly plain: readonly SeriesCell[] };

const columns: readonly TableColumn<RatePoint>[] = [
  { id: 'month', header: 'Month', value: (row) => row.month, cell: (row) => formatMonth(row.month), grow: 1 },
  {
    id: 'people',
    header: 'People in post',
    value: (row) => row.people,
    cell: (row) => formatCount(row.people),
    align: 'end',
  },
  {
    id: 'perPerson',
    header: 'Per person',
    value: (row) => row.perPerson,
    cell: (row) => (row.perPerson === null ? 'withheld' : formatNumber(row.perPerson, 2)),
    align: 'end',
  },
];

function Choice({
  label,
  all,
  values,
  value,
  onChange,
}: {
  readonly label: string;
  readonly all: string;
  readonly values: readonly string[];
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
}) {
  return (
    <Select
      size="xs"
      w={180}
      aria-label={label}
      searchable
      data={[{ value: '', label: all }, ...values]}
      value={value ?? ''}
      onChange={(next) => onChange(next || null)}
    />
  );
}

/** Load per person in post over time, for everybody or for one unit or role. */
export function RateChart({ question, result, plain }: Props) {
  const [unit, setUnit] = useState<string | null>(null);
  const [role, setRole] = useState<string | null>(null);
  const series = useMemo(() => readSeries(result), [result]);
  const days = question.windowDays;
  const points = useMemo(
    () => ratePoints(series, plain, days, { unit, role }, question.firstDay),
    [series, plain, days, unit, role, question.firstDay],
  );
  const option = useMemo(() => {
    const centre = meanOf(points.map((point) => point.perPerson));
    return specOption({
      kind: 'trend',
      measure: 'per person in post',
      decimals: 2,
      months: points.map((point) => point.month),
      series: [{ name: 'Load', values: points.map((point) => point.perPerson ?? 'withheld') }],
      ...(centre === null ? {} : { centre: { value: centre, label: 'Mean' } }),
    });
  }, [points]);
  const units = useMemo(() => [...new Set(series.map((cell) => cell.unit))].sort(), [series]);
  const roles = useMemo(() => [...new Set(series.map((cell) => cell.role))].sort(), [series]);
  const last = points.at(-1);
  const whom = [unit, role].filter((part) => part !== null).join(', ') || 'everybody in post';
  const title =
    last && last.perPerson !== null
      ? `${text.rateTitle(days)}: ${formatNumber(last.perPerson, 2)} in ${formatMonth(last.month)}, ${whom}`
      : `${text.rateTitle(days)}, ${whom}`;
  return (
    <ChartPanel
      copyable={false}
      id="exposure-rate"
      title={title}
      note={text.rateNote(days)}
      description={`Run chart by month. ${title}. The table behind the chart has every value.`}
      heightPx={260}
      option={option}
      columns={columns}
      rows={points}
      rowId={(row) => row.month}
      nothing={points.every(({ perPerson }) => perPerson === null) ? text.rateNothing : null}
      actions={
        <>
          <Group gap={8}>
            <Choice label={text.unit} all={text.allUnits} values={units} value={unit} onChange={setUnit} />
            <Choice label={text.role} all={text.allRoles} values={roles} value={role} onChange={setRole} />
          </Group>
          <WorkedOut
            result={result}
            steps={[
              `For each month’s end, add up the load of the people in post over the ${days} days before it, and divide by the people.`,
              'Groups of fewer than 10 people, and counts of 1 to 4 exposures, are withheld.',
            ]}
          />
        </>
      }
    />
  );
}
