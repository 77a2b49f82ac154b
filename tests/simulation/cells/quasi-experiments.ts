import { chiSquaredUpperTail } from '#main/stats/distributions/chi-squared.ts';
import { twoSidedNormal } from '#main/stats/distributions/normal.ts';
import { tQuantile, twoSidedT } from '#main/stats/distributions/student-t.ts';
import { columnOf, type Matrix, matrixOf } from '#main/stats/linear-algebra/matrix.ts';
import {
  type Aggregate,
  aggregateGroupTime,
  influenceCovariance,
  influenceError,
} from '#main/stats/quasi-experiments/did/aggregate-group-time.ts';
import { type DidRegression, didRegression, jointTest } from '#main/stats/quasi-experiments/did/did-regression.ts';
import { groupTimeEffects } from '#main/stats/quasi-experiments/did/group-time.ts';
import type { Panel } from '#main/stats/quasi-experiments/did/panel.ts';
import { twoWayWithin } from '#main/stats/quasi-experiments/did/within-transformation.ts';
import { type Estimand, propensityWeights } from '#main/stats/quasi-experiments/iptw/propensity-weights.ts';
import { weightedEffect } from '#main/stats/quasi-experiments/iptw/weighted-effect.ts';
import { fitSeries, type SeriesErrors } from '#main/stats/quasi-experiments/its/fit-series.ts';
import { usualLag } from '#main/stats/quasi-experiments/its/newey-west.ts';
import { binomial } from '#main/stats/regression/families.ts';
import { fitGlm } from '#main/stats/regression/fit-glm.ts';
import type { RandomStream } from '#shared/domain/random.ts';
import { normalDraws } from '../../statistics/draws.ts';
import type { Reading, SimulationCell } from '../cell.ts';

const z = 1.959963984540054;

function covered(parameter: string, estimate: number, width: number, truth: number): Reading {
  return { parameter, low: estimate - width, high: estimate + width, truth };
}

/** Trend 0.05 a point, a level and slope from half way on, errors that follow each other by phi. */
function series(
  stream: RandomStream,
  n: number,
  phi: number,
  truth: readonly number[],
): { x: Matrix; y: Float64Array } {
  const start = n / 2 + 1;
  const x = matrixOf(n, 4);
  const noise = normalDraws(stream, n);
  let error = (noise[0] as number) / Math.sqrt(1 - phi * phi);
  const y = new Float64Array(n);
  for (let i = 0; i < n; i += 1) {
    const time = i + 1;
    const on = time >= start ? 1 : 0;
    const row = [1, time, on, on * (time - start + 1)];
    row.forEach((value, j) => {
      columnOf(x, j)[i] = value;
    });
    if (i > 0) error = phi * error + (noise[i] as number);
    y[i] = row.reduce((sum, value, j) => sum + value * (truth[j] as number), 0) + error;
  }
  return { x, y };
}

const names = ['(Intercept)', 'time', 'level', 'after'];

function seriesReadings(
  stream: RandomStream,
  n: number,
  phi: number,
  errors: SeriesErrors,
  truth: readonly number[],
): Reading[] {
  const { x, y } = series(stream, n, phi, truth);
  const fit = fitSeries(x, y, 'gaussian', null, new Int32Array(n).fill(1), errors);
  const df = fit.df as number;
  return names.flatMap((name, j) => {
    const se = Math.sqrt(fit.covariance.data[j * 4 + j] as number);
    const estimate = fit.coefficients[j] as number;
    const interval = covered(name, estimate, tQuantile(0.975, df) * se, truth[j] as number);
    return truth[j] === 0 ? [interval, { parameter: name, p: twoSidedT(estimate / se, df) }] : [interval];
  });
}

const reml: SeriesErrors = { kind: 'ar1', lag: 0, adjust: true, method: 'REML' };
const truth = [20, 0.05, -2, -0.03];
const seriesCells: readonly SimulationCell[] = [
  {
    name: 'its: 120 points, ar1 errors of 0.3 by REML',
    replicate: (stream) => seriesReadings(stream, 120, 0.3, reml, truth),
  },
  {
    name: 'its: 120 points, ar1 errors of 0.3 by REML, no effect',
    replicate: (stream) => seriesReadings(stream, 120, 0.3, reml, [20, 0.05, 0, 0]),
  },
  {
    name: 'its: 48 points, ar1 errors of 0.3 by REML',
    replicate: (stream) => seriesReadings(stream, 48, 0.3, reml, truth),
    bars: { covered: [0.9, 0.96], why: 'with 48 points the errors take an uncertain phi as known' },
  },
  {
    name: 'its: 48 points, ar1 errors of 0.3, Newey–West',
    replicate: (stream) =>
      seriesReadings(stream, 48, 0.3, { kind: 'newey-west', lag: usualLag(48), adjust: true, method: 'REML' }, truth),
    bars: {
      covered: [0.75, 0.9],
      why: 'Newey–West undercovers short series, which is why ar1 is the default under 120',
    },
  },
];

function effectReadings(fit: DidRegression, place: number, effect: number): Reading[] {
  const own = fit.estimable.indexOf(place);
  const se = Math.sqrt(fit.covariance.data[own * fit.covariance.rows + own] as number);
  const estimate = fit.coefficients[place] as number;
  const interval = covered('att', estimate, tQuantile(0.975, fit.df) * se, effect);
  return effect === 0 ? [interval, { parameter: 'att', p: twoSidedT(estimate / se, fit.df) }] : [interval];
}

/** 40 towns, 20 treated, 15 people in each before and as many after; towns differ, and move on their own. */
function twoByTwo(stream: RandomStream, effect: number): Reading[] {
  const [towns, people] = [40, 15];
  const n = towns * people * 2;
  const x = matrixOf(n, 4);
  const y = new Float64Array(n);
  const clusters = new Int32Array(n);
  const noise = normalDraws(stream, n);
  const levels = normalDraws(stream, 3 * towns);
  for (let i = 0; i < n; i += 1) {
    const town = i % towns;
    const post = Math.floor(i / towns) % 2;
    const treated = town % 2;
    clusters[i] = town;
    [1, post, treated, post * treated].forEach((value, j) => {
      columnOf(x, j)[i] = value;
    });
    const ofTown = 0.8 * (levels[town] as number) + 0.5 * (levels[(1 + post) * towns + town] as number);
    y[i] = 10 + post + effect * post * treated + ofTown + (noise[i] as number);
  }
  return effectReadings(didRegression(x, y, { kind: 'clustered', clusters, count: towns }), 3, effect);
}

/** 60 units over `periods`: a third each never treated, from the third period, from the fourth; errors follow each other by 0.5. */
function panel(stream: RandomStream, periods: number, effect: number): { panel: Panel; y: Float64Array } {
  const units = 60;
  const treatedFrom = Int32Array.from({ length: units }, (_none, u) => [periods + 1, 2, 3][u % 3] as number);
  const y = new Float64Array(units * periods);
  const [unit, period] = [new Int32Array(y.length), new Int32Array(y.length)];
  const levels = normalDraws(stream, units);
  const noise = normalDraws(stream, y.length);
  for (let u = 0; u < units; u += 1) {
    let error = (noise[u * periods] as number) / Math.sqrt(0.75);
    for (let t = 0; t < periods; t += 1) {
      const row = u * periods + t;
      if (t > 0) error = 0.5 * error + (noise[row] as number);
      unit[row] = u;
      period[row] = t;
      y[row] = (levels[u] as number) + 0.3 * t + (t >= (treatedFrom[u] as number) ? effect : 0) + error;
    }
  }
  return {
    panel: {
      ...{ unit, units, unitNames: [], period, periods, labels: Array.from({ length: periods }, (_none, t) => t) },
      ...{ treatedFrom, cohortLabels: new Map(), balanced: true, repeated: false },
    },
    y,
  };
}

function twoWay(stream: RandomStream, periods: number, effect: number): Reading[] {
  const data = panel(stream, periods, effect);
  const { unit, units, period, treatedFrom } = data.panel;
  const x = matrixOf(data.y.length, 1);
  for (let i = 0; i < data.y.length; i += 1) {
    x.data[i] = (period[i] as number) >= (treatedFrom[unit[i] as number] as number) ? 1 : 0;
  }
  const within = twoWayWithin(unit, units, period, periods);
  within.apply(x.data);
  within.apply(data.y);
  const fit = didRegression(
    x,
    data.y,
    { kind: 'clustered', clusters: unit, count: units },
    within.absorbed - units + 1,
  );
  return effectReadings(fit, 0, effect);
}

function groupTime(stream: RandomStream, effect: number, what: 'averages' | 'one cohort'): Reading[] {
  const data = panel(stream, 5, effect);
  const x = matrixOf(data.y.length, 1, new Float64Array(data.y.length).fill(1));
  const result = groupTimeEffects(data.panel, data.y, x, 'never');
  const clusters = Int32Array.from(result.units);
  const averages = aggregateGroupTime(result);
  const reading = (name: string, part: Aggregate): Reading[] => {
    const se = influenceError(part, clusters, 60);
    const interval = covered(name, part.effect, z * se, effect);
    return effect === 0 ? [interval, { parameter: name, p: twoSidedNormal(part.effect / se) }] : [interval];
  };
  const before = result.cells.filter((cell) => cell.period < cell.group && !cell.base);
  const test = jointTest(
    Float64Array.from(before, (cell) => cell.effect),
    influenceCovariance(before, clusters, 60),
    null,
  );
  const events = [...averages.events].filter(([event]) => event >= 0);
  if (what === 'averages') {
    return [
      ...reading('simple', averages.simple),
      ...reading('group', averages.group),
      ...reading('dynamic', averages.dynamic),
      ...reading('calendar', averages.calendar),
      ...events.slice(0, 2).flatMap(([event, part]) => reading(`event ${event}`, part)),
    ];
  }
  return [
    ...events.slice(2).flatMap(([event, part]) => reading(`event ${event}`, part)),
    { parameter: 'trend before', p: test ? chiSquaredUpperTail(test.statistic, test.df as number) : Number.NaN },
  ];
}

/** The bars of the long run, so that the quick check is not held to the nominal share itself. */
const smallPanel = {
  covered: [0.93, 0.97],
  rejected: [0.03, 0.07],
  why: 'errors by influence functions are for large samples: with 60 units they cover 94% (20,000 replications)',
} as const;

const didCells: readonly SimulationCell[] = [
  { name: 'did: 2x2, 40 clusters', replicate: (stream) => twoByTwo(stream, 0.7) },
  { name: 'did: 2x2, 40 clusters, no effect', replicate: (stream) => twoByTwo(stream, 0) },
  { name: 'did: two-way fixed effects, 60 units, 3 periods', replicate: (stream) => twoWay(stream, 3, 1) },
  { name: 'did: two-way fixed effects, 60 units, 8 periods, no effect', replicate: (stream) => twoWay(stream, 8, 0) },
  {
    name: 'did: group-time, 60 units',
    replicate: (stream) => groupTime(stream, 1, 'averages'),
    bars: smallPanel,
  },
  {
    name: 'did: group-time, 60 units, no effect',
    replicate: (stream) => groupTime(stream, 0, 'averages'),
    bars: smallPanel,
  },
  {
    name: 'did: group-time, a single cohort of 20 against 20',
    replicate: (stream) => groupTime(stream, 1, 'one cohort'),
    bars: {
      covered: [0.91, 0.965],
      rejected: [0.04, 0.11],
      why: 'errors by influence functions and the χ² of the trends before are for large samples, and a cohort of 20 is small',
    },
  },
];

/** Age, income and sex move treatment and outcome; the effect is the same for all, and so for every estimand. */
function weighted(stream: RandomStream, estimand: Estimand, effect: number): Reading[] {
  const n = 500;
  const [age, income, noise] = [0, 1, 2].map(() => normalDraws(stream, n)) as [number[], number[], number[]];
  const x = matrixOf(n, 4);
  const treated = new Float64Array(n);
  const y = new Float64Array(n);
  for (let i = 0; i < n; i += 1) {
    const sex = stream.nextUniform() < 0.5 ? 1 : 0;
    const row = [1, age[i] as number, income[i] as number, sex];
    row.forEach((value, j) => {
      columnOf(x, j)[i] = value;
    });
    const eta = -0.3 + 0.5 * (row[1] as number) - 0.4 * (row[2] as number) + 0.4 * sex;
    treated[i] = stream.nextUniform() < 1 / (1 + Math.exp(-eta)) ? 1 : 0;
    y[i] =
      5 +
      effect * (treated[i] as number) +
      (row[1] as number) +
      0.7 * (row[2] as number) -
      0.5 * sex +
      (noise[i] as number);
  }
  const fit = fitGlm(x, treated, binomial);
  const weights = propensityWeights(fit.linearPredictor, treated, estimand, null);
  const found = weightedEffect(x, fit.unscaledCovariance, fit.fitted, weights, treated, y);
  const interval = covered(estimand, found.effect, z * found.se, effect);
  return effect === 0 ? [interval, { parameter: estimand, p: twoSidedNormal(found.effect / found.se) }] : [interval];
}

const iptwCells: readonly SimulationCell[] = (['ATE', 'ATT', 'ATO'] as const).flatMap((estimand) => [
  { name: `iptw: ${estimand}, n = 500`, replicate: (stream) => weighted(stream, estimand, 2) },
  { name: `iptw: ${estimand}, n = 500, no effect`, replicate: (stream) => weighted(stream, estimand, 0) },
]);

export const quasiExperimentCells: readonly SimulationCell[] = [...seriesCells, ...didCells, ...iptwCells];
