import { quantileOfSorted } from '#main/stats/numeric/quantile.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import type { PackedExposures } from '../packed-exposures.ts';
import { type CompiledScheme, eventWeights } from '../scheme-weights.ts';
import { adjustmentOf } from './adjustment.ts';
import type { Effect, OutcomeData, OutcomeTerm, SplineFit, Test } from './outcome-model.ts';
import type { ExposureOutcomeSpec } from './outcome-spec.ts';
import { compareWindows, eventsOf, leastPerParameter, type MainFit, type WindowFit } from './outcome-windows.ts';
import { knotPercentiles } from './restricted-spline.ts';
import { type SchemeSensitivity, schemeSensitivity } from './scheme-sensitivity.ts';
import {
  type ExcludedScreenings,
  exposureOfPairs,
  type PairsInput,
  type ScreeningPair,
  screeningPairs,
  shortenedBy,
} from './screening-pairs.ts';

export type ExposureOutcomeInput = Pick<PairsInput, 'screenings' | 'people' | 'serviceStart' | 'recorded'> & {
  readonly exposures: PackedExposures;
  readonly spec: ExposureOutcomeSpec;
  readonly fromDay: number;
  readonly toDay: number;
  readonly compiled: CompiledScheme;
  /** The two schemes that are compared. */
  readonly compared: readonly [CompiledScheme, CompiledScheme];
  /** Whether a score is a case; null where a score is asked for. */
  readonly isCase: ((score: number) => boolean) | null;
};

export type CurvePoint = Effect & {
  readonly exposure: number;
  /** Pairs with at least that exposure. */
  readonly pairs: number;
};

export type ExposureOutcomeResult = {
  readonly pairs: number;
  readonly people: number;
  /** Pairs that are a case at the later screening; null for a score. */
  readonly cases: number | null;
  readonly completed: number;
  readonly unanswered: number;
  readonly excluded: ExcludedScreenings;
  readonly gapDays: { readonly median: number; readonly q1: number; readonly q3: number };
  readonly exposure: { readonly min: number; readonly median: number; readonly q3: number; readonly max: number };
  readonly measure: 'points of the score' | 'odds ratio';
  readonly errors: 'CR1' | 'CR2';
  readonly knots: readonly { readonly percentile: number; readonly exposure: number }[];
  readonly fewerKnots: string | null;
  /** Of one exposure more, by a straight line. */
  readonly slope: Effect & { readonly p: number };
  readonly reference: number;
  /** Against the reference. */
  readonly curve: readonly CurvePoint[];
  readonly overall: Test | null;
  readonly nonlinear: Test | null;
  /** Of the curve’s model, on the scale it was fitted: log odds for a case. */
  readonly terms: readonly OutcomeTerm[];
  /** The exposure in the straight line and in the curve: all that slope, curve and tests follow from. */
  readonly fitted: { readonly line: SplineFit; readonly curve: SplineFit };
  readonly converged: boolean;
  readonly aic: number;
  readonly shortened: number;
  readonly roles: readonly string[];
  readonly joinedRoles: readonly string[];
  readonly windows: readonly WindowFit[];
  readonly sensitivity: SchemeSensitivity | null;
};

export const leastPairs = 100;

/**
 * A later score, or caseness, on the exposure since the screening before. Fails with `REFUSED_MODEL` under 100 pairs or where an outcome is too
 * rare for what it is adjusted for.
 */
export function exposureOutcome(input: ExposureOutcomeInput): Result<ExposureOutcomeResult> {
  const { spec, isCase } = input;
  const found = screeningPairs({
    ...input,
    longestWindowDays: Math.max(spec.windowDays, ...spec.windows),
    needsService: spec.adjust.includes('service'),
  });
  const { pairs } = found;
  if (pairs.length < leastPairs)
    return refuse(`There are ${pairs.length} pairs of screenings, and a curve needs ${leastPairs}.`, found.excluded);
  const outcome = Float64Array.from(pairs, ({ score }) => (isCase === null ? score : isCase(score) ? 1 : 0));
  const { adjusted, roles, joined } = adjustmentOf(pairs, outcome, spec);
  const data: OutcomeData = {
    outcome,
    family: isCase === null ? 'gaussian' : 'binomial',
    adjusted,
    clusters: clustersOf(pairs),
  };
  const least = leastPerParameter * (2 + adjusted.length);
  if (eventsOf(data) < least) {
    return refuse(
      isCase === null
        ? `There are ${pairs.length} pairs of screenings for ${2 + adjusted.length} coefficients, and each needs ${leastPerParameter}.`
        : `There are ${eventsOf(data)} of the rarer outcome for ${2 + adjusted.length} coefficients, and each needs ${leastPerParameter}.`,
      found.excluded,
    );
  }
  const weights = eventWeights(input.exposures, input.compiled);
  const { fits, windows } = compareWindows(data, pairs, input.exposures, weights, spec);
  const main = fits.get(spec.windowDays);
  if (!main) return refuse(`Everybody had the same exposure in the ${spec.windowDays} days before.`, found.excluded);
  return ok({
    pairs: pairs.length,
    people: data.clusters.count,
    cases: isCase === null ? null : outcome.reduce((total, value) => total + value, 0),
    completed: found.completed,
    unanswered: found.unanswered,
    excluded: found.excluded,
    gapDays: quartersOf(Float64Array.from(pairs, ({ day, priorDay }) => day - priorDay)),
    exposure: spreadOf(main.exposure),
    measure: isCase === null ? 'points of the score' : 'odds ratio',
    errors: main.curve.errors,
    ...curveOf(main, spec, isCase !== null, input.compiled.countsOnly),
    shortened: shortenedBy(pairs, spec.windowDays),
    roles,
    joinedRoles: joined,
    windows: windows.map((window) => ({ ...window, slope: told(window.slope, isCase !== null) })),
    sensitivity: sensitivityOf(input, data, pairs, isCase !== null),
  });
}

function refuse(reason: string, excluded: ExcludedScreenings): Result<never> {
  const left = Object.entries(excluded)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${excludedWords[name as keyof ExcludedScreenings]}`);
  const why = left.length === 0 ? '' : ` Left out: ${left.join('; ')}.`;
  return fail(
    'REFUSED_MODEL',
    `${reason}${why}`,
    'Nothing was computed. Ask over a longer period, with shorter windows, or adjust for less.',
  );
}

/** Why a screening is in no pair, after a number of them. */
export const excludedWords: Readonly<Record<keyof ExcludedScreenings, string>> = {
  notScored: 'without a score',
  noEarlierScreening: 'without an earlier screening',
  exposuresNotHeld: 'with exposures that are not held for the whole window',
  notInPost: 'of people in no post on the day',
  serviceStartUnknown: 'of people whose start of service is not known',
};

function clustersOf(pairs: readonly ScreeningPair[]): OutcomeData['clusters'] {
  const places = new Map<number, number>();
  const codes = Int32Array.from(pairs, ({ person }) => {
    const known = places.get(person) ?? places.size;
    places.set(person, known);
    return known;
  });
  return { codes, count: places.size };
}

function quartersOf(values: Float64Array): ExposureOutcomeResult['gapDays'] {
  const sorted = values.sort();
  const [q1, median, q3] = [0.25, 0.5, 0.75].map((share) => quantileOfSorted(sorted, share)) as [
    number,
    number,
    number,
  ];
  return { q1, median, q3 };
}

function spreadOf(exposure: Float64Array): ExposureOutcomeResult['exposure'] {
  const sorted = Float64Array.from(exposure).sort();
  const at = (share: number): number => quantileOfSorted(sorted, share);
  return { min: at(0), median: at(0.5), q3: at(0.75), max: at(1) };
}

const toldQuantiles = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99];

function curveOf({ exposure, choice, curve, line }: MainFit, spec: ExposureOutcomeSpec, odds: boolean, whole: boolean) {
  const sorted = Float64Array.from(exposure).sort();
  const reference = spec.reference ?? (sorted[0] as number);
  const at = spec.at ?? [...toldQuantiles.map((share) => rounded(quantileOfSorted(sorted, share), whole)), reference];
  const exposures = [...new Set(at)].sort((a, b) => a - b);
  const slope = line.terms.find(({ term }) => term === 'exposure');
  return {
    knots: (choice.knots ?? []).map((knot, k) => ({
      percentile:
        100 *
        (typeof spec.knots === 'number'
          ? (knotPercentiles[choice.knots?.length as 3 | 4 | 5][k] as number)
          : shareUpTo(exposure, knot)),
      exposure: knot,
    })),
    fewerKnots: choice.why,
    slope: { ...told(line.contrast(1, 0), odds), p: slope?.p ?? Number.NaN },
    reference,
    curve: exposures.map((value) => ({
      exposure: value,
      pairs: exposure.reduce((count, own) => count + (own >= value ? 1 : 0), 0),
      ...told(curve.contrast(value, reference), odds),
    })),
    overall: curve.overall,
    nonlinear: curve.nonlinear,
    terms: curve.terms,
    fitted: { line: line.spline, curve: curve.spline },
    converged: curve.converged,
    aic: curve.aic,
  };
}

function shareUpTo(values: Float64Array, limit: number): number {
  return values.reduce((count, value) => count + (value <= limit ? 1 : 0), 0) / values.length;
}

/** Counts as whole numbers, weighted loads to one decimal: a curve is told at exposures that read well. */
function rounded(value: number, whole: boolean): number {
  return whole ? Math.round(value) : Math.round(value * 10) / 10;
}

/** An effect as it is told: points, or an odds ratio, whose error stays that of its logarithm. */
function told({ estimate, se, low, high }: Effect, odds: boolean): Effect {
  return odds
    ? { estimate: Math.exp(estimate), se, low: Math.exp(low), high: Math.exp(high) }
    : { estimate, se, low, high };
}

function sensitivityOf(
  { compared, exposures, spec }: ExposureOutcomeInput,
  data: OutcomeData,
  pairs: readonly ScreeningPair[],
  odds: boolean,
): SchemeSensitivity | null {
  const [first, second] = compared;
  const exposureUnder = (compiled: CompiledScheme): Float64Array =>
    exposureOfPairs(pairs, exposures, eventWeights(exposures, compiled), spec.windowDays);
  const found = schemeSensitivity(
    data,
    pairs,
    [first.scheme.id, second.scheme.id],
    [exposureUnder(first), exposureUnder(second)],
  );
  return found && { ...found, fits: found.fits.map((fit) => ({ ...fit, perDeviation: told(fit.perDeviation, odds) })) };
}
