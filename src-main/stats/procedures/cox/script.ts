import { columnsOfFormula } from '../../formula/formula.ts';
import type { ModelFrame } from '../../formula/model-frame.ts';
import { quotedName } from '../../formula/syntax.ts';
import { endOfScript, rScript, rText, rVector, scriptOpening } from '../../r/script.ts';
import type { RunContext } from '../procedure.ts';
import type { CoxSpec } from './spec.ts';

export function coxScript(frame: ModelFrame, spec: CoxSpec, context: RunContext, estimable: readonly string[]): string {
  const { formula, table } = frame;
  const columns = [...columnsOfFormula(formula), ...(spec.cluster === undefined ? [] : [spec.cluster])];
  const cluster = spec.cluster === undefined ? '' : `, cluster = ${quotedName(spec.cluster)}`;
  const robust = spec.robust && cluster === '' && !formula.cluster ? ', cluster = seq_len(nrow(data))' : '';
  return rScript(
    scriptOpening(['survival'], { dataName: context.dataName, table, columns, factors: spec.factors }),
    `fit <- coxph(${formula.text}, data, ties = ${rText(spec.ties)}, x = TRUE, control = coxph.control(eps = 1e-12, iter.max = 100)${cluster}${robust})`,
    estimable.length === 0
      ? 'result <- list(n = fit$n, fit = list(logLik = fit$loglik[1]))'
      : [
          `b <- coef(fit); used <- !is.na(b); s <- ifelse(used, sqrt(diag(fit$var)), NA); z <- qnorm(${(1 + spec.confidence) / 2})`,
          'terms <- data.frame(term = names(b), estimate = b, se = s, statistic = b / s, df = NA, p = 2 * pnorm(-abs(b / s)), low = b - z * s, high = b + z * s)',
          'terms <- lapply(seq_along(b), function(i) c(as.list(terms[i, ]), list(hazardRatio = list(estimate = exp(b[[i]]), low = exp(b[[i]] - z * s[[i]]), high = exp(b[[i]] + z * s[[i]])))))',
          'k <- sum(used); test <- function(name, statistic) list(name = name, statistic = as.vector(statistic), df = k, p = pchisq(as.vector(statistic), k, lower.tail = FALSE))',
          '# Scaled, as fit$wald.test loses a coefficient whose unit is much smaller than another’s.',
          'wald <- { v <- fit$var[used, used, drop = FALSE]; u <- b[used] / sqrt(diag(v)); tryCatch(sum(u * solve(cov2cor(v), u)), error = function(e) NA) }',
          'tests <- list(test("likelihood ratio", 2 * diff(fit$loglik)), test("wald", wald), test("score", fit$score))',
          // R takes its robust score at a linear predictor of 0, which forgets the offset.
          formula.offsets.length > 0
            ? ''
            : 'if (!is.null(fit$rscore)) tests <- c(tests, list(test("robust score", fit$rscore)))',
          'if (!is.null(fit$naive.var)) for (i in seq_along(b)) terms[[i]]$seModel <- if (used[i]) sqrt(fit$naive.var[i, i]) else NA',
          spec.ties === 'exact'
            ? 'zph <- NULL'
            : `zph <- tryCatch(cox.zph(fit, transform = ${rText(spec.transform)})$table, error = function(e) NULL)`,
          'result <- list(n = fit$n, terms = terms, fit = list(n = fit$n, events = fit$nevent, logLik = fit$loglik[2], logLikNull = fit$loglik[1],',
          '  aic = 2 * k - 2 * fit$loglik[2], concordance = fit$concordance[["concordance"]], concordanceSe = fit$concordance[["std"]]), tests = tests,',
          '  proportionalHazards = if (is.null(zph)) list() else data.frame(name = rownames(zph), statistic = zph[, 1], df = zph[, 2], p = zph[, 3]))',
          ...extras(spec, frame.formula.strata.length > 0),
        ],
    endOfScript,
  );
}

function extras(spec: CoxSpec, stratified: boolean): string[] {
  const baseline = [
    'at0 <- basehaz(fit, centered = FALSE); atMeans <- basehaz(fit, centered = TRUE)',
    `where <- ${stratified ? 'at0$strata' : 'rep("all", nrow(at0))'}; rises <- unlist(tapply(at0$hazard, factor(where, unique(where)), function(h) diff(c(0, h)) > 0))`,
    'result$baseline <- list(means = as.list(fit$means), points = data.frame(time = at0$time, cumulativeHazard = at0$hazard, cumulativeHazardAtMeans = atMeans$hazard)[rises, ])',
  ];
  const residuals = [
    'result$residuals <- list(martingale = unname(residuals(fit, "martingale")), deviance = unname(residuals(fit, "deviance")))',
    'schoenfeld <- as.matrix(residuals(fit, "schoenfeld")); colnames(schoenfeld) <- if (ncol(schoenfeld) == length(b)) names(b) else names(b)[used]',
    'result$residuals$schoenfeld <- as.data.frame(schoenfeld, check.names = FALSE)',
  ];
  const rows = (spec.newData ?? []).map((row) => {
    const values = Object.entries(row).map(
      ([name, value]) => `${quotedName(name)} = ${typeof value === 'number' ? value : rText(value)}`,
    );
    return `list(${values.join(', ')})`;
  });
  const predictions = [
    `result$predictions <- lapply(list(${rows.join(', ')}), function(row) {`,
    '  row <- as.data.frame(row, check.names = FALSE, stringsAsFactors = FALSE)',
    '  for (name in names(row)) if (is.factor(data[[name]])) row[[name]] <- factor(row[[name]], levels(data[[name]]))',
    `  one <- survfit(fit, newdata = row, conf.int = ${spec.confidence}); at <- ${rVector(spec.times ?? [])}`,
    '  s <- summary(one, times = sort(at), extend = TRUE); i <- match(at, s$time); known <- at <= max(one$time)',
    '  list(points = data.frame(time = at, survival = ifelse(known, s$surv[i], NA), se = ifelse(known, s$std.err[i], NA), low = ifelse(known, s$lower[i], NA), high = ifelse(known, s$upper[i], NA)))',
    '})',
  ];
  return [
    ...(spec.baseline ? baseline : []),
    ...(spec.residuals ? residuals : []),
    ...(spec.newData ? predictions : []),
  ];
}
