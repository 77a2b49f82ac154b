import { randomStream } from '#shared/domain/random.ts';
import { normalDraws } from '../draws.ts';
import { closedForm, type LiveCase } from '../live-case.ts';
import { csvOf } from '../run-procedure.ts';

const rows = 180;
const stream = randomStream(41, 'regression');
const uniform = (): number => stream.nextUniform();
const x = normalDraws(stream, rows).map((value) => 10 + 3 * value);
const z = normalDraws(stream, rows);
const cluster = x.map((_value, row) => `c${Math.floor((row * 7) % 24)}`);
const shift = x.map(() => ['day', 'late', 'night'][stream.nextBelow(3)] as string);
const trained = x.map(() => (uniform() < 0.4 ? 'yes' : 'no'));
const hours = x.map(() => 50 + Math.floor(200 * uniform()));
const group = new Map(
  [...new Set(cluster)].map((name, place) => [name, (normalDraws(stream, 24)[place] as number) / 2]),
);
const eta = x.map(
  (value, row) =>
    -0.6 +
    0.08 * (value - 10) +
    0.5 * (z[row] as number) +
    (shift[row] === 'night' ? 0.7 : 0) +
    (group.get(cluster[row] as string) as number),
);
const noise = normalDraws(stream, rows);
const score = eta.map((value, row) => 20 + 4 * value + (1 + Math.abs(z[row] as number)) * (noise[row] as number));
const chance = eta.map((value) => 1 / (1 + Math.exp(-value)));
const event = chance.map((value) => (uniform() < value ? 1 : 0));
const answer = event.map((value) => (value === 1 ? 'TRUE' : 'FALSE'));
const trials = x.map(() => 1 + stream.nextBelow(12));
const hits = chance.map((value, row) => {
  let count = 0;
  for (let trial = 0; trial < (trials[row] as number); trial += 1) if (uniform() < value) count += 1;
  return count;
});
const misses = trials.map((value, row) => value - (hits[row] as number));
const share = hits.map((value, row) => value / (trials[row] as number));
const spread = x.map(() => -Math.log(uniform()) - Math.log(uniform()));
const poissonDraw = (mean: number): number => {
  let count = 0;
  let waited = -Math.log(uniform());
  while (waited < mean) {
    count += 1;
    waited += -Math.log(uniform());
  }
  return count;
};
const count = eta.map((value, row) => poissonDraw((Math.exp(0.5 + value / 2) * (hours[row] as number)) / 150));
const clumped = eta.map((value, row) => poissonDraw(Math.exp(1 + value / 2) * (spread[row] as number) * 0.5));
const cost = eta.map((value, row) => Math.exp(3 + value / 3) * (spread[row] as number) * 0.5);
const even = x.map((_value, row) => 2 + (row % 3));
const withGaps = z.map((value, row) => (row % 13 === 5 ? null : value));
const importance = x.map(() => Math.round(100 * (0.2 + uniform())) / 100);

const data = csvOf({
  ...{
    x,
    z,
    cluster,
    shift,
    trained,
    hours,
    score,
    event,
    answer,
    trials,
    hits,
    misses,
    share,
    count,
    clumped,
    cost,
    even,
  },
  withGaps,
  importance,
});

function glm(name: string, spec: Readonly<Record<string, unknown>>, tolerance = closedForm): LiveCase {
  return { name, procedure: 'glm', data, spec, tolerance };
}

const linear: readonly LiveCase[] = [
  glm('a linear model with a factor and an interaction', { formula: 'score ~ x * shift + z' }),
  glm('a linear model with gaps, a transformation and its levels in another order', {
    formula: 'score ~ log(x + 20) + withGaps + I(x^2) + shift:trained',
    factors: { shift: ['night', 'day'] },
  }),
  glm('weights and an offset', { formula: 'score ~ x + shift + offset(z)', weights: 'importance', confidence: 0.9 }),
  glm('no intercept', { formula: 'score ~ x + z - 1' }),
  glm('cells of a factor without an intercept', { formula: 'score ~ shift - 1' }),
  glm('nothing but the intercept', { formula: 'score ~ 1' }),
  glm('a column that others determine', { formula: 'score ~ x + I(2 * x + 1) + z + trained' }),
  ...['HC0', 'HC1', 'HC2', 'HC3'].map((robust) =>
    glm(`linear, ${robust}`, { formula: 'score ~ x + shift * z', robust }),
  ),
  glm('linear and weighted, HC3', { formula: 'score ~ x + z', robust: 'HC3', weights: 'importance' }),
  ...['CR1', 'CR2'].flatMap((robust) => [
    glm(`linear, ${robust}`, { formula: 'score ~ x + shift + z', robust, cluster: 'cluster' }),
    glm(`linear and weighted, ${robust}`, {
      formula: 'score ~ x + withGaps',
      robust,
      cluster: 'cluster',
      weights: 'importance',
    }),
  ]),
  glm('clusters that determine a term alone, CR2', {
    formula: 'score ~ x + cluster',
    robust: 'CR2',
    cluster: 'cluster',
  }),
];

const binary: readonly LiveCase[] = [
  glm('logistic', { formula: 'event ~ x + shift * z', family: 'binomial' }),
  glm('logistic, a category', { formula: 'trained ~ x + z + shift', family: 'binomial' }),
  glm('logistic, TRUE and FALSE, 99%', { formula: 'answer ~ x + withGaps', family: 'binomial', confidence: 0.99 }),
  glm('logistic, the first level counts', {
    formula: 'answer ~ x + z',
    family: 'binomial',
    factors: { answer: ['TRUE', 'FALSE'] },
  }),
  glm('logistic, a comparison', { formula: 'I(score > 18) ~ x + z', family: 'binomial' }),
  glm('successes and failures', { formula: 'cbind(hits, misses) ~ x + shift', family: 'binomial' }),
  glm('successes and a difference', { formula: 'cbind(hits, trials - hits) ~ x + shift', family: 'binomial' }),
  glm('proportions with numbers of trials', { formula: 'share ~ x + shift', family: 'binomial', weights: 'trials' }),
  glm('quasibinomial', { formula: 'cbind(hits, misses) ~ x + shift', family: 'quasibinomial' }),
  ...['probit', 'cloglog', 'cauchit'].map((link) =>
    glm(`binomial, ${link}`, { formula: 'event ~ x + z', family: 'binomial', link }, { default: 1e-6 }),
  ),
  glm(
    'risk ratios',
    { formula: 'cbind(hits, misses) ~ z', family: 'binomial', link: 'log' },
    { default: 1e-6, p: 1e-4 },
  ),
  glm('risk differences', { formula: 'cbind(hits, misses) ~ trained', family: 'binomial', link: 'identity' }),
  glm('logistic, no intercept', { formula: 'event ~ shift + z - 1', family: 'binomial' }),
  glm('logistic, an offset', { formula: 'event ~ shift + offset(z / 2)', family: 'binomial' }),
  glm('logistic, a column that others determine', {
    formula: 'event ~ x + z + I(x - 2 * z) + shift',
    family: 'binomial',
  }),
  ...['HC0', 'HC1', 'HC2', 'HC3'].map((robust) =>
    glm(`logistic, ${robust}`, { formula: 'event ~ x + z', family: 'binomial', robust }),
  ),
  glm('grouped, HC3', { formula: 'cbind(hits, misses) ~ x + z', family: 'binomial', robust: 'HC3' }),
  glm('quasibinomial, HC1', { formula: 'cbind(hits, misses) ~ x + z', family: 'quasibinomial', robust: 'HC1' }),
  ...['CR1', 'CR2'].flatMap((robust) => [
    glm(`logistic, ${robust}`, { formula: 'event ~ x + trained', family: 'binomial', robust, cluster: 'cluster' }),
    glm(
      `probit, ${robust}`,
      { formula: 'event ~ x + z', family: 'binomial', link: 'probit', robust, cluster: 'cluster' },
      { default: 1e-6 },
    ),
  ]),
  glm('grouped, CR2', {
    formula: 'cbind(hits, misses) ~ x + z',
    family: 'binomial',
    robust: 'CR2',
    cluster: 'cluster',
  }),
  glm('logistic, profile limits', { formula: 'event ~ x + shift', family: 'binomial', interval: 'profile' }),
  glm('quasibinomial, profile limits', {
    formula: 'cbind(hits, misses) ~ x + shift',
    family: 'quasibinomial',
    interval: 'profile',
  }),
  glm('Firth', { formula: 'event ~ x + shift + z', family: 'binomial', firth: true }),
  glm('Firth, grouped, an offset, 90%', {
    formula: 'cbind(hits, misses) ~ x + offset(z)',
    family: 'binomial',
    firth: true,
    confidence: 0.9,
  }),
  glm('Firth, Wald limits', { formula: 'event ~ x + shift', family: 'binomial', firth: true, interval: 'wald' }),
];

const counted: readonly LiveCase[] = [
  glm('rates', { formula: 'count ~ x + shift + offset(log(hours))', family: 'poisson' }),
  glm('poisson, identity', { formula: 'count ~ trained', family: 'poisson', link: 'identity' }),
  glm('poisson, square root', { formula: 'count ~ x + z', family: 'poisson', link: 'sqrt' }, { default: 1e-6 }),
  glm('poisson, HC0', { formula: 'count ~ x + shift', family: 'poisson', robust: 'HC0' }),
  glm('poisson, CR2', { formula: 'count ~ x + shift', family: 'poisson', robust: 'CR2', cluster: 'cluster' }),
  glm('poisson, profile limits', { formula: 'count ~ x + shift', family: 'poisson', interval: 'profile' }),
  glm('quasipoisson', { formula: 'clumped ~ x + shift + offset(log(hours))', family: 'quasipoisson' }),
  glm('quasipoisson, CR1', { formula: 'clumped ~ x', family: 'quasipoisson', robust: 'CR1', cluster: 'cluster' }),
  glm('negative binomial', { formula: 'clumped ~ x + shift * trained', family: 'negative-binomial' }),
  glm('negative binomial, an offset and gaps', {
    formula: 'clumped ~ withGaps + offset(log(hours))',
    family: 'negative-binomial',
  }),
  glm('negative binomial, weights', { formula: 'clumped ~ x + z', family: 'negative-binomial', weights: 'trials' }),
  glm('negative binomial, HC1', { formula: 'clumped ~ x + z', family: 'negative-binomial', robust: 'HC1' }),
  glm('negative binomial, CR2', {
    formula: 'clumped ~ x',
    family: 'negative-binomial',
    robust: 'CR2',
    cluster: 'cluster',
  }),
  glm('negative binomial, profile limits', {
    formula: 'clumped ~ x + z',
    family: 'negative-binomial',
    interval: 'profile',
  }),
  glm('counts more even than Poisson', { formula: 'even ~ x', family: 'negative-binomial' }),
];

const positive: readonly LiveCase[] = [
  glm('gamma', { formula: 'cost ~ z', family: 'gamma' }, { default: 1e-6 }),
  glm('gamma, log', { formula: 'cost ~ x + shift + z', family: 'gamma', link: 'log' }, { default: 1e-6 }),
  glm('gamma, log, HC3', { formula: 'cost ~ x + z', family: 'gamma', link: 'log', robust: 'HC3' }, { default: 1e-6 }),
  glm(
    'gamma, log, CR2',
    { formula: 'cost ~ x + z', family: 'gamma', link: 'log', robust: 'CR2', cluster: 'cluster' },
    { default: 1e-6 },
  ),
  glm(
    'gamma, profile limits',
    { formula: 'cost ~ x', family: 'gamma', link: 'log', interval: 'profile' },
    { default: 1e-6 },
  ),
  glm('gaussian, log', { formula: 'cost ~ x + z', link: 'log' }, { default: 1e-6 }),
  glm('gaussian, inverse', { formula: 'score ~ z', link: 'inverse' }, { default: 1e-6 }),
];

const foldid = x.map((_value, row) => 1 + ((row * 5) % 7));
const netData = csvOf({
  x,
  z,
  shift,
  trained,
  hours,
  score,
  event,
  answer,
  trials,
  hits,
  misses,
  count,
  withGaps,
  importance,
  foldid,
});

function ridge(name: string, spec: Readonly<Record<string, unknown>>, tolerance = closedForm): LiveCase {
  return { name, procedure: 'ridge', data: netData, spec, tolerance, floor: 1e-9 };
}

/** glmnet's own threshold is on the fall of the deviance, so its coefficients keep seven or eight digits. */
const net = { default: 1e-6 };
const logistic = { formula: 'event ~ x + z + shift + trained + hours', family: 'binomial' };
const penalised: readonly LiveCase[] = [
  ridge('gaussian', { formula: 'score ~ x + z + shift * trained + hours', lambda: 0.7 }, net),
  ridge(
    'gaussian, weights, gaps and an offset',
    {
      formula: 'score ~ x + withGaps + shift + offset(z)',
      lambda: [2, 0.5, 0.1],
      weights: 'importance',
    },
    net,
  ),
  ridge('gaussian, not standardised', { formula: 'score ~ x + z + hours', lambda: 0.3, standardise: false }, net),
  ridge('gaussian, no intercept', { formula: 'score ~ x + z + hours - 1', lambda: 0.3 }, net),
  ridge('one predictor', { formula: 'score ~ z', lambda: 0.3 }, net),
  ridge('gaussian, lasso', { formula: 'score ~ x + z + shift * trained + hours', lambda: 0.3, alpha: 1 }, net),
  ridge('gaussian, elastic net', { formula: 'score ~ x + z + shift + hours', lambda: 0.5, alpha: 0.4 }, net),
  ridge('gaussian, cross-validated by column', { formula: 'score ~ x + z + shift + hours', foldid: 'foldid' }, net),
  ridge('gaussian, cross-validated by seed', { formula: 'score ~ x + z', folds: 5, seed: 9 }, net),
  ridge(
    'gaussian, lasso, cross-validated',
    { formula: 'score ~ x + z + shift + hours', foldid: 'foldid', alpha: 1 },
    net,
  ),
  ridge('logistic', { ...logistic, lambda: 0.05 }, net),
  ridge(
    'logistic, a category, other level first',
    {
      formula: 'answer ~ x + z + shift',
      family: 'binomial',
      lambda: 0.02,
      factors: { answer: ['TRUE', 'FALSE'] },
    },
    net,
  ),
  ridge('logistic, grouped', { formula: 'cbind(hits, misses) ~ x + z + shift', family: 'binomial', lambda: 0.03 }, net),
  ridge('logistic, not standardised', { ...logistic, lambda: 0.05, standardise: false }, net),
  ridge('logistic, lasso', { ...logistic, lambda: 0.02, alpha: 1 }, net),
  ridge('logistic, elastic net', { ...logistic, lambda: 0.03, alpha: 0.5 }, net),
  ridge('logistic, cross-validated', { ...logistic, foldid: 'foldid' }, net),
  ridge('logistic, elastic net, cross-validated', { ...logistic, foldid: 'foldid', alpha: 0.5 }, net),
  ridge('logistic, folds of two rows', { ...logistic, folds: 90, lambda: [0.5, 0.1, 0.02] }, net),
  ridge('poisson', { formula: 'count ~ x + z + shift + offset(log(hours))', family: 'poisson', lambda: 0.2 }, net),
  ridge('poisson, cross-validated', { formula: 'count ~ x + z + shift', family: 'poisson', foldid: 'foldid' }, net),
];

export const regressionCases: readonly LiveCase[] = [...linear, ...binary, ...counted, ...positive, ...penalised];
