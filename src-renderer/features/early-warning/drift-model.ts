import type { DriftRow } from '#shared/domain/early-warning.ts';
import { formatNumber } from '../../ui/format.ts';

export type PredictorLine = {
  readonly code: string;
  readonly words: string;
  /** By wave of `waves`; null where the wave is too small to say. */
  readonly stability: readonly (number | null)[];
};

/** One line a predictor, the most changed at the latest wave that says anything first. */
export function predictorLines(drift: readonly DriftRow[]): {
  readonly waves: readonly string[];
  readonly lines: readonly PredictorLine[];
} {
  const latest = drift.findLast(({ predictors }) => predictors.length > 0);
  const lines = (latest?.predictors ?? []).map(({ code, words }) => ({
    code,
    words: `${words.charAt(0).toUpperCase()}${words.slice(1)}`,
    stability: drift.map(({ predictors }) => predictors.find((one) => one.code === code)?.stability ?? null),
  }));
  return { waves: drift.map(({ wave }) => wave), lines };
}

/** `0.31, shifted`: the bounds of the stability index in a word. */
export function stabilityWords(stability: number | null): string {
  if (stability === null) return 'not assessable';
  const word = stability >= 0.25 ? 'shifted' : stability >= 0.1 ? 'some change' : 'stable';
  return `${formatNumber(stability, 2)}, ${word}`;
}
