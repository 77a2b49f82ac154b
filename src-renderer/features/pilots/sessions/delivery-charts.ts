import type { BarsSpec, HistogramSpec } from '#shared/charts/chart-spec.ts';
import type { FidelityCluster, FidelityWeek, PilotFidelityResult } from '#shared/domain/pilot-fidelity.ts';
import {
  baseOption,
  type ChartOption,
  categoryAxis,
  type MakeOption,
  valueAxis,
} from '../../../ui/charts/base-option.ts';
import { formatCount, formatDate, plural } from '../../../ui/format.ts';
import { sessionText as text } from './text.ts';

/** Sessions that were planned and held, side by side, week by week. */
export function weeksOption(weeks: readonly FidelityWeek[]): MakeOption {
  return (palette): ChartOption => {
    const base = baseOption(palette);
    const series = (name: string, values: readonly number[], at: number) => ({
      ...{ name, type: 'bar', data: [...values], barMaxWidth: 20, animation: false },
      itemStyle: { color: palette.series[at], borderRadius: [2, 2, 0, 0] },
    });
    return {
      ...base,
      grid: { left: 8, right: 12, top: 34, bottom: 4, containLabel: true },
      legend: {
        ...{ top: 0, left: 0, icon: 'roundRect', itemWidth: 10, itemHeight: 10, selectedMode: false },
        textStyle: { color: palette.muted },
      },
      tooltip: { ...(base.tooltip as object), trigger: 'axis' },
      xAxis: categoryAxis(
        palette,
        weeks.map(({ from }) => formatDate(from).replace(/ \d{4}$/, '')),
      ),
      yAxis: { ...valueAxis(palette), minInterval: 1 },
      series: [
        series(
          text.columns.planned,
          weeks.map(({ planned }) => planned),
          1,
        ),
        series(
          text.columns.held,
          weeks.map(({ held }) => held),
          0,
        ),
      ],
    };
  };
}

/** `12 of 16 planned sessions were held; the week from 2 Mar 2026 had the fewest of those planned.` */
export function weeksFinding(weeks: readonly FidelityWeek[]): string {
  const planned = weeks.reduce((sum, week) => sum + week.planned, 0);
  const held = weeks.reduce((sum, week) => sum + week.held, 0);
  if (planned === 0) return text.noPlan;
  const missed = weeks.filter((week) => week.held < week.planned);
  const whole = `${formatCount(held)} of ${plural(planned, 'planned session')} held`;
  return missed.length === 0
    ? `${whole}, in every week as planned`
    : `${whole}; fewer than planned in ${missed.length} of ${plural(weeks.length, 'week')}`;
}

/** How many people had none, part and enough of what was planned for them. */
export function doseSpec({ all }: PilotFidelityResult): HistogramSpec {
  const { none, part, enough } = all.byDose;
  return {
    kind: 'histogram',
    measure: text.doseMeasure,
    counted: 'people',
    bins: [
      { label: text.columns.none, count: none ?? 'withheld' },
      { label: text.columns.part, count: part ?? 'withheld' },
      { label: text.columns.enough, count: enough ?? 'withheld' },
    ],
  };
}

export function doseFinding({ all, enoughShare }: PilotFidelityResult): string {
  const { people, byDose } = all;
  const share = Math.round(enoughShare * 100);
  return people === null || byDose.enough === null
    ? text.doseWithheld
    : `${formatCount(byDose.enough)} of ${plural(people, 'person', 'people')} had at least ${share}% of what was planned for them`;
}

/** Part of what was planned for its people that each team had; those of too few people are marked as withheld. */
export function teamsSpec(clusters: readonly FidelityCluster[], all: PilotFidelityResult['all']): BarsSpec {
  const share = ({ sessionsEach, plannedEach }: PilotFidelityResult['all']): number | null =>
    sessionsEach === null || plannedEach === null || plannedEach === 0 ? null : (100 * sessionsEach) / plannedEach;
  const whole = share(all);
  return {
    kind: 'bars',
    measure: text.teamMeasure,
    decimals: 0,
    bars: clusters.map((cluster) => ({
      label: cluster.cluster,
      value: share(cluster) ?? 'withheld',
      n: cluster.people ?? 'withheld',
    })),
    ...(whole === null ? {} : { reference: { value: whole, label: text.allTeams } }),
  };
}
