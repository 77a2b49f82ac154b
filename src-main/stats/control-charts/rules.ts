import type { ChartLimits } from './control-limits.ts';

export type RuleSet = 'nhs' | 'nelson' | 'western-electric' | 'none';

export type RuleName =
  | 'outside'
  | 'shift'
  | 'trend'
  | 'twoOfThree'
  | 'fourOfFive'
  | 'alternating'
  | 'withinOneSigma'
  | 'beyondOneSigma';

/** Which way a signal points: up, down, or neither. */
export type Direction = 'high' | 'low' | null;

/** A rule, and the points (from 0) that it flags, with the way each points. */
export type RuleFinding = { readonly rule: RuleName; readonly flagged: ReadonlyMap<number, Direction> };

/**
 * Rules for special-cause variation. `nhs` (NHS England, Making Data Count; as in NHSRplotthedots): a point strictly outside a limit; 7 or more on one
 * side of the centre; 7 or more each above (or each below) the one before it; of 3 on one side, 2 or more between 2 sigma and the limit, of
 * which only these are flagged. `nelson`: all eight tests of Nelson (1984, Journal of Quality Technology 16:237). `western-electric`: the four
 * zone tests of the Statistical Quality Control Handbook (1956). A point on the centre breaks a run; all points of a run are flagged.
 */
export function findSignals(limits: ChartLimits, rules: RuleSet): RuleFinding[] {
  if (rules === 'none') return [];
  const found: [RuleName, Map<number, Direction>][] = [['outside', outside(limits)]];
  if (rules === 'nhs') {
    found.push(
      ['shift', runs(sides(limits), 7)],
      ['trend', trends(limits.values, 7)],
      ['twoOfThree', nearLimits(limits)],
    );
  } else {
    const western = rules === 'western-electric';
    found.push(['shift', runs(sides(limits), western ? 8 : 9)]);
    if (!western) found.push(['trend', trends(limits.values, 6)]);
    found.push(['twoOfThree', zones(limits, 2, 2, 3)], ['fourOfFive', zones(limits, 1, 4, 5)]);
    if (!western) {
      found.push(['alternating', alternating(limits.values, 14)]);
      found.push(['withinOneSigma', within(limits, 15)], ['beyondOneSigma', beyond(limits, 8)]);
    }
  }
  return found.map(([rule, flagged]) => ({ rule, flagged }));
}

function outside({ values, lower, upper }: ChartLimits): Map<number, Direction> {
  const flagged = new Map<number, Direction>();
  values.forEach((value, i) => {
    if (value > (upper[i] as number)) flagged.set(i, 'high');
    else if (value < (lower[i] as number)) flagged.set(i, 'low');
  });
  return flagged;
}

function sides({ values, centre }: ChartLimits): Float64Array {
  return values.map((value, i) => Math.sign(value - (centre[i] as number)));
}

/** Runs of `length` or more points of one sign; 0 breaks a run. */
function runs(signs: Float64Array, length: number): Map<number, Direction> {
  const flagged = new Map<number, Direction>();
  let start = 0;
  for (let i = 1; i <= signs.length; i += 1) {
    const sign = signs[start] as number;
    if (i < signs.length && signs[i] === sign) continue;
    if (sign !== 0 && i - start >= length) for (let k = start; k < i; k += 1) flagged.set(k, sign > 0 ? 'high' : 'low');
    start = i;
  }
  return flagged;
}

/** `length` or more points of which each is above (or each below) the one before it. */
function trends(values: Float64Array, length: number): Map<number, Direction> {
  const steps = values.subarray(1).map((value, i) => Math.sign(value - (values[i] as number)));
  const flagged = new Map<number, Direction>();
  for (const [step, direction] of runs(steps, length - 1)) {
    flagged.set(step, direction);
    flagged.set(step + 1, direction);
  }
  return flagged;
}

/** The NHS's two of three: all three on one side, and points outside a limit do not count as near it. */
function nearLimits({ values, centre, sigma, lower, upper }: ChartLimits): Map<number, Direction> {
  const signs = sides({ values, centre, sigma, lower, upper });
  const near = (i: number): boolean =>
    Math.abs((values[i] as number) - (centre[i] as number)) > 2 * (sigma[i] as number) &&
    (values[i] as number) <= (upper[i] as number) &&
    (values[i] as number) >= (lower[i] as number);
  const flagged = new Map<number, Direction>();
  for (let i = 2; i < values.length; i += 1) {
    const sign = signs[i] as number;
    if (sign === 0 || signs[i - 1] !== sign || signs[i - 2] !== sign) continue;
    const places = [i - 2, i - 1, i].filter(near);
    if (places.length >= 2) for (const place of places) flagged.set(place, sign > 0 ? 'high' : 'low');
  }
  return flagged;
}

function standardised({ values, centre, sigma }: ChartLimits): Float64Array {
  return values.map((value, i) => {
    const distance = value - (centre[i] as number);
    return distance === 0 ? 0 : distance / (sigma[i] as number);
  });
}

/** Of `window` points in a row, `count` or more beyond `sigmas` on one side; these are flagged. */
function zones(limits: ChartLimits, sigmas: number, count: number, window: number): Map<number, Direction> {
  const z = standardised(limits);
  const flagged = new Map<number, Direction>();
  for (let end = window; end <= z.length; end += 1) {
    for (const sign of [1, -1]) {
      const places = Array.from({ length: window }, (_none, k) => end - window + k).filter(
        (i) => sign * (z[i] as number) > sigmas,
      );
      if (places.length >= count) for (const place of places) flagged.set(place, sign > 0 ? 'high' : 'low');
    }
  }
  return flagged;
}

function alternating(values: Float64Array, length: number): Map<number, Direction> {
  const steps = values.subarray(1).map((value, i) => Math.sign(value - (values[i] as number)));
  // Turned at every second place, alternating steps become a run.
  const turned = steps.map((step, i) => (i % 2 === 0 ? step : -step));
  const flagged = new Map<number, Direction>();
  for (const step of runs(turned, length - 1).keys()) flagged.set(step, null).set(step + 1, null);
  return flagged;
}

function within(limits: ChartLimits, length: number): Map<number, Direction> {
  const z = standardised(limits);
  const flat = limits.sigma.every((sigma) => sigma === 0);
  return undirected(
    runs(
      z.map((value) => (Math.abs(value) < 1 && !flat ? 1 : 0)),
      length,
    ),
  );
}

function beyond(limits: ChartLimits, length: number): Map<number, Direction> {
  return undirected(
    runs(
      standardised(limits).map((value) => (Math.abs(value) > 1 ? 1 : 0)),
      length,
    ),
  );
}

function undirected(flagged: Map<number, Direction>): Map<number, Direction> {
  return new Map([...flagged.keys()].map((place): [number, Direction] => [place, null]));
}
