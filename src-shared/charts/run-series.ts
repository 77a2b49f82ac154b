import type { RunSignal, RunSpec } from './chart-spec.ts';

/** A month of a run chart as the engine has it; whatever has no value says why. */
export type RunPoint = {
  readonly month: string;
  readonly state: 'measured' | 'withheld' | 'not measurable';
  readonly value: number | null;
  readonly reason: string | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly signals: readonly string[];
  readonly signal: RunSignal | null;
};

/** What a rule of a run chart says of a month, by the way it points. */
export const ruleLabels: Readonly<Record<string, Readonly<Record<'high' | 'low', string>>>> = {
  outside: { high: 'Above the limit', low: 'Below the limit' },
  shift: { high: 'Run above the mean', low: 'Run below the mean' },
  trend: { high: 'Rising', low: 'Falling' },
  twoOfThree: { high: 'Near the upper limit', low: 'Near the lower limit' },
};

/** The weightiest rule that a month is part of, in words. */
export function ruleWords({ signals, signal }: RunPoint): string | null {
  const rule = signals[0];
  if (rule === undefined) return null;
  return ruleLabels[rule]?.[signal?.direction ?? 'high'] ?? rule;
}

/** Months of a run chart as they are drawn; each rule is named at the month where it begins to speak. */
export function runSeries({
  points,
  centre,
}: {
  readonly points: readonly RunPoint[];
  readonly centre: number | null;
}): Pick<RunSpec, 'months' | 'points' | 'labels'> {
  const words = points.map(ruleWords);
  return {
    months: points.map(({ month }) => month),
    points: points.map((point) => ({
      value: point.state === 'withheld' ? 'withheld' : point.value,
      centre: point.value === null ? null : centre,
      lower: point.lower,
      upper: point.upper,
      signal: point.signal,
    })),
    labels: words.flatMap((word, index) => (word !== null && word !== words[index - 1] ? [{ index, text: word }] : [])),
  };
}
