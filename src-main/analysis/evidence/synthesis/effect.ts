import { normalQuantile } from '#main/stats/distributions/normal.ts';
import { effectSize, type Measure, naturalScale, type Role } from '#main/stats/meta-analysis/effect-sizes.ts';
import type { EffectMeasure, Reported } from '#shared/domain/evidence/numbers.ts';
import { isRatioMeasure } from '#shared/domain/evidence/synthesis.ts';

/** An effect on the scale that is pooled, with its sampling variance and what it was worked out from. */
export type WorkedEffect = {
  readonly yi: number;
  readonly vi: number;
  readonly n: number | null;
  readonly from: string;
  /** Limits as the paper prints them, of its confidence; null where they were worked out. */
  readonly printed?: PrintedLimits | null;
};

type PrintedLimits = { readonly low: number; readonly high: number; readonly confidence: number };

export type Unusable = { readonly why: string };

type Wanted = {
  readonly measure: EffectMeasure;
  /** Whether high and low change places: the paper counts up what the outcome counts down. */
  readonly isMirrored: boolean;
};

/**
 * What a paper reports, as an effect of the measure wanted; numbers that cannot be made into one say why. Formulas are those of the
 * procedure `meta`. An odds ratio becomes a standardised difference by √3/π (Chinn 2000, Statistics in Medicine 19:3127). Errors come
 * from limits by the normal quantile.
 */
export function workedEffect(reported: Reported, wanted: Wanted): WorkedEffect | Unusable {
  switch (reported.of) {
    case 'means':
      return fromMeans(reported, wanted);
    case 'change':
      return fromChange(reported, wanted);
    case 'events':
      return fromEvents(reported, wanted);
    case 'effect':
      return fromEffect(reported, wanted);
    case 'correlation': {
      if (wanted.measure !== 'ZCOR') return otherMeasure(wanted);
      const { r, n } = reported;
      return sized('ZCOR', { ri: mirror(r, wanted), ni: n }, n, 'the correlation and the number of people');
    }
    case 'proportion': {
      if (wanted.measure !== 'PLO') return otherMeasure(wanted);
      const { events, n } = reported;
      return sized('PLO', { xi: wanted.isMirrored ? n - events : events, ni: n }, n, 'counts');
    }
    case 'share':
      return fromShare(reported, wanted);
    case 'direction':
      return { why: 'is told in words only' };
  }
}

function mirror(value: number, { isMirrored }: Wanted): number {
  return isMirrored ? -value : value;
}

function otherMeasure({ measure }: Wanted): Unusable {
  return { why: `cannot be made into the measure ${measure} from what is reported` };
}

function sized(
  measure: Measure,
  values: Readonly<Partial<Record<Role, number>>>,
  n: number | null,
  from: string,
): WorkedEffect | Unusable {
  const roles = Object.fromEntries(Object.entries(values).map(([role, value]) => [role, Float64Array.of(value)]));
  const found = effectSize(measure, roles, 0);
  if ('problem' in found) return { why: found.problem };
  if (!(found.vi > 0)) return { why: 'has a sampling variance that is not above 0' };
  return { yi: found.yi, vi: found.vi, n, from: found.corrected ? `${from}, ½ added because one is 0` : from };
}

function fromMeans(given: Extract<Reported, { of: 'means' }>, wanted: Wanted): WorkedEffect | Unusable {
  const { measure, isMirrored } = wanted;
  if (measure !== 'SMD' && measure !== 'MD') return otherMeasure(wanted);
  if (measure === 'MD' && isMirrored) return { why: 'runs the other way in points, so that it cannot be pooled' };
  const { n1, n2, sd1, sd2 } = given;
  const [m1i, m2i] = [mirror(given.mean1, wanted), mirror(given.mean2, wanted)];
  const roles = { ...{ m1i, sd1i: sd1, n1i: n1 }, ...{ m2i, sd2i: sd2, n2i: n2 } };
  return sized(measure, roles, n1 + n2, 'means and standard deviations');
}

function fromChange(given: Extract<Reported, { of: 'change' }>, wanted: Wanted): WorkedEffect | Unusable {
  if (wanted.measure !== 'SMCR') return otherMeasure(wanted);
  const { n, sdBefore, correlation } = given;
  const [m1i, m2i] = [mirror(given.meanAfter, wanted), mirror(given.meanBefore, wanted)];
  return sized('SMCR', { m1i, m2i, sd1i: sdBefore, ni: n, ri: correlation }, n, 'means before and after');
}

function fromEvents(given: Extract<Reported, { of: 'events' }>, wanted: Wanted): WorkedEffect | Unusable {
  const { n1, n2, events1, events2 } = given;
  const turned = (events: number, n: number): number => (wanted.isMirrored ? n - events : events);
  const roles = { ai: turned(events1, n1), n1i: n1, ci: turned(events2, n2), n2i: n2 };
  const n = n1 + n2;
  if (wanted.measure === 'RR' || wanted.measure === 'OR' || wanted.measure === 'RD') {
    return sized(wanted.measure, roles, n, 'counts');
  }
  if (wanted.measure !== 'SMD') return otherMeasure(wanted);
  return standardised(sized('OR', roles, n, 'counts'));
}

const standardDeviationOfLogistic = Math.PI / Math.sqrt(3);

function standardised(odds: WorkedEffect | Unusable): WorkedEffect | Unusable {
  if ('why' in odds) return odds;
  const { yi, vi, n, from } = odds;
  const scale = standardDeviationOfLogistic;
  return {
    yi: yi / scale,
    vi: vi / scale ** 2,
    n,
    from: `${from}, as an odds ratio made into a standardised difference`,
  };
}

function fromEffect(given: Extract<Reported, { of: 'effect' }>, wanted: Wanted): WorkedEffect | Unusable {
  const becomesStandardised = given.measure === 'OR' && wanted.measure === 'SMD';
  if (given.measure !== wanted.measure && !becomesStandardised) return otherMeasure(wanted);
  if (wanted.isMirrored && (given.measure === 'RR' || given.measure === 'MD')) {
    return { why: 'runs the other way, and cannot be turned round' };
  }
  const toPooled = isRatioMeasure(given.measure) ? Math.log : (value: number) => value;
  const error = errorOf(given, given.estimate, toPooled);
  if (error === null) return { why: 'has neither a standard error nor limits' };
  const worked = {
    ...{ yi: mirror(toPooled(given.estimate), wanted), vi: error.se ** 2 },
    ...{ n: given.n, from: error.from, printed: wanted.isMirrored ? null : printedLimits(given) },
  };
  return becomesStandardised ? standardised(worked) : worked;
}

function fromShare(given: Extract<Reported, { of: 'share' }>, wanted: Wanted): WorkedEffect | Unusable {
  if (wanted.measure !== 'PLO') return otherMeasure(wanted);
  const { share, n } = given;
  const logit = (value: number): number => Math.log(value / (1 - value));
  const error = errorOf({ ...given, se: null }, share, logit);
  const yi = mirror(logit(share), wanted);
  const printed = wanted.isMirrored ? null : printedLimits(given);
  if (error !== null) return { yi, vi: error.se ** 2, n, from: error.from, printed };
  if (n === null) return { why: 'has neither limits nor a number of people' };
  return { yi, vi: 1 / (n * share * (1 - share)), n, from: 'the share and the number of people' };
}

type WithError = {
  readonly se: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly confidence: number;
};

function printedLimits({ low, high, confidence }: Omit<WithError, 'se'>): PrintedLimits | null {
  return low === null || high === null ? null : { low, high, confidence };
}

/** Limits further from even than this, in half widths, were not made by adding and subtracting on this scale. */
const mostUneven = 0.15;

function errorOf(
  { se, low, high, confidence }: WithError,
  estimate: number,
  toPooled: (value: number) => number,
): { readonly se: number; readonly from: string } | null {
  if (se !== null) return { se, from: 'the effect and its standard error' };
  if (low === null || high === null) return null;
  const halfWidth = (toPooled(high) - toPooled(low)) / 2;
  const middle = (toPooled(high) + toPooled(low)) / 2;
  const isUneven = Math.abs(middle - toPooled(estimate)) > mostUneven * halfWidth;
  return {
    se: halfWidth / normalQuantile(1 - (1 - confidence) / 2),
    from: `the effect and its limits${isUneven ? ', which do not lie evenly around it' : ''}`,
  };
}

/** From the scale that is pooled to the one that is read. */
export function toRead(measure: EffectMeasure): (value: number) => number {
  return naturalScale(measure) ?? ((value) => value);
}
