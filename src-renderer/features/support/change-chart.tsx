import { useMemo } from 'react';
import { chartHeightPx } from '#shared/charts/chart-option.ts';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import { ChartPanel } from '../../ui/chart-panel.tsx';
import { specOption } from '../../ui/charts/spec-chart.ts';
import { formatMonth, formatShare } from '../../ui/format.ts';
import type { TableColumn } from '../../ui/table-model.ts';
import { WorkedOut } from '../../ui/worked-out.tsx';
import type { Change, ChangeMonth } from './results.ts';
import { text } from './text.ts';
import { changeFinding, changeSpec, pointWords } from './uptake-model.ts';

function columnsFor(minimum: number): readonly TableColumn<ChangeMonth>[] {
  const share = (id: string, header: string, read: (row: ChangeMonth) => number | null): TableColumn<ChangeMonth> => ({
    id,
    header,
    value: read,
    cell: (row) => (id === 'share' && row.share === null ? text.few(minimum) : formatShare(read(row))),
    align: 'end',
    widthPx: id === 'share' ? 170 : 110,
  });
  return [
    { id: 'month', header: 'Month', value: (row) => row.month, cell: (row) => formatMonth(row.month), widthPx: 120 },
    { id: 'after', header: 'Offer', value: (row) => (row.after ? 'changed' : 'as before'), widthPx: 110 },
    share('share', 'Taken up', (row) => row.share),
    share('fitted', 'Fitted', (row) => row.fitted),
    share('expected', 'Expected', (row) => row.expected),
    share('low', 'Low', (row) => row.low),
    share('high', 'High', (row) => row.high),
  ];
}

type Props = { readonly change: Change; readonly minimum: number; readonly result: AnalysisResult };

/** Uptake by month, with what the months before lead one to expect. */
export function ChangeChart({ change, minimum, result }: Props) {
  const spec = useMemo(() => changeSpec(change), [change]);
  const option = useMemo(() => specOption(spec), [spec]);
  const columns = useMemo(() => columnsFor(minimum), [minimum]);
  const title = changeFinding(change);
  const { compared, comparedOmitted } = change;
  const beside =
    compared === null
      ? (comparedOmitted ?? '')
      : `Against ${compared.names.join(', ')}, which it did not touch: ${pointWords(compared.difference)}.`;
  return (
    <ChartPanel
      copyable={false}
      id="support-change"
      title={title}
      note={`${beside === '' ? '' : `${beside} `}${text.changeNote(change.withinDays)}`}
      description={`Line of uptake by month. ${title}. The table behind the chart has every value.`}
      heightPx={chartHeightPx(spec)}
      option={option}
      columns={columns}
      rows={change.months}
      rowId={(row) => row.month}
      actions={
        <WorkedOut
          result={result}
          steps={[
            `Take the people offered it in each whole month, and the share of them contacted within ${change.withinDays} days; the month of the change itself is in neither part.`,
            'Fit a straight line to the months before and another to those after, with errors that follow one another (AR(1), REML).',
            'Where something untouched is named, take the difference of the differences, with errors that allow for people who were offered it several times.',
          ]}
        />
      }
    />
  );
}
