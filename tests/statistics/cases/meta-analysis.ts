import { randomStream } from '#shared/domain/random.ts';
import { normalDraws } from '../draws.ts';
import type { LiveCase } from '../live-case.ts';
import { csvOf } from '../run-procedure.ts';

type Columns = Record<string, (number | string | null)[]>;

/** Effects with errors from 0.05 to 0.6, true effects spread by `tau`, and a moderator that shifts them. */
function effects(seed: number, k: number, tau: number, scale = 1): Columns {
  const stream = randomStream(seed, 'meta-analysis');
  const se = Array.from({ length: k }, () => scale * (0.05 + 0.55 * stream.nextUniform()));
  const year = Array.from({ length: k }, () => 1990 + stream.nextBelow(30));
  const design = Array.from({ length: k }, () => ['cohort', 'trial', 'survey'][stream.nextBelow(3)] as string);
  const true0 = normalDraws(stream, k);
  const error = normalDraws(stream, k);
  const yi = se.map((value, i) => scale * (0.3 + tau * true0[i]! + 0.02 * (year[i]! - 2005)) + value * error[i]!);
  return { trial: se.map((_value, i) => `trial ${i + 1}`), yi, vi: se.map((value) => value ** 2), se, year, design };
}

function tables(seed: number, k: number, people: number): Columns {
  const stream = randomStream(seed, 'meta-analysis tables');
  const size = (): number => people + stream.nextBelow(people * 3);
  const n1 = Array.from({ length: k }, size);
  const n2 = Array.from({ length: k }, size);
  const shift = normalDraws(stream, k);
  const count = (n: number, p: number): number => {
    let total = 0;
    for (let i = 0; i < n; i += 1) if (stream.nextUniform() < p) total += 1;
    return total;
  };
  const base = shift.map((value) => 1 / (1 + Math.exp(2.5 - 0.6 * value)));
  const ai = n1.map((n, i) => count(n, base[i]! * 0.7));
  const ci = n2.map((n, i) => count(n, base[i]!));
  return { ai, n1i: n1, ci, n2i: n2, bi: n1.map((n, i) => n - ai[i]!), di: n2.map((n, i) => n - ci[i]!), year: shift };
}

function groups(seed: number, k: number): Columns {
  const stream = randomStream(seed, 'meta-analysis groups');
  const n1i = Array.from({ length: k }, () => 4 + stream.nextBelow(60));
  const n2i = Array.from({ length: k }, () => 4 + stream.nextBelow(60));
  const noise = normalDraws(stream, k * 2);
  return {
    n1i,
    n2i,
    m1i: n1i.map((_n, i) => 20 + 2 * noise[i]!),
    m2i: n1i.map((_n, i) => 23 + 2 * noise[k + i]!),
    sd1i: n1i.map(() => 4 + 3 * stream.nextUniform()),
    sd2i: n1i.map(() => 4 + 3 * stream.nextUniform()),
    ni: n1i,
    ri: n1i.map(() => 0.9 * stream.nextUniform()),
  };
}

const one = csvOf(effects(1, 14, 0.3));
const even = csvOf(effects(2, 11, 0));
const large = csvOf(effects(3, 40, 0.5, 250));
const few = csvOf(effects(4, 4, 0.6));

const clustered = effects(5, 26, 0.3);
const clusteredData = csvOf({
  ...clustered,
  lab: clustered.yi!.map((_y, i) => `lab ${[0, 0, 0, 1, 2, 2, 3, 4, 4, 5, 6, 7, 7][i % 13]}${i % 2}`),
});

const gaps = effects(6, 16, 0.3);
const gapsData = csvOf({
  ...gaps,
  yi: gaps.yi!.map((y, i) => (i % 7 === 3 ? null : y)),
  year: gaps.year!.map((y, i) => (i === 5 ? null : y)),
});

const rare = csvOf(tables(7, 12, 15));
const usual = csvOf(tables(8, 13, 90));

/** Both sides converge to the last digits. */
const closely = { default: 1e-8, p: 1e-7 };

function live(
  name: string,
  data: string,
  spec: Record<string, unknown>,
  tolerance: LiveCase['tolerance'] = closely,
): LiveCase {
  return { name, procedure: 'meta', data, spec, tolerance, floor: 1e-9 };
}

const byMethod = (['FE', 'DL', 'HE', 'HS', 'SJ', 'PM', 'EB', 'ML', 'REML'] as const).flatMap((method) => [
  live(`${method}, heterogeneous`, one, { method }),
  live(`${method}, Knapp and Hartung, large numbers`, large, { method, test: 'knha', confidence: 0.9 }),
]);

/** Mixed models: lme4 takes its Hessian by finite differences, good to about 1e-5. */
const mixed = { default: 1e-5, p: 1e-4, tau2: 2e-5 };

export const metaCases: readonly LiveCase[] = [
  ...byMethod,
  live('no heterogeneity at all', even, { method: 'REML' }),
  live(
    'a likelihood with two maxima',
    csvOf({ yi: [3.29, -2.51, 0.04, -0.18, -0.09, 0.15, 0.15], vi: [1, 0.625, 0.01, 0.023, 0.05, 0.03, 0.021] }),
    {},
  ),
  live('four studies', few, { method: 'REML', test: 'knha' }),
  live('errors in place of variances', one, { sei: 'se', method: 'DL' }),
  live('missing values', gapsData, { study: 'trial' }),
  live('a moderator far from 0', one, { moderators: ['year'] }),
  live('a factor and a number', one, { moderators: 'year + design', test: 'knha', factors: { design: ['trial'] } }),
  live('an interaction', large, { moderators: 'year * design', method: 'ML' }),
  live('without intercept', large, { moderators: 'design - 1' }),
  live('a moderator, fixed effect', one, { moderators: ['year'], method: 'FE' }),
  live('moderators by DL, missing values', gapsData, { moderators: 'I(year - 2000) + design', method: 'DL' }),
  live('moderators by PM, SJ’s friends', large, { moderators: 'year + design', method: 'PM' }),
  live('moderators by SJ', large, { moderators: 'year + design', method: 'SJ' }),
  live('moderators by HE', large, { moderators: 'year + design', method: 'HE' }),
  live('several effects a study', clusteredData, { study: 'lab' }),
  live('several effects a study, moderators', clusteredData, { study: 'lab', moderators: 'year + design' }),
  live('several effects a study, fixed effect', clusteredData, { study: 'lab', method: 'FE' }),
  ...(['RR', 'OR', 'RD'] as const).flatMap((measure) => [
    live(`${measure} with empty cells`, rare, { measure }),
    live(`${measure} from cells`, usual, { measure, ai: 'ai', bi: 'bi', ci: 'ci', di: 'di', method: 'DL' }),
  ]),
  ...(['SMD', 'MD', 'SMCR', 'ZCOR'] as const).map((measure) => live(measure, csvOf(groups(9, 15)), { measure })),
  live('incidence ratio', usual, { measure: 'IRR', x1i: 'ai', t1i: 'n1i', x2i: 'ci', t2i: 'n2i' }),
  live('log incidence', usual, { measure: 'IRLN', xi: 'ai', ti: 'n1i', method: 'DL' }),
  live('proportions, mixed model', usual, { measure: 'PLO', xi: 'ai', ni: 'n1i' }, mixed),
  live('proportions with zeros, mixed model', rare, { measure: 'PLO', xi: 'ai', ni: 'n1i', test: 'knha' }, mixed),
  live('proportions, a moderator', usual, { measure: 'PLO', xi: 'ai', ni: 'n1i', moderators: ['year'] }, mixed),
  live(
    'proportions that differ by chance alone',
    csvOf({ xi: [12, 20, 7, 15, 31, 9], ni: [60, 104, 33, 74, 150, 46] }),
    { measure: 'PLO' },
    mixed,
  ),
  live('proportions, fixed effect', usual, { measure: 'PLO', xi: 'ai', ni: 'n1i', method: 'FE' }),
  live('proportions by inverse variance', usual, { measure: 'PLO', xi: 'ai', ni: 'n1i', method: 'REML' }),
];
