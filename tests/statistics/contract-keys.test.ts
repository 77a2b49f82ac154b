import { describe, expect, it } from 'vitest';
import { procedureNamed, procedureNames } from '#main/stats/procedures/registry.ts';
import { runProcedure } from './run-procedure.ts';

const term = ['term', 'estimate', 'se', 'statistic', 'df', 'p', 'low', 'high'];
const interval = ['estimate', 'se', 'low', 'high'];

/** Keys that other programs rely on: `a.b` within, `a[].b` in the first of a list. */
const promised: Readonly<Record<string, readonly string[]>> = {
  describe: within('columns[]', [
    'name',
    'n',
    'missing',
    'mean',
    'sd',
    'min',
    'q1',
    'median',
    'q3',
    'max',
    'skewness',
    'kurtosis',
    'autocorrelation1',
  ]),
  't-test': ['estimate', 'se', 'statistic', 'df', 'p', 'low', 'high', ...within('effect', ['d', 'g', 'low', 'high'])],
  wilcoxon: ['statistic', 'p', 'estimate', 'low', 'high'],
  anova: [
    ...within('table[]', ['term', 'df', 'ss', 'ms', 'f', 'p']),
    ...within('residual', ['df', 'ss', 'ms']),
    'etaSquared',
    'welch',
  ],
  kruskal: [...within('test', ['name', 'statistic', 'df', 'p']), 'pairwise'],
  contingency: [
    ...[
      'chiSquared',
      'chiSquaredCorrected',
      'fisher',
      'mcnemar',
      'cochranArmitage',
      'mantelHaenszel',
      'oddsRatio',
      'riskRatio',
    ],
    ...['riskDifference', 'kappa', 'cramersV'],
  ],
  correlation: ['estimate', 'statistic', 'p', 'low', 'high'],
  glm: [
    ...within('terms[]', term),
    ...within('fit', [
      'deviance',
      'nullDeviance',
      'logLik',
      'aic',
      'dfResidual',
      'dispersion',
      'theta',
      'thetaSe',
      'rSquared',
      'fStatistic',
    ]),
  ],
  ridge: ['terms[].term', 'terms[].estimate', 'lambda', 'cv'],
  lmm: [
    ...within('terms[]', term),
    ...within('variance[]', ['group', 'name', 'variance', 'sd', 'correlation']),
    ...within('fit', ['logLik', 'aic', 'deviance']),
    ...['residual', 'icc'],
  ],
  mmrm: [...within('terms[]', term), 'covariance', 'fit.logLik'],
  gee: [...within('terms[]', term), 'alpha', 'scale'],
  survival: [
    ...within('strata[]', ['name', 'n', 'events', 'median', 'low', 'high', 'curve']),
    ...within('test', ['name', 'statistic', 'df', 'p']),
  ],
  'competing-risks': [
    ...within('curves[]', ['group', 'cause', 'points']),
    ...within('curves[].points[]', ['time', 'incidence', 'se', 'low', 'high']),
    'test',
  ],
  cox: [
    ...within('terms[]', term),
    ...within('fit', ['logLik', 'logLikNull', 'concordance']),
    'tests[].name',
    'proportionalHazards',
  ],
  meta: [
    ...[
      'estimate',
      'se',
      'statistic',
      'df',
      'p',
      'low',
      'high',
      'tau2',
      'tau2Low',
      'tau2High',
      'i2',
      'h2',
      'predictionLow',
      'predictionHigh',
    ],
    ...within('q', ['statistic', 'df', 'p']),
    ...['weights', 'egger', 'trimFill', 'leaveOneOut', 'moderatorTest'],
  ],
  roc: [...within('curves[]', ['predictor', 'auc', 'se', 'low', 'high']), 'comparisons'],
  calibration: ['intercept', 'slope', 'observedExpected', 'brier', 'hosmerLemeshow', 'ici'],
  'decision-curve': within('points[]', ['threshold', 'netBenefit', 'treatAll', 'treatNone']),
  reliability: [
    'alpha',
    'alphaLow',
    'alphaHigh',
    'omegaTotal',
    ...within('items[]', ['item', 'itemRest', 'alphaIfDropped']),
  ],
  'reliable-change': ['threshold', 'counts', 'rows'],
  apim: [...within('terms[]', term), 'tests[].name', ...within('k[]', interval)],
  mediation: ['paths', 'indirect', 'direct', 'total'],
  its: [...within('terms[]', term), 'counterfactual'],
  did: [...within('att', interval), 'periods', 'preTrend'],
  iptw: [...within('effect', interval), 'balance[].before', 'balance[].after'],
  spc: ['centre', ...within('points[]', ['lower', 'upper', 'sigma', 'signals'])],
  cusum: ['points', 'signals'],
  ewma: ['points', 'signals'],
  power: ['curve'],
  pool: ['estimate', 'se', 'df', 'low', 'high', 'fmi'],
  adjust: ['p'],
};

function within(place: string, keys: readonly string[]): string[] {
  return keys.map((key) => `${place}.${key}`);
}

/** Whether the place exists, null or not. */
function has(value: unknown, path: string): boolean {
  const [head = '', ...rest] = path.split('.');
  const name = head.replace('[]', '');
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return false;
  const found = (value as Record<string, unknown>)[name];
  if (head.endsWith('[]') && !(Array.isArray(found) && found.length > 0)) return false;
  return rest.length === 0 || has(head.endsWith('[]') ? (found as unknown[])[0] : found, rest.join('.'));
}

describe('every key that the command line promises is there', () => {
  it('for every procedure', () => {
    expect(Object.keys(promised).sort()).toEqual([...procedureNames].sort());
  });

  it.each(procedureNames.map((name) => [name]))('%s', async (name) => {
    const { example } = (await procedureNamed(name))!;
    const result = await runProcedure({ procedure: name, spec: example.spec, data: example.data });
    const wanted = ['procedure', 'n', 'excluded', 'warnings', 'r', ...(promised[name] ?? [])];
    expect(wanted.filter((path) => !has(result, path))).toEqual([]);
  });
});
