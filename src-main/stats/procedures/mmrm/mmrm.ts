import { ExpectedError } from '#shared/domain/result.ts';
import { type CategoricalColumn, categoriesIn, type DataTable } from '../../data/table.ts';
import { type Design, designMatrix } from '../../formula/design.ts';
import { columnsOfFormula, type Formula, parseFormula } from '../../formula/formula.ts';
import { type ModelFrame, modelFrame, numericResponse } from '../../formula/model-frame.ts';
import { formulaError } from '../../formula/parse.ts';
import { type Matrix, rowsOf } from '../../linear-algebra/matrix.ts';
import { fitMmrm, type MmrmFailure, type MmrmFit } from '../../mixed/fit-mmrm.ts';
import { mmrmKenwardRoger, mmrmSatterthwaite } from '../../mixed/mmrm-degrees.ts';
import type { Outcome, Procedure, RunContext } from '../procedure.ts';
import { refuseExtremes, withoutOffset } from '../shared/mixed-spec.ts';
import { notEstimable, type TermResult, waldTerm } from '../term.ts';
import { mmrmScript } from './script.ts';
import { type MmrmSpec, mmrmSchema } from './spec.ts';

/** More visits than this have more covariances than a search can find. */
const mostUnstructured = 40;

function run(table: DataTable, spec: MmrmSpec, context: RunContext): Outcome {
  const formula = readFormula(spec);
  const frame = modelFrame(table, formula, { factors: spec.factors, alsoUsed: [spec.id, spec.time] });
  const response = withoutOffset(numericResponse(frame), frame.offset);
  const subjects = categoriesIn(table, spec.id, frame.rows, spec.factors[spec.id]);
  const visits = categoriesIn(table, spec.time, frame.rows, spec.factors[spec.time]);
  refuseGroups(subjects, visits, spec);
  const design = designMatrix(frame);
  refuseExtremes(design, response);
  const grouping = ({ codes, levels }: CategoricalColumn): { codes: Int32Array; count: number } => ({
    codes,
    count: levels.length,
  });
  const reml = spec.method === 'REML';
  const fit = fitMmrm(design.matrix, response, grouping(subjects), grouping(visits), spec.covariance, reml);
  if ('why' in fit) throw refusal(fit, frame, subjects, visits, spec);
  const warnings = fitWarnings(fit, design);
  const { terms, covariance } = fixedEffects(fit, design, spec, warnings);
  return {
    n: frame.n,
    excluded: frame.excluded,
    terms,
    covariance: { visits: visits.levels, rows: rowsOf(fit.visitCovariance) },
    correlation: { visits: visits.levels, rows: rowsOf(correlationsOf(fit.visitCovariance)) },
    subjects: subjects.levels.length,
    fit: fitNumbers(fit, frame.n, subjects.levels.length),
    fixedCovariance: { terms: fit.design.estimable.map((j) => design.names[j]), rows: rowsOf(covariance) },
    warnings,
    r: mmrmScript(table, spec, formula, context),
  };
}

function readFormula({ formula: text, df, method }: Pick<MmrmSpec, 'formula' | 'df' | 'method'>): Formula {
  const formula = parseFormula(text);
  const [special] = [...formula.strata, ...(formula.cluster ? [formula.cluster] : [])];
  if (special) throw formulaError(text, special.at, 'strata() and cluster() have no meaning here');
  const [random] = formula.random;
  if (random)
    throw formulaError(text, random.at, 'mmrm has no random terms; the covariance of the visits stands for them');
  if (df === 'kenward-roger' && method === 'ML') {
    throw new ExpectedError(
      'BAD_SPEC',
      'Kenward and Roger’s method is defined for REML fits only.',
      'Nothing was computed. Take method REML, or df satterthwaite.',
    );
  }
  return formula;
}

function refuseGroups(subjects: CategoricalColumn, visits: CategoricalColumn, { covariance }: MmrmSpec): void {
  if (subjects.levels.length < 2) throw oneOnly(subjects, 'subject');
  if (visits.levels.length < 2) throw oneOnly(visits, 'visit');
  if (covariance !== 'unstructured' || visits.levels.length <= mostUnstructured) return;
  throw new ExpectedError(
    'REFUSED_MODEL',
    `“${visits.name}” has ${visits.levels.length.toLocaleString('en-GB')} visits; an unstructured covariance is fitted to at most ${mostUnstructured}.`,
    'Nothing was computed. Take cs or ar1, or group the visits.',
    { column: visits.name },
  );
}

function oneOnly({ name, levels }: CategoricalColumn, what: string): ExpectedError {
  return new ExpectedError(
    'REFUSED_MODEL',
    `“${name}” has only one ${what}, “${levels[0] ?? ''}”, in the rows that are used.`,
    `Nothing was computed. Repeated measures need several subjects and several visits.`,
    { column: name },
  );
}

function refusal(
  failure: MmrmFailure,
  frame: ModelFrame,
  subjects: CategoricalColumn,
  visits: CategoricalColumn,
  spec: MmrmSpec,
): ExpectedError {
  const refused = (message: string, hint: string): ExpectedError =>
    new ExpectedError('REFUSED_MODEL', message, `Nothing was computed. ${hint}`);
  switch (failure.why) {
    case 'twice': {
      const [a, b] = failure.rows;
      const subject = subjects.levels[subjects.codes[a] as number];
      const visit = visits.levels[visits.codes[a] as number];
      return refused(
        `“${subject}” has two values at visit “${visit}”: rows ${(frame.rows[a] as number) + 1} and ${(frame.rows[b] as number) + 1}.`,
        `Leave one row for each “${spec.id}” and “${spec.time}”.`,
      );
    }
    case 'never-together': {
      const [a, b] = failure.visits.map((visit) => visits.levels[visit]);
      return refused(
        `No subject has a value at both visits “${a}” and “${b}”, so their covariance is unknown.`,
        'Take covariance cs or ar1, or leave a visit out.',
      );
    }
    case 'no-residual':
      return refused(
        `The terms explain the ${frame.n.toLocaleString('en-GB')} rows completely, so there is no residual variance to estimate.`,
        'Use fewer terms, or look at whether the response varies.',
      );
    case 'singular':
      return refused(
        `The ${spec.covariance} covariance of ${visits.levels.length} visits is singular at its maximum: ${subjects.levels.length} subjects do not determine it, or some visits repeat others exactly.`,
        spec.covariance === 'unstructured'
          ? 'Take covariance cs or ar1, or fewer visits.'
          : 'Look at the values of each visit.',
      );
    case 'no-minimum':
      return refused(
        'The likelihood cannot be computed where its maximum should be.',
        'Take a simpler covariance, or another unit for columns with very large or very small values.',
      );
  }
}

function fixedEffects(
  fit: MmrmFit,
  { names }: Design,
  spec: MmrmSpec,
  warnings: string[],
): { readonly terms: TermResult[]; readonly covariance: Matrix } {
  let covariance = fit.covariance;
  let degrees: Float64Array;
  if (spec.df === 'kenward-roger') ({ covariance, degrees } = mmrmKenwardRoger(fit));
  else {
    const found = mmrmSatterthwaite(fit);
    degrees = found.degrees;
    if (found.uninformed > 0) {
      warnings.push(
        'The data say nothing about some direction of the covariance parameters, so the degrees of freedom rest on the others alone.',
      );
    }
  }
  const p = covariance.rows;
  const terms = names.map((name, column) => {
    const j = fit.design.estimable.indexOf(column);
    if (j < 0) return notEstimable(name);
    const se = Math.sqrt(covariance.data[j * p + j] as number);
    return waldTerm(name, fit.coefficients[j] as number, se, degrees[j] as number, spec.confidence);
  });
  return { terms, covariance };
}

function fitWarnings(fit: MmrmFit, { names }: Design): string[] {
  const warnings: string[] = [];
  names.forEach((name, column) => {
    if (!fit.design.estimable.includes(column)) {
      warnings.push(`“${name}” adds nothing to the terms before it, so it has no estimate.`);
    }
  });
  if (!fit.converged) {
    warnings.push(
      'The fit did not converge: the numbers are those of the best point found, and should not be relied on. A simpler covariance may help.',
    );
  }
  return warnings;
}

/**
 * AIC and BIC as `nlme::gls` has them: fixed effects and covariance parameters both count, and BIC takes log(n − p) under REML, log n
 * under ML. Beside them those of `mmrm`, which counts covariance parameters alone and takes the log of the number of subjects.
 */
function fitNumbers(fit: MmrmFit, n: number, subjects: number): object {
  const fixed = fit.coefficients.length;
  const covarianceParameters = fit.parameters.length;
  const parameters = fixed + covarianceParameters;
  return {
    logLik: -fit.deviance / 2,
    aic: fit.deviance + 2 * parameters,
    bic: fit.deviance + Math.log(fit.reml ? n - fixed : n) * parameters,
    deviance: fit.deviance,
    parameters,
    covarianceParameters,
    aicCovariance: fit.deviance + 2 * covarianceParameters,
    bicCovariance: fit.deviance + Math.log(subjects) * covarianceParameters,
    converged: fit.converged,
  };
}

function correlationsOf(covariance: Matrix): Matrix {
  const t = covariance.rows;
  const variance = (i: number): number => covariance.data[i * t + i] as number;
  return {
    ...covariance,
    data: covariance.data.map((value, at) => {
      const [i, j] = [at % t, Math.floor(at / t)];
      return i === j ? 1 : value / Math.sqrt(variance(i) * variance(j));
    }),
  };
}

export const mmrm: Procedure<MmrmSpec> = {
  name: 'mmrm',
  summary:
    'Fits a mixed model for repeated measures: fixed effects, and a covariance of the visits within each subject.',
  schema: mmrmSchema,
  columns: (spec) => [...columnsOfFormula(parseFormula(spec.formula)), spec.id, spec.time],
  run,
  example: {
    question: 'Does the score change by visit and arm, when visits of one person correlate and some were missed?',
    data: 'person,visit,arm,score\na,1,usual,10\na,2,usual,12\na,3,usual,13\nb,1,offer,9\nb,2,offer,12\nb,3,offer,16\nc,1,usual,7\nc,2,usual,9\nd,1,offer,12\nd,2,offer,14\nd,3,offer,19\ne,1,usual,11\ne,3,usual,12\nf,1,offer,8\nf,2,offer,10\nf,3,offer,14\n',
    spec: { formula: 'score ~ arm * factor(visit)', id: 'person', time: 'visit', covariance: 'cs' },
  },
};
