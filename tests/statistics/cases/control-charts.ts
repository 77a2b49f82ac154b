import { randomStream } from '#shared/domain/random.ts';
import { normalDraws } from '../draws.ts';
import { closedForm, type LiveCase } from '../live-case.ts';
import { csvOf } from '../run-procedure.ts';

const tolerance = { ...closedForm, default: 1e-9 };

/** A series with a shift, a trend, flat stretches and gaps, so that every rule has something to find. */
function series(n: number, label: string): number[] {
  const stream = randomStream(23, `control-charts-${label}`);
  return normalDraws(stream, n).map((value, i) => {
    const shift = i > n * 0.6 && i < n * 0.75 ? 1.8 : 0;
    const trend = i > n * 0.8 ? 0.45 * (i - n * 0.8) : 0;
    const zigzag = i > n * 0.35 && i < n * 0.55 ? (i % 2 === 0 ? 2 : -2) : 0;
    return Math.round(10 * (50 + 4 * (value / (zigzag === 0 ? 1 : 3) + shift + trend + zigzag))) / 10;
  });
}

/** Counts with a rate that wanders by `spread` beyond chance. */
function counts(n: number, label: string, spread: number, rate = 0.08) {
  const stream = randomStream(29, `counts-${label}`);
  const wander = normalDraws(stream, n);
  const denominator = wander.map(() => 100 + stream.nextBelow(400));
  const events = denominator.map((size, i) => {
    const p = rate * Math.exp(spread * (wander[i] as number));
    let count = 0;
    for (let k = 0; k < size; k += 1) if (stream.nextUniform() < p) count += 1;
    return count;
  });
  return { events, denominator };
}

const y = series(60, 'long');
const time = y.map((_value, i) => (i * 37) % 60);
const steady = counts(36, 'steady', 0);
const restless = counts(48, 'restless', 0.6);
const samples = normalDraws(randomStream(31, 'samples'), 120).map((value, i) => 10 + value + (i > 80 ? 1.2 : 0));

const charts: readonly (Omit<LiveCase, 'procedure' | 'tolerance' | 'name' | 'data'> & {
  readonly name: string;
  readonly columns: Parameters<typeof csvOf>[0];
})[] = [
  { name: 'xmr, NHS rules, rows out of order', columns: { y, time }, spec: { y: 'y', time: 'time' } },
  {
    name: 'xmr, Nelson’s rules, a baseline within, screened, exact constant',
    columns: { y },
    spec: { y: 'y', rules: 'nelson', baseline: [5, 30], screen: true, exactConstant: true },
  },
  {
    name: 'xmr of a ratio, Western Electric rules, missing values',
    columns: { ...restless, events: restless.events.map((value, i) => (i % 9 === 4 ? null : value)) },
    spec: { y: 'events', denominator: 'denominator', rules: 'western-electric', baseline: 20 },
  },
  {
    name: 'xmr by dates, ties in the values, no rules',
    columns: {
      day: y.map(
        (_value, i) => `2026-${String(1 + ((i * 7) % 12)).padStart(2, '0')}-${String(1 + (i % 28)).padStart(2, '0')}`,
      ),
      y: y.map((value) => Math.round(value / 10)),
    },
    spec: { y: 'y', time: 'day', rules: 'none' },
  },
  { name: 'p', columns: steady, spec: { y: 'events', denominator: 'denominator', chart: 'p', baseline: 24 } },
  {
    name: 'p′, Nelson’s rules',
    columns: restless,
    spec: { y: 'events', denominator: 'denominator', chart: 'p', laney: true, rules: 'nelson' },
  },
  {
    name: 'np of one size',
    columns: { ...steady, denominator: steady.denominator.map(() => 500) },
    spec: { y: 'events', denominator: 'denominator', chart: 'np' },
  },
  { name: 'np of several sizes', columns: steady, spec: { y: 'events', denominator: 'denominator', chart: 'np' } },
  { name: 'u, chance alone', columns: steady, spec: { y: 'events', denominator: 'denominator', chart: 'u' } },
  { name: 'u, overdispersed', columns: restless, spec: { y: 'events', denominator: 'denominator', chart: 'u' } },
  {
    name: 'u, overdispersed, but not wanted',
    columns: restless,
    spec: { y: 'events', denominator: 'denominator', chart: 'u', laney: false },
  },
  {
    name: 'c with many zeros',
    columns: { count: y.map((value, i) => (i % 3 === 0 ? Math.abs(Math.round(value / 20)) : 0)) },
    spec: { y: 'count', chart: 'c', baseline: 30 },
  },
  { name: 't', columns: { gap: samples.map((value) => Math.exp(value / 3)) }, spec: { y: 'gap', chart: 't' } },
  {
    name: 'x̄ of samples of several sizes',
    columns: { value: samples, sample: samples.map((_value, i) => `s${Math.floor(Math.sqrt(5 * i))}`) },
    spec: { y: 'value', subgroup: 'sample', chart: 'xbar', baseline: 12 },
  },
  {
    name: 'R',
    columns: { value: samples, sample: samples.map((_value, i) => Math.floor(i / 6)) },
    spec: { y: 'value', subgroup: 'sample', chart: 'r' },
  },
  {
    name: 'S, pooled',
    columns: { value: samples, sample: samples.map((_value, i) => Math.floor(i / 12)) },
    spec: { y: 'value', subgroup: 'sample', chart: 's', sigma: 'pooled' },
  },
  {
    name: 'a funnel of shares',
    columns: { ...restless, unit: restless.events.map((_value, i) => `unit ${i}`) },
    spec: { y: 'events', denominator: 'denominator', subgroup: 'unit', chart: 'funnel', at: [20, 100, 1_000, 50_000] },
  },
  {
    name: 'a funnel of shares without overdispersion, a target of its own',
    columns: steady,
    spec: { y: 'events', denominator: 'denominator', chart: 'funnel', target: 0.05 },
  },
  {
    name: 'a funnel of observed over expected',
    columns: { observed: restless.events, expected: restless.denominator.map((value) => value * 0.09) },
    spec: { y: 'observed', denominator: 'expected', chart: 'funnel', measure: 'ratio', at: [5, 50] },
  },
];

const others: readonly Omit<LiveCase, 'tolerance'>[] = [
  {
    name: 'from a baseline',
    procedure: 'cusum',
    data: csvOf({ y, time }),
    spec: { y: 'y', time: 'time', baseline: 20, h: 4 },
  },
  {
    name: 'target and sd given',
    procedure: 'cusum',
    data: csvOf({ y }),
    spec: { y: 'y', target: 52, sd: 4.5, k: 0.25, h: 6 },
  },
  { name: 'no signal', procedure: 'cusum', data: csvOf({ y: y.slice(0, 15) }), spec: { y: 'y', h: 50 } },
  { name: 'from a baseline', procedure: 'ewma', data: csvOf({ y }), spec: { y: 'y', baseline: [3, 20] } },
  {
    name: 'all weight on the newest',
    procedure: 'ewma',
    data: csvOf({ y }),
    spec: { y: 'y', target: 50, sd: 4, lambda: 1 },
  },
  {
    name: 'little weight, narrow',
    procedure: 'ewma',
    data: csvOf({ y, time }),
    spec: { y: 'y', time: 'time', lambda: 0.05, width: 2.5 },
  },
];

export const controlChartCases: readonly LiveCase[] = [
  ...charts.map(({ columns, ...rest }): LiveCase => ({ ...rest, procedure: 'spc', data: csvOf(columns), tolerance })),
  ...others.map((rest): LiveCase => ({ ...rest, tolerance })),
];
