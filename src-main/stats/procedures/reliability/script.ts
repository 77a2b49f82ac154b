import type { DataTable } from '../../data/table.ts';
import { endOfScript, rNumber, rScript, rVector, scriptOpening } from '../../r/script.ts';
import type { RunContext } from '../procedure.ts';
import type { ReliabilitySpec } from './spec.ts';

export type ReliabilityScript = {
  /** Places of the items that vary. */
  readonly varying: readonly number[];
  readonly hasOmega: boolean;
  readonly heywood: boolean;
  readonly hasAdequacy: boolean;
};

/** Base R: the formulas of alpha, `factanal` for the start of the factor model, its likelihood polished by `optim`. */
export function reliabilityScript(
  table: DataTable,
  spec: ReliabilitySpec,
  found: ReliabilityScript,
  { dataName }: RunContext,
): string {
  const { items, reverse, range, confidence } = spec;
  const varying = `c(${found.varying.map((place) => place + 1).join(', ')})`;
  return rScript(
    scriptOpening([], { dataName, table, columns: items }),
    `items <- ${rVector(items)}; x <- as.matrix(data[, items]); confidence <- ${rNumber(confidence)}; tail <- (1 - confidence) / 2; z <- qnorm(1 - tail)`,
    reverse.length === 0
      ? []
      : `for (name in ${rVector(reverse)}) x[, name] <- ${range ? rNumber(range[0] + range[1]) : 'sum(range(x[, name]))'} - x[, name]`,
    `used <- x[, ${varying}]; n <- nrow(used); k <- ncol(used); s <- cov(used); r <- cor(used); total <- rowSums(used)`,
    'alphaOf <- function(s) { k <- ncol(s); k / (k - 1) * (1 - sum(diag(s)) / sum(s)) }',
    'alpha <- alphaOf(s); sum1 <- sum(s); trace <- sum(diag(s)); s2 <- s %*% s',
    'se <- sqrt(2 * k^2 / ((k - 1)^2 * sum1^3) * (sum1 * (sum(diag(s2)) + trace^2) - 2 * trace * sum(s2)) / n)',
    'a <- rowSums(used[, seq(1, k, 2), drop = FALSE]); b <- rowSums(used[, seq(2, k, 2), drop = FALSE])',
    'rows <- lapply(items, function(item) {',
    '  row <- list(item = item, mean = mean(x[, item]), sd = sd(x[, item]))',
    '  if (!(item %in% colnames(used))) return(row)',
    '  j <- match(item, colnames(used))',
    '  c(row, list(itemTotal = cor(used[, j], total), itemRest = cor(used[, j], total - used[, j]),',
    '    alphaIfDropped = if (k > 2) alphaOf(s[-j, -j]) else NA))',
    '})',
    'result <- list(n = n, k = k, alpha = alpha, alphaLow = 1 - (1 - alpha) * qf(1 - tail, n - 1, (n - 1) * (k - 1)),',
    '  alphaHigh = 1 - (1 - alpha) * qf(tail, n - 1, (n - 1) * (k - 1)), alphaSe = se, asymptotic = list(low = alpha - z * se, high = alpha + z * se),',
    '  standardisedAlpha = alphaOf(r), meanInterItem = mean(r[lower.tri(r)]),',
    '  splitHalf = list(r = cor(a, b), spearmanBrown = 2 * cor(a, b) / (1 + cor(a, b)), guttmanLambda4 = 2 * (1 - (var(a) + var(b)) / var(a + b))),',
    '  scaleMean = mean(rowSums(x)), scaleSd = sd(total), sem = sd(total) * sqrt(1 - alpha))',
    found.hasAdequacy ? adequacyLines : [],
    found.hasOmega ? omegaLines(found.heywood) : [],
    'result$items <- rows',
    endOfScript,
  );
}

const adequacyLines: readonly string[] = [
  'i <- solve(r); partial <- -cov2cor(i); off <- row(r) != col(r); chi <- -(n - 1 - (2 * k + 5) / 6) * as.numeric(determinant(r)$modulus)',
  'msa <- colSums(r^2 * off) / (colSums(r^2 * off) + colSums(partial^2 * off))',
  'for (j in seq_len(k)) { at <- match(colnames(used)[j], items); rows[[at]]$msa <- unname(msa[j]) }',
  'result <- c(result, list(kmo = sum((r^2)[off]) / (sum((r^2)[off]) + sum((partial^2)[off])), guttmanLambda6 = 1 - sum(1 / diag(i)) / sum(r),',
  '  bartlett = list(statistic = chi, df = k * (k - 1) / 2, p = pchisq(chi, k * (k - 1) / 2, lower.tail = FALSE)), eigenvalues = eigen(r)$values))',
];

function omegaLines(heywood: boolean): string[] {
  return [
    'start <- factanal(covmat = r, factors = 1, n.obs = n, control = list(opt = list(factr = 10, maxit = 10000), nstart = 1))',
    'l <- as.numeric(start$loadings); u <- as.numeric(start$uniquenesses); l <- l * (if (sum(l) < 0) -1 else 1)',
    ...(heywood
      ? []
      : [
          'discrepancy <- function(p) { l <- p[1:k]; u <- exp(p[k + 1:k]); v <- 1 + sum(l^2 / u)',
          '  sum(log(u)) + log(v) + sum(1 / u) - sum((l / u) * (r %*% (l / u))) / v }',
          'slope <- function(p) { l <- p[1:k]; u <- exp(p[k + 1:k]); i <- solve(tcrossprod(l) + diag(u)); g <- i - i %*% r %*% i',
          '  c(2 * g %*% l, diag(g) * u) }',
          'p <- c(l, log(u)); for (round in 1:20) { h <- optimHess(p, discrepancy, slope, control = list(ndeps = rep(1e-5, 2 * k))); p <- p - solve(h, slope(p)) }',
          'l <- p[1:k]; u <- exp(p[k + 1:k])',
        ]),
    'd <- unname(sqrt(diag(s) * (n - 1) / n)); raw <- l * d; own <- u * d^2; omega <- sum(raw)^2 / (sum(raw)^2 + sum(own))',
    'for (j in seq_len(k)) { at <- match(colnames(used)[j], items)',
    '  rows[[at]] <- c(rows[[at]], list(loading = raw[j], standardisedLoading = l[j], uniqueness = own[j])) }',
    'result <- c(result, list(omegaTotal = omega, omegaObserved = sum(raw)^2 / (sum1 * (n - 1) / n), averageVarianceExtracted = mean(l^2)))',
    ...(heywood
      ? []
      : [
          '# Delta method, derivatives of omega in the standardised loadings and log uniquenesses.',
          'v <- solve(n / 2 * h); w <- (sum(raw)^2 + sum(own))^2; g <- c(2 * sum(raw) * sum(own) * d, -sum(raw)^2 * own) / w',
          'se <- sqrt(sum(g * (v %*% g))); chi <- n * (discrepancy(p) - as.numeric(determinant(r)$modulus) - k); df <- ((k - 1)^2 - k - 1) / 2',
          'result <- c(result, list(omegaSe = se, omegaLow = omega - z * se, omegaHigh = omega + z * se))',
          'if (df > 0) result$factorModel <- list(statistic = chi, df = df, p = pchisq(chi, df, lower.tail = FALSE))',
        ]),
  ];
}
