import { fourCells, squareTable } from '../../contingency/cross-table.ts';
import type { DataTable } from '../../data/table.ts';
import { endOfScript, rColumn, rNumber, rScript, rText, rVector, scriptOpening } from '../../r/script.ts';
import type { RunContext } from '../procedure.ts';
import { type ContingencyData, contingencyColumns } from './data.ts';
import type { ContingencySpec } from './spec.ts';
import { groupsOfTrend } from './trend.ts';

/** Base R; what its tests do not give, or to four digits only, is written out. */
export function contingencyScript(
  table: DataTable,
  spec: ContingencySpec,
  data: ContingencyData,
  hasFisher: boolean,
  { dataName }: RunContext,
): string {
  const two = fourCells(data.table.counts) !== null;
  const square = squareTable(data.asGiven);
  const stratified = data.strata.length > 0;
  return rScript(
    scriptOpening([], { dataName, table, columns: contingencyColumns(spec), factors: spec.factors }),
    tableLines(spec, data),
    two && data.whole ? conditionalLines : [],
    'test <- function(t) list(statistic = unname(t$statistic), df = unname(t$parameter), p = t$p.value)',
    'plain <- suppressWarnings(chisq.test(counts, correct = FALSE)); n <- sum(counts)',
    'G <- 2 * sum(ifelse(counts > 0, counts * log(counts / plain$expected), 0)); df <- (nrow(counts) - 1) * (ncol(counts) - 1)',
    'result <- list(n = n, expected = unname(plain$expected), standardisedResiduals = unname(plain$stdres), chiSquared = test(plain),',
    '  likelihoodRatio = list(statistic = G, df = df, p = pchisq(G, df, lower.tail = FALSE)),',
    '  cramersV = sqrt(unname(plain$statistic) / n / (min(dim(counts)) - 1)))',
    two ? 'result$chiSquaredCorrected <- test(suppressWarnings(chisq.test(counts)))' : [],
    hasFisher ? fisherLines(two) : [],
    square && square.rows.length === 2 ? mcnemarLines : [],
    square ? kappaLines(square.rows) : [],
    trendLines(data, spec),
    effectLines(data, spec),
    stratified ? stratifiedLines(two, data.whole) : [],
    endOfScript,
  );
}

function tableLines(spec: ContingencySpec, data: ContingencyData): string[] {
  const strata = spec.strata === undefined ? '' : ` + factor(${rColumn(spec.strata)})`;
  const weight = spec.weight === undefined ? '' : `${rColumn(spec.weight)} `;
  const total = spec.strata === undefined ? 'layers' : 'apply(layers, 1:2, sum)';
  const event = rText(data.event);
  return [
    `level <- ${rNumber(spec.confidence)}; z <- qnorm((1 + level) / 2)`,
    `layers <- unclass(xtabs(${weight}~ factor(${rColumn(spec.row)}) + factor(${rColumn(spec.column)})${strata}))`,
    `counts <- ${total}; rows <- rowSums(counts) > 0; columns <- colSums(counts) > 0`,
    'counts <- counts[rows, columns]; asGiven <- counts',
    ...(data.table.columns.length === 2
      ? [`order <- c(${event}, setdiff(colnames(counts), ${event})); counts <- counts[, order]`]
      : ['order <- colnames(counts)']),
  ];
}

/** A conditional odds ratio with its limits, to all digits: those of R's own tests have four. */
const conditionalLines: readonly string[] = [
  'conditional <- function(x, support, logWeight, guess) {',
  '  p <- function(t) { w <- exp(logWeight + support * t - max(logWeight + support * t)); w / sum(w) }',
  '  root <- function(f) exp(uniroot(f, guess + c(-1, 1), extendInt = "upX", tol = 1e-13)$root)',
  '  tail <- (1 - level) / 2; low <- x == min(support); high <- x == max(support)',
  '  list(estimate = if (low) 0 else if (high) Inf else root(function(t) sum(p(t) * support) - x),',
  '    low = if (low) 0 else root(function(t) sum(p(t)[support >= x]) - tail),',
  '    high = if (high) Inf else root(function(t) tail - sum(p(t)[support <= x])))',
  '}',
];

function fisherLines(two: boolean): string[] {
  if (!two) return ['result$fisher <- list(p = fisher.test(counts, workspace = 2e7)$p.value)'];
  return [
    'first <- sum(counts[1, ]); second <- sum(counts[2, ]); chosen <- sum(counts[, 1])',
    'support <- max(0, chosen - second):min(chosen, first)',
    'guess <- log((counts[1, 1] + 0.5) * (counts[2, 2] + 0.5) / ((counts[1, 2] + 0.5) * (counts[2, 1] + 0.5)))',
    'result$fisher <- c(list(p = fisher.test(counts)$p.value, less = fisher.test(counts, alternative = "less")$p.value,',
    '  greater = fisher.test(counts, alternative = "greater")$p.value), conditional(counts[1, 1], support, dhyper(support, first, second, chosen, log = TRUE), guess))',
  ];
}

const mcnemarLines: readonly string[] = [
  'b <- asGiven[1, 2]; c <- asGiven[2, 1]',
  'if (all(dim(asGiven) == 2) && b + c > 0) {',
  '  result$mcnemar <- c(test(mcnemar.test(asGiven, correct = FALSE)), list(corrected = test(mcnemar.test(asGiven))))',
  '  if (b %% 1 == 0 && c %% 1 == 0) {',
  '    exact <- binom.test(b, b + c, conf.level = level)',
  '    result$mcnemar$exact <- list(p = exact$p.value, midP = min(1, exact$p.value - if (b == c) 0 else dbinom(b, b + c, 0.5)))',
  '    if (c > 0) result$mcnemar <- c(result$mcnemar, list(estimate = b / c, low = exact$conf.int[1] / (1 - exact$conf.int[1]), high = exact$conf.int[2] / (1 - exact$conf.int[2])))',
  '  }',
  '}',
];

function kappaLines(levels: readonly string[]): string[] {
  return [
    `levels <- ${rVector(levels)}; square <- matrix(0, length(levels), length(levels), dimnames = list(levels, levels))`,
    'square[rownames(asGiven), colnames(asGiven)] <- asGiven',
    'kappa <- function(w) {',
    '  p <- square / n; r <- rowSums(p); s <- colSums(p); po <- sum(w * p); pe <- sum(w * outer(r, s)); k <- (po - pe) / (1 - pe)',
    '  m <- outer(as.vector(w %*% s), as.vector(t(w) %*% r), "+")',
    '  se <- sqrt((sum(p * (w - m * (1 - k))^2) - (k - pe * (1 - k))^2) / n) / (1 - pe)',
    '  seNull <- sqrt((sum(outer(r, s) * (w - m)^2) - pe^2) / n) / (1 - pe)',
    '  list(estimate = k, se = se, low = k - z * se, high = k + z * se, seNull = seNull, statistic = k / seNull, p = 2 * pnorm(-abs(k / seNull)), observed = po, expected = pe)',
    '}',
    'gap <- abs(row(square) - col(square)) / (nrow(square) - 1)',
    'if (sum(rowSums(square) * colSums(square)) < n^2) {',
    '  result$kappa <- kappa(1 * (gap == 0))',
    '  if (nrow(square) > 2) result$kappa <- c(result$kappa, list(linear = kappa(1 - gap), quadratic = kappa(1 - gap^2)))',
    '}',
  ];
}

function trendLines(data: ContingencyData, spec: ContingencySpec): string[] {
  const side = groupsOfTrend(data);
  if (side === null) return [];
  const events = side === 'rows' ? 'counts[, 1]' : 'counts[1, ]';
  const totals = side === 'rows' ? 'rowSums(counts)' : 'colSums(counts)';
  const scores = spec.scores ? `, ${rVector(spec.scores)}` : '';
  return [`result$cochranArmitage <- test(suppressWarnings(prop.trend.test(${events}, ${totals}${scores})))`];
}

function effectLines(data: ContingencyData, spec: ContingencySpec): string[] {
  const { rows, columns } = data.table;
  if (rows.length !== 2 || !(columns.length === 2 || spec.event !== undefined)) return [];
  return [
    `x <- unname(counts[, ${rText(data.event)}]); size <- unname(rowSums(counts)); risk <- x / size; y <- size - x`,
    'ratio <- function(estimate, se) c(list(estimate = estimate), if (is.finite(se) && estimate > 0 && is.finite(estimate)) list(se = se, low = estimate * exp(-z * se), high = estimate * exp(z * se)))',
    'score <- vapply(1:2, function(i) suppressWarnings(prop.test(x[i], size[i], correct = FALSE, conf.level = level)$conf.int), numeric(2))',
    'd <- risk[1] - risk[2]; se <- sqrt(sum(risk * (1 - risk) / size)); moved <- (x + 1) / (size + 2)',
    'result$risks <- data.frame(row = rownames(counts), events = x, n = size, risk = risk, low = score[1, ], high = score[2, ])',
    'if (all(is.finite(c(x[1] * y[2] / (y[1] * x[2]), risk[1] / risk[2])))) {',
    '  result$oddsRatio <- ratio(x[1] * y[2] / (y[1] * x[2]), sqrt(sum(1 / x, 1 / y)))',
    '  result$riskRatio <- ratio(risk[1] / risk[2], sqrt(sum(1 / x - 1 / size)))',
    '}',
    'result$riskDifference <- list(estimate = d, se = se, low = d - sqrt((risk[1] - score[1, 1])^2 + (score[2, 2] - risk[2])^2),',
    '  high = d + sqrt((score[2, 1] - risk[1])^2 + (risk[2] - score[1, 2])^2), wald = list(low = d - z * se, high = d + z * se),',
    '  agrestiCaffo = list(low = moved[1] - moved[2] - z * sqrt(sum(moved * (1 - moved) / (size + 2))), high = moved[1] - moved[2] + z * sqrt(sum(moved * (1 - moved) / (size + 2)))))',
  ];
}

function stratifiedLines(two: boolean, whole: boolean): string[] {
  const opening = [
    'layers <- layers[rows, columns, , drop = FALSE][, order, , drop = FALSE]',
    'layers <- layers[, , apply(layers, 3, sum) >= 2, drop = FALSE]',
  ];
  if (!two) {
    return [
      ...opening,
      'cmh <- tryCatch(mantelhaen.test(layers), error = function(e) NULL)',
      'if (!is.null(cmh) && is.finite(cmh$statistic)) result$mantelHaenszel <- test(cmh)',
    ];
  }
  return [
    ...opening,
    'cmh <- if (dim(layers)[3] > 1) mantelhaen.test(layers, correct = FALSE, conf.level = level) else NULL',
    'if (!is.null(cmh) && is.finite(cmh$statistic)) {',
    '  common <- unname(cmh$estimate); a <- layers[1, 1, ]; r <- a + layers[1, 2, ]; k <- a + layers[2, 1, ]; N <- apply(layers, 3, sum)',
    '  result$mantelHaenszel <- c(test(cmh), list(corrected = test(mantelhaen.test(layers)), estimate = common))',
    '  if (is.finite(common) && common > 0) {',
    '    result$mantelHaenszel <- c(result$mantelHaenszel, list(low = cmh$conf.int[1], high = cmh$conf.int[2], se = log(cmh$conf.int[2] / common) / z))',
    '    # Breslow–Day: the count that would give the common odds ratio in each stratum.',
    '    telling <- r > 0 & r < N & k > 0 & k < N',
    '    fitted <- mapply(function(r, k, N) uniroot(function(x) x * (N - r - k + x) - common * (r - x) * (k - x), c(max(0, r + k - N), min(r, k)), tol = 1e-13)$root, r[telling], k[telling], N[telling])',
    '    variance <- 1 / (1 / fitted + 1 / (r[telling] - fitted) + 1 / (k[telling] - fitted) + 1 / ((N - r - k)[telling] + fitted))',
    '    bd <- sum((a[telling] - fitted)^2 / variance); df <- sum(telling) - 1; tarone <- bd - sum(a[telling] - fitted)^2 / sum(variance)',
    '    if (df > 0) result$mantelHaenszel <- c(result$mantelHaenszel, list(breslowDay = list(statistic = bd, df = df, p = pchisq(bd, df, lower.tail = FALSE)), tarone = list(statistic = tarone, df = df, p = pchisq(tarone, df, lower.tail = FALSE))))',
    '  }',
    ...(whole
      ? [
          '  weights <- 1; least <- 0',
          '  for (s in seq_along(a)) {',
          '    low <- max(0, r[s] + k[s] - N[s]); d <- dhyper(low:min(r[s], k[s]), r[s], N[s] - r[s], k[s]); sums <- numeric(length(weights) + length(d) - 1)',
          '    for (i in seq_along(d)) { at <- i - 1 + seq_along(weights); sums[at] <- sums[at] + d[i] * weights }',
          '    weights <- sums; least <- least + low',
          '  }',
          '  support <- least + seq_along(weights) - 1; p <- sum(weights[weights <= weights[support == sum(a)] * (1 + 1e-7)])',
          '  guess <- if (is.finite(common) && common > 0) log(common) else 0',
          '  result$mantelHaenszel$exact <- c(list(p = min(1, p)), conditional(sum(a), support, log(weights), guess))',
        ]
      : []),
    '}',
  ];
}
