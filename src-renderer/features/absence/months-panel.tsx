import { useMemo } from 'react';
import { chartHeightPx } from '#shared/charts/chart-option.ts';
import type { RunSpec } from '#shared/charts/chart-spec.ts';
import { ruleWords, runSeries } from '#shared/charts/run-series.ts';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import { ChartPanel } from '../../ui/chart-panel.tsx';
import { specOption } from '../../ui/charts/spec-chart.ts';
import { formatCount, formatMonth, formatNumber, none } from '../../ui/format.ts';
import { Panel } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { WorkedOut } from '../../ui/worked-out.tsx';
import { monthsFinding } from './absence-model.ts';
import type { Absence, AbsenceMonth } from './results.ts';
import { text } from './text.ts';

type Amount = 'value' | 'numerator' | 'denominator' | 'calendarDays' | 'spellsStarted' | 'lower' | 'upper';

function amount(id: Amount, header: string, decimals = 0): TableColumn<AbsenceMonth> {
  return {
    id,
    header,
    value: (row) => row[id],
    cell: (row) => {
      const value = row[id];
      if (value !== null) return decimals === 0 ? formatCount(value) : formatNumber(value, decimals);
      return row.state === 'measured' && id === 'spellsStarted' ? text.tooFew : none;
    },
    align: 'end',
    widthPx: 118,
  };
}

const columns: readonly TableColumn<AbsenceMonth>[] = [
  { id: 'month', header: 'Month', value: (row) => row.month, cell: (row) => formatMonth(row.month), widthPx: 100 },
  amount('value', 'Per 100', 2),
  amount('numerator', 'FTE days lost'),
  amount('denominator', 'Of FTE days'),
  amount('calendarDays', 'Calendar days'),
  amount('spellsStarted', 'Spells begun'),
  amount('lower', 'Lower limit', 2),
  amount('upper', 'Upper limit', 2),
  {
    id: 'signal',
    header: 'Signal, or why no value',
    value: (row) => row.reason ?? ruleWords(row),
    grow: 1,
    widthPx: 280,
  },
];

type Props = { readonly absence: Absence; readonly result: AnalysisResult };

/** Whether the rate of the force has changed, month by month. */
export function MonthsPanel({ absence, result }: Props) {
  const { months } = absence;
  const spec = useMemo<RunSpec>(
    () => ({ kind: 'run', measure: 'FTE days lost per 100', decimals: 1, ...runSeries(months) }),
    [months],
  );
  const option = useMemo(() => specOption(spec), [spec]);
  const withheld = months.points.filter(({ state }) => state === 'withheld').length;
  const measured = months.points.filter(({ state }) => state === 'measured').length;
  if (measured === 0) return <Panel>{text.monthsNone}</Panel>;
  const title = monthsFinding(months);
  return (
    <ChartPanel
      copyable={false}
      id="absence-months"
      title={title}
      note={[
        text.monthsNote,
        withheld > 0 ? text.monthsWithheld(withheld) : '',
        ...months.warnings.map((warning) => ` ${warning}`),
      ].join('')}
      description={`Run chart of FTE days lost per 100 by month with its mean and limits. ${title}. The table behind the chart has every value.`}
      heightPx={chartHeightPx(spec)}
      option={option}
      columns={columns}
      rows={months.points}
      rowId={(row) => row.month}
      actions={
        <WorkedOut
          result={result}
          numbers={[{ term: 'Months with a value', value: formatCount(measured) }]}
          steps={[
            'Split the days lost and the days in post by month; a spell counts in the month in which it began. FTE days lost by FTE days in post; times 100.',
            'Leave out months that the period or the extract holds in part only, and withhold those with fewer than ten people absent, with what would give them away.',
            'Limits: XmR chart (mean ± 2.66 mean moving ranges) over the months with a value, with the four rules of NHS England’s “Making Data Count”.',
          ]}
        />
      }
    />
  );
}
