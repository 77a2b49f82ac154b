import type { DataTable } from '../../data/table.ts';
import { columnsOfFormula, type Formula } from '../../formula/formula.ts';
import { endOfScript, rNumber, rScript, scriptOpening } from '../../r/script.ts';
import type { RunContext } from '../procedure.ts';
import type { LmmSpec } from './spec.ts';

/** lme4 with its optimum polished by Newton steps, lmerTest's or pbkrtest's degrees of freedom. */
export function lmmScript(table: DataTable, spec: LmmSpec, formula: Formula, { dataName }: RunContext): string {
  const packages = ['lme4', 'lmerTest', ...(spec.df === 'kenward-roger' ? ['pbkrtest'] : [])];
  const columns = columnsOfFormula(formula);
  const reml = spec.method === 'REML';
  return rScript(
    scriptOpening(packages, { dataName, table, columns, factors: spec.factors }),
    `formula <- ${rFormula(spec.formula)}`,
    `reml <- ${reml ? 'TRUE' : 'FALSE'}`,
    polishedFit,
    `table <- coef(summary(model, ddf = "${spec.df === 'kenward-roger' ? 'Kenward-Roger' : 'Satterthwaite'}"))`,
    `half <- qt(1 - (1 - ${rNumber(spec.confidence)}) / 2, table[, "df"]) * table[, "Std. Error"]`,
    resultLists(spec),
    endOfScript,
  );
}

/** lme4 takes grouping columns by name. */
function rFormula(text: string): string {
  return text.replace(/(\|[^)]*?)factor\(([^()]+)\)/g, '$1$2');
}

const polishedFit: readonly string[] = [
  '# lme4 stops within about 1e-6 of the optimum; Newton steps reach it. Variances on their bound stay there.',
  'parsed <- lFormula(formula, data, REML = reml)',
  'objective <- do.call(mkLmerDevfun, parsed)',
  'found <- optimizeLmer(objective, optimizer = "bobyqa", control = list(rhoend = 1e-9, maxfun = 100000), calc.derivs = FALSE)',
  'theta <- found$par',
  'bound <- parsed$reTrms$lower == 0 & theta < 1e-3',
  'if (any(bound)) {',
  '  zero <- replace(theta, bound, 0)',
  '  bound <- bound & objective(zero) <= objective(theta) + 1e-7',
  '  theta <- replace(theta, bound, 0)',
  '}',
  'part <- function(free) objective(replace(theta, !bound, free))',
  'if (!all(bound)) for (step in 1:6) {',
  '  free <- theta[!bound]',
  '  theta[!bound] <- free - solve(numDeriv::hessian(part, free), numDeriv::grad(part, free))',
  '}',
  'best <- list(par = theta, fval = objective(theta), feval = 1, conv = 0, message = "")',
  'model <- mkMerMod(environment(objective), best, parsed$reTrms, fr = parsed$fr, mc = call("lmer", formula = formula, data = quote(data), REML = reml))',
  'model <- as_lmerModLmerTest(model)',
];

function resultLists(spec: LmmSpec): readonly string[] {
  return [
    'everyTerm <- colnames(model.matrix(formula(model, fixed.only = TRUE), model.frame(model)))',
    'at <- match(everyTerm, rownames(table))',
    'terms <- data.frame(term = everyTerm, estimate = table[at, "Estimate"], se = table[at, "Std. Error"], statistic = table[at, "t value"],',
    '  df = table[at, "df"], p = table[at, "Pr(>|t|)"], low = (table[, "Estimate"] - half)[at], high = (table[, "Estimate"] + half)[at], row.names = NULL)',
    'groups <- make.unique(names(getME(model, "cnms")), sep = ".")',
    'variance <- list()',
    'for (term in seq_along(groups)) {',
    '  covariance <- VarCorr(model)[[term]]; sd <- attr(covariance, "stddev"); correlation <- attr(covariance, "correlation")',
    '  for (i in seq_along(sd)) variance[[length(variance) + 1]] <- list(group = groups[term], name = colnames(covariance)[i],',
    '    variance = covariance[i, i], sd = sd[[i]], correlation = if (i == 1) NULL else unname(correlation[i, seq_len(i - 1)]))',
    '}',
    'counts <- ngrps(model)',
    'criterion <- if (reml) REMLcrit(model) else deviance(model)',
    'result <- list(n = nobs(model), terms = terms, variance = variance, residual = list(variance = sigma(model)^2, sd = sigma(model)),',
    '  groups = data.frame(group = names(counts), n = unname(counts)),',
    '  fit = list(logLik = as.numeric(logLik(model)), aic = AIC(model), bic = BIC(model), deviance = as.numeric(criterion),',
    '    parameters = attr(logLik(model), "df"), singular = isSingular(model)),',
    '  icc = if (length(variance) == 1 && variance[[1]]$name == "(Intercept)") variance[[1]]$variance / (variance[[1]]$variance + sigma(model)^2),',
    `  fixedCovariance = list(terms = rownames(table), rows = as.matrix(${spec.df === 'kenward-roger' ? 'vcovAdj(model)' : 'vcov(model)'})))`,
    ...(spec.randomEffects
      ? [
          'modes <- as.data.frame(ranef(model, condVar = TRUE))',
          'found <- list(); effects <- getME(model, "cnms")',
          'for (term in seq_along(effects)) for (level in rownames(ranef(model)[[names(effects)[term]]])) for (name in effects[[term]]) {',
          '  row <- modes[modes$grpvar == names(effects)[term] & modes$term == name & modes$grp == level, ]',
          '  found[[length(found) + 1]] <- list(group = groups[term], level = level, name = name, estimate = row$condval, se = row$condsd)',
          '}',
          'result$randomEffects <- found',
        ]
      : []),
  ];
}
