import { SegmentedControl } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { chartHeightPx } from '#shared/charts/chart-option.ts';
import { missedSpec } from '#shared/charts/uptake-charts.ts';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import { useMemory } from '../../bridge/memory.ts';
import { ChartPanel } from '../../ui/chart-panel.tsx';
import { specOption } from '../../ui/charts/spec-chart.ts';
import { formatCount, formatNumber, formatShare, none } from '../../ui/format.ts';
import { Panel } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { WorkedOut } from '../../ui/worked-out.tsx';
import { filtersMemory, type Grouping, groupings } from './filters.ts';
import type { ServiceUptake, SupportUptake, UptakeByGroup, UptakeOfGroup } from './results.ts';
import { text } from './text.ts';
import { byRatio, missedFinding } from './uptake-model.ts';

function columnsFor(minimum: number): readonly TableColumn<UptakeOfGroup>[] {
  const number = (
    id: string,
    header: string,
    read: (row: UptakeOfGroup) => number | null,
    show: (value: number) => string,
  ): TableColumn<UptakeOfGroup> => ({
    id,
    header,
    value: read,
    cell: (row) => {
      if (row.people === null) return id === 'people' ? text.few(minimum) : none;
      const value = read(row);
      return value === null ? none : show(value);
    },
    align: 'end',
    widthPx: id === 'people' ? 170 : 100,
  });
  const two = (value: number) => formatNumber(value, 2);
  return [
    { id: 'group', header: 'Group', value: (row) => row.group, grow: 1, widthPx: 180 },
    number('people', 'People', (row) => row.people, formatCount),
    number('uptake', 'Uptake', (row) => row.uptake?.share ?? null, formatShare),
    number('ratio', 'Ratio', (row) => row.ratio?.estimate ?? null, two),
    number('low', 'Low', (row) => row.ratio?.low ?? null, two),
    number('high', 'High', (row) => row.ratio?.high ?? null, two),
    number(
      'p',
      'p (Holm)',
      (row) => row.pHolm,
      (value) => formatNumber(value, 3),
    ),
  ];
}

type Props = { readonly uptake: SupportUptake; readonly service: ServiceUptake; readonly result: AnalysisResult };

/** Who takes an offer up less often than others. */
export function MissedPanel({ uptake, service, result }: Props) {
  const { by } = useMemory(filtersMemory);
  const grouping = service.groups.find((found) => found.by === by);
  const choice = (
    <SegmentedControl
      size="xs"
      aria-label={text.by}
      value={by}
      onChange={(value) => filtersMemory.set((now) => ({ ...now, by: value as Grouping }))}
      data={groupings.map((value) => ({ value, label: text.byOptions[value] }))}
    />
  );
  if (!grouping?.groups.some(({ ratio }) => ratio !== null)) {
    return <Panel actions={choice}>{text.missedNone(uptake.minimum)}</Panel>;
  }
  return <Ratios grouping={grouping} uptake={uptake} result={result} choice={choice} />;
}

type RatiosProps = {
  readonly grouping: UptakeByGroup;
  readonly uptake: SupportUptake;
  readonly result: AnalysisResult;
  readonly choice: ReactNode;
};

function Ratios({ grouping, uptake, result, choice }: RatiosProps) {
  const rows = useMemo(() => byRatio(grouping), [grouping]);
  const spec = useMemo(() => missedSpec(grouping.reference, rows), [grouping, rows]);
  const option = useMemo(() => specOption(spec), [spec]);
  const columns = useMemo(() => columnsFor(uptake.minimum), [uptake.minimum]);
  const title = missedFinding(grouping);
  return (
    <ChartPanel
      copyable={false}
      id="support-missed"
      title={title}
      note={text.missedNote(uptake.followDays, grouping.withheldGroups)}
      description={`Forest plot of uptake ratios with 95% intervals. ${title}. The table behind the chart has every value.`}
      heightPx={chartHeightPx(spec)}
      option={option}
      columns={columns}
      rows={rows}
      rowId={(row) => row.group}
      actions={
        <>
          {choice}
          <WorkedOut
            result={result}
            numbers={[{ term: 'Groups', value: formatCount(grouping.groups.length) }]}
            steps={[
              'Take the group that each person was in on the day of the offer.',
              'Divide the share of the group that took the offer up by that of the rest; 95% intervals on the logarithm, p adjusted by Holm.',
              `Withhold groups with fewer than ${uptake.minimum} on either side, and what would give them away.`,
            ]}
          />
        </>
      }
    />
  );
}
