import { useMemo } from 'react';
import { chartHeightPx } from '#shared/charts/chart-option.ts';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { PeerLoad } from '#shared/domain/peer-network.ts';
import { ChartPanel } from '../../../ui/chart-panel.tsx';
import { specOption } from '../../../ui/charts/spec-chart.ts';
import { formatCount, formatNumber, formatShare } from '../../../ui/format.ts';
import type { TableColumn } from '../../../ui/table-model.ts';
import { WorkedOut } from '../../../ui/worked-out.tsx';
import { loadFinding, lorenzSpec } from './load-model.ts';
import { networkText } from './text.ts';

const text = networkText.load;

type Point = PeerLoad['lorenz'][number];

const columns: readonly TableColumn<Point>[] = [
  {
    id: 'volunteers',
    header: 'Least busy share of the volunteers',
    value: ({ volunteers }) => volunteers,
    cell: ({ volunteers }) => formatShare(volunteers),
    align: 'end',
    widthPx: 260,
  },
  {
    id: 'contacts',
    header: 'Contacts they carry',
    value: ({ contacts }) => contacts,
    cell: ({ contacts }) => formatShare(contacts),
    align: 'end',
    widthPx: 180,
  },
];

type Props = { readonly load: PeerLoad; readonly result: AnalysisResult };

/** Whether a few volunteers carry most. */
export function LoadPanel({ load, result }: Props) {
  const spec = useMemo(() => lorenzSpec(load), [load]);
  const option = useMemo(() => specOption(spec), [spec]);
  const title = loadFinding(load);
  const words = (count: number | null, of: 'people' | 'volunteers') =>
    count === null ? networkText.few(of) : formatCount(count);
  return (
    <ChartPanel
      copyable={false}
      id="support-network-load"
      title={title}
      note={`${text.note} ${load.gini === null ? text.giniNone : text.gini(formatNumber(load.gini, 2))}`}
      description={`${text.about} ${title}. The table behind the chart has every value.`}
      heightPx={chartHeightPx(spec)}
      option={option}
      columns={columns}
      rows={load.lorenz}
      rowId={({ volunteers }) => String(volunteers)}
      nothing={load.lorenz.length === 0 ? text.none : null}
      actions={
        <WorkedOut
          result={result}
          numbers={[
            { term: 'Volunteers in service', value: words(load.volunteers, 'volunteers') },
            { term: 'Contacts', value: words(load.contacts, 'people') },
          ]}
          steps={text.steps}
        />
      }
    />
  );
}
