import type { DataTable } from '../../data/table.ts';
import { normalQuantile } from '../../distributions/normal.ts';
import { columnsOfFormula, parseFormula } from '../../formula/formula.ts';
import { type ModelFrame, modelFrame } from '../../formula/model-frame.ts';
import { formulaError } from '../../formula/parse.ts';
import { type SurvivalResponse, survivalResponse } from '../../formula/survival-response.ts';
import { type Grouping, groupingOf, rowsByGroup } from '../../survival/grouping.ts';
import { kaplanMeier, type SurvivalCurve } from '../../survival/kaplan-meier.ts';
import { logRank } from '../../survival/log-rank.ts';
import { type FollowUp, lastAtMost, mergeNearTimes } from '../../survival/near-times.ts';
import { restrictedMean } from '../../survival/restricted-mean.ts';
import { type Limits, survivalLimits } from '../../survival/survival-limits.ts';
import { survivalQuantile } from '../../survival/survival-quantile.ts';
import type { Outcome, Procedure, RunContext } from '../procedure.ts';
import { orNull } from '../shared/or-null.ts';
import { survivalScript } from './script.ts';
import { type SurvivalSpec, survivalSchema } from './spec.ts';

const mostPoints = 200_000;
const mostTested = 200;

function run(table: DataTable, spec: SurvivalSpec, context: RunContext): Outcome {
  const formula = parseFormula(spec.formula);
  refuseUnusable(spec.formula, formula);
  const frame = modelFrame(table, formula, { factors: spec.factors });
  const response = survivalResponse(frame, true);
  const follow = mergeNearTimes(response);
  const strataColumns = formula.strata.map(frame.evaluate);
  const strata = groupingOf(strataColumns, frame.n);
  // With strata() alone there is nothing to test, so its levels are the curves.
  const groups = frame.variables.length === 0 ? strata : groupingOf(frame.variables, frame.n);
  const warnings: string[] = [];
  const results = rowsByGroup(groups).map((rows, code) =>
    stratumOf(groups.names[code] as string, take(follow, response.status, rows), spec, warnings),
  );
  return {
    n: frame.n,
    excluded: frame.excluded,
    strata: thinned(results, warnings),
    test: frame.variables.length === 0 ? null : testOf(follow, response.status, groups, strata, spec, warnings),
    warnings,
    r: survivalScript(frame, spec, context, response),
  };
}

function refuseUnusable(text: string, formula: ModelFrame['formula']): void {
  const [offset] = formula.offsets;
  if (offset) throw formulaError(text, offset.at, 'survival takes no offset()');
  if (formula.cluster) throw formulaError(text, formula.cluster.at, 'survival takes no cluster(); cox does');
  const [random] = formula.random;
  if (random) throw formulaError(text, random.at, 'survival takes no random terms');
  if (formula.terms.some((term) => term.length > 1)) {
    throw formulaError(
      text,
      0,
      'groups are every combination of the columns added up, so a product of columns has no meaning',
    );
  }
}

type Sample = FollowUp & { readonly status: Float64Array };

function take(follow: FollowUp, status: Float64Array, rows: Int32Array): Sample {
  const pick = (values: Float64Array): Float64Array => Float64Array.from(rows, (row) => values[row] as number);
  return { time: pick(follow.time), entry: follow.entry ? pick(follow.entry) : null, status: pick(status) };
}

function stratumOf(name: string, sample: Sample, spec: SurvivalSpec, warnings: string[]) {
  const curve = kaplanMeier(sample, sample.status);
  const z95 = normalQuantile(1 - (1 - spec.confidence) / 2);
  const low = new Float64Array(curve.time.length);
  const high = new Float64Array(curve.time.length);
  for (let k = 0; k < low.length; k += 1) {
    const limits = survivalLimits(curve.survival[k] as number, curve.seLog[k] as number, z95, spec.limits);
    low[k] = limits.low;
    high[k] = limits.high;
  }
  const quantileAt = (share: number, end: 'first' | 'middle') => ({
    estimate: orNull(survivalQuantile(curve.time, curve.survival, 1 - share, end)),
    low: orNull(survivalQuantile(curve.time, low, 1 - share, end)),
    high: orNull(survivalQuantile(curve.time, high, 1 - share, end)),
  });
  const median = quantileAt(0.5, 'first');
  const events = curve.events.reduce((a, b) => a + b, 0);
  const where = name === 'all' ? '' : ` in “${name}”`;
  if (events === 0) warnings.push(`Nobody had the event${where}: the curve stays at 1.`);
  else if (median.estimate === null)
    warnings.push(`The median is not reached${where}: more than half had no event by the end.`);
  if (curve.atRisk.some((count, k) => count === curve.events[k] && k < curve.time.length - 1)) {
    warnings.push(
      `The curve falls to 0${where} while people are still to come under observation: too few are at risk early on, after late entry.`,
    );
  }
  const horizon = spec.restrictedMean;
  return {
    name,
    n: sample.time.length,
    events,
    median: median.estimate,
    low: median.low,
    high: median.high,
    ...(spec.quantiles
      ? { quantiles: spec.quantiles.map((probability) => ({ probability, ...quantileAt(probability, 'middle') })) }
      : {}),
    ...(horizon === undefined ? {} : { restrictedMean: meanOf(curve, horizon, z95, where, warnings) }),
    ...(spec.times
      ? { atTimes: spec.times.map((time) => pointAt(curve, sample, time, z95, spec, where, warnings)) }
      : {}),
    curve: { curve, low, high },
  };
}

function meanOf(curve: SurvivalCurve, horizon: number, z95: number, where: string, warnings: string[]) {
  const { mean, se } = restrictedMean(curve, horizon);
  if (horizon > (curve.time.at(-1) as number) && (curve.survival.at(-1) as number) > 0) {
    warnings.push(`The horizon ${horizon} lies beyond the last time${where}: the curve is carried on flat to it.`);
  }
  return { horizon, estimate: mean, se, low: mean - z95 * se, high: mean + z95 * se };
}

/** S at a time that need not be one of the curve's. */
function pointAt(
  curve: SurvivalCurve,
  { time: ends, entry }: Sample,
  time: number,
  z95: number,
  spec: SurvivalSpec,
  where: string,
  warnings: string[],
) {
  let atRisk = 0;
  for (let i = 0; i < ends.length; i += 1) {
    if ((ends[i] as number) >= time && (!entry || (entry[i] as number) < time)) atRisk += 1;
  }
  const place = lastAtMost(curve.time, time);
  const survival = place < 0 ? 1 : (curve.survival[place] as number);
  if (time > (curve.time.at(-1) as number) && survival > 0) {
    warnings.push(`Nobody was observed as long as ${time}${where}: S is not known there.`);
    return { time, atRisk, survival: null, se: null, low: null, high: null, cumulativeHazard: null };
  }
  const seLog = place < 0 ? 0 : (curve.seLog[place] as number);
  return {
    time,
    atRisk,
    survival,
    se: survival === 0 ? null : survival * seLog,
    ...shown(place < 0 ? { low: 1, high: 1 } : survivalLimits(survival, seLog, z95, spec.limits)),
    cumulativeHazard: place < 0 ? 0 : (curve.hazard[place] as number),
  };
}

function shown({ low, high }: Limits): { readonly low: number | null; readonly high: number | null } {
  return { low: orNull(low), high: orNull(high) };
}

type Stratum = ReturnType<typeof stratumOf>;

/** Curves as lists of points; of very long ones only some, evenly spaced, and a warning. */
function thinned(strata: readonly Stratum[], warnings: string[]) {
  const total = strata.reduce((sum, stratum) => sum + stratum.curve.curve.time.length, 0);
  const step = Math.ceil(total / mostPoints);
  if (step > 1) {
    warnings.push(
      `The curves have ${total.toLocaleString('en-GB')} points; one in ${step} is shown. Give “times” for S at times of your own.`,
    );
  }
  if (strata.some(({ curve }) => curve.curve.survival.at(-1) === 0)) {
    warnings.push('Where S is 0, its standard error and limits are not defined and are null.');
  }
  return strata.map(({ curve: { curve, low, high }, ...rest }) => {
    const last = curve.time.length - 1;
    const places = Array.from({ length: Math.ceil((last + 1) / step) }, (_none, i) => Math.min(i * step, last));
    if (places.at(-1) !== last) places.push(last);
    return {
      ...rest,
      curve: places.map((k) => ({
        time: curve.time[k] as number,
        atRisk: curve.atRisk[k] as number,
        events: curve.events[k] as number,
        censored: curve.censored[k] as number,
        survival: curve.survival[k] as number,
        se: curve.survival[k] === 0 ? null : (curve.survival[k] as number) * (curve.seLog[k] as number),
        ...shown({ low: low[k] as number, high: high[k] as number }),
        cumulativeHazard: curve.hazard[k] as number,
        cumulativeHazardSe: curve.hazardSe[k] as number,
      })),
    };
  });
}

function testOf(
  follow: FollowUp,
  status: SurvivalResponse['status'],
  groups: Grouping,
  strata: Grouping,
  spec: SurvivalSpec,
  warnings: string[],
) {
  const k = groups.names.length;
  if (k === 1) {
    warnings.push('There is only one group, so there is nothing to test.');
    return null;
  }
  if (k > mostTested) {
    warnings.push(`The test is left out: ${k} groups are too many. A numeric column belongs in cox.`);
    return null;
  }
  const found = logRank(follow, status, groups, strata, spec.rho);
  const sizes = rowsByGroup(groups);
  if (Number.isNaN(found.statistic)) {
    warnings.push(
      'The test is not defined: no events happened while people of different groups were at risk together.',
    );
  } else if (found.expected.some((expected) => expected < 5)) {
    warnings.push('A group expects fewer than 5 events, so the p-value of the test is only rough.');
  }
  return {
    name: spec.rho === 0 ? 'log-rank' : `G-rho, rho = ${spec.rho}`,
    statistic: orNull(found.statistic),
    df: found.df,
    p: orNull(found.p),
    groups: groups.names.map((name, code) => ({
      name,
      n: (sizes[code] as Int32Array).length,
      observed: found.observed[code] as number,
      expected: found.expected[code] as number,
    })),
  };
}

export const survival: Procedure<SurvivalSpec> = {
  name: 'survival',
  summary:
    'Estimates how long it takes until an event, by group (Kaplan–Meier), and tests whether groups differ (log-rank).',
  schema: survivalSchema,
  columns: (spec) => columnsOfFormula(parseFormula(spec.formula)),
  run,
  example: {
    question: 'Do people on the two teams stay equally long?',
    data: 'months,left,team\n3,1,north\n8,1,north\n12,0,north\n15,1,north\n5,1,south\n11,0,south\n20,1,south\n24,0,south\n',
    spec: { formula: 'Surv(months, left) ~ team' },
  },
};
