import type { ActionSummary } from '#shared/contract/plan.ts';
import { civilOfDay, dayOfCivil, dayOfIso } from '#shared/domain/dates.ts';

export type TimelineBar = {
  readonly action: ActionSummary;
  /** Per cent of the width. */
  readonly leftPercent: number;
  readonly widthPercent: number;
};

export type TimelinePicture = {
  readonly bars: readonly TimelineBar[];
  /** First days of months, thinned so that their names have room. */
  readonly ticks: readonly { readonly leftPercent: number; readonly month: string }[];
  readonly todayPercent: number | null;
  /** From the end of a bar to the beginning of one that waits for it, by their places among the bars. */
  readonly links: readonly { readonly from: number; readonly to: number }[];
};

const mostTicks = 9;

/** Actions with both days over the months that they span, in the order in which they begin; null where there is none. */
export function timelineOf(actions: readonly ActionSummary[], today: number): TimelinePicture | null {
  const dated = actions.flatMap((action) => {
    const [start, due] = [dayOfIso(action.start ?? ''), dayOfIso(action.due ?? '')];
    return start === null || due === null ? [] : [{ action, start, due }];
  });
  if (dated.length === 0) return null;
  dated.sort((a, b) => a.start - b.start || a.due - b.due);
  const first = monthStart(Math.min(...dated.map(({ start }) => start)), 0);
  const last = monthStart(Math.max(...dated.map(({ due }) => due)), 1);
  const percent = (day: number): number => (100 * (day - first)) / (last - first);
  const placeOf = new Map(dated.map(({ action }, at) => [action.action, at]));
  return {
    bars: dated.map(({ action, start, due }) => ({
      action,
      leftPercent: percent(start),
      widthPercent: percent(due + 1) - percent(start),
    })),
    ticks: ticksBetween(first, last).map((day) => ({ leftPercent: percent(day), month: monthOf(day) })),
    todayPercent: today >= first && today < last ? percent(today) : null,
    links: dated.flatMap(({ action }, to) =>
      action.dependsOn.flatMap((code) => {
        const from = placeOf.get(code);
        return from === undefined ? [] : [{ from, to }];
      }),
    ),
  };
}

/** The first day of the month of a day, or of so many months after it. */
function monthStart(day: number, later: number): number {
  const { year, month } = civilOfDay(day);
  const index = year * 12 + month - 1 + later;
  return dayOfCivil(Math.floor(index / 12), (index % 12) + 1, 1);
}

function ticksBetween(first: number, last: number): number[] {
  const days: number[] = [];
  for (let day = first; day < last; day = monthStart(day, 1)) days.push(day);
  const step = Math.ceil(days.length / mostTicks);
  return days.filter((_, at) => at % step === 0);
}

function monthOf(day: number): string {
  const { year, month } = civilOfDay(day);
  return `${year}-${String(month).padStart(2, '0')}`;
}
