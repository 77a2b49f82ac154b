import type { DataTable } from '../../data/table.ts';
import type { Layout } from '../../dyads/actor-partner-structure.ts';
import { endOfScript, rColumn, rNumber, rScript, rVector, scriptOpening } from '../../r/script.ts';
import type { ResampleLayout } from '../../resampling/row-resamples.ts';
import { resampledFunction, resampleLines } from '../../resampling/script-lines.ts';
import { labelled, pathPlaces } from './rows.ts';
import type { ApimLabels, ApimSpec } from './spec.ts';

export type ApimScript = {
  readonly table: DataTable;
  readonly dataName: string;
  readonly spec: ApimSpec;
  readonly labels: ApimLabels;
  readonly layout: Layout;
  /** Whether k of each role is given. */
  readonly told: readonly boolean[];
  readonly resamples: { readonly file: string; readonly layout: ResampleLayout } | null;
};

/** lavaan: the model and its restrictions as strings, one data frame `d` of x1, x2, z1 …, y1, y2. */
export function apimScript({ table, dataName, spec, labels, layout, told, resamples }: ApimScript): string {
  const { x1, x2, y1, y2, covariates, factors, missing, confidence } = spec;
  const columns = [x1, x2, y1, y2, ...covariates];
  const z = labels.covariates.map((_name, index) => `z${index + 1}`);
  const paths = pathPlaces(layout, labels.covariates).map(({ parameter }) => parameter);
  return rScript(
    scriptOpening(['lavaan'], { dataName, table, columns, factors, complete: missing === 'omit' }),
    ...(missing === 'fiml' ? [`data <- data[rowSums(!is.na(data[, ${rVector(columns)}])) > 0, , drop = FALSE]`] : []),
    `d <- data.frame(x1 = ${rColumn(x1)}, x2 = ${rColumn(x2)}, y1 = ${rColumn(y1)}, y2 = ${rColumn(y2)})`,
    z.length === 0
      ? []
      : [
          'options(na.action = "na.pass")',
          `z <- model.matrix(~ ., data[, ${rVector(covariates)}, drop = FALSE])[, -1, drop = FALSE]`,
          `d[${rVector(z)}] <- as.data.frame(z)`,
        ],
    `confidence <- ${rNumber(confidence)}; z <- ${rVector(z).replace('c()', 'character(0)')}`,
    fitting(missing),
    `terms <- data.frame(term = ${rVector(paths.map((parameter) => labelled(parameter, labels.roles)))},`,
    `  parameter = ${rVector(paths)})`,
    'terms$lhs <- c("y1", "y2", "y2", "y1", "y1", "y2", rep(c("y1", "y2"), length(z)))',
    'terms$op <- c(rep("~", 4), "~1", "~1", rep("~", 2 * length(z)))',
    'terms$rhs <- c("x1", "x2", "x1", "x2", "", "", rep(z, each = 2))',
    rows,
    testing,
    ratios(told, labels, resamples, spec),
    'n <- nrow(d)',
    'result <- c(list(n = n, complete = sum(complete.cases(d))), everything(full), list(pathCovariance = list(matrix = unname(vcov(full)[p4, p4])),',
    '  rSquared = unname(inspect(full, "r2")[c("y1", "y2")]), tests = tests, k = k, models = models,',
    '  fit = list(logLik = ll(full), parameters = count(full), aic = 2 * count(full) - 2 * ll(full), bic = log(n) * count(full) - 2 * ll(full))))',
    endOfScript,
  );
}

function fitting(missing: ApimSpec['missing']): string[] {
  const options = missing === 'fiml' ? 'missing = "fiml"' : 'missing = "listwise"';
  return [
    '# The model; names after a star are labels, equal where a restriction ties parameters.',
    'model <- function(tie = list()) {',
    '  own <- c(a1 = "a1", p21 = "p21", a2 = "a2", p12 = "p12", i1 = "i1", i2 = "i2", v1 = "v1", v2 = "v2", m1 = "m1", m2 = "m2", s1 = "s1", s2 = "s2")',
    '  for (q in z) own[paste0(q, c("y1", "y2", "x1", "x2"))] <- paste0(q, c("y1", "y2", "x1", "x2"))',
    '  own[names(tie)] <- unlist(tie)',
    '  cov <- function(y) paste0(vapply(z, function(q) paste0(" + ", own[paste0(q, y)], "*", q), ""), collapse = "")',
    '  paste(c(',
    '    paste0("y1 ~ ", own["a1"], "*x1 + ", own["p21"], "*x2", cov("y1")), paste0("y2 ~ ", own["p12"], "*x1 + ", own["a2"], "*x2", cov("y2")),',
    '    "y1 ~~ y2", paste0("y1 ~~ ", own["v1"], "*y1"), paste0("y2 ~~ ", own["v2"], "*y2"), paste0("y1 ~ ", own["i1"], "*1"), paste0("y2 ~ ", own["i2"], "*1"),',
    '    "x1 ~~ x2", paste0("x1 ~~ ", own["s1"], "*x1"), paste0("x2 ~~ ", own["s2"], "*x2"), paste0("x1 ~ ", own["m1"], "*1"), paste0("x2 ~ ", own["m2"], "*1"),',
    '    if (length(z) > 0) c(paste0(z, " ~~ ", own[paste0(z, "x1")], "*x1"), paste0(z, " ~~ ", own[paste0(z, "x2")], "*x2"), paste0(z, " ~ 1"), outer(z, z, paste, sep = " ~~ ")[lower.tri(diag(length(z)), diag = TRUE)])',
    '  ), collapse = "\\n") }',
    `options <- list(estimator = "ML", ${options}, meanstructure = TRUE, fixed.x = FALSE)`,
    'fitted <- function(tie = list(), data = d) polished(suppressWarnings(do.call(lavaan, c(list(model(tie), data, optim.force.converged = TRUE), options))), data)',
    '# lavaan stops where its objective no longer changes; steps of scoring from there settle the last digits.',
    'polished <- function(fit, data) {',
    '  for (turn in 1:40) { step <- -lavInspect(fit, "nobs") * drop(vcov(fit) %*% lavInspect(fit, "gradient")); table <- parTable(fit); i <- table$free > 0',
    '    if (max(abs(step / sqrt(diag(vcov(fit))))) < 1e-12) break',
    '    table$ustart[i] <- table$est[i] + step[table$free[i]]; table$est <- table$se <- table$start <- NULL',
    '    fit <- suppressWarnings(do.call(lavaan, c(list(table, data, optim.method = "none"), options))) }',
    '  fit }',
    'full <- fitted()',
  ];
}

const rows = [
  'll <- function(fit) as.numeric(logLik(fit)); count <- function(fit) inspect(fit, "npar") - sum(inspect(fit, "list")$op == "==")',
  'everything <- function(fit) {',
  '  e <- parameterEstimates(fit, level = confidence, remove.nonfree = FALSE)',
  '  row <- function(lhs, op, rhs) { r <- e[e$lhs == lhs & e$op == op & e$rhs == rhs, ]; r <- r[1, ]',
  '    if (is.na(r$z)) return(list(estimate = r$est)); list(estimate = r$est, se = r$se, statistic = r$z, p = 2 * pnorm(-abs(r$z)), low = r$ci.lower, high = r$ci.upper) }',
  '  v <- vcov(fit); loc <- function(lhs, rhs) { t <- inspect(fit, "list"); t$free[t$lhs == lhs & t$op == "~~" & t$rhs == rhs] }',
  '  correlation <- function(a, b) { i <- c(loc(a, a), loc(a, b), loc(b, b)); t <- coef(fit)[i]; r <- unname(t[2] / sqrt(t[1] * t[3]))',
  '    g <- c(-r / (2 * t[1]), 1 / sqrt(t[1] * t[3]), -r / (2 * t[3])); se <- sqrt(sum(g * (v[i, i] %*% g))); w <- qnorm(1 - (1 - confidence) / 2) * se',
  '    list(estimate = r, se = se, statistic = r / se, p = 2 * pnorm(-abs(r / se)), low = r - w, high = r + w) }',
  '  block <- function(a, b) list(variances = list(row(a, "~~", a), row(b, "~~", b)), covariance = row(a, "~~", b), correlation = correlation(a, b))',
  '  list(terms = lapply(seq_len(nrow(terms)), function(i) c(list(term = terms$term[i], parameter = terms$parameter[i]), row(terms$lhs[i], terms$op[i], terms$rhs[i]))),',
  '    residualCovariance = block("y1", "y2"), predictors = c(list(means = list(row("x1", "~1", ""), row("x2", "~1", ""))), block("x1", "x2")))',
  '}',
];

const testing = [
  'ties <- list("equal actors" = list(a2 = "a1"), "equal partners" = list(p12 = "p21"), "equal actors and partners" = list(a2 = "a1", p12 = "p21"),',
  '  "no partner effects" = list(p12 = "0", p21 = "0"), "actor 1 equals partner 2→1" = list(p21 = "a1"), "actor 2 equals partner 1→2" = list(p12 = "a2"),',
  '  indistinguishable = c(list(a2 = "a1", p12 = "p21", i2 = "i1", v2 = "v1", m2 = "m1", s2 = "s1"), setNames(as.list(paste0(rep(z, 2), rep(c("y1", "x1"), each = length(z)))),',
  '    paste0(rep(z, 2), rep(c("y2", "x2"), each = length(z))))))',
  'restricted <- lapply(ties, fitted)',
  'tests <- lapply(names(ties), function(name) { s <- 2 * (ll(full) - ll(restricted[[name]])); df <- count(full) - count(restricted[[name]])',
  '  list(name = name, statistic = s, df = df, p = pchisq(s, df, lower.tail = FALSE), logLik = ll(restricted[[name]])) })',
  'p4 <- c("a1", "a2", "p12", "p21"); b <- coef(full)[p4]; v <- vcov(full)[p4, p4]',
  'wald <- function(name, l) { g <- drop(l %*% b); s <- drop(t(g) %*% solve(l %*% v %*% t(l)) %*% g)',
  '  c(list(name = name, statistic = s, df = nrow(l), p = pchisq(s, nrow(l), lower.tail = FALSE)), if (nrow(l) == 1) list(difference = g, se = sqrt(drop(l %*% v %*% t(l))))) }',
  'l <- rbind(c(1, -1, 0, 0), c(0, 0, -1, 1))',
  'tests <- c(tests, list(wald("equal actors, Wald", l[1, , drop = FALSE]), wald("equal partners, Wald", l[2, , drop = FALSE]), wald("equal actors and partners, Wald", l)))',
  'models <- lapply(c("equal actors and partners", "indistinguishable"), function(name) c(list(name = name, logLik = ll(restricted[[name]]), parameters = count(restricted[[name]])), everything(restricted[[name]])))',
];

function ratios(
  told: readonly boolean[],
  { roles }: ApimLabels,
  resamples: ApimScript['resamples'],
  { interval, missing, samples, seed }: ApimSpec,
): string[] {
  const given = told.map((tell, role) => (tell ? `ratio(${role + 1})` : 'list()'));
  const named = given.map(
    (value, role) =>
      `c(list(term = ${rVector([`k ${roles[role]}`]).slice(2, -1)}, parameter = "k${role + 1}"), ${value})`,
  );
  const drawn = !resamples && (samples !== undefined || seed !== undefined);
  const limits = resamples
    ? `c(list(estimate = k, se = se), boots[[role]]$${interval}, list(delta = delta, bootstrap = boots[[role]]))`
    : drawn
      ? 'list(estimate = k, se = se, delta = delta)'
      : 'c(list(estimate = k, se = se), delta)';
  return [
    ...(drawn
      ? ['# Drawn resamples depend on the generator of random numbers; give `resamples` to repeat limits elsewhere.']
      : []),
    ...(resamples && told.includes(true)
      ? [
          ...resampleLines(resamples.file, resamples.layout),
          ...resampledFunction('confidence'),
          ...resampling(missing, interval),
        ]
      : []),
    'ratio <- function(role) { i <- if (role == 1) c("p21", "a1") else c("p12", "a2"); k <- unname(b[i[1]] / b[i[2]])',
    '  se <- sqrt(v[i[1], i[1]] - 2 * k * v[i[1], i[2]] + k^2 * v[i[2], i[2]]) / abs(unname(b[i[2]])); w <- qnorm(1 - (1 - confidence) / 2) * se',
    `  delta <- list(low = k - w, high = k + w); ${limits} }`,
    `k <- list(${named.join(', ')})`,
  ];
}

function resampling(missing: ApimSpec['missing'], interval: ApimSpec['interval']): string[] {
  const estimate =
    missing === 'omit'
      ? 'ks <- function(rows) { m <- cbind(1, as.matrix(d[rows, c("x1", "x2", z)])); one <- lm.fit(m, d$y1[rows])$coefficients; two <- lm.fit(m, d$y2[rows])$coefficients; unname(c(one[3] / one[2], two[2] / two[3])) }'
      : 'ks <- function(rows) { b <- coef(fitted(data = d[rows, ])); unname(c(b["p21"] / b["a1"], b["p12"] / b["a2"])) }';
  return [
    estimate,
    't <- vapply(index, ks, numeric(2)); t <- t[, !is.na(colSums(t)), drop = FALSE]; t0 <- ks(seq_len(nrow(d)))',
    ...(interval === 'bca' ? ['w <- vapply(seq_len(nrow(d)), function(i) ks(-i), t0)'] : []),
    `boots <- lapply(1:2, function(i) resampled(t[i, ], t0[i]${interval === 'bca' ? ', w[i, ]' : ''}))`,
  ];
}
