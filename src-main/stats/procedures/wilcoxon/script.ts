import type { DataTable } from '../../data/table.ts';
import type { RankMethod } from '../../group-comparison/rank-test.ts';
import { endOfScript, rNumber, rScript } from '../../r/script.ts';
import type { RunContext } from '../procedure.ts';
import { type ComparedSamples, type ComparedSpec, samplesScript } from '../shared/compared-samples.ts';

/** Base R of any version: what versions decide differently (ties, zeros, the root-finder’s digits) is written out. */
export function wilcoxonScript(
  table: DataTable,
  spec: ComparedSpec,
  compared: ComparedSamples,
  method: RankMethod,
  context: RunContext,
): string {
  const two = compared.second !== null;
  return rScript(
    samplesScript(table, spec, context),
    `mu <- ${rNumber(spec.mu)}; level <- ${rNumber(spec.confidence)}; tail <- (1 - level) / 2`,
    two
      ? [
          'm <- length(x); n <- length(y); r <- rank(c(x - mu, y))',
          'statistic <- sum(r[seq_len(m)]) - m * (m + 1) / 2; middle <- m * n / 2',
          'ties <- table(r); variance <- m * n / 12 * (m + n + 1 - sum(ties^3 - ties) / ((m + n) * (m + n - 1)))',
          'pairs <- sort(outer(x, y, "-"))',
        ]
      : [
          'all <- length(x); x <- x[x != mu]; kept <- x - mu; n <- length(kept); r <- rank(abs(kept))',
          'statistic <- sum(r[kept > 0]); middle <- n * (n + 1) / 4',
          'ties <- table(r); variance <- n * (n + 1) * (2 * n + 1) / 24 - sum(ties^3 - ties) / 48',
          'pairs <- outer(x, x, "+") / 2; pairs <- sort(pairs[upper.tri(pairs, diag = TRUE)])',
        ],
    'z <- (statistic - middle) / sqrt(variance); zCorrected <- (statistic - middle - sign(statistic - middle) / 2) / sqrt(variance)',
    'estimate <- median(pairs)',
    method === 'normal' ? normalLines(two) : exactLines(two, method),
    `result <- list(n = ${two ? 'm + n' : 'all'}, statistic = statistic, p = p, estimate = estimate, low = low, high = high,`,
    '  variance = variance)',
    'if (variance > 0) result <- c(result, list(z = z, zCorrected = zCorrected, pUncorrected = 2 * pnorm(-abs(z))))',
    two
      ? 'result <- c(result, list(rankSum = statistic + m * (m + 1) / 2, rankBiserial = 2 * statistic / (m * n) - 1))'
      : [],
    endOfScript,
  );
}

function normalLines(two: boolean): string[] {
  return [
    two ? 'test <- wilcox.test(x, y, mu = mu, exact = FALSE)' : 'test <- wilcox.test(kept, exact = FALSE)',
    'p <- if (variance > 0) test$p.value else 1',
    '# Asked for 13 digits, the root-finder meets the pair where each limit lies.',
    `limits <- suppressWarnings(tryCatch(wilcox.test(x${two ? ', y' : ', mu = min(x) - 1'}, exact = FALSE, conf.int = TRUE, conf.level = level, tol.root = 1e-13)$conf.int, error = function(e) c(NA, NA)))`,
    'low <- limits[1]; high <- limits[2]',
    'if (!is.finite(low + high)) { low <- min(pairs); high <- max(pairs) }',
  ];
}

function exactLines(two: boolean, method: RankMethod): string[] {
  const untied = two ? 'probability <- dwilcox(0:(m * n), m, n)' : 'probability <- dsignrank(0:(n * (n + 1) / 2), n)';
  return [
    method === 'exact'
      ? `p <- wilcox.test(x${two ? ', y' : ''}, mu = mu, exact = TRUE)$p.value`
      : tiedLines(two).join('\n'),
    untied,
    'below <- cumsum(probability); k <- max(1, sum(below <= tail + 1e-14))',
    'low <- pairs[k]; high <- pairs[length(pairs) + 1 - k]',
  ];
}

/** The distribution of the doubled ranks given the ties, by counting subsets. */
function tiedLines(two: boolean): string[] {
  return [
    'scores <- round(2 * r); most <- sum(scores)',
    two ? 'ways <- matrix(0, m + 1, most + 1); ways[1, 1] <- 1' : 'ways <- matrix(0, 1, most + 1); ways[1, 1] <- 1',
    two
      ? 'for (s in scores) ways[-1, (s + 1):(most + 1)] <- ways[-1, (s + 1):(most + 1)] + ways[-(m + 1), 1:(most + 1 - s)]'
      : 'for (s in scores) { old <- ways; ways[1, (s + 1):(most + 1)] <- old[1, (s + 1):(most + 1)] + old[1, 1:(most + 1 - s)] }',
    two
      ? 'at <- round(2 * statistic) + m * (m + 1); chances <- ways[m + 1, ] / sum(ways[m + 1, ])'
      : 'at <- round(2 * statistic); chances <- ways[1, ] / sum(ways[1, ])',
    'p <- min(1, 2 * sum(chances[0:most <= at]), 2 * sum(chances[0:most >= at]))',
  ];
}
