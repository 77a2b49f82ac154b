import { useMemo } from 'react';
import { chartHeightPx } from '#shared/charts/chart-option.ts';
import { answered, responseSpec } from '#shared/charts/peer-charts.ts';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { PeerResponse } from '#shared/domain/peer-network.ts';
import { ChartPanel } from '../../../ui/chart-panel.tsx';
import { specOption } from '../../../ui/charts/spec-chart.ts';
import { formatCount, formatShare } from '../../../ui/format.ts';
import type { TableColumn } from '../../../ui/table-model.ts';
import { WorkedOut } from '../../../ui/worked-out.tsx';
import { responseFinding } from './response-model.ts';
import { networkText } from './text.ts';

const text = networkText.response;

type Point = PeerResponse['curve'][number];

const share = (id: string, header: string, read: (row: Point) => number | null): TableColumn<Point> => ({
  id,
  header,
  value: read,
  cell: (row) => formatShare(read(row)),
  align: 'end',
  widthPx: 130,
});

const columns: readonly TableColumn<Point>[] = [
  { id: 'hours', header: 'Hours since the request', value: ({ hours }) => hours, align: 'end', widthPx: 190 },
  share('answered', 'Answered', ({ waiting }) => answered(waiting)),
  share('low', 'Low', ({ high }) => answered(high)),
  share('high', 'High', ({ low }) => answered(low)),
];

type Props = { readonly response: PeerResponse; readonly result: AnalysisResult };

/** How long people wait for an answer. */
export function ResponsePanel({ response, result }: Props) {
  const spec = useMemo(() => responseSpec(response), [response]);
  const option = useMemo(() => specOption(spec), [spec]);
  const title = responseFinding(response);
  const words = (count: number | null) => (count === null ? networkText.few('people') : formatCount(count));
  return (
    <ChartPanel
      copyable={false}
      id="support-network-response"
      title={title}
      note={text.note}
      description={`${text.about} ${title}. The table behind the chart has every value.`}
      heightPx={chartHeightPx(spec)}
      option={option}
      columns={columns}
      rows={response.curve}
      rowId={({ hours }) => String(hours)}
      nothing={response.curve.length < 2 ? text.none : null}
      actions={
        <WorkedOut
          result={result}
          numbers={[
            { term: 'Requests', value: words(response.requests) },
            { term: 'Without an answer', value: words(response.open) },
          ]}
          steps={text.steps}
        />
      }
    />
  );
}
