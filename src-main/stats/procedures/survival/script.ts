import type { ModelFrame } from '../../formula/model-frame.ts';
import type { SurvivalResponse } from '../../formula/survival-response.ts';
import { columnsOf, type Expression, label } from '../../formula/syntax.ts';
import { endOfScript, rScript, rText, rVector, scriptOpening } from '../../r/script.ts';
import type { RunContext } from '../procedure.ts';
import type { SurvivalSpec } from './spec.ts';

/** The log-rank test with late entry, which survdiff does not take. */
const lateLogRank = [
  'logRank <- function(start, stop, event, group, stratum, rho) {',
  '  k <- nlevels(group); o <- e <- numeric(k); v <- matrix(0, k, k)',
  '  for (s in unique(stratum)) {',
  '    km <- 1',
  '    for (t in sort(unique(stop[event == 1 & stratum == s]))) {',
  '      at <- stratum == s & start < t & stop >= t',
  '      r <- tabulate(group[at], k); d <- tabulate(group[at & stop == t & event == 1], k); n <- sum(r)',
  '      o <- o + km^rho * d; e <- e + km^rho * sum(d) * r / n',
  '      if (n > 1) v <- v + km^(2 * rho) * sum(d) * (n - sum(d)) / (n - 1) * (diag(r / n) - outer(r, r) / n^2)',
  '      km <- km * (n - sum(d)) / n',
  '    }',
  '  }',
  '  use <- which(e > 0)[-1]',
  '  chisq <- tryCatch(sum((o - e)[use] * solve(v[use, use], (o - e)[use])), error = function(e) NA)',
  '  list(obs = o, exp = e, chisq = chisq, df = length(use))',
  '}',
];

export function survivalScript(
  frame: ModelFrame,
  spec: SurvivalSpec,
  context: RunContext,
  { entry }: SurvivalResponse,
): string {
  const { formula, table } = frame;
  const used = [...(formula.response ? [formula.response] : []), ...formula.variables, ...formula.strata];
  const columns = used.flatMap(columnsOf);
  const response = label(formula.response as Expression);
  const shown = formula.variables.length > 0 ? formula.variables : formula.strata;
  const groups = shown.map(label);
  return rScript(
    scriptOpening(['survival'], { dataName: context.dataName, table, columns, factors: spec.factors }),
    `fit <- survfit(${response} ~ ${groups.length === 0 ? '1' : groups.join(' + ')}, data, conf.type = ${rText(spec.limits)}, conf.int = ${spec.confidence})`,
    'of <- if (is.null(fit$strata)) rep("all", length(fit$time)) else rep(trimws(names(fit$strata)), fit$strata)',
    'table <- rbind(summary(fit)$table)',
    'names <- unique(of)',
    ...(spec.quantiles ? [`quantiles <- lapply(quantile(fit, ${rVector(spec.quantiles)}), rbind)`] : []),
    ...(spec.restrictedMean === undefined
      ? []
      : [
          `means <- rbind(summary(fit, rmean = ${spec.restrictedMean})$table)`,
          `z <- qnorm(${(1 + spec.confidence) / 2})`,
        ]),
    'strata <- lapply(seq_along(names), function(g) {',
    '  i <- of == names[g]; s <- fit$surv[i]; none <- s == 0',
    '  found <- list(name = names[g], n = fit$n[g], events = sum(fit$n.event[i]), median = unname(table[g, "median"]),',
    '    low = unname(table[g, ncol(table) - 1]), high = unname(table[g, ncol(table)]))',
    ...(spec.quantiles
      ? [
          `  found$quantiles <- data.frame(probability = ${rVector(spec.quantiles)}, estimate = quantiles$quantile[g, ], low = quantiles$lower[g, ], high = quantiles$upper[g, ])`,
        ]
      : []),
    ...(spec.restrictedMean === undefined
      ? []
      : [
          '  m <- unname(means[g, grep("rmean", colnames(means))])',
          '  found$restrictedMean <- list(estimate = m[1], se = m[2], low = m[1] - z * m[2], high = m[1] + z * m[2])',
        ]),
    ...(spec.times ? atTimes(spec) : []),
    '  found$curve <- data.frame(time = fit$time[i], atRisk = fit$n.risk[i], events = fit$n.event[i], censored = fit$n.censor[i],',
    '    survival = s, se = ifelse(none, NA, s * fit$std.err[i]), low = ifelse(none, NA, fit$lower[i]), high = ifelse(none, NA, fit$upper[i]),',
    '    cumulativeHazard = fit$cumhaz[i], cumulativeHazardSe = fit$std.chaz[i])',
    '  found',
    '})',
    'result <- list(n = nrow(data), strata = strata)',
    ...(formula.variables.length > 0 && frame.n > 0 ? testLines(frame, spec, response, entry !== null) : []),
    endOfScript,
  );
}

function atTimes(spec: SurvivalSpec): string[] {
  return [
    `  wanted <- ${rVector(spec.times ?? [])}; wanted <- wanted[order(wanted)]; one <- if (length(names) > 1) fit[g] else fit`,
    '  at <- summary(one, times = wanted, extend = TRUE); known <- wanted <= max(one$time) | at$surv == 0; if (is.null(at$lower)) at$lower <- at$upper <- at$surv',
    '  found$atTimes <- data.frame(time = wanted, survival = ifelse(known, at$surv, NA), se = ifelse(known & at$surv > 0, at$std.err, NA),',
    '    low = ifelse(known & at$surv > 0, at$lower, NA), high = ifelse(known & at$surv > 0, at$upper, NA), cumulativeHazard = ifelse(known, at$cumhaz, NA))',
    `  found$atTimes <- found$atTimes[rank(${rVector(spec.times ?? [])}, ties.method = "first"), ]`,
  ];
}

function testLines({ formula }: ModelFrame, spec: SurvivalSpec, response: string, late: boolean): string[] {
  const groups = formula.variables.map(label);
  const strata = formula.strata.length === 0 ? '' : ` + strata(${formula.strata.map(label).join(', ')})`;
  if (!late) {
    return [
      'if (length(names) > 1) {',
      `  test <- survdiff(${response} ~ ${groups.join(' + ')}${strata}, data, rho = ${spec.rho})`,
      '  sums <- function(x) if (is.matrix(x)) rowSums(x) else x',
      '  result$test <- list(statistic = test$chisq, df = sum(sums(test$exp) > 0) - 1, p = test$pvalue, groups = data.frame(name = trimws(names(test$n)),',
      '    n = as.vector(test$n), observed = sums(test$obs), expected = sums(test$exp)))',
      '}',
    ];
  }
  const named = (expressions: readonly Expression[]): string =>
    expressions.length === 0
      ? 'factor(rep(1, nrow(data)))'
      : `with(data, strata(${expressions.map(label).join(', ')}))`;
  return [
    'if (length(names) > 1) {',
    ...lateLogRank.map((line) => `  ${line}`),
    `  y <- as.matrix(aeqSurv(with(data, ${response}))); group <- droplevels(${named(formula.variables)})`,
    `  test <- logRank(y[, 1], y[, 2], y[, 3], group, as.integer(${named(formula.strata)}), ${spec.rho})`,
    '  result$test <- list(statistic = test$chisq, df = test$df, p = pchisq(test$chisq, test$df, lower.tail = FALSE), groups = data.frame(n = as.vector(table(group)),',
    '    observed = test$obs, expected = test$exp))',
    '}',
  ];
}
