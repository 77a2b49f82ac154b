import { rText } from '../r/script.ts';
import type { ResampleLayout } from './row-resamples.ts';

/** Lines of a script that leave `index`, a list of rows of `data` for each resample. */
export function resampleLines(fileName: string, { oneA, numbered, ofAllRows }: ResampleLayout): string[] {
  return [
    `index <- as.matrix(read.csv(${rText(fileName)}, check.names = FALSE))`,
    ...(numbered ? ['index <- index[, -1, drop = FALSE]'] : []),
    ...(oneA === 'column' ? ['index <- t(index)'] : []),
    'index <- lapply(seq_len(nrow(index)), function(i) unname(index[i, ]))',
    ...(ofAllRows
      ? ['index <- lapply(index, function(i) { i <- match(i, as.integer(rownames(data))); i[!is.na(i)] })']
      : []),
  ];
}

/** Defines `resampled(t, t0, jackknife)` in a script: limits as `bootstrapSummary` gives them. */
export function resampledFunction(confidence: string): string[] {
  return [
    'resampled <- function(t, t0, jackknife = NULL) {',
    `  probs <- c((1 - ${confidence}) / 2, 1 - (1 - ${confidence}) / 2)`,
    '  at <- function(p) { q <- unname(quantile(t, p)); list(low = q[1], high = q[2]) }',
    '  z0 <- qnorm(mean(t < t0)); z <- z0 + qnorm(probs)',
    '  found <- list(samples = length(t), mean = mean(t), se = sd(t), percentile = at(probs), z0 = z0, biasCorrected = at(pnorm(z0 + z)))',
    '  if (is.null(jackknife)) return(found)',
    '  l <- mean(jackknife) - jackknife; a <- sum(l^3) / (6 * sum(l^2)^1.5)',
    '  c(found, list(acceleration = a, bca = at(pnorm(z0 + z / (1 - a * z)))))',
    '}',
  ];
}
