import { columnNamed, type DataTable } from '../../data/table.ts';
import type { BinaryOutcome } from '../../prediction/binary-outcome.ts';
import { endOfScript, rColumn, rNumber, rScript, rText, rVector, scriptOpening } from '../../r/script.ts';
import type { RunContext } from '../procedure.ts';
import { mostPoints, type RocSpec, rocColumns } from './roc-spec.ts';

/** The outcome of a procedure as 0 and 1 in R. */
export function outcomeLine(name: string, outcome: BinaryOutcome): string {
  return `y <- as.integer(${outcome.numeric ? `${rColumn(name)} == 1` : `as.character(${rColumn(name)}) == ${rText(outcome.event)}`})`;
}

/** A script for pROC; precision and recall by hand. */
export function rocScript(table: DataTable, spec: RocSpec, outcome: BinaryOutcome, { dataName }: RunContext): string {
  const { predictors, by, partial, confidence } = spec;
  const asFactor =
    by !== undefined && columnNamed(table, by).kind === 'numeric' && !spec.factors[by]
      ? [`${rColumn(by)} <- factor(${rColumn(by)})`]
      : [];
  return rScript(
    scriptOpening(['pROC'], { dataName, table, columns: rocColumns(spec), factors: spec.factors }),
    asFactor,
    outcomeLine(spec.outcome, outcome),
    `predictors <- ${rVector(predictors)}; confidence <- ${rNumber(confidence)}; q <- qnorm(1 - (1 - confidence) / 2)`,
    'curve <- function(name, rows) roc(y[rows], as.numeric(data[[name]])[rows], levels = c(0, 1), direction = "<", quiet = TRUE)',
    ...summaryLines(partial),
    'difference <- function(a, b, v, df = NA) { d <- a - b; s <- sqrt(v); w <- (if (is.na(df)) q else qt(1 - (1 - confidence) / 2, df)) * s',
    '  if (v <= 1e-13) return(list(difference = d, se = 0, statistic = NA, df = NA, p = NA, low = d, high = d))',
    '  list(difference = d, se = s, statistic = d / s, df = df, p = if (is.na(df)) 2 * pnorm(-abs(d / s)) else 2 * pt(-abs(d / s), df), low = d - w, high = d + w) }',
    'paired <- function(rs, group) { out <- list(); k <- length(rs)',
    '  for (i in seq_len(k)) for (j in seq_len(k)[seq_len(k) > i]) out[[length(out) + 1]] <- c(list(first = predictors[i], second = predictors[j]),',
    '    group, difference(as.numeric(rs[[i]]$auc), as.numeric(rs[[j]]$auc), var(rs[[i]]) + var(rs[[j]]) - 2 * cov(rs[[i]], rs[[j]])))',
    '  out }',
    by === undefined
      ? [
          'rs <- lapply(predictors, curve, rows = rep(TRUE, nrow(data)))',
          'curves <- lapply(seq_along(rs), function(i) describe(predictors[i], NULL, rs[[i]])); comparisons <- paired(rs, NULL)',
          'covariance <- lapply(seq_along(rs), function(i) vapply(seq_along(rs), function(j) if (i == j) var(rs[[i]]) else cov(rs[[i]], rs[[j]]), 0))',
          'result <- list(n = nrow(data), curves = curves, comparisons = comparisons, covariance = covariance)',
        ]
      : byLines(by),
    endOfScript,
  );
}

function summaryLines([from, to]: RocSpec['partial']): string[] {
  return [
    'points <- function(r, at) { m <- length(r$cases); k <- length(r$controls); tp <- round(r$sensitivities[at] * m); fp <- k - round(r$specificities[at] * k)',
    '  share <- function(a, b) ifelse(b == 0, NA, a / b); values <- c(sort(unique(c(r$cases, r$controls))), NA)',
    '  data.frame(threshold = r$thresholds[at], value = values[at], sensitivity = tp / m, specificity = (k - fp) / k, truePositives = tp, falsePositives = fp,',
    '    ppv = share(tp, tp + fp), npv = share(k - fp, k - fp + m - tp)) }',
    'describe <- function(name, group, r) {',
    '  m <- length(r$cases); k <- length(r$controls); a <- as.numeric(r$auc); s <- sqrt(var(r)); ci <- as.numeric(ci.auc(r, conf.level = confidence, method = "delong"))',
    '  w <- q * s / (a * (1 - a)); q1 <- a / (2 - a) - a^2; q2 <- 2 * a^2 / (1 + a) - a^2',
    `  area <- function(correct) as.numeric(auc(r, partial.auc = c(${rNumber(to)}, ${rNumber(from)}), partial.auc.correct = correct, allow.invalid.partial.auc.correct = TRUE))`,
    '  p <- points(r, seq_along(r$thresholds)); p <- p[rev(seq_len(nrow(p))), ]; tp <- p$truePositives; fp <- p$falsePositives; up <- diff(tp); fu <- diff(fp)',
    '  between <- mapply(function(h, f, t0, f0) if (h == 0) 0 else integrate(function(t) ifelse(t0 + f0 + t == 0, 1 / (1 + f / h), (t0 + t) / (t0 + t + f0 + f * t / h)),',
    '    0, h, rel.tol = 1e-11, subdivisions = 1000)$value, up, fu, tp[-length(tp)], fp[-length(fp)])',
    '  J <- r$sensitivities + r$specificities; best <- which(J > max(J) - 1e-12); D <- (1 - r$sensitivities)^2 + (1 - r$specificities)^2; near <- which(D < min(D) + 1e-12)',
    '  c(list(predictor = name), group, list(auc = a, se = s, low = ci[1], high = ci[3], cases = m, controls = k, hanleyMcNeilSe = sqrt((a * (1 - a) + (m - 1) * q1 + (k - 1) * q2) / (m * k)),',
    '    mannWhitney = a * m * k, partial = list(auc = area(FALSE), corrected = area(TRUE)), averagePrecision = sum(up * p$ppv[-1]) / m, precisionRecallAuc = sum(between) / m,',
    '    youden = cbind(points(r, best), index = J[best] - 1), closest = points(r, near), thresholds = length(r$thresholds)),',
    '    if (a > 0 && a < 1) list(logit = list(low = plogis(qlogis(a) - w), high = plogis(qlogis(a) + w))),',
    `    if (length(r$thresholds) <= ${mostPoints}) list(points = points(r, seq_along(r$thresholds)))) }`,
  ];
}

function byLines(by: string): string[] {
  const column = rColumn(by);
  return [
    `groups <- levels(${column}); all <- lapply(groups, function(g) lapply(predictors, curve, rows = ${column} == g))`,
    'curves <- list(); comparisons <- list()',
    'for (g in seq_along(groups)) { for (i in seq_along(predictors)) curves[[length(curves) + 1]] <- describe(predictors[i], list(group = groups[g]), all[[g]][[i]])',
    '  comparisons <- c(comparisons, paired(all[[g]], list(group = groups[g]))) }',
    'for (i in seq_along(predictors)) for (a in seq_along(groups)) for (b in seq_along(groups)[seq_along(groups) > a]) {',
    '  one <- all[[a]][[i]]; other <- all[[b]][[i]]; v <- c(var(one), var(other)); n <- c(length(one$response), length(other$response))',
    '  comparisons[[length(comparisons) + 1]] <- c(list(predictor = predictors[i], first = groups[a], second = groups[b]),',
    '    difference(as.numeric(one$auc), as.numeric(other$auc), sum(v), sum(v)^2 / sum(v^2 / (n - 1)))) }',
    'result <- list(n = nrow(data), curves = curves, comparisons = comparisons)',
  ];
}
