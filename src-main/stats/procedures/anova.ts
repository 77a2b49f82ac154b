import { z } from 'zod';
import { ExpectedError } from '#shared/domain/result.ts';
import type { DataTable } from '../data/table.ts';
import { columnsOfFormula, type Formula, parseFormula } from '../formula/formula.ts';
import { type ModelFrame, modelFrame, numericResponse } from '../formula/model-frame.ts';
import { formulaError } from '../formula/parse.ts';
import { type AnovaTable, anovaTable } from '../group-comparison/anova-table.ts';
import { summarise } from '../group-comparison/sample-summary.ts';
import { welchAnova } from '../group-comparison/welch-anova.ts';
import { endOfScript, rScript, scriptOpening } from '../r/script.ts';
import { commonSpec, formulaSpec } from './common-spec.ts';
import type { Outcome, Procedure, RunContext } from './procedure.ts';
import type { TestResult } from './term.ts';

const schema = z.strictObject({
  ...commonSpec,
  formula: formulaSpec,
  /** Of the sums of squares: in sequence, hierarchical, or each after all others. */
  type: z.union([z.literal(1), z.literal(2), z.literal(3)]).default(1),
});
type Spec = z.output<typeof schema>;

function run(table: DataTable, spec: Spec, context: RunContext): Outcome {
  const formula = readFormula(spec.formula);
  const frame = modelFrame(table, formula, { factors: spec.factors });
  const response = numericResponse(frame);
  const { offset } = frame;
  const y = offset ? response.map((value, i) => value - (offset[i] as number)) : response;
  if (y.every((value) => value === y[0])) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      `${frame.n === 1 ? 'There is one row' : 'The response is the same in every row'}, so there is nothing to explain.`,
      'Nothing was computed. Look at whether the column is the right one.',
    );
  }
  const found = anovaTable(formula, frame.variables, y, spec.type);
  const warnings = warningsOf(found, formula, spec.type);
  const { total, residual } = found;
  const welch = welchTest(frame, y, warnings);
  const share = 1 - residual.ss / total.ss;
  const single = found.rows.length === 1 ? found.rows[0] : undefined;
  return {
    n: frame.n,
    excluded: frame.excluded,
    type: spec.type,
    table: found.rows,
    residual: { ...residual, sd: residual.ms === null ? null : Math.sqrt(residual.ms) },
    total,
    /** What the model explains of the total. */
    etaSquared: single ? single.etaSquared : share,
    welch,
    warnings,
    r: script(table, spec, formula, welch !== null, context),
  };
}

function readFormula(text: string): Formula {
  const formula = parseFormula(text);
  const [random] = formula.random;
  if (random) throw formulaError(text, random.at, 'a random term needs the procedure lmm');
  const [special] = [...formula.strata, ...(formula.cluster ? [formula.cluster] : [])];
  if (special) throw formulaError(text, special.at, 'strata() and cluster() have no meaning here');
  if (formula.terms.length === 0) throw formulaError(text, text.length, 'there is no term to explain the response by');
  return formula;
}

function warningsOf({ rows, residual, total, collinear }: AnovaTable, formula: Formula, type: 1 | 2 | 3): string[] {
  const warnings: string[] = [];
  if (collinear.length > 0) {
    const shown = collinear.slice(0, 5).map((name) => `“${name}”`);
    warnings.push(
      `${shown.join(', ')}${collinear.length > 5 ? ' and others' : ''} add${collinear.length === 1 ? 's' : ''} nothing to the columns before, so the terms lose degrees of freedom${type === 3 ? ', and type 3 depends on which cells are empty' : ''}.`,
    );
  }
  for (const { term, df } of rows) {
    if (df === 0) warnings.push(`“${term}” adds nothing to the other terms, so it has no test.`);
  }
  if (residual.df === 0) {
    warnings.push('The model has as many coefficients as there are rows, so nothing is left to judge its terms by.');
  } else if (residual.ss <= 1e-24 * total.ss) {
    warnings.push('The model fits the data to rounding, so its tests mean nothing.');
  }
  if (type === 3 && formula.terms.some((term) => term.length > 1) && !formula.intercept) {
    warnings.push('Without an intercept, the first factor of a type 3 table is tested about 0, not about the mean.');
  }
  return warnings;
}

/** Welch's test where one factor is the whole model; null, with the reason, where a group does not vary. */
function welchTest({ formula, variables }: ModelFrame, y: Float64Array, warnings: string[]): TestResult | null {
  const [term, other] = formula.terms;
  const variable = term?.length === 1 && !other ? variables[term[0] as number] : undefined;
  if (variable?.kind !== 'categorical') return null;
  const { codes, levels } = variable;
  const sizes = new Int32Array(levels.length);
  for (const code of codes) sizes[code] = (sizes[code] as number) + 1;
  const parts = Array.from(sizes, (size) => new Float64Array(size));
  const next = new Int32Array(levels.length);
  codes.forEach((code, row) => {
    (parts[code] as Float64Array)[next[code] as number] = y[row] as number;
    next[code] = (next[code] as number) + 1;
  });
  const samples = parts.map(summarise);
  const still = samples.findIndex(({ n, sd }) => n < 2 || sd === 0);
  if (still >= 0) {
    warnings.push(
      `Welch’s test needs two different values in every group; “${levels[still]}” has ${samples[still]?.n === 1 ? 'one value' : 'values that are all the same'}.`,
    );
    return null;
  }
  return { name: 'Welch', ...welchAnova(samples) };
}

function script(table: DataTable, spec: Spec, formula: Formula, welch: boolean, { dataName }: RunContext): string {
  const columns = columnsOfFormula(formula);
  const { type } = spec;
  return rScript(
    scriptOpening([], { dataName, table, columns, factors: spec.factors }),
    type === 3 ? 'usual <- options(contrasts = c("contr.sum", "contr.poly"))' : [],
    `fit <- lm(${spec.formula}, data)`,
    type === 3 ? 'options(usual)' : [],
    'residual <- sum(resid(fit)^2); df <- df.residual(fit)',
    'frame <- model.frame(fit); y <- model.response(frame)',
    formula.offsets.length > 0 ? 'y <- y - model.offset(frame)' : [],
    formula.intercept ? 'total <- sum((y - mean(y))^2)' : 'total <- sum(y^2)',
    type === 1 ? sequentialLines : adjustedLines(type),
    'ms <- ss / dfs; f <- ms / (residual / df)',
    'rows <- data.frame(term = labels(terms(fit)), df = dfs, ss = ss, ms = ms, f = f, p = suppressWarnings(pf(f, dfs, df, lower.tail = FALSE)),',
    '  etaSquared = ss / total, partialEtaSquared = ss / (ss + residual))',
    'result <- list(n = nrow(frame), table = rows, residual = list(df = df, ss = residual, ms = residual / df, sd = sqrt(residual / df)),',
    `  etaSquared = ${formula.terms.length === 1 ? 'ss / total' : '1 - residual / total'})`,
    welch
      ? [
          'welch <- oneway.test(y ~ group, data.frame(y = y, group = frame[[labels(terms(fit))]]))',
          'result$welch <- list(statistic = unname(welch$statistic), df = unname(welch$parameter), p = welch$p.value)',
        ]
      : [],
    endOfScript,
  );
}

const sequentialLines: readonly string[] = [
  'effects <- fit$effects[seq_len(fit$rank)]; of <- fit$assign[fit$qr$pivot[seq_len(fit$rank)]]',
  'terms <- seq_along(labels(terms(fit)))',
  'dfs <- vapply(terms, function(t) sum(of == t), 0); ss <- vapply(terms, function(t) sum(effects[of == t]^2), 0)',
];

/** Type 2 leaves out the terms that contain the one in question; both types compare two fits. */
function adjustedLines(type: 2 | 3): string[] {
  return [
    'x <- model.matrix(fit); of <- attr(x, "assign"); inside <- attr(terms(fit), "factors") > 0',
    'compare <- function(t) {',
    type === 2
      ? '  out <- which(vapply(seq_len(ncol(inside)), function(o) o != t && all(inside[inside[, t], o]), TRUE))'
      : '  out <- integer(0)',
    '  with <- lm.fit(x[, !(of %in% out), drop = FALSE], y); keep <- !(of %in% c(out, t))',
    '  without <- if (any(keep)) lm.fit(x[, keep, drop = FALSE], y) else list(rank = 0, residuals = y)',
    '  c(with$rank - without$rank, sum(without$residuals^2) - sum(with$residuals^2))',
    '}',
    'compared <- vapply(seq_along(labels(terms(fit))), compare, numeric(2)); dfs <- compared[1, ]; ss <- compared[2, ]',
  ];
}

export const anova: Procedure<Spec> = {
  name: 'anova',
  summary: 'Analysis of variance of a linear model, with types 1, 2 and 3, eta squared and Welch’s test.',
  schema,
  columns: (spec) => columnsOfFormula(parseFormula(spec.formula)),
  run,
  example: {
    question: 'Do the scores differ between shifts?',
    data: 'shift,score\nday,4\nday,7\nday,5\nday,6\nlate,8\nlate,6\nlate,9\nnight,9\nnight,12\nnight,8\nnight,10\n',
    spec: { formula: 'score ~ shift' },
  },
};
