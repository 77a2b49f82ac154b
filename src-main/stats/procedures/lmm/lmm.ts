import { ExpectedError } from '#shared/domain/result.ts';
import type { DataTable } from '../../data/table.ts';
import { designMatrix } from '../../formula/design.ts';
import { columnsOfFormula, type Formula, parseFormula } from '../../formula/formula.ts';
import { type ModelFrame, modelFrame, numericResponse } from '../../formula/model-frame.ts';
import { formulaError } from '../../formula/parse.ts';
import { type Matrix, rowsOf } from '../../linear-algebra/matrix.ts';
import { conditionalModes } from '../../mixed/conditional-modes.ts';
import { fitLmm, type LmmFailure, type LmmFit } from '../../mixed/fit-lmm.ts';
import { kenwardRoger, mostConnected } from '../../mixed/lmm-kenward-roger.ts';
import { randomStructure } from '../../mixed/random-structure.ts';
import { satterthwaite } from '../../mixed/satterthwaite.ts';
import type { Outcome, Procedure, RunContext } from '../procedure.ts';
import { refuseExtremes, withoutOffset } from '../shared/mixed-spec.ts';
import { notEstimable, type TermResult, waldTerm } from '../term.ts';
import { lmmScript } from './script.ts';
import { type LmmSpec, lmmSchema } from './spec.ts';
import { varianceRows } from './variance.ts';

function run(table: DataTable, spec: LmmSpec, context: RunContext): Outcome {
  const formula = readFormula(spec.formula);
  if (spec.df === 'kenward-roger' && spec.method === 'ML') {
    throw new ExpectedError(
      'BAD_SPEC',
      'Kenward and Roger’s method is defined for REML fits only.',
      'Nothing was computed. Take method REML, or df satterthwaite.',
    );
  }
  const frame = modelFrame(table, formula, { factors: spec.factors });
  const response = withoutOffset(numericResponse(frame), frame.offset);
  const structure = randomStructure(frame);
  const design = designMatrix(frame);
  refuseExtremes(design, response);
  const fit = fitLmm(design.matrix, response, structure, spec.method === 'REML');
  if (typeof fit === 'string') throw refusal(fit, frame);
  const warnings = fitWarnings(fit, design.names);
  const { terms, covariance } = fixedEffects(fit, design.names, spec, warnings);
  const variance = varianceRows(fit);
  return {
    n: frame.n,
    excluded: frame.excluded,
    terms,
    variance,
    residual: { variance: fit.residualVariance, sd: Math.sqrt(fit.residualVariance) },
    groups: structure.factors.map(({ label, levels }) => ({ group: label, n: levels.length })),
    fit: {
      logLik: -fit.deviance / 2,
      aic: fit.deviance + 2 * fit.parameters,
      bic: fit.deviance + Math.log(frame.n) * fit.parameters,
      deviance: fit.deviance,
      parameters: fit.parameters,
      converged: fit.converged,
      singular: fit.singular,
    },
    icc: iccOf(fit),
    fixedCovariance: { terms: fit.design.estimable.map((j) => design.names[j]), rows: rowsOf(covariance) },
    ...(spec.randomEffects ? { randomEffects: conditionalModes(fit) } : {}),
    warnings,
    r: lmmScript(table, spec, formula, context),
  };
}

function readFormula(text: string): Formula {
  const formula = parseFormula(text);
  const [special] = [...formula.strata, ...(formula.cluster ? [formula.cluster] : [])];
  if (special) throw formulaError(text, special.at, 'strata() and cluster() have no meaning here');
  if (formula.random.length > 0) return formula;
  throw new ExpectedError(
    'BAD_SPEC',
    'The formula has no random term.',
    'Nothing was computed. Add one, such as (1|id), or use glm for a model without random effects.',
  );
}

function fixedEffects(
  fit: LmmFit,
  names: readonly string[],
  spec: LmmSpec,
  warnings: string[],
): { readonly terms: TermResult[]; readonly covariance: Matrix } {
  let covariance = fit.covariance;
  let degrees: Float64Array;
  if (spec.df === 'kenward-roger') {
    const adjusted = kenwardRoger(fit);
    if (typeof adjusted === 'number') throw tooConnected(adjusted);
    ({ covariance, degrees } = adjusted);
  } else {
    const found = satterthwaite(fit);
    degrees = found.degrees;
    if (found.uninformed > 0) {
      warnings.push(
        'The data say nothing about some direction of the variance parameters, so the degrees of freedom rest on the others alone.',
      );
    }
  }
  const p = covariance.rows;
  const terms = names.map((name, column) => {
    const j = fit.design.estimable.indexOf(column);
    if (j < 0) return notEstimable(name);
    const df = degrees[j] as number;
    const se = Math.sqrt(covariance.data[j * p + j] as number);
    return waldTerm(name, fit.coefficients[j] as number, se, df, spec.confidence);
  });
  return { terms, covariance };
}

function fitWarnings(fit: LmmFit, names: readonly string[]): string[] {
  const warnings: string[] = [];
  names.forEach((name, column) => {
    if (!fit.design.estimable.includes(column)) {
      warnings.push(`“${name}” adds nothing to the terms before it, so it has no estimate.`);
    }
  });
  if (!fit.converged) {
    warnings.push(
      'The fit did not converge: the numbers are those of the best point found, and should not be relied on. A simpler random part may help.',
    );
  }
  if (fit.singular) {
    warnings.push(
      'The fit is singular: a variance between groups is estimated as zero, or random effects as perfectly correlated. The data do not support so rich a random part; consider a simpler one.',
    );
  }
  return warnings;
}

/** Share of the variance that lies between groups; for one random intercept only. */
function iccOf({ structure, termCovariances, residualVariance }: LmmFit): number | null {
  const [term, second] = structure.terms;
  if (!term || second || term.effects.length !== 1 || term.effects[0] !== '(Intercept)') return null;
  const between = termCovariances[0]?.data[0] as number;
  return between / (between + residualVariance);
}

function refusal(failure: LmmFailure, frame: ModelFrame): ExpectedError {
  switch (failure) {
    case 'too-large':
      return new ExpectedError(
        'REFUSED_MODEL',
        'The crossed groups have so many combinations that the model does not fit into memory.',
        'Nothing was computed. Use fewer crossed grouping columns, or ones with fewer groups.',
      );
    case 'no-residual':
      return new ExpectedError(
        'REFUSED_MODEL',
        `The terms explain the ${frame.n.toLocaleString('en-GB')} rows completely, so there is no residual variance to estimate.`,
        'Nothing was computed. Use fewer terms, or look at whether the response varies.',
      );
    case 'no-minimum':
      return new ExpectedError(
        'REFUSED_MODEL',
        'The likelihood cannot be computed where its maximum should be.',
        'Nothing was computed. Rescale columns with very large or very small values, or use a simpler random part.',
      );
  }
}

function tooConnected(size: number): ExpectedError {
  return new ExpectedError(
    'REFUSED_MODEL',
    `Kenward and Roger’s method is computed for up to ${mostConnected.toLocaleString('en-GB')} random effects that are connected through crossed or nested groups; here ${size.toLocaleString('en-GB')} are.`,
    'Nothing was computed. Take df satterthwaite, which differs little with so many groups.',
  );
}

export const lmm: Procedure<LmmSpec> = {
  name: 'lmm',
  summary: 'Fits a linear mixed model with random effects of groups, nested or crossed.',
  schema: lmmSchema,
  columns: (spec) => columnsOfFormula(parseFormula(spec.formula)),
  run,
  example: {
    question: 'How much does the score rise by week, when officers start at different levels?',
    data: 'officer,week,score\na,0,10\na,1,12\na,2,15\na,3,15\nb,0,7\nb,1,9\nb,2,9\nb,3,12\nc,0,14\nc,1,15\nc,2,18\nc,3,20\nd,0,9\nd,1,10\nd,2,14\nd,3,14\n',
    spec: { formula: 'score ~ week + (1|officer)', df: 'kenward-roger' },
  },
};
