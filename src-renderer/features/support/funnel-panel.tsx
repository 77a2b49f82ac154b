import { useMemo } from 'react';
import { chartHeightPx } from '#shared/charts/chart-option.ts';
import { funnelSpec } from '#shared/charts/uptake-charts.ts';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import { ChartPanel } from '../../ui/chart-panel.tsx';
import { specOption } from '../../ui/charts/spec-chart.ts';
import { formatCount, formatShare } from '../../ui/format.ts';
import type { TableColumn } from '../../ui/table-model.ts';
import { WorkedOut } from '../../ui/worked-out.tsx';
import type { FunnelStep, ServiceUptake, SupportUptake } from './results.ts';
import { text } from './text.ts';
import { funnelFinding, reasonWords } from './uptake-model.ts';

function columnsFor(minimum: number): readonly TableColumn<FunnelStep>[] {
  const share = (id: string, header: string, read: (row: FunnelStep) => number | null): TableColumn<FunnelStep> => ({
    id,
    header,
    value: read,
    cell: (row) =>
      row.share === null && row.reason !== null ? reasonWords(row.reason, minimum) : formatShare(read(row)),
    align: 'end',
    widthPx: 150,
  });
  return [
    { id: 'step', header: 'Step', value: (row) => text.steps[row.step] ?? row.step, grow: 1, widthPx: 180 },
    {
      id: 'people',
      header: 'People',
      value: (row) => row.people,
      cell: (row) => (row.people === null ? reasonWords(row.reason, minimum) : formatCount(row.people)),
      align: 'end',
      widthPx: 170,
    },
    {
      id: 'of',
      header: 'Share of',
      value: (row) => (row.of === null ? null : (text.steps[row.of] ?? row.of)),
      widthPx: 170,
    },
    share('share', 'Share', (row) => row.share),
    share('low', 'Low', (row) => row.low),
    share('high', 'High', (row) => row.high),
  ];
}

type Props = { readonly uptake: SupportUptake; readonly service: ServiceUptake; readonly result: AnalysisResult };

/** People by step, from those who could have been offered it to those who completed. */
export function FunnelPanel({ uptake, service, result }: Props) {
  const spec = useMemo(() => funnelSpec(service.funnel), [service]);
  const option = useMemo(() => specOption(spec), [spec]);
  const columns = useMemo(() => columnsFor(uptake.minimum), [uptake.minimum]);
  const title = funnelFinding(service);
  return (
    <ChartPanel
      copyable={false}
      id="support-funnel"
      title={title}
      note={text.funnelNote(uptake.followDays, uptake.lastStart)}
      description={`Horizontal bars of people by step. ${title}. The table behind the chart has every value.`}
      heightPx={chartHeightPx(spec)}
      option={option}
      columns={columns}
      rows={service.funnel}
      rowId={(row) => row.step}
      actions={
        <WorkedOut
          result={result}
          numbers={[
            { term: 'People', value: service.people === null ? text.few(uptake.minimum) : formatCount(service.people) },
          ]}
          steps={[
            'Take the first course of each person that started in the period while they were in post.',
            `Count who reached each step within ${uptake.followDays} days of the offer or referral.`,
            `Withhold a step where fewer than ${uptake.minimum} reached it, or fewer than ${uptake.minimum} stopped before it.`,
          ]}
        />
      }
    />
  );
}
