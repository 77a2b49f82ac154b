import type { InstrumentDefinition } from '#shared/domain/instrument.ts';
import { classify } from './rules.ts';

export type ScaleScore = {
  readonly scale: string;
  /** Null where items are missing and no published rule fills them. */
  readonly value: number | null;
  readonly complete: boolean;
  readonly prorated: boolean;
};

/** `not seen` is never `no risk`: the item was blank, unreadable or not given at all. */
export type SafetyAnswer = 'raised' | 'clear' | 'not seen';

export type InstrumentScores = {
  readonly ok: true;
  readonly scores: readonly ScaleScore[];
  /** Value null: missing answers leave it open. */
  readonly classifications: readonly { readonly name: string; readonly value: string | null }[];
  /** By the band sets and cut-offs that are switched on. */
  readonly bands: readonly { readonly scale: string; readonly name: string }[];
  readonly cutOffs: readonly { readonly scale: string; readonly name: string; readonly met: boolean }[];
  /** Null for an instrument without a safety item. */
  readonly safety: SafetyAnswer | null;
};

export type ScoringProblem =
  | { readonly code: 'WRONG_ITEM_COUNT'; readonly expected: number; readonly given: number }
  | { readonly code: 'ITEM_OUT_OF_RANGE'; readonly item: number }
  | { readonly code: 'NO_ANSWERS' }
  | { readonly code: 'SCORE_OUT_OF_RANGE'; readonly scale: string; readonly min: number; readonly max: number }
  | { readonly code: 'UNKNOWN_SCALE' }
  | { readonly code: 'SCALE_NEEDED' };

/** Answers that are refused still raise the safety item. */
export type ScoringRefusal = {
  readonly ok: false;
  readonly problems: readonly ScoringProblem[];
  readonly safety: SafetyAnswer | null;
};

export type ScoringResult = InstrumentScores | ScoringRefusal;

type Answers = readonly (number | null)[];
type Scale = InstrumentDefinition['scales'][number];

/**
 * The answer to the safety item, whatever becomes of its row. An answer above the range counts as raised, one that cannot be
 * read as not seen. Null for an instrument without such an item.
 */
export function safetyAnswer(definition: InstrumentDefinition, answers: Answers): SafetyAnswer | null {
  if (!definition.safetyItem) return null;
  const { item, raisedAt } = definition.safetyItem;
  const answer = answers[item - 1] ?? null;
  if (answer === null) return 'not seen';
  if (answer >= raisedAt) return 'raised';
  return Number.isInteger(answer) && answer >= definition.itemRange.min ? 'clear' : 'not seen';
}

function problemsWith(definition: InstrumentDefinition, answers: Answers): readonly ScoringProblem[] {
  const { items, itemRange } = definition;
  if (answers.length !== items.length) {
    return [{ code: 'WRONG_ITEM_COUNT', expected: items.length, given: answers.length }];
  }
  if (answers.every((answer) => answer === null)) return [{ code: 'NO_ANSWERS' }];
  const fits = (answer: number) =>
    answer >= itemRange.min && answer <= itemRange.max && Number.isInteger((answer - itemRange.min) / itemRange.step);
  return answers.flatMap((answer, index) =>
    answer === null || fits(answer) ? [] : [{ code: 'ITEM_OUT_OF_RANGE' as const, item: index + 1 }],
  );
}

function scoreScale(definition: InstrumentDefinition, scale: Scale, answers: Answers): ScaleScore {
  const { min, max, step } = definition.itemRange;
  let sum = 0;
  let answered = 0;
  for (const number of scale.items) {
    const answer = answers[number - 1] ?? null;
    if (answer === null) continue;
    answered += 1;
    const directed = definition.items[number - 1]?.reversed ? max + min - answer : answer;
    sum += scale.answers ? (scale.answers[(directed - min) / step] ?? 0) : directed;
  }
  const missing = scale.items.length - answered;
  const complete = missing === 0;
  const prorated = !complete && answered > 0 && scale.proration !== null && missing <= scale.proration.maximumMissing;
  if (!complete && !prorated) return { scale: scale.scale, value: null, complete, prorated };
  const value = complete ? sum : (sum * scale.items.length) / answered;
  return { scale: scale.scale, value: reported(scale, value), complete, prorated };
}

/** A sum as its publication reports it: as it is, as the mean of the items, or through the table of published values. */
function reported(scale: Scale, sum: number): number | null {
  if (scale.conversion) return scale.conversion.values[sum - scale.conversion.from] ?? null;
  return scale.score === 'mean' ? sum / scale.items.length : sum;
}

function bandsOf(definition: InstrumentDefinition, scores: readonly ScaleScore[]): InstrumentScores['bands'] {
  return scores.flatMap(({ scale, value }) => {
    const set = definition.bands.find((entry) => entry.scale === scale && entry.enabled);
    // A prorated score may lie between two bands; it belongs to the one whose lower limit it has reached.
    const band = value === null ? undefined : set?.bands.findLast((entry) => value >= entry.from);
    return band ? [{ scale, name: band.name }] : [];
  });
}

/** Whether a score is on the side of a cut-off that it is published for. */
export function meetsCutOff(cutOff: InstrumentDefinition['cutOffs'][number], value: number): boolean {
  return cutOff.atLeast === null ? value <= (cutOff.atMost ?? Number.NEGATIVE_INFINITY) : value >= cutOff.atLeast;
}

function cutOffsOf(definition: InstrumentDefinition, scores: readonly ScaleScore[]): InstrumentScores['cutOffs'] {
  return scores.flatMap(({ scale, value }) =>
    definition.cutOffs
      .filter((entry) => value !== null && entry.enabled && entry.scale === scale)
      .map((entry) => ({ scale, name: entry.name, met: value !== null && meetsCutOff(entry, value) })),
  );
}

/**
 * Scores the answers to an instrument, item 1 first, null where one is missing. Nothing is clamped or guessed: an answer out
 * of range is a problem that names its item, a scale with a missing answer has no score unless its publication says how.
 */
export function scoreInstrument(definition: InstrumentDefinition, answers: Answers): ScoringResult {
  const safety = safetyAnswer(definition, answers);
  const problems = problemsWith(definition, answers);
  if (problems.length > 0) return { ok: false, problems, safety };
  const scores = definition.scales.map((scale) => scoreScale(definition, scale, answers));
  return {
    ok: true,
    scores,
    classifications: definition.classifications.map((entry) => ({ name: entry.name, value: classify(entry, answers) })),
    bands: bandsOf(definition, scores),
    cutOffs: cutOffsOf(definition, scores),
    safety,
  };
}

/**
 * Takes a score that was given without its items, in the main scale where none, or the instrument itself, is named. The
 * safety answer was not seen; a classification needs items.
 */
export function scoreTotals(definition: InstrumentDefinition, scaleName: string | null, value: number): ScoringResult {
  const safety = definition.safetyItem ? 'not seen' : null;
  const given = scaleName?.trim().toLowerCase() ?? '';
  const wanted = given === '' || given === definition.code.toLowerCase() ? definition.mainScale : given;
  if (wanted === null) return { ok: false, problems: [{ code: 'SCALE_NEEDED' }], safety };
  const scale = definition.scales.find((entry) => entry.scale.toLowerCase() === wanted.toLowerCase());
  if (!scale) return { ok: false, problems: [{ code: 'UNKNOWN_SCALE' }], safety };
  // Whole numbers only, unless a mean, a conversion or a published proration rule can have made a fraction.
  const mayBeFraction = scale.proration !== null || scale.score === 'mean' || scale.conversion !== null;
  const fits = (Number.isInteger(value) || mayBeFraction) && value >= scale.min && value <= scale.max;
  if (!fits) {
    const problem = { code: 'SCORE_OUT_OF_RANGE', scale: scale.scale, min: scale.min, max: scale.max } as const;
    return { ok: false, problems: [problem], safety };
  }
  const scores = [{ scale: scale.scale, value, complete: true, prorated: false }];
  return {
    ok: true,
    scores,
    classifications: [],
    bands: bandsOf(definition, scores),
    cutOffs: cutOffsOf(definition, scores),
    safety,
  };
}
