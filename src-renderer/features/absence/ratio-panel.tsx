import { useMemo } from 'react';
import { chartHeightPx } from '#shared/charts/chart-option.ts';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import { ChartPanel } from '../../ui/chart-panel.tsx';
import { specOption } from '../../ui/charts/spec-chart.ts';
import { formatCount, formatNumber, none } from '../../ui/format.ts';
import { Panel } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { WorkedOut } from '../../ui/worked-out.tsx';
import { byRatio, ratioFinding, ratioSpec } from './absence-model.ts';
import type { Absence, GroupRate } from './results.ts';
import { text } from './text.ts';

function number(id: string, header: string, read: (row: GroupRate) => number | null, decimals: number) {
  return {
    id,
    header,
    value: read,
    cell: (row: GroupRate) => {
      const value = read(row);
      return value === null ? none : formatNumber(value, decimals);
    },
    align: 'end' as const,
    widthPx: 112,
  };
}

const columns: readonly TableColumn<GroupRate>[] = [
  { id: 'group', header: 'Group', value: (row) => row.group, grow: 1, widthPx: 180 },
  number('spells', 'Spells begun', (row) => row.spells, 0),
  number('years', 'FTE years', (row) => row.fteYears, 1),
  number('rate', 'Per 100 years', (row) => row.rate, 1),
  number('ratio', 'Ratio', (row) => row.ratio?.estimate ?? null, 2),
  number('low', 'Low', (row) => row.ratio?.low ?? null, 2),
  number('high', 'High', (row) => row.ratio?.high ?? null, 2),
  number('p', 'p (Holm)', (row) => row.pHolm, 3),
];

/** How often spells begin in each group, against one of them. */
export function RatioPanel({ absence, result }: { readonly absence: Absence; readonly result: AnalysisResult }) {
  const { rates, ratesOmitted } = absence;
  if (rates === null || rates.reference === null) {
    return <Panel>{ratesOmitted ?? 'There is one group only, so there is nothing to compare it with.'}</Panel>;
  }
  return <Ratios rates={rates} reference={rates.reference} result={result} />;
}

type Props = {
  readonly rates: NonNullable<Absence['rates']>;
  readonly reference: string;
  readonly result: AnalysisResult;
};

function Ratios({ rates, reference, result }: Props) {
  const rows = useMemo(() => byRatio(rates.groups, reference), [rates, reference]);
  const spec = useMemo(() => ratioSpec(rows, reference), [rows, reference]);
  const option = useMemo(() => specOption(spec), [spec]);
  const title = ratioFinding(rows, reference);
  return (
    <ChartPanel
      copyable={false}
      id="absence-ratios"
      title={title}
      note={text.ratioNote}
      description={`Forest plot of rate ratios with 95% intervals. ${title}. The table behind the chart has every value.`}
      heightPx={chartHeightPx(spec)}
      option={option}
      columns={columns}
      rows={rows}
      rowId={(row) => row.group}
      actions={
        <WorkedOut
          result={result}
          numbers={[
            { term: 'Model', value: rates.family },
            { term: 'Groups', value: formatCount(rates.groups.length) },
          ]}
          steps={[
            'Model the spells that each person began, with the full-time years in post as offset.',
            'Give each group’s rate as a ratio to the reference, with a 95% interval; p adjusted over the groups by Holm.',
          ]}
        />
      }
    />
  );
}
