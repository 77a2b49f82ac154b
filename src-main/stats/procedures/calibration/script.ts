import type { DataTable } from '../../data/table.ts';
import type { BinaryOutcome } from '../../prediction/binary-outcome.ts';
import { endOfScript, rColumn, rNumber, rScript, scriptOpening } from '../../r/script.ts';
import type { RunContext } from '../procedure.ts';
import { outcomeLine } from '../shared/roc-script.ts';
import type { CalibrationSpec } from './spec.ts';

/** @param smoothed whether the curve was found as `loess` finds it, so that R can be asked for it */
export function calibrationScript(
  table: DataTable,
  spec: CalibrationSpec,
  outcome: BinaryOutcome,
  { dataName }: RunContext,
  smoothed: boolean,
): string {
  const { external, groups, span, confidence } = spec;
  const columns = [spec.outcome, spec.probability];
  const used = scriptOpening([], { dataName, table, columns, factors: spec.factors });
  return rScript(
    used,
    outcomeLine(spec.outcome, outcome),
    `p <- ${rColumn(spec.probability)}; n <- length(p); q <- qnorm(1 - (1 - ${rNumber(confidence)}) / 2)`,
    'logit <- qlogis(pmin(pmax(p, 1e-8), 1 - 1e-8)); control <- glm.control(epsilon = 1e-14, maxit = 100)',
    'term <- function(fit, j, ideal) { s <- unname(summary(fit)$coefficients[j, 1:2]); z <- (s[1] - ideal) / s[2]',
    '  list(estimate = s[1], se = s[2], statistic = z, p = 2 * pnorm(-abs(z)), low = s[1] - q * s[2], high = s[1] + q * s[2]) }',
    'large <- suppressWarnings(glm(y ~ 1, offset = logit, family = binomial, control = control))',
    '# With probabilities near 0 or 1 the first step can go too far to return.',
    'if (abs(mean(y - fitted(large))) > 1e-9) large <- glm(y ~ 1, offset = logit, family = binomial, start = 0, control = control)',
    'line <- glm(y ~ logit, family = binomial, control = control)',
    'o <- sum(y); e <- sum(p); w <- sqrt((1 - o / n) / o)',
    `breaks <- unique(quantile(p, seq(0, 1, length.out = ${groups + 1}), type = 7)); if (length(breaks) == 1) breaks <- c(breaks, breaks + 1)`,
    'group <- droplevels(cut(p, breaks, include.lowest = TRUE)); sums <- function(x) as.numeric(tapply(x, group, sum))',
    'risk <- data.frame(n = as.numeric(table(group)), observed = sums(y), expected = sums(p))',
    'x2 <- sum(ifelse(risk$observed == risk$expected, 0, (risk$observed - risk$expected)^2 / (risk$expected * (1 - risk$expected / risk$n))))',
    `df <- nrow(risk)${external ? '' : ' - 2'}`,
    'result <- list(n = n, intercept = term(large, 1, 0), observedExpected = list(estimate = o / e, se = o / e * w, low = o / e * exp(-q * w), high = o / e * exp(q * w)),',
    '  brier = mean((y - p)^2), brierScaled = 1 - mean((y - p)^2) / (mean(y) * (1 - mean(y))), logLoss = -mean(log(ifelse(y == 1, p, 1 - p))),',
    '  hosmerLemeshow = list(statistic = x2, df = df, p = if (df > 0) pchisq(x2, df, lower.tail = FALSE) else NA, groups = risk))',
    'z <- sum((y - p) * (1 - 2 * p)) / sqrt(sum((1 - 2 * p)^2 * p * (1 - p)))',
    'if (is.finite(z)) result$spiegelhalter <- list(statistic = z, p = 2 * pnorm(-abs(z)))',
    'overlap <- function(a, b) max(a) > min(b) && max(b) > min(a)',
    'if (overlap(logit[y == 0], logit[y == 1])) { result$slope <- term(line, 2, 1); result$slopeIntercept <- term(line, 1, 0) }',
    smoothed
      ? [
          'if (length(unique(p)) > 1) {',
          `  curve <- loess(y ~ p, span = ${rNumber(span)}, degree = 2, control = loess.control(surface = "direct", statistics = "approximate"))`,
          '  gap <- abs(p - fitted(curve)); result$ici <- mean(gap); result$e50 <- median(gap)',
          '  result$e90 <- unname(quantile(gap, 0.9)); result$emax <- max(gap)',
          '}',
        ]
      : '# With so many different probabilities, loess with surface = "direct" takes too long to be repeated here.',
    endOfScript,
  );
}
