import { ExpectedError } from '#shared/domain/result.ts';
import type { DataTable } from '../../data/table.ts';
import { chiSquaredUpperTail } from '../../distributions/chi-squared.ts';
import { columnsOfFormula, parseFormula } from '../../formula/formula.ts';
import { rowsOf, subMatrix } from '../../linear-algebra/matrix.ts';
import { estimateGlm, type GlmEstimate, type GlmProblem } from '../../regression/estimate-glm.ts';
import { estimateLinear, type LinearEstimate } from '../../regression/estimate-linear.ts';
import {
  biasReducedIsTooLarge,
  type CoefficientCovariance,
  type CovarianceKind,
  coefficientCovariance,
} from '../../regression/robust-covariance.ts';
import type { Outcome, Procedure, RunContext } from '../procedure.ts';
import { type GlmData, glmData } from '../shared/glm-data.ts';
import { distributionOf, type GlmSpec, glmSchema, linkOf, robustOf } from '../shared/glm-spec.ts';
import type { TermResult, TestResult } from '../term.ts';
import { dropTerms } from './drop.ts';
import { firthTerms } from './firth.ts';
import { anovaKeys, fitKeys, likelihoodRatio, pseudoR2 } from './fit.ts';
import { glmScript } from './script.ts';
import { glmTerms, jointTests, withProfileLimits } from './terms.ts';
import { glmWarnings, refuseHopeless } from './warnings.ts';

/**
 * Linear and generalised linear models by maximum likelihood, quasi-likelihood or Firth's penalised likelihood, with model-based or robust
 * errors. As R's `lm`, `glm`, `MASS::glm.nb`, `sandwich`, `clubSandwich` and `logistf`.
 */
function run(table: DataTable, spec: GlmSpec, context: RunContext): Outcome {
  const data = glmData(table, spec);
  refuseHopeless(data, spec);
  const warnings = [...data.warnings];
  const problem = problemOf(data, spec);
  const found = spec.firth
    ? firthOutcome(data, problem, spec, warnings)
    : likelihoodOutcome(data, problem, spec, warnings);
  const { estimate, linear } = found;
  return {
    n: data.n,
    excluded: data.excluded,
    family: found.family,
    link: problem.link,
    ...(data.event === null ? {} : { event: data.event, nonEvent: data.other }),
    ...(robustOf(spec) === null ? {} : { robust: robustOf(spec), clusters: data.clusters?.count ?? null }),
    terms: found.terms,
    ...ratios(problem.link, found.terms),
    fit: { ...fitKeys(data, estimate, linear), ...found.fit },
    ...(linear ? { anova: anovaKeys(linear) } : {}),
    tests: found.tests,
    likelihoodRatio: found.likelihoodRatio,
    ...(distributionOf(spec.family) === 'binomial' ? { pseudoR2: pseudoR2(data, estimate) } : {}),
    ...found.more,
    covariance: covarianceKeys(data, estimate, found.covariance),
    warnings: [...warnings, ...glmWarnings(data, spec, estimate)],
    r: glmScript(table, spec, context, { data, estimate, linear: linear !== null, family: found.family }),
  };
}

function problemOf(data: GlmData, spec: GlmSpec, family = spec.family): GlmProblem {
  return {
    x: data.design.matrix,
    y: data.y,
    weights: data.weights,
    trials: data.trials,
    offset: data.offset,
    intercept: data.intercept,
    family: distributionOf(family),
    link: linkOf(spec),
    free: family !== 'binomial' && family !== 'poisson' && family !== 'negative-binomial',
  };
}

type Found = {
  readonly family: GlmSpec['family'];
  readonly estimate: GlmEstimate;
  readonly linear: LinearEstimate | null;
  readonly terms: readonly TermResult[];
  readonly covariance: CoefficientCovariance | null;
  readonly tests: readonly TestResult[];
  readonly likelihoodRatio: TestResult | null;
  readonly fit: Readonly<Record<string, unknown>>;
  readonly more: Readonly<Record<string, unknown>>;
};

function firthOutcome(data: GlmData, problem: GlmProblem, spec: GlmSpec, warnings: string[]): Found {
  const { estimate, terms, likelihoodRatio: test } = firthTerms(data, problem, spec, warnings);
  const covariance = { matrix: estimate.bread, df: null };
  return {
    family: spec.family,
    estimate,
    linear: null,
    terms,
    covariance,
    tests: jointTests(data, estimate, covariance),
    likelihoodRatio: test,
    fit: { penalisedLogLik: estimate.penalisedLogLik },
    more: {},
  };
}

function likelihoodOutcome(data: GlmData, given: GlmProblem, spec: GlmSpec, warnings: string[]): Found {
  let problem = given;
  let family = spec.family;
  const isLinear = problem.family === 'gaussian' && problem.link === 'identity';
  const linear = isLinear ? estimateLinear(problem) : null;
  let estimate = linear ?? estimateGlm(problem);
  if (!estimate) {
    warnings.push(
      'The counts vary no more than a Poisson model says, so the likelihood has no maximum in theta: it rises as theta grows without end. The Poisson model is given instead.',
    );
    family = 'poisson';
    problem = problemOf(data, spec, family);
    estimate = estimateGlm(problem);
  }
  if (!estimate) throw new RangeError('only a negative binomial can lack a maximum');
  if (linear?.exact) {
    warnings.push('The model fits the data exactly, so standard errors and tests say nothing but rounding.');
  }
  const covariance = covarianceOf(data, estimate, isLinear, spec, warnings);
  const wald = glmTerms(data, estimate, covariance, spec.confidence);
  const terms =
    spec.interval === 'profile' && !isLinear
      ? withProfileLimits(wald, data, estimate, spec.confidence, warnings)
      : wald;
  warnings.push(...untestedWarnings(terms, estimate, linear));
  const clustered = data.clusters !== null;
  return {
    family,
    estimate,
    linear,
    terms,
    covariance,
    tests: covariance && !clustered ? jointTests(data, estimate, covariance) : [],
    likelihoodRatio: likelihoodRatio(data, estimate),
    fit: {},
    more: {
      ...(estimate.theta === null ? {} : { overdispersion: overdispersion(data, spec, estimate) }),
      ...(spec.dropOne ? { dropOne: dropTerms(data, problem, estimate, spec) } : {}),
    },
  };
}

/** Says of estimates without a test why they have none, where nothing else does. */
function untestedWarnings(
  terms: readonly TermResult[],
  estimate: GlmEstimate,
  linear: LinearEstimate | null,
): readonly string[] {
  const names = terms.filter((term) => term.se !== null && term.p === null).map((term) => term.term);
  if (names.length === 0 || estimate.dfResidual <= 0 || linear?.exact) return [];
  return [`The errors of ${names.join(', ')} are 0 or have no degrees of freedom, so there is no test of them.`];
}

const fewClusters = 20;

function covarianceOf(
  data: GlmData,
  estimate: GlmEstimate,
  linear: boolean,
  spec: GlmSpec,
  warnings: string[],
): CoefficientCovariance | null {
  const type = robustOf(spec);
  const clusters = data.clusters;
  let kind: CovarianceKind = { type: 'model' };
  if (type === 'CR1' || type === 'CR2') {
    if (!clusters) throw new RangeError('the spec asks for clusters');
    if (type === 'CR1' && clusters.count < fewClusters) {
      warnings.push(`With ${clusters.count} clusters CR1 errors tend to be too small; CR2 corrects for that.`);
    }
    if (type === 'CR2' && biasReducedIsTooLarge(estimate, linear, clusters)) {
      throw new ExpectedError(
        'REFUSED_MODEL',
        'A cluster has more rows than CR2 can take for this model.',
        'Nothing was computed. With clusters that large CR1 is as good where there are enough of them.',
      );
    }
    kind = { type, clusters };
  } else if (type !== null) kind = { type };
  const covariance = coefficientCovariance(estimate, linear, kind);
  if (!covariance && estimate.dfResidual > 0) {
    warnings.push(
      type !== 'HC2' && type !== 'HC3'
        ? 'The errors cannot be computed: numbers leave the range of doubles.'
        : `A row has leverage 1: the model fits it exactly, and ${type} divides by 0, so there are no errors. Use HC1, or leave out the term that belongs to that row alone.`,
    );
  }
  return covariance;
}

/** Poisson against negative binomial: theta lies at the edge, so half the tail of χ²₁ (Self and Liang 1987, JASA 82:605). */
function overdispersion(data: GlmData, spec: GlmSpec, estimate: GlmEstimate): TestResult | null {
  const plain = estimateGlm(problemOf(data, spec, 'poisson'));
  if (plain?.logLik == null || estimate.logLik === null || !Number.isFinite(plain.logLik)) return null;
  const statistic = Math.max(0, 2 * (estimate.logLik - plain.logLik));
  return {
    name: 'likelihood ratio of Poisson against negative binomial',
    statistic,
    df: 1,
    p: chiSquaredUpperTail(statistic, 1) / 2,
  };
}

const ratioNames: Readonly<Partial<Record<string, string>>> = { logit: 'odds ratio', log: 'ratio of means' };

/** exp of the estimates and their limits, where the link gives them a meaning. */
function ratios(link: string, terms: readonly TermResult[]): Readonly<Record<string, unknown>> {
  const name = ratioNames[link];
  if (name === undefined) return {};
  const exponential = (value: number | null): number | null => {
    const result = value === null ? Number.NaN : Math.exp(value);
    return Number.isFinite(result) ? result : null;
  };
  return {
    ratioName: name,
    ratios: terms.map(({ term, estimate, low, high }) => ({
      term,
      estimate: exponential(estimate),
      low: exponential(low),
      high: exponential(high),
    })),
  };
}

const mostShown = 200;

/** Covariance of the coefficients that have an estimate. */
function covarianceKeys(
  data: GlmData,
  estimate: GlmEstimate,
  covariance: CoefficientCovariance | null,
): { readonly terms: readonly string[]; readonly values: readonly (readonly number[])[] } | null {
  const places = estimate.used.flatMap((j, place) => (Number.isNaN(estimate.coefficients[j] as number) ? [] : [place]));
  if (!covariance || places.length === 0 || places.length > mostShown) return null;
  if (!covariance.matrix.data.every(Number.isFinite)) return null;
  return {
    terms: places.map((place) => data.design.names[estimate.used[place] as number] as string),
    values: rowsOf(subMatrix(covariance.matrix, places, places)),
  };
}

export const glm: Procedure<GlmSpec> = {
  name: 'glm',
  summary: 'Linear, logistic, count and other generalised linear regression.',
  schema: glmSchema,
  columns: (spec) => [
    ...columnsOfFormula(parseFormula(spec.formula)),
    ...[spec.weights, spec.cluster].filter((name) => name !== undefined),
  ],
  run,
  example: {
    question: 'Do night shifts and years of service go with a positive screen?',
    data: 'screen,shift,years\nno,day,4\nno,day,12\nyes,night,3\nno,night,15\nyes,day,2\nyes,night,7\nno,day,9\nyes,night,6\nno,night,11\nno,day,5\nyes,day,8\nno,night,4\n',
    spec: { formula: 'screen ~ shift + years', family: 'binomial' },
  },
};
