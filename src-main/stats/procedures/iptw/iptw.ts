import { type CategoricalColumn, type DataTable, numbersIn } from '../../data/table.ts';
import { designMatrix } from '../../formula/design.ts';
import { columnsOfFormula, type Formula, parseFormula } from '../../formula/formula.ts';
import { type ModelFrame, modelFrame, numericResponse } from '../../formula/model-frame.ts';
import { label } from '../../formula/syntax.ts';
import { columnOf, type Matrix, matrixOf } from '../../linear-algebra/matrix.ts';
import { midRanks } from '../../numeric/ranks.ts';
import {
  effectiveSize,
  type PropensityWeights,
  propensityLimits,
  propensityWeights,
} from '../../quasi-experiments/iptw/propensity-weights.ts';
import { weightedEffect } from '../../quasi-experiments/iptw/weighted-effect.ts';
import { binomial } from '../../regression/families.ts';
import { fitGlm, type GlmFit } from '../../regression/fit-glm.ts';
import type { Outcome, Procedure, RunContext } from '../procedure.ts';
import { responseText } from '../shared/covariate-terms.ts';
import { badColumn, badSpec, refusedModel } from '../shared/did-messages.ts';
import { refuseExtremes } from '../shared/refuse-extremes.ts';
import { notEstimable, type TermResult, waldTerm } from '../term.ts';
import { balanceRows } from './balance.ts';
import { iptwScript } from './script.ts';
import { type IptwSpec, iptwSchema } from './spec.ts';
import { refuseNoOverlap, weightWarnings } from './warnings.ts';

function formulaOf(spec: IptwSpec): Formula {
  const text = spec.treatment ?? spec.formula;
  if (text === undefined || (spec.treatment !== undefined && spec.formula !== undefined)) {
    throw badSpec(
      'The formula of the treatment must be given, once, under “treatment”.',
      'Write for example “treated ~ age + sex”.',
    );
  }
  const formula = parseFormula(text);
  if (!formula.response)
    throw badSpec('The treatment must stand on the left of ~.', 'Write for example “treated ~ age”.');
  if (formula.random.length > 0 || formula.strata.length > 0 || formula.cluster) {
    throw badSpec('The formula of the treatment holds terms that a logistic regression has not.', 'Leave them out.');
  }
  if (formula.variables.length === 0) {
    throw badSpec('The treatment formula names no covariate.', 'Name what treated and untreated are to be alike in.');
  }
  if (
    columnsOfFormula(parseFormula(`~ ${responseText(spec.y)}`)).some((name) => columnsOfFormula(formula).includes(name))
  ) {
    throw badSpec(`“${spec.y}” is the outcome, so it cannot explain the treatment.`, 'Leave it out of the formula.');
  }
  return formula;
}

function outcomeColumns(spec: IptwSpec): string[] {
  return columnsOfFormula(parseFormula(`~ ${responseText(spec.y)}`));
}

/** Weighting by a logistic propensity score. */
function run(table: DataTable, spec: IptwSpec, context: RunContext): Outcome {
  const formula = formulaOf(spec);
  const frame = modelFrame(table, formula, { factors: spec.factors, alsoUsed: outcomeColumns(spec) });
  const y = outcomeOf(table, spec, frame);
  refuseExtremes(y, spec.y);
  const { treated, level } = treatmentOf(frame);
  const design = designMatrix(frame);
  const fit = fitGlm(design.matrix, treated, binomial, { offset: frame.offset });
  refuseNoOverlap(fit, treated, spec.estimand);
  const limits = limitsOf(spec, fit);
  const weighting = propensityWeights(fit.linearPredictor, treated, spec.estimand, limits);
  refuseWeights(weighting, treated);
  const found = weightedEffect(
    estimableColumns(design.matrix, fit),
    fit.unscaledCovariance,
    fit.fitted,
    weighting,
    treated,
    y,
  );
  if (!(found.se > 0))
    throw refusedModel('The outcome does not vary within the arms.', 'Look at whether the right column was chosen.');
  const balance = balanceRows(frame, treated, weighting.weights, spec.estimand);
  const effectiveN = {
    treated: effectiveSize(weighting.weights, treated, 1),
    control: effectiveSize(weighting.weights, treated, 0),
  };
  const interval = (estimate: number, se: number): Omit<TermResult, 'term'> => {
    const { term: _term, ...row } = waldTerm('', estimate, se, null, spec.confidence);
    return row;
  };
  return {
    n: y.length,
    excluded: frame.excluded,
    estimand: spec.estimand,
    effect: interval(found.effect, found.se),
    means: {
      treated: interval(found.treatedMean, found.treatedSe),
      control: interval(found.controlMean, found.controlSe),
    },
    knownWeights: { se: found.seKnownWeights },
    unweighted: armMeans(y, treated),
    balance: balance.rows,
    effectiveN,
    weights: {
      treated: weightSummary(weighting.weights, treated, 1),
      control: weightSummary(weighting.weights, treated, 0),
    },
    propensity: propensityOf(design.names, fit, treated, spec.confidence),
    ...(level === null ? {} : { treatedLevel: level }),
    ...(limits === null ? {} : { heldAt: limits }),
    warnings: [
      ...(level === null ? [] : [`“${level}” counts as treated.`]),
      ...weightWarnings(spec, fit, treated, weighting.weights, effectiveN, design.names),
      ...balance.warnings,
    ],
    r: iptwScript(table, spec, frame, level, context),
  };
}

function outcomeOf(table: DataTable, spec: IptwSpec, frame: ModelFrame): Float64Array {
  if (responseText(spec.y) !== spec.y || table.columns.has(spec.y)) return numbersIn(table, spec.y, frame.rows);
  const own = modelFrame(table, parseFormula(`${spec.y} ~ 1`), { alsoUsed: columnsOfFormula(frame.formula) });
  return numericResponse(own);
}

/** 1 for the treated: the treatment is 0 or 1, or the second of two levels. */
function treatmentOf(frame: ModelFrame): { readonly treated: Float64Array; readonly level: string | null } {
  const response = frame.formula.response as NonNullable<Formula['response']>;
  const column = frame.evaluate(response);
  const name = label(response);
  if (column.kind === 'categorical') return { treated: secondLevel(column, name), level: column.levels[1] as string };
  const bad = column.values.findIndex((value) => value !== 0 && value !== 1);
  if (bad >= 0) {
    throw badColumn(
      `The treatment “${name}” must be 0 or 1, but row ${(frame.rows[bad] as number) + 1} holds ${column.values[bad]}.`,
      'Code the column as 0 and 1.',
    );
  }
  refuseOneArm(column.values, name);
  return { treated: column.values, level: null };
}

function secondLevel(column: CategoricalColumn, name: string): Float64Array {
  if (column.levels.length > 2) {
    throw badColumn(
      `The treatment “${name}” has ${column.levels.length} levels, but a propensity compares two.`,
      'Use a column of two levels, or of 0 and 1.',
    );
  }
  const values = Float64Array.from(column.codes, (code) => (code === 1 ? 1 : 0));
  refuseOneArm(values, name);
  return values;
}

function refuseOneArm(values: Float64Array, name: string): void {
  const treated = values.reduce((total, value) => total + value, 0);
  if (treated >= 2 && values.length - treated >= 2) return;
  throw refusedModel(
    `There are ${treated} treated and ${values.length - treated} untreated in “${name}”; both arms need at least 2.`,
    'Look at whether the right column was chosen.',
  );
}

function limitsOf(spec: IptwSpec, fit: GlmFit): readonly [number, number] | null {
  if (!spec.truncate) return null;
  if (!(spec.truncate[0] < spec.truncate[1])) {
    throw badSpec('“truncate” needs a lower and a higher quantile, such as [0.01, 0.99].', 'Give them in that order.');
  }
  return propensityLimits(fit.fitted, spec.truncate);
}

function refuseWeights({ weights }: PropensityWeights, treated: Float64Array): void {
  for (const arm of [0, 1] as const) {
    let total = 0;
    for (let i = 0; i < weights.length; i += 1) if (treated[i] === arm) total += weights[i] as number;
    if (total > 0 && Number.isFinite(total)) continue;
    throw refusedModel(
      'The covariates tell so well who is treated that weights have no meaning.',
      'Use fewer covariates, or a comparison group that is more alike.',
    );
  }
}

function estimableColumns(x: Matrix, fit: GlmFit): Matrix {
  if (fit.rank === x.columns) return x;
  const result = matrixOf(x.rows, fit.rank);
  fit.estimable.forEach((column, place) => {
    columnOf(result, place).set(columnOf(x, column));
  });
  return result;
}

function armMeans(y: Float64Array, treated: Float64Array): Record<string, number> {
  const sums = [0, 0];
  const counts = [0, 0];
  for (let i = 0; i < y.length; i += 1) {
    const arm = treated[i] as number;
    sums[arm] = (sums[arm] as number) + (y[i] as number);
    counts[arm] = (counts[arm] as number) + 1;
  }
  const [control, on] = sums.map((sum, arm) => sum / (counts[arm] as number)) as [number, number];
  return {
    treated: on,
    control,
    difference: on - control,
    treatedN: counts[1] as number,
    controlN: counts[0] as number,
  };
}

function weightSummary(weights: Float64Array, treated: Float64Array, arm: 0 | 1): Record<string, number> {
  let least = Number.POSITIVE_INFINITY;
  let most = 0;
  let total = 0;
  for (let i = 0; i < weights.length; i += 1) {
    if (treated[i] !== arm) continue;
    const weight = weights[i] as number;
    least = Math.min(least, weight);
    most = Math.max(most, weight);
    total += weight;
  }
  return { min: least, max: most, sum: total, largestShare: most / total };
}

function propensityOf(
  names: readonly string[],
  fit: GlmFit,
  treated: Float64Array,
  confidence: number,
): Record<string, unknown> {
  const terms = names.map((name, place) => {
    const own = fit.estimable.indexOf(place);
    if (own < 0) return notEstimable(name);
    const se = Math.sqrt(fit.unscaledCovariance.data[own * fit.rank + own] as number);
    return waldTerm(name, fit.coefficients[place] as number, se, null, confidence);
  });
  const range = (arm: number): { readonly min: number; readonly max: number } => {
    let [min, max] = [1, 0];
    fit.fitted.forEach((e, i) => {
      if (treated[i] !== arm) return;
      min = Math.min(min, e);
      max = Math.max(max, e);
    });
    return { min, max };
  };
  const { ranks } = midRanks(fit.fitted);
  let rankSum = 0;
  let on = 0;
  for (let i = 0; i < treated.length; i += 1) {
    if (treated[i] !== 1) continue;
    rankSum += ranks[i] as number;
    on += 1;
  }
  const auc = (rankSum - (on * (on + 1)) / 2) / (on * (treated.length - on));
  return { terms, treated: range(1), control: range(0), auc };
}

const exampleRows = Array.from({ length: 24 }, (_none, i) => {
  const age = 20 + ((i * 7) % 30);
  const on = (i * 11 + Math.floor(age / 12)) % 5 < 2 ? 1 : 0;
  return `${on},${age},${['day', 'night'][i % 2]},${(50 - 0.2 * age + 3 * on + ((i * 5) % 7)).toFixed(1)}`;
});

export const iptw: Procedure<IptwSpec> = {
  name: 'iptw',
  summary:
    'Weights by the propensity of being treated: an effect between groups that were not randomised, and their balance.',
  schema: iptwSchema,
  columns: (spec) => [...columnsOfFormula(formulaOf(spec)), ...outcomeColumns(spec)],
  run,
  example: {
    question: 'How did those trained score, against others of like age and shift?',
    data: `trained,age,shift,score\n${exampleRows.join('\n')}\n`,
    spec: { treatment: 'trained ~ age + shift', y: 'score', estimand: 'ATO' },
  },
};
