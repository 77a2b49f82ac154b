import { type RandomStream, randomStream } from '#shared/domain/random.ts';
import { normalDraws } from '../draws.ts';
import { closedForm, iterative, type LiveCase } from '../live-case.ts';
import { csvOf } from '../run-procedure.ts';

function poissonDraw(stream: RandomStream, mean: number): number {
  let left = Math.exp(-mean);
  let count = 0;
  for (let product = stream.nextUniform(); product > left; product *= stream.nextUniform()) {
    count += 1;
    if (left === 0) left = Number.MIN_VALUE;
  }
  return count;
}

/** A monthly series with a trend, a season, errors that follow each other, and a break. */
function seriesOf(seed: string, n: number, start: number, phi: number): { t: number[]; y: number[] } {
  const stream = randomStream(11, seed);
  const noise = normalDraws(stream, n);
  let error = 0;
  const t = Array.from({ length: n }, (_none, i) => i + 1);
  const y = t.map((time, i) => {
    error = phi * error + (noise[i] as number);
    const on = time >= start ? 1 : 0;
    return 40 + 0.1 * time + 3 * Math.sin((2 * Math.PI * time) / 12) - 4 * on - 0.3 * on * (time - start + 1) + error;
  });
  return { t, y };
}

const short = seriesOf('short', 48, 31, 0.3);
const long = seriesOf('long', 150, 101, 0.2);
const gapped = short.t.map((time) => ([9, 10, 26].includes(time) ? null : (short.y[time - 1] as number)));
const months = long.t.map(
  (time) => `${2010 + Math.floor((time - 1) / 12)}-${String(((time - 1) % 12) + 1).padStart(2, '0')}`,
);
const countStream = randomStream(12, 'counts');
const people = long.t.map((time) => 900 + ((time * 37) % 200));
const counts = long.t.map((time, i) =>
  poissonDraw(
    countStream,
    (people[i] as number) *
      0.02 *
      Math.exp(0.002 * time - (time >= 101 ? 0.3 : 0) + 0.2 * Math.cos((2 * Math.PI * time) / 12)),
  ),
);
const clumped = counts.map((count) => Math.round(count * (0.5 + countStream.nextUniform())));
const shuffled = [...long.t].sort((a, b) => ((a * 7_919) % 151) - ((b * 7_919) % 151));

const underdispersed = long.t.map((t) => 20 + (t % 5) + (t >= 101 ? 4 : 0));
const season = { period: 12, harmonics: 2 };
const itsCases: readonly LiveCase[] = [
  {
    name: 'a short series, ar1 by REML as of itself',
    procedure: 'its',
    data: csvOf(short),
    spec: { y: 'y', time: 't', start: 31, seasonality: season },
    tolerance: iterative,
    floor: 1e-7,
  },
  {
    name: 'months missing in between, ar1 by ML',
    procedure: 'its',
    data: csvOf({ t: short.t, y: gapped }),
    spec: { y: 'y', time: 't', start: 31, errors: { kind: 'ar1', method: 'ML' }, horizons: [1, 6, 18] },
    tolerance: iterative,
    floor: 1e-7,
  },
  {
    name: 'months as text, Newey–West with the usual lag',
    procedure: 'its',
    data: csvOf({
      month: shuffled.map((t) => months[t - 1] as string),
      y: shuffled.map((t) => long.y[t - 1] as number),
    }),
    spec: { y: 'y', time: 'month', start: '2018-05', seasonality: { period: 12, harmonics: 6 }, confidence: 0.9 },
    tolerance: closedForm,
    floor: 1e-10,
  },
  {
    name: 'rows in order, with a covariate, least squares',
    procedure: 'its',
    data: csvOf({ y: long.y, group: long.t.map((t) => ['a', 'b', 'c'][(t * t) % 3] as string) }),
    spec: {
      y: 'y',
      start: 101,
      seasonality: season,
      covariates: ['group'],
      factors: { group: ['c'] },
      errors: 'model',
    },
    tolerance: closedForm,
    floor: 1e-10,
  },
  {
    name: 'counts over people, Newey–West',
    procedure: 'its',
    data: csvOf({ t: long.t, counts, people }),
    spec: {
      y: 'counts',
      time: 't',
      start: 101,
      offset: 'people',
      family: 'poisson',
      seasonality: season,
      errors: { kind: 'newey-west', lag: 4 },
    },
    tolerance: closedForm,
    floor: 1e-10,
  },
  {
    name: 'counts, quasi-Poisson and their own errors',
    procedure: 'its',
    data: csvOf({ t: long.t, clumped }),
    spec: { y: 'clumped', time: 't', start: 101, family: 'quasipoisson', errors: { kind: 'model' } },
    tolerance: closedForm,
    floor: 1e-10,
  },
  ...(['model', 'newey-west'] as const).map((kind) => ({
    name: `clumped counts, negative binomial, ${kind}`,
    procedure: 'its',
    data: csvOf({ t: long.t, clumped, people }),
    spec: {
      y: 'clumped',
      time: 't',
      start: 101,
      offset: 'people',
      family: 'negative-binomial',
      seasonality: { period: 12 },
      errors: { kind },
    },
    tolerance: { ...iterative, p: 1e-5 },
    floor: 1e-9,
  })),
  {
    name: 'even counts, negative binomial without a theta',
    procedure: 'its',
    data: csvOf({ t: long.t, underdispersed }),
    spec: { y: 'underdispersed', time: 't', start: 101, family: 'negative-binomial', errors: { kind: 'model' } },
    tolerance: closedForm,
    floor: 1e-9,
  },
];

type PanelColumns = Readonly<Record<string, readonly (number | string | null)[]>>;

/** Units over periods, some treated from one of the starts on; x moves treatment and trend. */
function panelOf(
  seed: string,
  units: number,
  periods: number,
  starts: readonly (number | null)[],
  missing = 0,
): PanelColumns {
  const stream = randomStream(13, seed);
  const columns: Record<string, (number | string | null)[]> = {
    unit: [],
    time: [],
    from: [],
    y: [],
    x: [],
    z: [],
    area: [],
  };
  for (let u = 0; u < units; u += 1) {
    const start = starts[(u * 5 + Math.floor(u / 3)) % starts.length] as number | null;
    const [level, x] = normalDraws(stream, 2) as [number, number];
    for (let t = 1; t <= periods; t += 1) {
      const [noise, z] = normalDraws(stream, 2) as [number, number];
      if (stream.nextUniform() < missing) continue;
      columns['unit']?.push(`u${u}`);
      columns['time']?.push(2000 + t);
      columns['from']?.push(start === null ? null : 2000 + start);
      columns['x']?.push(x + (start === null ? 0 : 0.3));
      columns['z']?.push(z);
      columns['area']?.push(`area ${u % 15}`);
      columns['y']?.push(
        5 +
          level +
          0.4 * t +
          0.2 * x * t +
          0.5 * z +
          noise +
          (start !== null && t >= start ? 1 + 0.3 * (t - start) : 0),
      );
    }
  }
  return columns;
}

const staggered = csvOf(panelOf('staggered', 90, 6, [null, null, 3, 5, 4]));
const gaps = csvOf(panelOf('gaps', 80, 5, [null, 3, 4], 0.1));
const single = csvOf(panelOf('single', 60, 4, [null, 3]));
const allTreated = csvOf(panelOf('all treated', 60, 6, [3, 5, 4]));
const byUnit = { y: 'y', unit: 'unit', time: 'time', treatedFrom: 'from' };
const armStream = randomStream(14, 'arms');
const arms = {
  treated: Array.from({ length: 240 }, (_none, i) => i % 2),
  post: Array.from({ length: 240 }, (_none, i) => (Math.floor(i / 2) % 3 === 0 ? 1 : 0)),
  kind: Array.from({ length: 240 }, () => ['p', 'q', 'r'][armStream.nextBelow(3)] as string),
  town: Array.from({ length: 240 }, () => `t${armStream.nextBelow(45)}`),
};
const outcomes = normalDraws(armStream, 240).map((value, i) =>
  i % 53 === 7
    ? null
    : 3 + value * (1 + (arms.treated[i] as number)) + 2 * (arms.treated[i] as number) * (arms.post[i] as number),
);
const armsData = csvOf({ 'the outcome': outcomes, ...arms });

const did = (name: string, data: string, spec: Record<string, unknown>): LiveCase => ({
  name,
  procedure: 'did',
  data,
  spec,
  tolerance: { ...closedForm, p: 1e-5 },
  floor: 1e-9,
});

const didCases: readonly LiveCase[] = [
  did('two by two from columns', armsData, {
    y: 'the outcome',
    treated: 'treated',
    post: 'post',
    covariates: ['kind'],
  }),
  did('two by two, clustered', armsData, { y: 'the outcome', treated: 'treated', post: 'post', cluster: 'town' }),
  did('two by two, HC3', armsData, {
    y: 'the outcome',
    treated: 'treated',
    post: 'post',
    covariates: ['kind'],
    factors: { kind: ['r'] },
    robust: 'HC3',
  }),
  did('two by two from units', single, { ...byUnit, method: '2x2', cluster: 'unit' }),
  did('two-way fixed effects with a covariate', staggered, { ...byUnit, method: 'twfe', covariates: ['z'] }),
  did('two-way fixed effects, unbalanced, clustered by area', gaps, { ...byUnit, method: 'twfe', cluster: 'area' }),
  did('two-way fixed effects, units counted', single, { ...byUnit, method: 'twfe', countUnits: true }),
  did('event study', staggered, { ...byUnit, method: 'event-study', covariates: ['z'] }),
  did('event study, unbalanced', gaps, { ...byUnit, method: 'event-study' }),
  did('event study, all treated', allTreated, { ...byUnit, method: 'event-study' }),
  did('group-time', staggered, { ...byUnit, method: 'group-time' }),
  did('group-time, doubly robust', staggered, { ...byUnit, covariates: ['x'], aggregate: 'dynamic', confidence: 0.9 }),
  did('group-time, unbalanced, clustered by area', gaps, { ...byUnit, covariates: ['x', 'I(x^2)'], cluster: 'area' }),
  did('group-time, all treated in the end', allTreated, { ...byUnit, comparison: 'not-yet', aggregate: 'group' }),
];

const unitStream = randomStream(15, 'propensity');
const [age, income, spread] = [0, 1, 2].map(() => normalDraws(unitStream, 400)) as [number[], number[], number[]];
const region = age.map(() => ['east', 'north', 'south'][unitStream.nextBelow(3)] as string);
const odds = age.map(
  (value, i) => -0.4 + 0.6 * value - 0.5 * (income[i] as number) + (region[i] === 'south' ? 0.7 : 0),
);
const taken = odds.map((value): number => (unitStream.nextUniform() < 1 / (1 + Math.exp(-value)) ? 1 : 0));
const observed = {
  taken,
  arm: taken.map((value) => (value === 1 ? 'offered' : 'usual')),
  age: age.map((value, i) => (i % 61 === 9 ? null : 40 + 12 * value)),
  income: income.map((value) => 30_000 * Math.exp(0.4 * value)),
  region,
  score: spread.map((value, i) => 1_000 + 20 * value + 8 * (age[i] as number) + 5 * (taken[i] as number)),
};
const observedData = csvOf(observed);
const iptw = (name: string, spec: Record<string, unknown>): LiveCase => ({
  name,
  procedure: 'iptw',
  data: observedData,
  spec: { y: 'score', ...spec },
  // R’s derivatives are differences there.
  tolerance: { ...closedForm, se: 1e-6, statistic: 1e-6, p: 1e-4, low: 1e-6, high: 1e-6 },
  floor: 1e-9,
});

const iptwCases: readonly LiveCase[] = [
  iptw('ATE', { treatment: 'taken ~ age + log(income) + region' }),
  iptw('ATT with an interaction', { treatment: 'taken ~ age * region + I(age^2)', estimand: 'ATT', confidence: 0.9 }),
  iptw('ATC of text levels, their order given', {
    formula: 'arm ~ age + region',
    estimand: 'ATC',
    factors: { arm: ['usual'], region: ['south', 'north'] },
  }),
  iptw('ATO', { treatment: 'taken ~ age + income + factor(region)', estimand: 'ATO' }),
  iptw('held at quantiles', { treatment: 'taken ~ age + log(income) + region', truncate: [0.05, 0.95] }),
  iptw('a collinear covariate', { treatment: 'taken ~ age + I(2 * age) + region', estimand: 'ATO' }),
];

export const quasiExperimentCases: readonly LiveCase[] = [...itsCases, ...didCases, ...iptwCases];
