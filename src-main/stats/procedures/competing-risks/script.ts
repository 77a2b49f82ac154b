import type { ModelFrame } from '../../formula/model-frame.ts';
import type { SurvivalResponse } from '../../formula/survival-response.ts';
import { columnsOf, type Expression, label } from '../../formula/syntax.ts';
import { endOfScript, rScript, rVector, scriptOpening } from '../../r/script.ts';
import type { RunContext } from '../procedure.ts';
import type { CompetingRisksRoles, CompetingRisksSpec } from './spec.ts';

/** With late entry, which cuminc does not take: the estimator and its variance written as a double sum. */
const lateIncidence = [
  'incidence <- function(start, stop, status, cause, at) {',
  '  times <- sort(unique(stop[status > 0])); n <- sapply(times, function(t) sum(start < t & stop >= t))',
  '  d1 <- sapply(times, function(t) sum(stop == t & status == cause)); d2 <- sapply(times, function(t) sum(stop == t & status > 0)) - d1',
  '  after <- cumprod((n - d1 - d2) / n); before <- c(1, after)[seq_along(times)]; f <- cumsum(before * d1 / n)',
  '  tied <- function(d) ifelse(d > 1, 1 - (d - 1) / (n - 1), 1)',
  '  variance <- sapply(seq_along(times), function(k) {',
  '    s <- 1:k; gap <- ifelse(after[s] > 0, (f[k] - f[s]) / after[s], 0)',
  '    sum((before^2 * tied(d2) * d2 / n^2)[s] * gap^2 + (before^2 * tied(d1) * d1 / n^2)[s] * (1 - gap)^2)',
  '  })',
  '  own <- c(0, cummax(ifelse(d1 > 0, seq_along(times), 0)))[findInterval(at, times) + 1]',
  '  list(est = c(0, f)[findInterval(at, times) + 1], var = c(0, variance)[own + 1])',
  '}',
];

export function competingRisksScript(
  frame: ModelFrame,
  { entry }: SurvivalResponse,
  roles: CompetingRisksRoles,
  spec: CompetingRisksSpec,
  context: RunContext,
): string {
  const { formula, table } = frame;
  const { response, variables, strata } = formula;
  const given = response?.kind === 'call' ? response.arguments : [];
  const columns = [...given, ...variables, ...strata].flatMap(columnsOf);
  const grouping = roles.grouping.map((place) => label(variables[place] as Expression));
  const interaction = (expressions: readonly string[]): string =>
    expressions.length === 0
      ? 'rep(1, nrow(data))'
      : expressions.length === 1
        ? `with(data, ${expressions[0]})`
        : `with(data, interaction(${expressions.join(', ')}, lex.order = TRUE, drop = TRUE))`;
  const opening = scriptOpening([...(entry || spec.times ? ['survival'] : []), ...(entry ? [] : ['cmprsk'])], {
    dataName: context.dataName,
    table,
    columns,
    factors: spec.factors,
  });
  const estimate = entry
    ? [
        `start <- with(data, ${label(given[0] as Expression)})`,
        ...lateIncidence,
        'curve <- function(cause, level, at) { i <- group == level; incidence(start[i], time[i], status[i], cause, at) }',
      ]
    : [
        `found <- cuminc(time, status, group${strata.length === 0 ? '' : `, ${interaction(strata.map(label))}`}, rho = ${spec.rho}, cencode = 0)`,
        'known <- sort(unique(status[status > 0]))',
        'curve <- function(cause, level, at) {',
        '  one <- found[[(match(cause, known) - 1) * nlevels(group) + match(level, levels(group))]]',
        '  i <- findInterval(at, one$time); list(est = one$est[i], var = one$var[i])',
        '}',
      ];
  const jackknife = [
    'jackknife <- function(cause, level, at) {',
    '  i <- group == level; states <- factor(status[i], c(0, sort(unique(status[status > 0]))))',
    `  one <- survfit(Surv(${entry ? 'start[i], ' : ''}time[i], states) ~ 1${entry ? ', id = seq_along(states)' : ''}); s <- summary(one, times = sort(at), extend = TRUE)`,
    '  if (cause %in% one$states) s$std.err[match(at, s$time), match(cause, one$states)] else 0 * at',
    '}',
  ];
  return rScript(
    opening,
    `time <- with(data, ${label(given.at(-2) as Expression)}); status <- as.numeric(with(data, ${label(given.at(-1) as Expression)})); group <- factor(${interaction(grouping)})`,
    estimate,
    spec.times ? jackknife : [],
    `z <- qnorm(${(1 + spec.confidence) / 2}); curves <- list()`,
    `for (cause in ${rVector(roles.causes)}) for (level in levels(group)) {`,
    `  at <- ${spec.times ? rVector(spec.times) : 'sort(unique(time[group == level & status > 0]))'}`,
    '  one <- curve(cause, level, at); p <- one$est; p[at > max(time[group == level])] <- NA; se <- sqrt(one$var); se[is.na(p)] <- NA',
    '  inside <- !is.na(p) & p > 0 & p < 1; a <- z * se / (p * log(p))',
    '  curves[[length(curves) + 1]] <- list(cause = cause, n = sum(group == level), events = sum(group == level & status == cause),',
    '    points = data.frame(time = at, incidence = p, se = se, low = ifelse(inside, p^exp(-a), NA), high = ifelse(inside, p^exp(a), NA)))',
    spec.times
      ? '  curves[[length(curves)]]$points$seJackknife <- ifelse(is.na(p), NA, jackknife(cause, level, at))'
      : [],
    '}',
    'result <- list(n = nrow(data), curves = curves)',
    entry
      ? []
      : [
          `if (nlevels(group) > 1) { t <- found$Tests[match(${roles.cause}, known), ]; result$test <- list(statistic = t[["stat"]], df = t[["df"]], p = pchisq(t[["stat"]], t[["df"]], lower.tail = FALSE)) }`,
        ],
    roles.regression ? regressionLines(frame, roles, spec) : [],
    endOfScript,
  );
}

function regressionLines({ formula }: ModelFrame, roles: CompetingRisksRoles, spec: CompetingRisksSpec): string[] {
  const right = formula.text.slice(formula.text.indexOf('~'));
  return [
    `x <- model.matrix(${right}, data); x <- x[, colnames(x) != "(Intercept)", drop = FALSE]`,
    'x <- x[, qr(cbind(1, x))$pivot[seq_len(qr(cbind(1, x))$rank)][-1] - 1, drop = FALSE]',
    '# Scaled columns let its search come closer to the maximum.',
    'size <- apply(x, 2, sd)',
    `fit <- crr(time, status, scale(x, scale = size), failcode = ${roles.cause}, cencode = 0, gtol = 1e-12, maxiter = 100)`,
    `b <- fit$coef / size; s <- sqrt(diag(fit$var)) / size; z <- qnorm(${(1 + spec.confidence) / 2})`,
    'result$terms <- data.frame(term = colnames(x), estimate = b, se = s, statistic = b / s, df = NA, p = 2 * pnorm(-abs(b / s)), low = b - z * s, high = b + z * s)',
    `result$fit <- list(cause = ${roles.cause}, n = nrow(data), events = sum(status == ${roles.cause}), logLik = fit$loglik, logLikNull = fit$loglik.null)`,
  ];
}
