import type { DataTable } from '../../data/table.ts';
import { columnsOfFormula, parseFormula } from '../../formula/formula.ts';
import { label } from '../../formula/syntax.ts';
import { endOfScript, rColumn, rNumber, rScript, rVector, scriptOpening } from '../../r/script.ts';
import type { RunContext } from '../procedure.ts';
import type { GlmData } from '../shared/glm-data.ts';
import type { RidgeSpec } from './spec.ts';

export type RidgeFacts = {
  readonly data: GlmData;
  readonly lambda: number;
  readonly lambdas: Float64Array;
  readonly folds: Int32Array | null;
};

/** Folds of more rows than this are not written out. */
const mostWritten = 20_000;

/** R that gives the same numbers with glmnet, its threshold as small as it goes. */
export function ridgeScript(table: DataTable, spec: RidgeSpec, context: RunContext, facts: RidgeFacts): string {
  const { data, lambda, lambdas, folds } = facts;
  const formula = parseFormula(spec.formula);
  const columns = [...columnsOfFormula(formula), ...[spec.weights, spec.foldid].filter((name) => name !== undefined)];
  const given = [
    `family = "${spec.family}"`,
    `alpha = ${rNumber(spec.alpha)}`,
    ...(spec.standardise ? [] : ['standardize = FALSE']),
    ...(data.intercept ? [] : ['intercept = FALSE']),
    ...(spec.weights === undefined ? [] : [`weights = ${rColumn(spec.weights)}`]),
    ...(formula.offsets.length === 0 ? [] : ['offset = model.offset(frame)']),
    'thresh = 1e-20',
    'maxit = 1e8',
  ].join(', ');
  const crossed = folds !== null && (spec.foldid !== undefined || folds.length <= mostWritten);
  return rScript(
    scriptOpening(['glmnet'], { dataName: context.dataName, table, columns, factors: spec.factors }),
    `frame <- model.frame(${spec.formula.trim()}, data = data)`,
    'X <- model.matrix(attr(frame, "terms"), frame)',
    'X <- X[, colnames(X) != "(Intercept)", drop = FALSE]',
    responseLine(spec, facts),
    '# glmnet asks for two columns; one that does not vary is left at 0.',
    'wide <- if (ncol(X) < 2) cbind(X, 0) else X',
    'shown <- seq_len(ncol(X) + 1)',
    ...(data.intercept ? [] : ['shown <- shown[-1]']),
    `lambda <- ${rVector(Array.from(lambdas))}`,
    `fit <- glmnet(wide, y, lambda = lambda, ${given})`,
    `b <- as.matrix(coef(fit))[shown, which(lambda == ${rNumber(lambda)})[1]]`,
    `result <- list(n = ${spec.family === 'binomial' ? 'nrow(X)' : 'length(y)'}, terms = data.frame(term = ${data.intercept ? 'c("(Intercept)", colnames(X))' : 'colnames(X)'}, estimate = unname(b)), lambda = ${rNumber(lambda)})`,
    ...(crossed
      ? [
          spec.foldid === undefined
            ? `foldid <- ${rVector(Array.from(folds, (fold) => fold + 1))}`
            : `foldid <- as.integer(factor(${rColumn(spec.foldid)}))`,
          `cv <- suppressWarnings(cv.glmnet(wide, y, lambda = lambda, foldid = foldid, ${given}))`,
          'result$lambdaMin <- cv$lambda.min; result$lambda1se <- cv$lambda.1se',
          'result$cv <- data.frame(lambda = cv$lambda, mean = unname(cv$cvm), se = unname(cv$cvsd))',
        ]
      : []),
    endOfScript,
  );
}

/** The response as glmnet takes it: for the binomial a column of other outcomes and one of events. */
function responseLine(spec: RidgeSpec, { data }: RidgeFacts): string {
  const response = parseFormula(spec.formula).response;
  if (spec.family !== 'binomial') return 'y <- model.response(frame)';
  if (data.trials) return 'y <- model.response(frame)[, 2:1]';
  if (data.event !== null || !response) return 'y <- factor(model.response(frame))';
  return `y <- cbind(1 - model.response(frame), model.response(frame)) # other outcomes, then ${label(response)}`;
}
