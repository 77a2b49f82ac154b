import { type RandomStream, randomStream } from '#shared/domain/random.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import type { DataTable } from '../../data/table.ts';
import { columnsOfFormula, parseFormula } from '../../formula/formula.ts';
import { columnOf, matrixOf } from '../../linear-algebra/matrix.ts';
import { type CrossValidation, crossValidate, linearPredictor } from '../../regression/cross-validate-net.ts';
import {
  fitNet,
  lambdaPath,
  type NetData,
  type NetFit,
  type NetOptions,
  prepareNet,
} from '../../regression/elastic-net.ts';
import { binomial, gaussian, links, poisson } from '../../regression/families.ts';
import { devianceOf } from '../../regression/fit-glm.ts';
import { nullDeviance } from '../../regression/null-deviance.ts';
import type { Outcome, Procedure, RunContext } from '../procedure.ts';
import { type GlmData, glmData } from '../shared/glm-data.ts';
import { ridgeScript } from './script.ts';
import { type RidgeSpec, ridgeSchema } from './spec.ts';

/**
 * Ridge, lasso and elastic net for linear, logistic and Poisson regression, as `glmnet` and `cv.glmnet` with a threshold of 0:
 * minimises −(1/n)·log-likelihood + λ[(1 − α)/2·Σb² + α·Σ|b|] over standardised predictors, the intercept free.
 */
function run(table: DataTable, spec: RidgeSpec, context: RunContext): Outcome {
  const data = glmData(table, { ...spec, cluster: spec.foldid });
  const warnings = [...data.warnings];
  const net = netData(data);
  refuseHopeless(data, net, spec);
  const options: NetOptions = { family: spec.family, alpha: spec.alpha, standardise: spec.standardise };
  const setting = prepareNet(net, options);
  const names = data.design.names.filter((_name, j) => data.design.assign[j] !== 0);
  if (setting.constant.length > 0) {
    warnings.push(`${setting.constant.map((j) => names[j]).join(', ')} does not vary, so its coefficient is 0.`);
  }
  const folds = foldsOf(data, spec);
  const given = spec.lambda === undefined ? null : [spec.lambda].flat();
  const lambdas = Float64Array.from(given ?? lambdaPath(setting))
    .sort()
    .reverse();
  if (lambdas[0] === 0 && !given) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      'The response does not vary.',
      'Nothing was computed. There is nothing to explain.',
    );
  }
  const fits = fitNet(setting, lambdas);
  const found = folds ? crossValidate(net, options, lambdas, folds.codes, folds.count) : null;
  if (found) warnings.push(...cvWarnings(found, lambdas));
  if (!fits.every((fit) => fit.converged) || found?.converged === false) {
    warnings.push(
      'A fit has not converged: with a penalty this small the predictors are collinear or tell the response for certain.',
    );
  }
  const lambda = found ? (spec.choose === 'min' ? found.lambdaMin : found.lambda1se) : (given?.[0] as number);
  const chosen = fits.find((fit) => fit.lambda === lambda) as NetFit;
  return {
    n: data.n,
    excluded: data.excluded,
    family: spec.family,
    alpha: spec.alpha,
    ...(data.event === null ? {} : { event: data.event, nonEvent: data.other }),
    terms: termsOf(data, names, chosen),
    lambda,
    ...(found ? { lambdaMin: found.lambdaMin, lambda1se: found.lambda1se } : {}),
    fit: fitKeys(data, net, spec, chosen),
    ...(found === null && fits.length > 1
      ? { path: fits.map((fit) => ({ lambda: fit.lambda, terms: termsOf(data, names, fit) })) }
      : {}),
    measure: found ? measureOf(spec) : null,
    cv: found ? found.rows.map((row) => ({ ...row, [measureOf(spec)]: row.mean })) : [],
    warnings,
    r: ridgeScript(table, spec, context, { data, lambda, lambdas, folds: folds?.codes ?? null }),
  };
}

function measureOf(spec: RidgeSpec): 'mse' | 'deviance' {
  return spec.family === 'gaussian' ? 'mse' : 'deviance';
}

/** The design without the intercept's column. */
function netData(data: GlmData): NetData {
  const { matrix, assign } = data.design;
  const columns = assign.flatMap((term, j) => (term === 0 ? [] : [j]));
  const x = matrixOf(matrix.rows, columns.length);
  columns.forEach((column, k) => {
    x.data.set(columnOf(matrix, column), k * x.rows);
  });
  return { x, y: data.y, weights: data.weights, offset: data.offset, intercept: data.intercept };
}

function refuseHopeless(data: GlmData, net: NetData, spec: RidgeSpec): void {
  const refuse = (message: string, hint: string): never => {
    throw new ExpectedError('REFUSED_MODEL', message, `Nothing was computed. ${hint}`);
  };
  if (net.x.columns === 0) refuse('The formula has no predictor to penalise.', 'Give it terms.');
  if (data.n < 2) refuse('One row is not enough to fit a model.', 'Use more rows.');
  if (data.y.every((value) => value === data.y[0])) {
    refuse('The response has the same value in every row, so there is nothing to explain.', 'Choose another response.');
  }
  if (spec.folds !== undefined && spec.folds > data.n) {
    refuse(`There are ${spec.folds} folds and only ${data.n} rows.`, 'Use fewer folds.');
  }
  if (spec.foldid !== undefined && data.clusters && data.clusters.count < 3) {
    refuse(
      `“${spec.foldid}” makes ${data.clusters.count} folds, and a cross-validation needs 3.`,
      'Use another column.',
    );
  }
}

type Folds = { readonly codes: Int32Array; readonly count: number };

/** Null where one lambda is given, or a path without folds. */
function foldsOf(data: GlmData, spec: RidgeSpec): Folds | null {
  if (spec.foldid !== undefined) return data.clusters;
  if (spec.folds === undefined && spec.lambda !== undefined) return null;
  const count = Math.min(spec.folds ?? 10, data.n);
  if (count < 3) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      'There are too few rows to choose lambda by cross-validation.',
      'Nothing was computed. Give “lambda”.',
    );
  }
  return { codes: drawFolds(randomStream(spec.seed, 'ridge folds'), data.n, count), count };
}

/** Folds of equal size, or one row more, in random order. */
function drawFolds(stream: RandomStream, n: number, count: number): Int32Array {
  const codes = Int32Array.from({ length: n }, (_none, row) => row % count);
  for (let row = n - 1; row > 0; row -= 1) {
    const other = stream.nextBelow(row + 1);
    const kept = codes[row] as number;
    codes[row] = codes[other] as number;
    codes[other] = kept;
  }
  return codes;
}

function cvWarnings(found: CrossValidation, lambdas: Float64Array): string[] {
  if (lambdas.length < 3) return [];
  if (found.lambdaMin === lambdas.at(-1)) {
    return ['The least error lies at the smallest lambda, so less penalty may be better still.'];
  }
  return found.lambdaMin === lambdas[0]
    ? ['The least error lies at the largest lambda: the predictors do not predict better than the mean.']
    : [];
}

function termsOf(
  data: GlmData,
  names: readonly string[],
  fit: NetFit,
): { readonly term: string; readonly estimate: number }[] {
  const slopes = names.map((term, j) => ({ term, estimate: fit.coefficients[j] as number }));
  return data.intercept ? [{ term: '(Intercept)', estimate: fit.intercept }, ...slopes] : slopes;
}

function fitKeys(data: GlmData, net: NetData, spec: RidgeSpec, fit: NetFit): Readonly<Record<string, unknown>> {
  const family = { gaussian, binomial, poisson }[spec.family];
  const link = links[family.canonical];
  const mu = linearPredictor(net, fit).map(link.inverse);
  const deviance = devianceOf(family, data.y, mu, data.weights);
  const without = nullDeviance(data.y, family, { ...data, link });
  return {
    deviance,
    nullDeviance: without,
    devianceRatio: without > 0 ? 1 - deviance / without : null,
    nonzero: fit.coefficients.reduce((count, value) => count + (value === 0 ? 0 : 1), 0),
  };
}

export const ridge: Procedure<RidgeSpec> = {
  name: 'ridge',
  summary: 'Ridge regression, lasso and elastic net, with the penalty given or chosen by cross-validation.',
  schema: ridgeSchema,
  columns: (spec) => [
    ...columnsOfFormula(parseFormula(spec.formula)),
    ...[spec.weights, spec.foldid].filter((name) => name !== undefined),
  ],
  run,
  example: {
    question: 'Which of two correlated loads predicts the score?',
    data: 'score,load,recent\n4,1.0,0.8\n6,2.1,1.7\n9,3.2,2.9\n8,3.0,3.1\n12,4.8,4.0\n11,4.1,4.4\n15,6.0,5.2\n13,5.1,5.5\n',
    spec: { formula: 'score ~ load + recent', lambda: 0.5 },
  },
};
