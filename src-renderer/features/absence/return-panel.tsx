import { SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import { chartHeightPx } from '#shared/charts/chart-option.ts';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import { ChartPanel } from '../../ui/chart-panel.tsx';
import { specOption } from '../../ui/charts/spec-chart.ts';
import { formatCount, formatShare } from '../../ui/format.ts';
import { Panel } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { WorkedOut } from '../../ui/worked-out.tsx';
import { returnFinding, returnSpec } from './absence-model.ts';
import type { Absence, ReturnCurve } from './results.ts';
import { text } from './text.ts';

type Line = ReturnCurve['points'][number] & { readonly curve: string };

const columns: readonly TableColumn<Line>[] = [
  { id: 'curve', header: 'Spells', value: (row) => row.curve, grow: 1, widthPx: 150 },
  { id: 'day', header: 'Day', value: (row) => row.day, align: 'end', widthPx: 80 },
  share('share', 'Still absent', (row) => row.stillAbsent),
  share('low', 'Low', (row) => row.low),
  share('high', 'High', (row) => row.high),
  {
    id: 'risk',
    header: 'At risk',
    value: (row) => row.atRisk,
    cell: (row) => (row.atRisk === null ? text.tooFew : formatCount(row.atRisk)),
    align: 'end',
  },
];

function share(id: string, header: string, read: (row: Line) => number | null): TableColumn<Line> {
  return { id, header, value: read, cell: (row) => formatShare(read(row)), align: 'end' };
}

type Split = 'all' | 'reason';
type Props = { readonly absence: Absence; readonly result: AnalysisResult };

/** Time to return, as Kaplan–Meier curves. */
export function ReturnPanel({ absence, result }: Props) {
  const { all, psychological, lateEntries } = absence.returnToWork;
  const [split, setSplit] = useState<Split>('all');
  const curves = useMemo(
    () => (split === 'reason' && psychological.length > 0 ? psychological : all === null ? [] : [all]),
    [split, all, psychological],
  );
  const spec = useMemo(() => returnSpec(curves), [curves]);
  const option = useMemo(() => specOption(spec), [spec]);
  const lines = useMemo(
    () => curves.flatMap(({ group, points }) => points.map((point) => ({ ...point, curve: group }))),
    [curves],
  );
  if (all === null) return <Panel>{text.returnNone}</Panel>;
  const title = returnFinding(all);
  return (
    <ChartPanel
      copyable={false}
      id="absence-return"
      title={title}
      note={text.returnNote(lateEntries)}
      description={`Kaplan–Meier curve of the share still absent. ${title}. The table behind the chart has every value.`}
      heightPx={chartHeightPx(spec)}
      option={option}
      columns={columns}
      rows={lines}
      rowId={(row) => `${row.curve} ${row.day}`}
      actions={
        <>
          {psychological.length > 1 ? (
            <SegmentedControl
              size="xs"
              aria-label={text.splitLabel}
              value={split}
              onChange={(value) => setSplit(value as Split)}
              data={[
                { value: 'all', label: text.splitAll },
                { value: 'reason', label: text.splitReason },
              ]}
            />
          ) : null}
          <WorkedOut
            result={result}
            numbers={[
              { term: 'Spells', value: formatCount(all.spells) },
              { term: 'Returned', value: formatCount(all.returned) },
              { term: 'Censored', value: formatCount(all.spells - all.returned) },
              { term: 'Late entry', value: formatCount(lateEntries) },
            ]}
            steps={[
              'Follow each spell from its first day; one already open on the first day of the period enters there.',
              'Censor spells that go on at the end of the period, and those that end with the service.',
              'Withhold the curve where fewer than ten spells are at risk.',
            ]}
          />
        </>
      }
    />
  );
}
