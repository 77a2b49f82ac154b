import type { ChartTheme } from './chart-theme.ts';
import { networkKeyPx } from './network-layout.ts';
import type { NetworkVolunteer } from './network-spec.ts';
import { type ChartOption, type ChartSize, textSeries } from './option-parts.ts';
import { shortened, textWidth } from './text-width.ts';

/** Told apart by shape as well as by colour: a full dot, a diamond, a ring. */
export function volunteerMark(
  state: NetworkVolunteer['state'],
  theme: ChartTheme,
): { symbol: string; itemStyle: ChartOption } {
  if (state === 'over') return { symbol: 'diamond', itemStyle: { color: theme.flag, opacity: 1 } };
  if (state === 'ready') return { symbol: 'circle', itemStyle: { color: theme.accent, opacity: 1 } };
  return {
    symbol: 'circle',
    itemStyle: { color: theme.band, borderColor: theme.muted, borderWidth: 1.5, opacity: 1 },
  };
}

const keyWords = [
  ['ready', 'Ready'],
  ['over', 'Carries more than they have places for'],
  ['away', 'Takes nobody new on'],
] as const;
const sizeWords = 'Larger: more places used. ';
const lineWords = 'Line: people by the base of their first contact; thicker: more; dashed: withheld.';

/** How to read the marks, under the picture; without volunteers, the lines alone. */
export function networkKey(theme: ChartTheme, size: ChartSize, hasVolunteers: boolean): readonly ChartOption[] {
  const firstY = size.heightPx - networkKeyPx + 14;
  let x = 10;
  const marks = (hasVolunteers ? keyWords : []).map(([state, words]) => {
    const at = x;
    x += textWidth(words, theme.fontSizePx) + 40;
    return { state, words, at };
  });
  // What does not fit in its line is cut, not set over the next.
  const fitting = marks.map((each, index) => ({
    ...each,
    words: shortened(each.words, theme.fontSizePx, (marks[index + 1]?.at ?? size.widthPx) - each.at - 16),
  }));
  return [
    {
      type: 'scatter',
      silent: true,
      z: 5,
      data: fitting.map(({ state, at }) => ({ value: [at, firstY], ...volunteerMark(state, theme), symbolSize: 10 })),
    },
    textSeries(
      theme,
      [
        ...fitting.map(({ at, words }) => ({ at: [at + 6, firstY] as const, text: words, color: theme.muted })),
        {
          at: [0, firstY + 20] as const,
          text: shortened(`${hasVolunteers ? sizeWords : ''}${lineWords}`, theme.fontSizePx, size.widthPx - 8),
          color: theme.muted,
        },
      ],
      'right',
    ),
  ];
}
