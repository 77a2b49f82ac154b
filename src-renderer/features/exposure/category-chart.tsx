import { useCallback, useMemo } from 'react';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import { ChartPanel } from '../../ui/chart-panel.tsx';
import { barChartHeightPx, barChartOption } from '../../ui/charts/bar-chart.ts';
import type { ChartPalette } from '../../ui/charts/palette.ts';
import { formatCount, formatShare, none } from '../../ui/format.ts';
import type { TableColumn } from '../../ui/table-model.ts';
import { WorkedOut } from '../../ui/worked-out.tsx';
import type { Question } from './filters.ts';
import { type ExposureLoad, readLoad } from './results.ts';
import { text } from './text.ts';
import { categoryLabel } from './timeline-model.ts';
import { type CategoryChange, categoryChanges } from './trend-model.ts';

type Props = {
  readonly question: Question;
  readonly now: ExposureLoad;
  readonly nowResult: AnalysisResult;
  readonly windowAgo: AnalysisResult;
  readonly twoWindowsAgo: AnalysisResult | null;
};

const columns: readonly TableColumn<CategoryChange>[] = [
  { id: 'category', header: 'Kind', value: (row) => categoryLabel(row.category), grow: 1, widthPx: 220 },
  { id: 'now', header: 'This window', value: (row) => row.now, cell: (row) => formatCount(row.now), align: 'end' },
  {
    id: 'before',
    header: 'Window before',
    value: (row) => row.before,
    cell: (row) => (row.before === null ? none : formatCount(row.before)),
    align: 'end',
  },
];

/** What kinds of exposure the window holds, beside the window before it. */
export function CategoryChart({ question, now, nowResult, windowAgo, twoWindowsAgo }: Props) {
  const changes = useMemo(
    () => categoryChanges(now, readLoad(windowAgo), twoWindowsAgo ? readLoad(twoWindowsAgo) : null),
    [now, windowAgo, twoWindowsAgo],
  );
  const hasBefore = twoWindowsAgo !== null;
  const option = useCallback(
    (palette: ChartPalette) =>
      barChartOption(
        {
          bars: changes.map((change) => ({
            label: categoryLabel(change.category),
            value: change.now,
            words: formatCount(change.now),
            before: change.before,
          })),
          unit: `Last ${question.windowDays} days`,
          ...(hasBefore ? { beforeLabel: `${question.windowDays} days before` } : {}),
        },
        palette,
      ),
    [changes, hasBefore, question.windowDays],
  );
  const total = changes.reduce((sum, change) => sum + change.now, 0);
  const most = changes[0];
  const title =
    most && total > 0
      ? `${formatCount(total)} exposures in the last ${question.windowDays} days; most often ${categoryLabel(most.category).toLowerCase()} (${formatShare(most.now / total)})`
      : `No exposures in the last ${question.windowDays} days`;
  return (
    <ChartPanel
      copyable={false}
      id="exposure-categories"
      title={title}
      note={text.categoryNote(question.windowDays, hasBefore)}
      description={`Horizontal bars of exposures by kind. ${title}. The table behind the chart has every value.`}
      heightPx={barChartHeightPx(changes.length)}
      option={option}
      columns={columns}
      rows={changes}
      rowId={(row) => row.category}
      actions={
        <WorkedOut
          result={nowResult}
          steps={[
            `Take the totals by category up to the day, and up to ${question.windowDays} days earlier; what is between is the window.`,
            ...(hasBefore ? ['The window before it is worked out in the same way.'] : []),
          ]}
        />
      }
    />
  );
}
