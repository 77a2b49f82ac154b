import { normalQuantile } from '#main/stats/distributions/normal.ts';
import {
  type ChangeRule,
  type ChangeState,
  changeState,
  differenceError,
} from '#main/stats/measurement/reliable-change.ts';
import type { InstrumentDefinition } from '#shared/domain/instrument.ts';

/** A score as it is held; null where too few answers were given. */
export type HeldScore = {
  readonly day: string;
  readonly instrument: string;
  readonly scale: string;
  readonly score: number | null;
};

export type ScoreWords = {
  readonly day: string;
  readonly instrument: string;
  readonly scale: string;
  readonly score: string;
  readonly band: string;
  readonly caseness: string;
  readonly sinceFirst: string;
  readonly sincePrevious: string;
  readonly assessable: boolean;
};

export const notAssessable = 'Not assessable';

const plain = (value: number): string => value.toLocaleString('en-GB', { maximumFractionDigits: 2 });

type CutOff = InstrumentDefinition['cutOffs'][number];
type Scale = InstrumentDefinition['scales'][number];

function directionOf(definition: InstrumentDefinition, scale: Scale): 'worse' | 'better' {
  return scale.higherIs ?? definition.higherIs;
}

function meets(cutOff: CutOff, score: number): boolean {
  if (cutOff.atLeast !== null) return score >= cutOff.atLeast;
  return cutOff.atMost !== undefined && score <= cutOff.atMost;
}

function casenessWords(definition: InstrumentDefinition, scale: Scale, score: number): string {
  const cutOffs = definition.cutOffs.filter((entry) => entry.scale === scale.scale && entry.enabled);
  if (cutOffs.length === 0) return `${notAssessable}: no confirmed cut-off`;
  return cutOffs
    .map((cutOff) => {
      const limit = cutOff.atLeast ?? cutOff.atMost ?? Number.NaN;
      const side = cutOff.atLeast === null ? 'at most' : 'at least';
      return meets(cutOff, score)
        ? `Meets the cut-off for ${cutOff.name} (${side} ${plain(limit)})`
        : `Does not meet the cut-off for ${cutOff.name} (${side} ${plain(limit)})`;
    })
    .join('. ');
}

type NamedRule = { readonly rule: ChangeRule; readonly basis: string };

/**
 * The instrument's rule of reliable change: the published number of points where one is confirmed, else 1.96·√2·SD·√(1 − r) of
 * Jacobson and Truax from confirmed norms of the whole scale. Null where the definition has neither.
 */
export function changeRuleOf(definition: InstrumentDefinition, scale: Scale): NamedRule | null {
  const better = directionOf(definition, scale) === 'worse' ? ('low' as const) : ('high' as const);
  const caseness = definition.cutOffs.find((entry) => entry.scale === scale.scale && entry.enabled);
  const published = definition.reliableChange.find((entry) => entry.scale === scale.scale && entry.enabled);
  const cutoff = published?.recoveryBelow ?? caseness?.atLeast ?? caseness?.atMost ?? null;
  if (published) {
    // An index of points over points, so that exactly as many points count as reliable.
    const rule = { error: published.points, quantile: 1, cutoff, better };
    const named = published.name === 'reliable' ? '' : `, ${published.name}`;
    return { rule, basis: `${plain(published.points)} points${named}` };
  }
  const norms = definition.norms.filter((entry) => entry.scale === scale.scale && entry.enabled && entry.part === null);
  const spread = norms.find((entry) => entry.standardDeviation !== null);
  // Over time without treatment is the reliability that the index is meant for.
  const reliability =
    norms.find((entry) => entry.reliability?.type === 'test-retest')?.reliability ??
    norms.find((entry) => entry.reliability !== null)?.reliability;
  if (!spread?.standardDeviation || !reliability || reliability.value >= 1) return null;
  const error = differenceError(spread.standardDeviation, reliability.value);
  const quantile = normalQuantile(0.975);
  return {
    rule: { error, quantile, cutoff, better },
    basis: `${plain(quantile * error)} points, from SD ${plain(spread.standardDeviation)} and ${reliability.type} reliability ${plain(reliability.value)}`,
  };
}

const stateWords: Readonly<Record<ChangeState, string>> = {
  recovered: 'Recovered: reliably better, and past the cut-off',
  improved: 'Reliably better',
  unchanged: 'No reliable change',
  deteriorated: 'Reliably worse',
};

function changeWords(from: number, to: number, named: NamedRule): string {
  const difference = to - from;
  const moved = difference === 0 ? 'the same' : `${plain(Math.abs(difference))} ${difference > 0 ? 'higher' : 'lower'}`;
  return `${stateWords[changeState(from, to, named.rule)]} (${moved}; reliable from ${named.basis})`;
}

type Reading = { readonly first: number | null; readonly previous: number | null };

/**
 * Whether a scale has anything to say beside its instrument's main one: a part without a confirmed cut-off, bands or rule of
 * change would stand there as a bare number.
 */
export function speaksForItself(definition: InstrumentDefinition | null, code: string): boolean {
  if (!definition || definition.mainScale === null || definition.mainScale === code) return true;
  const scale = definition.scales.find((entry) => entry.scale === code);
  const isNamed = (entry: { readonly scale: string; readonly enabled: boolean }): boolean =>
    entry.scale === code && entry.enabled;
  const judged = definition.cutOffs.some(isNamed) || definition.bands.some(isNamed);
  return judged || scale === undefined || changeRuleOf(definition, scale) !== null;
}

/** A part of an instrument is named with it: “Avoidance” alone says little. */
function scaleName({ instrument, scale: code }: HeldScore, scale: Scale | undefined): string {
  const title = scale?.title ?? code;
  return title.startsWith(instrument) ? title : `${instrument}: ${title}`;
}

function wordsOf(held: HeldScore, definition: InstrumentDefinition | null, { first, previous }: Reading): ScoreWords {
  const scale = definition?.scales.find((entry) => entry.scale === held.scale);
  const place = { day: held.day, instrument: held.instrument, scale: scaleName(held, scale) };
  if (!definition || !scale || held.score === null) {
    const why =
      held.score === null ? 'too few answers for a score' : 'this version does not know the instrument or scale';
    const none = `${notAssessable}: ${why}`;
    const empty = {
      band: notAssessable,
      caseness: notAssessable,
      sinceFirst: notAssessable,
      sincePrevious: notAssessable,
    };
    return { ...place, ...empty, score: none, assessable: false };
  }
  const { score } = held;
  const rule = changeRuleOf(definition, scale);
  const change = (from: number | null): string => {
    if (from === null) return 'First score';
    return rule === null ? `${notAssessable}: no confirmed rule of reliable change` : changeWords(from, score, rule);
  };
  const bands = definition.bands.find((set) => set.scale === scale.scale && set.enabled);
  return {
    ...place,
    score: `${plain(score)} on ${plain(scale.min)} to ${plain(scale.max)}, where higher is ${directionOf(definition, scale)}`,
    band: bands?.bands.findLast((band) => score >= band.from)?.name ?? 'No confirmed bands',
    caseness: casenessWords(definition, scale, score),
    sinceFirst: change(first),
    sincePrevious: change(previous),
    assessable: true,
  };
}

/** Scores in words, newest first; never a number without what it means. `find` gives the definition of an instrument. */
export function scoresInWords(
  scores: readonly HeldScore[],
  find: (instrument: string) => InstrumentDefinition | null,
): readonly ScoreWords[] {
  const firstOf = new Map<string, number>();
  const previousOf = new Map<string, number>();
  const ordered = [...scores].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  const lines = ordered.map((held) => {
    const name = `${held.instrument} ${held.scale}`;
    const reading = { first: firstOf.get(name) ?? null, previous: previousOf.get(name) ?? null };
    if (held.score !== null) {
      if (reading.first === null) firstOf.set(name, held.score);
      previousOf.set(name, held.score);
    }
    return wordsOf(held, find(held.instrument), reading);
  });
  return lines.reverse();
}
