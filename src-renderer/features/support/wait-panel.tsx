import { useMemo } from 'react';
import { chartHeightPx } from '#shared/charts/chart-option.ts';
import { waitSpec } from '#shared/charts/uptake-charts.ts';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import { ChartPanel } from '../../ui/chart-panel.tsx';
import { specOption } from '../../ui/charts/spec-chart.ts';
import { formatCount, formatShare } from '../../ui/format.ts';
import { Panel } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { WorkedOut } from '../../ui/worked-out.tsx';
import type { Wait, WaitPoint } from './results.ts';
import { text } from './text.ts';
import { waitFinding } from './uptake-model.ts';

function columnsFor(minimum: number): readonly TableColumn<WaitPoint>[] {
  const share = (id: string, header: string, read: (row: WaitPoint) => number | null): TableColumn<WaitPoint> => ({
    id,
    header,
    value: read,
    cell: (row) => (row.contacted === null ? text.few(minimum) : formatShare(read(row))),
    align: 'end',
    widthPx: 160,
  });
  return [
    { id: 'day', header: 'Days since the offer', value: (row) => row.day, align: 'end', widthPx: 160 },
    share('contacted', 'Contacted', (row) => row.contacted),
    share('low', 'Low', (row) => row.low),
    share('high', 'High', (row) => row.high),
  ];
}

/** Days at which a share was asked for, and those of the curve, each once and in order. */
function rowsOf({ curve, marks }: Wait): readonly WaitPoint[] {
  const days = new Map([...marks, ...curve].map((point) => [point.day, point]));
  return [...days.values()].sort((left, right) => left.day - right.day);
}

type Props = { readonly wait: Wait | null; readonly minimum: number; readonly result: AnalysisResult };

export function WaitPanel({ wait, minimum, result }: Props) {
  return wait === null ? (
    <Panel>{text.waitNone(minimum)}</Panel>
  ) : (
    <Curve wait={wait} minimum={minimum} result={result} />
  );
}

/** Time to the first contact, as a curve that rises. */
function Curve({ wait, minimum, result }: Props & { readonly wait: Wait }) {
  const spec = useMemo(() => waitSpec(wait), [wait]);
  const option = useMemo(() => specOption(spec), [spec]);
  const columns = useMemo(() => columnsFor(minimum), [minimum]);
  const rows = useMemo(() => rowsOf(wait), [wait]);
  const title = waitFinding(wait);
  return (
    <ChartPanel
      copyable={false}
      id="support-wait"
      title={title}
      note={text.waitNote}
      description={`Cumulative incidence of first contacts. ${title}. The table behind the chart has every value.`}
      heightPx={chartHeightPx(spec)}
      option={option}
      columns={columns}
      rows={rows}
      rowId={(row) => String(row.day)}
      actions={
        <WorkedOut
          result={result}
          numbers={[
            { term: 'People', value: formatCount(wait.people) },
            {
              term: 'Left the force first',
              value: wait.left === null ? text.few(minimum) : formatShare(wait.left.share),
            },
          ]}
          steps={[
            'Follow each person from the first offer or referral of the period to the first contact.',
            'Leaving the force before it is a competing risk; who still waits on the newest day held is censored there.',
            `Show only days between which nobody, or at least ${minimum} people, were contacted.`,
          ]}
        />
      }
    />
  );
}
