import { ExpectedError } from '#shared/domain/result.ts';
import { asCategorical, categoriesIn, type DataTable } from '../../data/table.ts';
import { designOf } from '../../formula/design.ts';
import { columnsOfFormula, parseFormula } from '../../formula/formula.ts';
import { type ModelFrame, modelFrame } from '../../formula/model-frame.ts';
import { formulaError } from '../../formula/parse.ts';
import { survivalResponse } from '../../formula/survival-response.ts';
import { label } from '../../formula/syntax.ts';
import type { Matrix } from '../../linear-algebra/matrix.ts';
import { clusterScores, sandwich } from '../../survival/cluster-sandwich.ts';
import { concordanceOf } from '../../survival/concordance.ts';
import { coxPredictor, fitCox } from '../../survival/cox-fit.ts';
import { coxResiduals } from '../../survival/cox-residuals.ts';
import { coxSample } from '../../survival/cox-sample.ts';
import { fitExactCox } from '../../survival/exact-ties.ts';
import { groupingOf } from '../../survival/grouping.ts';
import { mergeNearTimes } from '../../survival/near-times.ts';
import type { Ties } from '../../survival/risk-sets.ts';
import type { Outcome, Procedure, RunContext } from '../procedure.ts';
import { warnOfColumns, warnOfSearch } from '../shared/hazard-terms.ts';
import { orNull } from '../shared/or-null.ts';
import { coxBaseline, coxPredictions, coxResidualRows } from './extras.ts';
import { type CoxModel, coxTerms, coxTests, proportionalHazardsRows } from './results.ts';
import { coxScript } from './script.ts';
import { type CoxSpec, coxSchema } from './spec.ts';

function run(table: DataTable, spec: CoxSpec, context: RunContext): Outcome {
  const formula = parseFormula(spec.formula);
  refuseUnusable(spec, formula);
  const alsoUsed = spec.cluster === undefined ? [] : [spec.cluster];
  const frame = modelFrame(table, formula, { factors: spec.factors, alsoUsed });
  const warnings: string[] = [];
  if (spec.ties === 'exact') warnings.push('With exact ties, proportional hazards are not tested.');
  const ties = approximation(spec);
  const model = fitModel(frame, spec, warnings);
  const { sample, maximum, names, cluster, eta } = model;
  const concordance = concordanceOf(sample, eta, cluster);
  if (!Number.isFinite(concordance.concordance)) {
    warnings.push('No two people can be compared, so there is no concordance.');
  }
  const events = sample.status.reduce((a, b) => a + b, 0);
  const logLik = maximum.atMaximum.logLik;
  if (names.length > 0 && events < 5 * maximum.estimable.length) {
    warnings.push(
      `There are ${events} events for ${maximum.estimable.length} coefficients: with fewer than five each, estimates tend to be too extreme.`,
    );
  }
  return {
    n: frame.n,
    excluded: frame.excluded,
    terms: coxTerms(model, spec.confidence),
    fit: {
      n: frame.n,
      events,
      logLik,
      logLikNull: maximum.atZero.logLik,
      aic: 2 * maximum.estimable.length - 2 * logLik,
      concordance: orNull(concordance.concordance),
      concordanceSe: orNull(concordance.se),
      ties: spec.ties,
      ...(model.clusters === null ? {} : { clusters: model.clusters }),
      converged: maximum.converged,
      iterations: maximum.iterations,
    },
    tests: coxTests(model, ties, warnings),
    proportionalHazards: spec.ties === 'exact' ? [] : proportionalHazardsRows(model, ties, spec.transform, warnings),
    ...(spec.baseline ? { baseline: coxBaseline(model, ties) } : {}),
    ...(spec.residuals ? { residuals: coxResidualRows(model, ties) } : {}),
    ...(spec.newData ? { predictions: coxPredictions(model, spec, ties, warnings) } : {}),
    warnings,
    r: coxScript(frame, spec, context, model.estimable),
  };
}

/** How tied events enter what is computed beside the likelihood. */
function approximation({ ties }: CoxSpec): Ties {
  return ties === 'exact' ? 'breslow' : ties;
}

function refuseUnusable(spec: CoxSpec, formula: ModelFrame['formula']): void {
  const [random] = formula.random;
  if (random) throw formulaError(spec.formula, random.at, 'cox takes no random terms; use strata() or cluster()');
  if (formula.cluster && spec.cluster !== undefined) {
    throw formulaError(spec.formula, formula.cluster.at, 'the clusters are named twice, here and as “cluster”');
  }
  if (spec.ties === 'exact') {
    const asked = [spec.cluster ?? spec.robust, spec.baseline, spec.residuals, spec.newData].some(Boolean);
    if (asked || formula.cluster) {
      throw new ExpectedError(
        'BAD_SPEC',
        'Exact ties give no clusters, baseline, residuals or predictions.',
        'Nothing was computed. Use “efron” for them.',
      );
    }
  }
  if (spec.newData && !spec.times) {
    throw new ExpectedError(
      'BAD_SPEC',
      '“newData” needs “times”.',
      'Nothing was computed. Say at which times survival is wanted.',
    );
  }
}

function fitModel(frame: ModelFrame, spec: CoxSpec, warnings: string[]): CoxModel {
  const { formula } = frame;
  const response = survivalResponse(frame, true);
  if (!response.status.includes(1)) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      'Nobody had the event in the rows that are used.',
      'Nothing was computed. Look at the status column: 0 is censored, 1 the event.',
    );
  }
  const design = designOf({ ...formula, intercept: true }, frame.variables, frame.n);
  const strata = groupingOf(formula.strata.map(frame.evaluate), frame.n);
  const sample = coxSample(design.matrix, mergeNearTimes(response), response.status, frame.offset, strata);
  const names = design.names.slice(1);
  const maximum = spec.ties === 'exact' ? fitExactCox(sample) : fitCox(sample, spec.ties);
  warnOfColumns(names, maximum.estimable, warnings);
  warnOfSearch(names, maximum, warnings);
  if (!maximum.covariance) {
    warnings.push('The information at the last estimate cannot be inverted, so there are no standard errors.');
  }
  const eta = coxPredictor(sample, maximum.beta);
  const clusterCodes = clustersOf(frame, spec);
  const cluster = clusterCodes && Int32Array.from(sample.order, (row) => clusterCodes[row] as number);
  const clusters = cluster && cluster.reduce((most, code) => Math.max(most, code), -1) + 1;
  let robust: Matrix | null = null;
  if (cluster && maximum.covariance) {
    const { score } = coxResiduals(sample, eta, approximation(spec));
    robust = sandwich(clusterScores(score, sample.x.p, cluster, maximum.estimable), maximum.covariance);
  }
  if (clusters !== null && clusters < 30 && spec.robust === undefined) {
    warnings.push(`Robust errors rest on ${clusters} clusters only and tend to be too small.`);
  }
  return {
    frame,
    sample,
    maximum,
    names,
    estimable: maximum.estimable.map((j) => names[j] as string),
    assign: design.assign.slice(1),
    termLabels: design.termLabels,
    strataNames: strata.names,
    eta,
    cluster,
    clusters,
    covariance: maximum.covariance,
    robust,
  };
}

function clustersOf(frame: ModelFrame, spec: CoxSpec): Int32Array | null {
  const { cluster } = frame.formula;
  if (cluster) return asCategorical({ ...frame.evaluate(cluster), name: label(cluster) }).codes;
  if (spec.cluster !== undefined) return categoriesIn(frame.table, spec.cluster, frame.rows).codes;
  return spec.robust ? Int32Array.from({ length: frame.n }, (_none, row) => row) : null;
}

export const cox: Procedure<CoxSpec> = {
  name: 'cox',
  summary:
    'Explains how fast events come by covariates, as ratios of hazards (Cox), and tests whether these ratios stay the same over time.',
  schema: coxSchema,
  columns: (spec) => [
    ...columnsOfFormula(parseFormula(spec.formula)),
    ...(spec.cluster === undefined ? [] : [spec.cluster]),
  ],
  run,
  example: {
    question: 'Do people with longer shifts leave sooner, allowing for age?',
    data: 'months,left,hours,age\n3,1,12,25\n8,1,10,31\n12,0,8,44\n15,1,12,38\n5,1,10,29\n11,0,8,52\n20,1,8,35\n24,0,10,41\n7,1,8,27\n18,0,12,47\n',
    spec: { formula: 'Surv(months, left) ~ hours + age' },
  },
};
