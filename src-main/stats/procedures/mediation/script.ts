import type { DataTable } from '../../data/table.ts';
import { mediationDiagram } from '../../mediation/mediation-effects.ts';
import { endOfScript, rColumn, rNumber, rScript, rText, rVector, scriptOpening } from '../../r/script.ts';
import type { ResampleLayout } from '../../resampling/row-resamples.ts';
import { resampledFunction, resampleLines } from '../../resampling/script-lines.ts';
import type { MediationSpec } from './spec.ts';

export type MediationScript = {
  readonly table: DataTable;
  readonly dataName: string;
  readonly spec: MediationSpec;
  /** The level of x that counts as 1. */
  readonly level: string | null;
  /** Columns that the covariates became. */
  readonly covariateNames: readonly string[];
  readonly resamples: { readonly file: string; readonly layout: ResampleLayout } | null;
};

/** Base R: `lm` for every equation, the delta method from its covariances, resamples refitted one by one. */
export function mediationScript(input: MediationScript): string {
  const { table, dataName, spec, level, covariateNames, resamples } = input;
  const { x, m, y, covariates, factors, confidence, structure } = spec;
  const columns = [x, ...m, y, ...covariates];
  const { paths, effects } = mediationDiagram(structure, m.length);
  const number = (list: readonly number[]): string => `c(${list.map((value) => value + 1).join(', ')})`;
  return rScript(
    scriptOpening([], { dataName, table, columns, factors }),
    `confidence <- ${rNumber(confidence)}; upper <- 1 - (1 - confidence) / 2`,
    `nodes <- cbind(${level === null ? rColumn(x) : `as.numeric(${rColumn(x)} == ${rText(level)})`}, as.matrix(data[, ${rVector([...m, y])}]))`,
    `names <- ${rVector([x, ...m, y])}; k <- ${m.length}`,
    covariateNames.length === 0
      ? 'covariates <- matrix(0, nrow(data), 0)'
      : [
          `covariates <- model.matrix(~ ., data[, ${rVector(covariates)}, drop = FALSE])[, -1, drop = FALSE]`,
          `colnames(covariates) <- gsub("\`", "", colnames(covariates)); covariates <- covariates[, ${rVector(covariateNames)}, drop = FALSE]`,
        ],
    '# Regressors of each mediator, of y, and of y without mediators.',
    `regressors <- list(${[
      ...m.map((_name, index) =>
        structure === 'serial' ? number(Array.from({ length: index + 1 }, (_none, node) => node)) : 'c(1)',
      ),
      number(Array.from({ length: m.length + 1 }, (_none, node) => node)),
      'c(1)',
    ].join(', ')})`,
    `outcomes <- c(${[...m.map((_name, index) => index + 2), m.length + 2, m.length + 2].join(', ')})`,
    'design <- function(e, rows = seq_len(nrow(data))) cbind(1, nodes[rows, regressors[[e]], drop = FALSE], covariates[rows, , drop = FALSE])',
    'fits <- lapply(seq_along(outcomes), function(e) lm(nodes[, outcomes[e]] ~ design(e) - 1))',
    'row <- function(fit, j) { s <- unname(summary(fit)$coefficients[j, ]); w <- qt(upper, fit$df.residual) * s[2]',
    '  list(estimate = s[1], se = s[2], statistic = s[3], df = fit$df.residual, p = s[4], low = s[1] - w, high = s[1] + w) }',
    `path <- data.frame(term = ${rVector(paths.map(({ name }) => name))}, from = ${number(paths.map(({ from }) => from))}, to = ${number(paths.map(({ to }) => to))})`,
    'equation <- path$to - 1; column <- mapply(function(e, f) 1 + match(f, regressors[[e]]), equation, path$from)',
    `effects <- list(${effects.map((effect) => number(effect.paths)).join(', ')})`,
    scriptResults,
    deltaLines,
    resamples ? resampledLines(resamples, spec) : noResamples(spec),
    'result <- list(n = nrow(data), paths = paths, indirect = indirect, specific = specific, direct = direct, total = total,',
    '  proportionMediated = indirect$estimate / total$estimate, equations = equations)',
    endOfScript,
  );
}

const scriptResults = [
  'paths <- lapply(seq_len(nrow(path)), function(i) c(list(term = path$term[i], from = names[path$from[i]], to = names[path$to[i]]),',
  '  row(fits[[equation[i]]], column[i])))',
  'direct <- row(fits[[k + 1]], 2); total <- row(fits[[k + 2]], 2)',
  'paths <- c(paths, list(c(list(term = "c", from = names[1], to = names[k + 2]), total)))',
  'equations <- lapply(seq_along(outcomes), function(e) { f <- fits[[e]]; o <- nodes[, outcomes[e]]',
  '  terms <- c("(Intercept)", names[regressors[[e]]], colnames(covariates))',
  '  list(outcome = names[outcomes[e]], terms = lapply(seq_along(terms), function(j) c(list(term = terms[j]), row(f, j))),',
  '    sigma = summary(f)$sigma, dfResidual = f$df.residual, rSquared = 1 - sum(residuals(f)^2) / sum((o - mean(o))^2)) })',
];

const deltaLines = [
  '# Paths of one equation covary as lm says; those to parallel mediators by their residuals.',
  'b <- vapply(seq_len(nrow(path)), function(i) coef(fits[[equation[i]]])[column[i]], 0)',
  'v <- outer(seq_len(nrow(path)), seq_len(nrow(path)), Vectorize(function(i, j) { e <- equation[i]; g <- equation[j]',
  '  if (e == g) return(vcov(fits[[e]])[column[i], column[j]])',
  '  if (max(e, g) > k || !identical(regressors[[e]], regressors[[g]])) return(0)',
  '  sum(residuals(fits[[e]]) * residuals(fits[[g]])) / fits[[e]]$df.residual * summary(fits[[e]])$cov.unscaled[column[i], column[j]] }))',
  '# Limits of a product of two normals, by integrating over the first.',
  'product <- function(m, s) {',
  '  below <- function(q) { f <- function(t) { a <- m[1] + s[1] * t; dnorm(t) * pnorm(sign(a) * (q / a - m[2]) / s[2]) }',
  '    ends <- c(-m[1] / s[1], (q / m[2] - m[1]) / s[1]); ends <- sort(unique(c(-9:9, ends[is.finite(ends) & abs(ends) < 9])))',
  '    sum(mapply(function(l, u) integrate(f, l, u, rel.tol = 1e-12, abs.tol = 1e-15, subdivisions = 1000, stop.on.error = FALSE)$value,',
  '      head(ends, -1), tail(ends, -1))) }',
  '  w <- 10 * sqrt(sum(m^2 * rev(s)^2) + prod(s)^2)',
  '  at <- function(p) uniroot(function(q) below(q) - p, prod(m) + c(-w, w), tol = 1e-14)$root',
  '  list(low = at(1 - upper), high = at(upper)) }',
  'delta <- function(which) {',
  '  estimate <- sum(vapply(which, function(e) prod(b[e]), 0))',
  '  g <- vapply(seq_along(b), function(i) sum(vapply(which, function(e) if (i %in% e) prod(b[setdiff(e, i)]) else 0, 0)), 0)',
  '  se <- sqrt(sum(g * (v %*% g))); z <- estimate / se; w <- qnorm(upper) * se',
  '  d <- list(se = se, statistic = z, p = 2 * pnorm(-abs(z)), low = estimate - w, high = estimate + w)',
  '  r <- list(estimate = estimate, delta = d)',
  '  if (length(which) > 1 || length(which[[1]]) > 2) return(r)',
  '  i <- which[[1]]; one <- sum(b[i]^2 * rev(diag(v)[i])); two <- prod(diag(v)[i])',
  '  c(r, list(aroian = list(se = sqrt(one + two)), goodman = list(se = if (one < two) NULL else sqrt(one - two)),',
  '    distributionOfProduct = product(b[i], sqrt(diag(v)[i]))))',
  '}',
  'indirect <- delta(effects); specific <- lapply(effects, function(e) delta(list(e)))',
];

function noResamples({ method }: MediationSpec): readonly string[] {
  const asDelta = 'asDelta <- function(r) c(r[1], r$delta, r[-1])';
  if (method === 'delta') {
    return [asDelta, 'indirect <- asDelta(indirect); specific <- lapply(specific, asDelta)'];
  }
  return [
    `# The limits by ${method} depend on the generator of random numbers; give \`resamples\` to repeat them elsewhere.`,
  ];
}

function resampledLines(
  { file, layout }: NonNullable<MediationScript['resamples']>,
  { method, interval }: MediationSpec,
): readonly string[] {
  return [
    ...resampleLines(file, layout),
    ...resampledFunction('confidence'),
    'everything <- function(rows) {',
    '  cf <- lapply(seq_along(outcomes), function(e) unname(lm.fit(design(e, rows), nodes[rows, outcomes[e]])$coefficients))',
    '  b <- mapply(function(e, j) cf[[e]][j], equation, column); each <- vapply(effects, function(e) prod(b[e]), 0)',
    '  c(each, sum(each), b[length(b)], cf[[k + 2]][2])',
    '}',
    't <- vapply(index, everything, numeric(length(effects) + 3)); t <- t[, !is.na(colSums(t)), drop = FALSE]; t0 <- everything(seq_len(nrow(data)))',
    ...(interval === 'bca' ? ['w <- vapply(seq_len(nrow(data)), function(i) everything(-i), t0)'] : []),
    `boots <- lapply(seq_along(t0), function(i) resampled(t[i, ], t0[i]${interval === 'bca' ? ', w[i, ]' : ''}))`,
    ...(method === 'bootstrap'
      ? [
          `limits <- function(s) c(list(se = s$se), s$${interval})`,
          'add <- function(r, s) c(r[1], limits(s), r[-1], list(bootstrap = s))',
        ]
      : method === 'delta'
        ? ['add <- function(r, s) c(r[1], r$delta, r[-1], list(bootstrap = s))']
        : ['add <- function(r, s) c(r, list(bootstrap = s))']),
    'e <- length(effects)',
    'indirect <- add(indirect, boots[[e + 1]]); specific <- lapply(seq_len(e), function(i) add(specific[[i]], boots[[i]]))',
    'direct <- c(direct, list(bootstrap = boots[[e + 2]])); total <- c(total, list(bootstrap = boots[[e + 3]]))',
  ];
}
