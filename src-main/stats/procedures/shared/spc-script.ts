import { columnNamed, type DataTable } from '../../data/table.ts';
import { endOfScript, rColumn, rNumber, rScript, scriptOpening } from '../../r/script.ts';
import type { RunContext } from '../procedure.ts';
import { type SpcSpec, spcColumns } from './spc-spec.ts';

/** Base R: limits and rules written out. */
export function spcScript(table: DataTable, spec: SpcSpec, { dataName }: RunContext): string {
  return rScript(
    scriptOpening([], { dataName, table, columns: spcColumns(spec), factors: spec.factors }),
    orderLines(table, spec.time),
    chartLines(spec),
    middleLine(spec.chart),
    ...ruleLines(spec.rules),
    'signals$any <- sort(unique(c(integer(0), unlist(signals))))',
    'result <- c(list(n = nrow(data), centre = middle), detail, list(signals = signals,',
    '  points = data.frame(value = shown$v, centre = shown$centre, lower = shown$lower, upper = shown$upper, sigma = sigma)))',
    endOfScript,
  );
}

/** Rows in the order of a column of time. */
export function orderLines(table: DataTable, time: string | undefined): string[] {
  if (time === undefined) return [];
  const numeric = columnNamed(table, time).kind === 'numeric';
  return [`data <- data[order(${numeric ? rColumn(time) : `as.integer(${rColumn(time)})`}), , drop = FALSE]`];
}

/** The baseline as places in R. */
export function baselineLine(baseline: SpcSpec['baseline'], all: string): string {
  if (baseline === undefined) return `base <- ${all}`;
  return typeof baseline === 'number' ? `base <- 1:${baseline}` : `base <- ${baseline[0]}:${baseline[1]}`;
}

function chartLines(spec: SpcSpec): string[] {
  const y = rColumn(spec.y);
  switch (spec.chart) {
    case 'xmr':
      return [
        `v <- as.numeric(${y}${spec.denominator === undefined ? '' : ` / ${rColumn(spec.denominator)}`})`,
        ...movingRangeLines(spec),
        'shown <- list(v = v, centre = centre, lower = lower, upper = upper)',
        'detail <- list(lower = lower[1], upper = upper[1], averageMovingRange = mr, movingRangeLimit = 3.267 * mr)',
      ];
    case 't':
      return [
        `v <- as.numeric(${y})^(1 / 3.6)`,
        ...movingRangeLines(spec),
        'shown <- lapply(list(v = v, centre = centre, lower = lower, upper = upper), function(x) pmax(x, 0)^3.6)',
        'detail <- list(transformed = list(centre = centre[1], lower = lower[1], upper = upper[1]), averageMovingRange = mr)',
      ];
    case 'c':
      return [
        `v <- as.numeric(${y})`,
        baselineLine(spec.baseline, 'seq_along(v)'),
        'centre <- rep(mean(v[base]), length(v)); sigma <- sqrt(centre); lower <- pmax(0, centre - 3 * sigma); upper <- centre + 3 * sigma',
        'shown <- list(v = v, centre = centre, lower = lower, upper = upper); detail <- list()',
      ];
    case 'xbar':
    case 'r':
    case 's':
      return sampleLines(spec);
    default:
      return countedLines(spec);
  }
}

/** One centre for the chart, where that of each point may differ. */
function middleLine(chart: SpcSpec['chart']): string {
  if (chart === 'np') return 'middle <- if (length(unique(m)) > 1) mid else mid * m[1]';
  return chart === 'r' || chart === 's' ? 'middle <- mean(shown$centre)' : 'middle <- shown$centre[1]';
}

function movingRangeLines({ baseline, exactConstant, screen }: SpcSpec): string[] {
  return [
    baselineLine(baseline, 'seq_along(v)'),
    'ranges <- abs(diff(v[base]))',
    ...(screen ? ['ranges <- ranges[ranges < 3.267 * mean(ranges) | mean(ranges) == 0]'] : []),
    `mr <- mean(ranges); reach <- ${exactConstant ? '3 / (2 / sqrt(pi))' : '2.66'} * mr`,
    'centre <- rep(mean(v[base]), length(v)); sigma <- rep(reach / 3, length(v)); lower <- centre - reach; upper <- centre + reach',
  ];
}

function countedLines(spec: SpcSpec): string[] {
  const u = spec.chart === 'u';
  const laney = spec.laney === undefined ? (u ? 'sigmaZ > 1 && p < 0.05' : 'FALSE') : spec.laney ? 'TRUE' : 'FALSE';
  return [
    `y <- as.numeric(${rColumn(spec.y)}); m <- ${rColumn(spec.denominator as string)}; v <- y / m`,
    baselineLine(spec.baseline, 'seq_along(v)'),
    `mid <- sum(y[base]) / sum(m[base]); plain <- sqrt(${u ? 'mid' : 'mid * (1 - mid)'} / m)`,
    'z <- if (all(plain > 0)) ((v - mid) / plain)[base] else 0 * base',
    'sigmaZ <- mean(abs(diff(z))) / (2 / sqrt(pi)); p <- pchisq(sum(z^2), length(z) - 1, lower.tail = FALSE)',
    `laney <- ${laney}; sigma <- plain * (if (laney) sigmaZ else 1)`,
    `most <- ${u ? 'Inf' : '1'}; centre <- rep(mid, length(v)); lower <- pmax(0, mid - 3 * sigma); upper <- pmin(most, mid + 3 * sigma)`,
    ...(spec.chart === 'np'
      ? ['v <- y; centre <- centre * m; sigma <- sigma * m; lower <- lower * m; upper <- upper * m']
      : []),
    'shown <- list(v = v, centre = centre, lower = lower, upper = upper)',
    'detail <- list(laney = laney, overdispersion = list(sigmaZ = sigmaZ, statistic = sum(z^2), df = length(z) - 1, p = p))',
  ];
}

/** d2, d3 and c4 by integrating, so that no table is needed. */
const constantLines = [
  'd2 <- Vectorize(function(n) integrate(function(x) 1 - pnorm(x)^n - pnorm(x, lower.tail = FALSE)^n, -Inf, Inf, rel.tol = 1e-12)$value)',
  'c4 <- function(n) sqrt(2 / (n - 1)) * exp(lgamma(n / 2) - lgamma((n - 1) / 2))',
  'above <- function(w, n) vapply(w, function(t) 1 - n * integrate(function(x) dnorm(x) * (pnorm(x + t) - pnorm(x))^(n - 1), -9, 9, rel.tol = 1e-12, subdivisions = 500)$value, 0)',
  'd3 <- Vectorize(function(n) sqrt(integrate(function(w) 2 * w * above(w, n), 0, 12, rel.tol = 1e-11, subdivisions = 500)$value - d2(n)^2))',
];

function sampleLines(spec: SpcSpec): string[] {
  const sample = rColumn(spec.subgroup as string);
  const usual =
    spec.chart === 's' ? '"sd"' : spec.chart === 'xbar' ? 'if (max(size) > 10) "sd" else "range"' : '"range"';
  return [
    `sample <- factor(as.character(${sample}), levels = unique(as.character(${sample}))); y <- as.numeric(${rColumn(spec.y)})`,
    'each <- function(f) as.numeric(tapply(y, sample, f)); size <- each(length); means <- each(mean); range <- each(function(x) diff(range(x))); s <- each(sd)',
    ...constantLines,
    baselineLine(spec.baseline, 'seq_along(size)'),
    'two <- base[size[base] > 1]; estimates <- list(range = mean(range[two] / d2(size[two])), sd = mean(s[two] / c4(size[two])),',
    '  pooled = sqrt(sum((size[two] - 1) * s[two]^2) / sum(size[two] - 1)))',
    `within <- estimates[[${spec.sigma === undefined ? usual : `"${spec.sigma}"`}]]`,
    ...(spec.chart === 'xbar'
      ? [
          'v <- means; centre <- rep(sum((means * size)[base]) / sum(size[base]), length(v)); sigma <- within / sqrt(size); lower <- centre - 3 * sigma',
        ]
      : spec.chart === 'r'
        ? ['v <- range; centre <- d2(size) * within; sigma <- d3(size) * within; lower <- pmax(0, centre - 3 * sigma)']
        : [
            'v <- s; centre <- c4(size) * within; sigma <- sqrt(1 - c4(size)^2) * within; lower <- pmax(0, centre - 3 * sigma)',
          ]),
    'upper <- centre + 3 * sigma; shown <- list(v = v, centre = centre, lower = lower, upper = upper)',
    'detail <- list(sigma = within, sigmaEstimates = estimates)',
  ];
}

const runLine =
  'runs <- function(s, k) { r <- rle(s); e <- cumsum(r$lengths); as.integer(unlist(lapply(which(r$values != 0 & r$lengths >= k), function(i) (e[i] - r$lengths[i] + 1):e[i]))) }';
const stepLine = 'steps <- function(i) as.integer(sort(unique(c(i, i + 1))))';

function ruleLines(rules: SpcSpec['rules']): string[] {
  if (rules === 'none') return ['signals <- list()'];
  const opening = [
    runLine,
    stepLine,
    'side <- sign(v - centre); zed <- ifelse(v == centre, 0, (v - centre) / sigma)',
    'windows <- function(k, f) { i <- seq_len(length(v)); i <- i[i >= k]; as.integer(sort(unique(unlist(lapply(i, function(e) f((e - k + 1):e)))))) }',
    'signals <- list(outside = which(v > upper | v < lower))',
  ];
  if (rules === 'nhs') {
    return [
      ...opening,
      'signals$shift <- runs(side, 7); signals$trend <- steps(runs(sign(diff(v)), 6))',
      'near <- abs(v - centre) > 2 * sigma & v <= upper & v >= lower',
      'signals$twoOfThree <- windows(3, function(w) if (abs(sum(side[w])) == 3 && sum(near[w]) >= 2) w[near[w]])',
    ];
  }
  const western = rules === 'western-electric';
  return [
    ...opening,
    `signals$shift <- runs(side, ${western ? 8 : 9})`,
    'zone <- function(limit, count, k) windows(k, function(w) c(if (sum(zed[w] > limit) >= count) w[zed[w] > limit], if (sum(zed[w] < -limit) >= count) w[zed[w] < -limit]))',
    'signals$twoOfThree <- zone(2, 2, 3); signals$fourOfFive <- zone(1, 4, 5)',
    ...(western
      ? []
      : [
          'signals$trend <- steps(runs(sign(diff(v)), 5)); d <- sign(diff(v)); signals$alternating <- steps(runs(d * (-1)^seq_along(d), 13))',
          'signals$withinOneSigma <- runs(as.numeric(abs(zed) < 1), 15); signals$beyondOneSigma <- runs(as.numeric(abs(zed) > 1), 8)',
        ]),
  ];
}

/** A baseline and the estimates that cusum and ewma take from it. */
export function seriesLines(spec: {
  readonly y: string;
  readonly baseline?: SpcSpec['baseline'];
  readonly target?: number | undefined;
  readonly sd?: number | undefined;
}): string[] {
  return [
    `y <- as.numeric(${rColumn(spec.y)})`,
    baselineLine(spec.baseline, 'seq_along(y)'),
    `target <- ${spec.target === undefined ? 'mean(y[base])' : rNumber(spec.target)}`,
    `sd <- ${spec.sd === undefined ? 'mean(abs(diff(y[base]))) / (2 / sqrt(pi))' : rNumber(spec.sd)}`,
  ];
}
