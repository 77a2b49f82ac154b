import type { ChartTheme } from './chart-theme.ts';
import type { ChartOption } from './option-parts.ts';

const names = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** Labels for months: every one, every third or each January, with the year under the first and every January. */
export function monthLabels(months: readonly string[], roomPx: number): readonly string[] {
  const perMonth = roomPx / Math.max(1, months.length);
  const step = perMonth >= 26 ? 1 : perMonth >= 10 ? 3 : 12;
  let lastYear = '';
  return months.map((month) => {
    const year = month.slice(0, 4);
    const number = Number(month.slice(5, 7));
    if ((number - 1) % step !== 0) return '';
    const name = names[number - 1] ?? month;
    const label = year === lastYear ? name : `${name}\n${year}`;
    lastYear = year;
    return label;
  });
}

export function monthAxis(theme: ChartTheme, months: readonly string[], roomPx: number): ChartOption {
  const labels = monthLabels(months, roomPx);
  return {
    type: 'category',
    data: months,
    boundaryGap: true,
    axisLine: { lineStyle: { color: theme.axis } },
    axisTick: { show: true, alignWithLabel: true, interval: 0, length: 3, lineStyle: { color: theme.axis } },
    axisLabel: {
      color: theme.muted,
      fontSize: theme.fontSizePx,
      lineHeight: theme.fontSizePx + 3,
      interval: 0,
      formatter: (_month: string, index: number) => labels[index] ?? '',
    },
  };
}
