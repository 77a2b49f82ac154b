import type { DoseSpec } from '#shared/charts/dose-spec.ts';
import type { IntervalsSpec } from '#shared/charts/intervals-spec.ts';
import type { InstrumentChoice } from '#shared/contract/instruments.ts';
import { createMemory } from '../../bridge/memory.ts';
import { formatNumber } from '../../ui/format.ts';
import type { DoseResult, Interval } from './dose-results.ts';
import { type Question, windowsDays } from './filters.ts';

/** What a person has chosen; null where they have not, which means what is usual. */
export type DoseChoices = {
  readonly instrument: string | null;
  readonly scale: string | null;
  /** Name of a cut-off for caseness; null for the score. */
  readonly cutOff: string | null;
};
export const doseMemory = createMemory<DoseChoices>({ instrument: null, scale: null, cutOff: null });

export type Scale = InstrumentChoice['scales'][number];
export type FilledDose = {
  readonly instrument: InstrumentChoice;
  readonly scale: Scale;
  readonly cutOff: string | null;
};

/** Choices with what is usual filled in; null where no instrument is held. */
export function fillDose(choices: DoseChoices, held: readonly InstrumentChoice[]): FilledDose | null {
  const instrument = held.find((entry) => entry.instrument === choices.instrument) ?? held[0];
  const scale =
    instrument?.scales.find((entry) => entry.scale === choices.scale) ??
    instrument?.scales.find((entry) => entry.scale === instrument.mainScale) ??
    instrument?.scales[0];
  if (!instrument || !scale) return null;
  const known = scale.cutOffs.some(({ name }) => name === choices.cutOff);
  return { instrument, scale, cutOff: known ? choices.cutOff : null };
}

/** @param at exposures at which the curve is told; null while the range is not known */
export function doseQuestion(question: Question, filled: FilledDose, at: readonly number[] | null) {
  return {
    instrument: filled.instrument.instrument,
    scale: filled.scale.scale,
    outcome: filled.cutOff === null ? 'score' : 'case',
    cutOff: filled.cutOff,
    from: question.firstDay,
    to: question.asOf,
    windowDays: question.windowDays,
    windows: [...windowsDays],
    scheme: question.scheme,
    at: at === null ? null : [...at],
  };
}

const mostPoints = 41;

/**
 * Even steps from the reference to the last exposure that the first answer tells, which one pair in a hundred met or passed.
 * @param whole whether exposures are counts
 */
export function gridOf({ curve, reference }: DoseResult, whole: boolean): readonly number[] {
  const span = Math.max(...curve.map(({ exposure }) => exposure)) - reference;
  const least = whole ? 1 : 0.1;
  const raw = Math.max(span / (mostPoints - 1), least);
  const step = whole ? Math.ceil(raw - 1e-9) : Math.ceil(raw * 10 - 1e-9) / 10;
  const steps = Math.max(1, Math.floor(span / step + 1e-9));
  return Array.from({ length: steps + 1 }, (_none, k) =>
    k === 0 ? reference : Math.round((reference + k * step) * 10) / 10,
  );
}

const leastShown = 5;
const mostBins = 20;

/** Pairs by exposure, as differences of those that met at least so much. */
function binsOf(curve: DoseResult['curve']): DoseSpec['bins'] {
  const width = Math.ceil((curve.length - 1) / mostBins);
  const edges = curve.filter((_point, at) => at % width === 0);
  return edges.slice(1).map((end, at) => {
    const start = edges[at] ?? end;
    const count = start.pairs - end.pairs;
    return { from: start.exposure, to: end.exposure, count: count < leastShown ? null : count };
  });
}

export function exposureWords({ scheme, windowDays }: Question): string {
  return `${scheme === 'count-v1' ? 'exposures' : 'units of weighted exposure'} in ${windowDays} days`;
}

export function measureWords({ measure, reference }: DoseResult): string {
  const against = formatNumber(reference, Number.isInteger(reference) ? 0 : 1);
  return measure === 'odds ratio'
    ? `times the odds of being a case, against ${against} (log scale)`
    : `points of the score, against ${against}`;
}

export function doseSpecOf(dose: DoseResult, question: Question): DoseSpec {
  return {
    kind: 'dose',
    exposure: exposureWords(question),
    measure: measureWords(dose),
    ratio: dose.measure === 'odds ratio',
    points: dose.curve,
    reference: dose.reference,
    counted: 'pairs of screenings',
    bins: binsOf(dose.curve),
  };
}

/** Two decimals, or three where two would say nothing. */
export function effectWords({ estimate, low, high }: Interval, unit = ''): string {
  const decimals = Math.max(Math.abs(estimate), Math.abs(low), Math.abs(high)) < 0.1 ? 3 : 2;
  const words = (value: number): string => formatNumber(value, decimals);
  return `${words(estimate)}${unit} (95% interval ${words(low)} to ${words(high)})`;
}

/** Whether an interval leaves out that nothing differs. */
export function isClear({ low, high }: Interval, ratio: boolean): boolean {
  const none = ratio ? 1 : 0;
  return low > none || high < none;
}

/** What the slope is of: "exposure", or what a scheme makes of it. */
export function unitWords({ scheme }: Question): string {
  return scheme === 'count-v1' ? 'exposure' : 'unit of weighted exposure';
}

/** The finding, in a sentence. */
export function doseFinding({ slope, measure, instrument }: DoseResult, question: Question): string {
  const ratio = measure === 'odds ratio';
  const one = unitWords(question);
  if (!isClear(slope, ratio)) {
    return `${instrument}: no clear difference by exposure; ${effectWords(slope, `${ratio ? ' times the odds of a case' : ' points'} for each ${one} more`)}`;
  }
  if (ratio) return `Each ${one} more went with ${effectWords(slope, ` times the odds of a case on ${instrument}`)}`;
  const up = slope.estimate > 0;
  const size = up ? slope : { estimate: -slope.estimate, low: -slope.high, high: -slope.low };
  return `Each ${one} more went with ${effectWords(size, ` points ${up ? 'more' : 'less'} on ${instrument}`)}`;
}

export function windowsSpecOf({ windows, measure }: DoseResult, question: Question): IntervalsSpec {
  const ratio = measure === 'odds ratio';
  return {
    kind: 'intervals',
    measure: `${ratio ? 'Odds ratio' : 'Points'} for one ${unitWords(question)} more${ratio ? ' (log scale)' : ''}`,
    ratio,
    reference: ratio ? 1 : 0,
    rows: windows.map(({ windowDays, slope, difference }) => ({
      label: `${windowDays} days${windowDays === question.windowDays ? ' (drawn)' : ''}`,
      ...{ estimate: slope.estimate, low: slope.low, high: slope.high },
      text: `${effectWords(slope).replace('95% interval ', '')}; AIC ${difference === 0 ? 'best' : `+${formatNumber(difference, 1)}`}`,
    })),
  };
}

/** Windows whose fit is within two of the best are as good as it. */
export function windowsFinding({ windows, measure }: DoseResult): string {
  const good = windows.filter(({ difference }) => difference < 2).map(({ windowDays }) => windowDays);
  if (good.length === windows.length) return 'All windows fit about as well as each other';
  const last = good.at(-1);
  const words = good.length > 1 ? `${good.slice(0, -1).join(', ')} and ${last}` : `${last}`;
  return `Exposure over ${words} days goes with ${measure === 'odds ratio' ? 'caseness' : 'the score'} most closely`;
}
