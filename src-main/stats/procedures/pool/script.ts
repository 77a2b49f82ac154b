import type { DataTable } from '../../data/table.ts';
import { rowsOf } from '../../linear-algebra/matrix.ts';
import { endOfScript, rColumn, rNumber, rScript, rVector, scriptOpening } from '../../r/script.ts';
import type { RunContext } from '../procedure.ts';
import type { Imputations, PoolSpec } from './spec.ts';

/** Base R, by the formulas themselves; `mice::pool.scalar` gives the same. */
export function poolScript(
  table: DataTable,
  spec: PoolSpec,
  found: Imputations,
  dfComplete: number,
  tested: readonly number[],
  { dataName }: RunContext,
): string {
  const several = found.names.length > 1;
  return rScript(
    inputLines(table, spec, found, dataName),
    `confidence <- ${rNumber(spec.confidence)}; complete <- ${rNumber(dfComplete)}`,
    poolFunction,
    several
      ? [
          `names <- ${rVector(found.names)}`,
          'terms <- lapply(seq_along(names), function(j) c(list(term = names[j]), pool(estimates[[j]], variances[[j]])))',
          'result <- list(n = length(estimates[[1]]), terms = terms)',
          ...(found.covariances ? jointLines(found, dfComplete, tested) : []),
        ]
      : 'result <- c(list(n = length(estimates[[1]])), pool(estimates[[1]], variances[[1]]))',
    endOfScript,
  );
}

function inputLines(table: DataTable, spec: PoolSpec, found: Imputations, dataName: string): string[] {
  if (typeof spec.estimates !== 'string' || typeof spec.variances !== 'string') {
    const list = (values: readonly Float64Array[]): string =>
      `list(${values.map((vector) => rVector(Array.from(vector))).join(',\n  ')})`;
    return [`estimates <- ${list(found.estimates)}`, `variances <- ${list(found.variances)}`];
  }
  const columns = [spec.estimates, spec.variances, ...(spec.by === undefined ? [] : [spec.by])];
  const opening = scriptOpening([], { dataName, table, columns, factors: spec.factors });
  if (spec.by === undefined) {
    return [...opening, `estimates <- list(${rColumn(spec.estimates)}); variances <- list(${rColumn(spec.variances)})`];
  }
  const by = `factor(${rColumn(spec.by)})`;
  return [
    ...opening,
    `estimates <- unname(split(${rColumn(spec.estimates)}, ${by})); variances <- unname(split(${rColumn(spec.variances)}, ${by}))`,
  ];
}

const poolFunction: readonly string[] = [
  'pool <- function(q, u) {',
  '  m <- length(q); estimate <- mean(q); within <- mean(u); between <- var(q); total <- within + (1 + 1 / m) * between; se <- sqrt(total)',
  '  riv <- (1 + 1 / m) * between / within; lambda <- (1 + 1 / m) * between / total; large <- (m - 1) / lambda^2',
  '  observed <- (complete + 1) / (complete + 3) * complete * (1 - lambda)',
  '  df <- if (is.infinite(complete)) large else if (is.infinite(large)) observed else large * observed / (large + observed)',
  '  fmi <- (riv + 2 / (df + 3)) / (riv + 1); width <- qt(1 - (1 - confidence) / 2, df) * se',
  '  list(estimate = estimate, se = se, statistic = estimate / se, df = if (is.finite(df)) df else NA, p = 2 * pt(-abs(estimate / se), df),',
  '    low = estimate - width, high = estimate + width, fmi = fmi, within = within, between = between, total = total, riv = riv,',
  '    lambda = lambda, dfLarge = if (is.finite(large)) large else NA, relativeEfficiency = 1 / (1 + fmi / m))',
  '}',
];

function jointLines(found: Imputations, dfComplete: number, tested: readonly number[]): string[] {
  const places = `c(${tested.map((place) => place + 1).join(', ')})`;
  const q = found.names.length;
  const matrices = (found.covariances ?? []).map(
    (matrix) => `matrix(${rVector(rowsOf(matrix).flat())}, ${q}, byrow = TRUE)`,
  );
  return [
    `tested <- ${places}; q <- length(tested); m <- length(estimates[[1]]); e <- do.call(cbind, estimates)[, tested, drop = FALSE]`,
    `u <- lapply(list(${matrices.join(',\n  ')}), function(v) v[tested, tested, drop = FALSE])`,
    'w <- Reduce("+", u) / m; centre <- colMeans(e); t <- q * (m - 1)',
    'r1 <- (1 + 1 / m) * sum(diag(cov(e) %*% solve(w))) / q; f1 <- sum(centre * solve(w, centre)) / q / (1 + r1)',
    'd1 <- if (t > 4) 4 + (t - 4) * (1 + (1 - 2 / t) / r1)^2 else t * (1 + 1 / q) * (1 + 1 / r1)^2 / 2',
    'wald <- sapply(seq_len(m), function(l) sum(e[l, ] * solve(u[[l]], e[l, ]))); r2 <- (1 + 1 / m) * var(sqrt(wald))',
    'f2 <- (mean(wald) / q - (m + 1) / (m - 1) * r2) / (1 + r2); d2 <- q^(-3 / m) * (m - 1) * (1 + 1 / r2)^2',
    'test <- function(name, f, d, r) list(name = name, statistic = f, df = c(q, d), p = pf(f, q, d, lower.tail = FALSE), riv = r)',
    'tests <- list(test("D1", f1, d1, r1), test("D2", f2, d2, r2))',
    ...(Number.isFinite(dfComplete)
      ? [
          'a <- r1 * t / (t - 2); v <- (complete + 1) / (complete + 3) * complete; x <- v - 2 * (1 + a); y <- v - 4 * (1 + a)',
          'reiter <- if (t > 4) 4 + 1 / (1 / y + (a^2 * x / ((1 + a)^2 * y) + 8 * a^2 * x / ((1 + a) * y^2) + 4 * a^2 / ((1 + a) * y) +',
          '  4 * a^2 / (y * x) + 16 * a^2 * x / y^3 + 8 * a^2 / y^2) / (t - 4)) else d1',
          'tests <- list(tests[[1]], test("D1, small sample", f1, reiter, r1), tests[[2]])',
        ]
      : []),
    'result$tests <- tests',
  ];
}
