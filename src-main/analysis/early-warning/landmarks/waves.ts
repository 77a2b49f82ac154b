import { civilOfDay, dayOfCivil } from '#shared/domain/dates.ts';
import type { LandmarkWave } from '../landmark-table.ts';
import type { KnownScreening } from './history.ts';

export type Waves = {
  readonly waves: readonly LandmarkWave[];
  readonly waveOf: (screening: KnownScreening) => number;
};

function halfYear(day: number): number {
  const { year, month } = civilOfDay(day);
  return year * 2 + (month > 6 ? 1 : 0);
}

function halfYearWave(half: number): LandmarkWave {
  const year = Math.floor(half / 2);
  return half % 2 === 0
    ? { name: `January to June ${year}`, firstDay: dayOfCivil(year, 1, 1), lastDay: dayOfCivil(year, 6, 30) }
    : { name: `July to December ${year}`, firstDay: dayOfCivil(year, 7, 1), lastDay: dayOfCivil(year, 12, 31) };
}

/**
 * The waves of the screenings: by their labels where every one has a label, in the order of their first days, else calendar
 * half-years from the first screening to the last.
 */
export function wavesOf(screenings: readonly (readonly KnownScreening[])[]): Waves {
  const spans = new Map<string, { firstDay: number; lastDay: number }>();
  let isLabelled = true;
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const own of screenings) {
    for (const { day, wave } of own) {
      first = Math.min(first, day);
      last = Math.max(last, day);
      if (wave === null) isLabelled = false;
      const span = spans.get(wave ?? '');
      if (!span) spans.set(wave ?? '', { firstDay: day, lastDay: day });
      else {
        span.firstDay = Math.min(span.firstDay, day);
        span.lastDay = Math.max(span.lastDay, day);
      }
    }
  }
  if (first > last) return { waves: [], waveOf: () => 0 };
  if (isLabelled) {
    const waves = [...spans]
      .map(([name, span]) => ({ name, ...span }))
      .sort((a, b) => a.firstDay - b.firstDay || a.lastDay - b.lastDay || (a.name < b.name ? -1 : 1));
    const indexOf = new Map(waves.map(({ name }, index) => [name, index]));
    return { waves, waveOf: ({ wave }) => indexOf.get(wave ?? '') ?? 0 };
  }
  const from = halfYear(first);
  const waves = Array.from({ length: halfYear(last) - from + 1 }, (_, at) => halfYearWave(from + at));
  return { waves, waveOf: ({ day }) => halfYear(day) - from };
}
