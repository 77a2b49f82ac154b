import { formatNumber, formatShare } from '#shared/report/format.ts';

/** `12% more than`, `3% fewer than`, `as many as`, for counts; null where one is not known or there is nothing to compare with. */
export function changeOfCount(now: number | null, then: number | null): string | null {
  if (now === null || then === null || then === 0) return null;
  const change = (now - then) / then;
  if (Math.round(change * 100) === 0) return now === then ? 'as many as' : 'about as many as';
  return `${formatShare(Math.abs(change))} ${change > 0 ? 'more' : 'fewer'} than`;
}

/** `1.4 points more than`, in percentage points or the unit of a rate. */
export function changeOfRate(now: number | null, then: number | null, unit = 'points'): string | null {
  if (now === null || then === null) return null;
  const change = now - then;
  const size = formatNumber(Math.abs(change), 1);
  if (size === '0.0') return 'about the same as';
  return `${size} ${unit} ${change > 0 ? 'more' : 'less'} than`;
}

/** `12% more than the quarter before (1,170) and about as many as a year before (1,290)`; null where nothing can be compared. */
export function comparedWords(
  now: number | null,
  [before, yearBefore]: readonly [number | null, number | null],
  change: (now: number | null, then: number | null) => string | null,
  written: (value: number) => string,
): string | null {
  const parts = [
    { words: change(now, before), when: 'the quarter before', value: before },
    { words: change(now, yearBefore), when: 'the same quarter of the year before', value: yearBefore },
  ].flatMap(({ words, when, value }) =>
    words === null || value === null ? [] : [`${words} ${when} (${written(value)})`],
  );
  return parts.length === 0 ? null : parts.join(' and ');
}
