import type { DataTable } from '../../data/table.ts';
import { columnsOfFormula, parseFormula } from '../../formula/formula.ts';
import type { ModelFrame } from '../../formula/model-frame.ts';
import { label } from '../../formula/syntax.ts';
import { endOfScript, rNumber, rScript, rText, scriptOpening } from '../../r/script.ts';
import type { RunContext } from '../procedure.ts';
import { responseText } from '../shared/covariate-terms.ts';
import type { IptwSpec } from './spec.ts';

const weights = {
  ATE: 'ifelse(a == 1, 1 / e, 1 / (1 - e))',
  ATT: 'ifelse(a == 1, 1, e / (1 - e))',
  ATC: 'ifelse(a == 1, (1 - e) / e, 1)',
  ATO: 'ifelse(a == 1, 1 - e, e)',
};

/** Base R: the stacked equations are differentiated by central differences, a check on the derivatives used here. */
export function iptwScript(
  table: DataTable,
  spec: IptwSpec,
  frame: ModelFrame,
  level: string | null,
  { dataName }: RunContext,
): string {
  const { formula } = frame;
  const outcome = responseText(spec.y);
  const columns = [...columnsOfFormula(formula), ...columnsOfFormula(parseFormula(`~ ${outcome}`))];
  const response = label(formula.response as NonNullable<typeof formula.response>);
  const right = formula.text.slice(formula.text.indexOf('~') + 1).trim();
  const treated = level === null ? `as.numeric(${response})` : `as.numeric(${response} == ${rText(level)})`;
  return rScript(
    scriptOpening([], { dataName, table, columns, factors: spec.factors }),
    `a <- with(data, ${treated}); y <- with(data, ${outcome}); n <- length(y)`,
    `frame <- model.frame(~ ${right}, data); M <- model.matrix(attr(frame, "terms"), frame)`,
    'known <- sort(qr(M)$pivot[seq_len(qr(M)$rank)]); X <- M[, known, drop = FALSE]',
    'base <- if (is.null(model.offset(frame))) rep(0, n) else model.offset(frame)',
    'fit <- glm(a ~ X - 1 + offset(base), binomial, control = glm.control(epsilon = 1e-14, maxit = 100)); b <- coef(fit)',
    spec.truncate
      ? `limits <- quantile(fitted(fit), c(${spec.truncate.map(rNumber).join(', ')}), names = FALSE)`
      : 'limits <- c(0, 1)',
    `weigh <- function(b) { e <- pmin(pmax(plogis(base + as.numeric(X %*% b)), limits[1]), limits[2]); ${weights[spec.estimand]} }`,
    'w <- weigh(b); mean1 <- weighted.mean(y[a == 1], w[a == 1]); mean0 <- weighted.mean(y[a == 0], w[a == 0])',
    '# The score of the propensity and the equations of both means, each row’s share; their derivative by central differences.',
    's <- apply(X, 2, function(v) max(abs(v)))',
    'equations <- function(p) {',
    '  k <- length(b); q <- p[seq_len(k)] / s; w <- weigh(q)',
    '  cbind((a - plogis(base + as.numeric(X %*% q))) * t(t(X) / s), w * a * (y - p[k + 1]) / sd(y), w * (1 - a) * (y - p[k + 2]) / sd(y))',
    '}',
    'at <- c(b * s, mean1, mean0); step <- c(rep(1e-4, length(b)), rep(1e-4 * sd(y), 2))',
    'slope <- function(j, h) { d <- replace(rep(0, length(at)), j, h); (colSums(equations(at + d)) - colSums(equations(at - d))) / (2 * h) }',
    'A <- vapply(seq_along(at), function(j) (4 * slope(j, step[j] / 2) - slope(j, step[j])) / 3, at)',
    'V <- solve(A) %*% crossprod(equations(at)) %*% t(solve(A)); V <- V[length(b) + 1:2, length(b) + 1:2]',
    `q <- qnorm(1 - (1 - ${rNumber(spec.confidence)}) / 2)`,
    'row <- function(estimate, se) list(estimate = estimate, se = se, statistic = estimate / se, df = NULL, p = 2 * pnorm(-abs(estimate / se)), low = estimate - q * se, high = estimate + q * se)',
    'balance <- function(name, x) {',
    '  two <- length(unique(x)) <= 2',
    '  v <- function(x, w) if (two) sum(w * (x - weighted.mean(x, w))^2) / sum(w) else sum(w * (x - weighted.mean(x, w))^2) * sum(w) / (sum(w)^2 - sum(w^2))',
    '  one <- rep(1, n); part <- function(f, w, k) f(x[a == k], w[a == k])',
    `  s <- sqrt(${spec.estimand === 'ATT' ? 'part(v, one, 1)' : '(part(v, one, 1) + part(v, one, 0)) / 2'})`,
    '  list(covariate = name, before = (part(weighted.mean, one, 1) - part(weighted.mean, one, 0)) / s, after = (part(weighted.mean, w, 1) - part(weighted.mean, w, 0)) / s,',
    '    varianceRatioBefore = if (two) NA else part(v, one, 1) / part(v, one, 0), varianceRatioAfter = if (two) NA else part(v, w, 1) / part(v, w, 0))',
    '}',
    'rows <- list()',
    'for (name in names(frame)) if (!grepl("^offset\\\\(", name)) {',
    '  x <- frame[[name]]',
    '  if (is.numeric(x)) rows[[length(rows) + 1]] <- balance(name, as.numeric(x)) else for (l in levels(factor(x))) rows[[length(rows) + 1]] <- balance(paste0(name, l), as.numeric(x == l))',
    '}',
    'ess <- function(k) sum(w[a == k])^2 / sum(w[a == k]^2)',
    'range.of <- function(k) list(min = min(fitted(fit)[a == k]), max = max(fitted(fit)[a == k]))',
    'ps <- summary(fit)$coefficients',
    'own <- lapply(seq_along(known), function(i) c(list(term = colnames(X)[i]), row(ps[i, 1], ps[i, 2])))',
    'r <- rank(fitted(fit)); auc <- (sum(r[a == 1]) - sum(a) * (sum(a) + 1) / 2) / (sum(a) * sum(1 - a))',
    'summary.of <- function(k) list(min = min(w[a == k]), max = max(w[a == k]), sum = sum(w[a == k]), largestShare = max(w[a == k]) / sum(w[a == k]))',
    'result <- list(n = n, effect = row(mean1 - mean0, sqrt(V[1, 1] + V[2, 2] - 2 * V[1, 2])),',
    '  means = list(treated = row(mean1, sqrt(V[1, 1])), control = row(mean0, sqrt(V[2, 2]))), balance = rows,',
    '  effectiveN = list(treated = ess(1), control = ess(0)), weights = list(treated = summary.of(1), control = summary.of(0)),',
    '  propensity = list(treated = range.of(1), control = range.of(0), auc = auc))',
    'if (length(known) == ncol(M)) result$propensity$terms <- own',
    endOfScript,
  );
}
