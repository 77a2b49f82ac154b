import { ExpectedError } from '#shared/domain/result.ts';
import type { DataTable } from '../../data/table.ts';
import { columnsOfFormula, parseFormula } from '../../formula/formula.ts';
import { fitGee, type GeeFit, type GeeModel } from '../../gee/fit-gee.ts';
import { robustCovariance, type SmallSample, smallSampleCovariance } from '../../gee/gee-covariance.ts';
import { quasiInformation, quasiLikelihood } from '../../gee/quasi-information.ts';
import { at, columnOf, type Matrix, matrixOf, rowsOf, scale } from '../../linear-algebra/matrix.ts';
import { binomial, type Family, gamma, gaussian, links, poisson } from '../../regression/families.ts';
import { fitGlm } from '../../regression/fit-glm.ts';
import type { Outcome, Procedure, RunContext } from '../procedure.ts';
import { orNull } from '../shared/or-null.ts';
import { notEstimable, type TermResult, waldTerm } from '../term.ts';
import { type GeeData, geeData } from './data.ts';
import { geeScript } from './script.ts';
import { type GeeSpec, geeSchema } from './spec.ts';

const families: Readonly<Record<GeeSpec['family'], Family>> = { gaussian, binomial, poisson, gamma };
const fewClusters = 40;

function run(table: DataTable, spec: GeeSpec, context: RunContext): Outcome {
  const data = geeData(table, spec);
  const warnings: string[] = [];
  const family = families[spec.family];
  const link = links[spec.link ?? family.canonical];
  const initial = fitGlm(data.x, data.y, family, { link, offset: data.offset });
  if (initial.boundary) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      'The covariates tell some responses for certain (separation), so some coefficient has no finite estimate.',
      'Nothing was computed. Leave out the covariate that does so, join its levels, or use glm with “firth”: true.',
    );
  }
  const { estimable } = initial;
  const left = data.names.filter((_name, j) => !estimable.includes(j));
  if (left.length > 0) warnings.push(`${left.join(', ')} adds nothing to the terms before it and cannot be estimated.`);
  const model: GeeModel = { ...data, family, link, x: columnsOf(data.x, estimable), correlation: spec.correlation };
  const fit = fitGee(
    model,
    Float64Array.from(estimable, (j) => initial.coefficients[j] as number),
  );
  warnOfFit(model, fit, spec, warnings);
  const { bread } = fit;
  if (!bread) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      'The estimating equations are singular at the last step, so there are no standard errors.',
      'Nothing was computed. Use “independence”, or fewer terms.',
    );
  }
  const robust = robustCovariance(bread, fit.parts);
  const count = data.clusters.starts.length - 1;
  const terms = termRows(data, estimable, fit, robust, bread, null, spec.confidence);
  const without = terms.filter(({ estimate, se }) => estimate !== null && se === null).map(({ term }) => term);
  if (without.length > 0) {
    warnings.push(
      `${without.join(', ')}: every cluster agrees exactly, so the robust error would be 0, and nothing is known of the precision.`,
    );
  }
  return {
    n: data.frame.n,
    excluded: data.frame.excluded,
    ...(data.event === null ? {} : { event: data.event }),
    terms,
    alpha: spec.correlation === 'independence' ? null : orNull(fit.alpha),
    scale: fit.scale,
    clusters: { number: count, ...sizesOf(data) },
    fit: {
      ...quasiRows(model, fit, robust, count),
      converged: fit.converged,
      iterations: fit.iterations,
    },
    ...(spec.smallSample === null
      ? {}
      : { smallSample: corrected(data, estimable, fit, bread, count, spec, warnings) }),
    warnings,
    r: geeScript(data, spec, context, estimable.length),
  };
}

function columnsOf(x: Matrix, columns: readonly number[]): Matrix {
  if (columns.length === x.columns) return x;
  const result = matrixOf(x.rows, columns.length);
  columns.forEach((from, to) => {
    result.data.set(columnOf(x, from), to * x.rows);
  });
  return result;
}

function sizesOf({ clusters: { starts } }: GeeData): { readonly smallest: number; readonly largest: number } {
  let smallest = Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let c = 0; c + 1 < starts.length; c += 1) {
    const size = (starts[c + 1] as number) - (starts[c] as number);
    smallest = Math.min(smallest, size);
    largest = Math.max(largest, size);
  }
  return { smallest, largest };
}

function warnOfFit(model: GeeModel, fit: GeeFit, spec: GeeSpec, warnings: string[]): void {
  const { starts } = model.clusters;
  const count = starts.length - 1;
  if (!fit.converged) {
    warnings.push(`The estimating equations did not converge in ${fit.iterations} steps: do not use the estimates.`);
  }
  if (Number.isNaN(fit.alpha)) {
    warnings.push('No cluster has two rows, so there is no correlation to estimate; independence was used.');
  }
  const largest = starts.reduce(
    (most, start, c) => (c === 0 ? 0 : Math.max(most, start - (starts[c - 1] as number))),
    0,
  );
  refuseEdge(fit.alpha, largest, spec);
  if (fit.scale < 1e-14) warnings.push('The model fits without any residual, so the standard errors mean nothing.');
  if (count < fewClusters && spec.smallSample === null) {
    warnings.push(
      `Robust errors rest on ${count} clusters only and tend to be too small; “smallSample”: true gives corrected ones beside them.`,
    );
  }
  if (count <= model.x.columns) {
    warnings.push(`${count} clusters are too few for ${model.x.columns} coefficients: robust errors mean nothing.`);
  }
}

const edge = 1e-9;
/** Robust errors below this share of the model's own are rounding. */
const noError = 1e-9;

/** At the edges the working correlation has no inverse, beyond them it is none. */
function refuseEdge(alpha: number, largest: number, { correlation }: GeeSpec): void {
  if (correlation === 'independence' || largest < 2) return;
  const least = correlation === 'ar1' ? -1 : -1 / (largest - 1);
  if (!(alpha >= 1 - edge || alpha <= least + edge)) return;
  throw new ExpectedError(
    'REFUSED_MODEL',
    `The rows of a cluster correlate by ${alpha.toPrecision(4)}, which clusters of ${largest} rows cannot: they repeat one another, or add up to the same.`,
    'Nothing was computed. Use “independence”, or one row for each cluster.',
  );
}

/** @param df null for normal limits */
function termRows(
  { names }: GeeData,
  estimable: readonly number[],
  fit: GeeFit,
  covariance: Matrix,
  bread: Matrix,
  df: number | null,
  confidence: number,
): (TermResult & { readonly seModel?: number | null })[] {
  return names.map((term, j) => {
    const place = estimable.indexOf(j);
    if (place < 0) return notEstimable(term);
    const se = Math.sqrt(at(covariance, place, place));
    const estimate = fit.coefficients[place] as number;
    const model = Math.sqrt(fit.scale * at(bread, place, place));
    const row =
      se > noError * model ? waldTerm(term, estimate, se, df, confidence) : { ...notEstimable(term), estimate };
    return df === null ? { ...row, seModel: model } : row;
  });
}

function quasiRows(model: GeeModel, fit: GeeFit, robust: Matrix, clusters: number) {
  const likelihood = quasiLikelihood(model.y, fit.fitted, model.family.name);
  const alone =
    model.correlation === 'independence' ? fit : fitGee({ ...model, correlation: 'independence' }, fit.coefficients);
  const p = model.x.columns;
  const information = matrixOf(p, p);
  const { informations } = alone.parts;
  for (let m = 0; m < informations.length; m += 1) {
    information.data[m % (p * p)] = (information.data[m % (p * p)] as number) + (informations[m] as number);
  }
  const correlations = model.correlation === 'independence' ? 0 : 1;
  return quasiInformation(likelihood, scale(information, 1 / alone.scale), robust, correlations, clusters);
}

function corrected(
  data: GeeData,
  estimable: readonly number[],
  fit: GeeFit,
  bread: Matrix,
  clusters: number,
  spec: GeeSpec,
  warnings: string[],
) {
  const method = spec.smallSample as SmallSample;
  const df = clusters - estimable.length;
  const covariance = smallSampleCovariance(bread, fit.parts, method);
  if (!covariance || df < 1) {
    warnings.push(
      'There is no corrected covariance: one cluster determines a coefficient by itself, or there are no more clusters than coefficients.',
    );
    return { method, df: null, terms: data.names.map(notEstimable), covariance: null };
  }
  return {
    method,
    df,
    terms: termRows(data, estimable, fit, covariance, bread, df, spec.confidence),
    covariance: rowsOf(covariance),
  };
}

export const gee: Procedure<GeeSpec> = {
  name: 'gee',
  summary:
    'Regresses repeated or clustered observations on covariates, as averages over the population (generalised estimating equations).',
  schema: geeSchema,
  columns: (spec) => [
    ...columnsOfFormula(parseFormula(spec.formula)),
    spec.id,
    ...(spec.waves === undefined ? [] : [spec.waves]),
  ],
  run,
  example: {
    question: 'Do people on nights report sleep trouble more often, asked three times each?',
    data: 'person,nights,trouble\n1,1,1\n1,1,1\n1,0,0\n2,0,0\n2,0,0\n2,1,1\n3,1,0\n3,1,1\n3,1,1\n4,0,1\n4,0,0\n4,0,0\n5,1,1\n5,0,0\n5,1,0\n6,0,0\n6,0,1\n6,1,1\n',
    spec: {
      formula: 'trouble ~ nights',
      id: 'person',
      family: 'binomial',
      correlation: 'exchangeable',
      smallSample: true,
    },
  },
};
