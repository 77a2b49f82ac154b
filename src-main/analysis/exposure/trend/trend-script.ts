import { rFrame, rNumber, rVector } from '#main/stats/r/script.ts';
import type { ExposureTrendResult } from './exposure-trend.ts';
import type { GroupFunnel } from './group-funnel.ts';
import { perDays } from './trend-chart.ts';
import type { ExposureTrendSpec } from './trend-spec.ts';

/** Base R that finds the charts, their signals and the funnels of a result again, from the rows that it carries in itself. */
export function exposureTrendScript(spec: ExposureTrendSpec, result: ExposureTrendResult): string {
  const { basis, charts, funnel, funnelWithinRoles } = result;
  return `# Exposure trends from ${spec.from} to ${spec.to} by ${spec.by}. Base R only; the rows are those of the result.
#
# Not worked out here, because it takes a row for each exposure and person, and those stay in the vault: the counts and
# ${basis} of each group and month, and what the same roles elsewhere would lead one to expect. Nor how often a stable
# chart signals all the same (chanceIfStable), which comes from charts drawn at random.
use_u <- ${charts.some(({ chart }) => chart !== 'xmr') ? 'TRUE' : 'FALSE'}; baseline <- ${spec.baseline === null ? 'NA' : rNumber(spec.baseline)}; rules <- ${spec.rules === 'nhs' ? 'TRUE' : 'FALSE'}
months <- ${rVector(result.months.map(({ month }) => month))}
${chartRows(result)}
${chartsFromRows}
${funnelFromRows}
result <- list(charts = unname(charts), funnel = ${funnelOf(funnel)}, funnelWithinRoles = ${funnelOf(funnelWithinRoles)})
print(result)
`;
}

/** One row for each chart, and one for each of its months with data; the load follows from the rate that is charted. */
function chartRows({ charts }: ExposureTrendResult): string {
  const held = charts.map(({ points }) =>
    points.flatMap((point, at) => (point.value === null ? [] : [{ ...point, at }])),
  );
  const rows = held.flat();
  const frame = rFrame({
    group: charts.map(({ group }) => group),
    category: charts.map(({ category }) => category),
    months: held.map((points) => points.length),
  });
  return `# A row for each chart, with its number of months with data, then a row for each of these months.
drawn <- ${frame}
data <- ${rFrame({
    month: rows.map(({ at }) => at + 1),
    count: rows.map(({ count }) => count),
    load: rows.map(({ value, denominator }) => ((value ?? 0) * denominator) / perDays),
    denominator: rows.map(({ denominator }) => denominator),
  })}
data$month <- months[data$month]; data$chart <- rep(seq_len(nrow(drawn)), drawn$months)`;
}

function funnelOf(funnel: GroupFunnel | null): string {
  if (funnel === null) return 'NULL';
  const { points } = funnel;
  return `funnel_of(${rFrame({
    group: points.map(({ group }) => group),
    count: points.map(({ count }) => count),
    denominator: points.map(({ denominator }) => denominator),
    expected: points.map(({ expected }) => expected),
  })})`;
}

const chartsFromRows = `run_of <- function(signs, length) {
  r <- rle(signs)
  rep(r$values != 0 & r$lengths >= length, r$lengths)
}
flags <- function(v, centre, sigma, lower, upper) {
  side <- sign(v - centre); n <- length(v)
  outside <- v > upper | v < lower
  steps <- run_of(sign(diff(v)), 6)
  trend <- c(FALSE, steps) | c(steps, FALSE)
  near <- abs(v - centre) > 2 * sigma & !outside
  two <- rep(FALSE, n)
  if (n >= 3) for (i in 3:n) {
    w <- (i - 2):i
    if (all(side[w] != 0) && length(unique(side[w])) == 1 && sum(near[w]) >= 2) two[w[near[w]]] <- TRUE
  }
  list(outside = which(outside), shift = which(run_of(side, 7)), trend = which(trend), twoOfThree = which(two))
}
charts <- lapply(seq_len(nrow(drawn)), function(at) {
  d <- data[data$chart == at, ]; n <- nrow(d); b <- if (is.na(baseline)) n else baseline; first <- seq_len(b)
  none <- list(group = drawn$group[at], category = drawn$category[at], chart = if (use_u) "u" else "xmr", centre = NULL)
  y <- if (use_u) d$count else d$load
  if (n < 12 || b > n || sum(y[first]) == 0) return(none)
  unit <- d$denominator / 100; v <- y / unit
  if (use_u) {
    centre <- sum(y[first]) / sum(unit[first]); s <- sqrt(centre / unit)
    z <- ((v - centre) / s)[first]
    sigma_z <- mean(abs(diff(z))) / (2 / sqrt(pi))
    wide <- sigma_z > 1 && pchisq(sum(z^2), b - 1, lower.tail = FALSE) < 0.05
    sigma <- if (wide) s * sigma_z else s
    kind <- if (wide) "u\\u2032" else "u"
    lower <- pmax(0, centre - 3 * sigma); upper <- centre + 3 * sigma
  } else {
    centre <- mean(v[first]); reach <- 2.66 * mean(abs(diff(v[first])))
    sigma <- rep(reach / 3, n); kind <- "xmr"; sigma_z <- NULL
    lower <- rep(max(0, centre - reach), n); upper <- rep(centre + reach, n)
  }
  found <- if (rules) lapply(flags(v, centre, sigma, lower, upper), function(i) d$month[i]) else NULL
  list(group = drawn$group[at], category = drawn$category[at], chart = kind, centre = centre, sigmaZ = sigma_z, lower = lower, upper = upper, flagged = found)
})`;

const funnelFromRows = `funnel_of <- function(d) {
  if (nrow(d) < 3 || sum(d$count) == 0) return(NULL)
  e <- d$expected; overall <- sum(d$count) / sum(d$denominator)
  s <- 1 / (2 * sqrt(e)); w <- 1 / s^2; k <- length(e)
  z <- (sqrt(d$count / e) - 1) / s
  q <- quantile(z, c(0.1, 0.9)); phi <- mean(pmin(pmax(z, q[1]), q[2])^2)
  tau2 <- max(0, (k * phi - (k - 1)) / (sum(w) - sum(w^2) / sum(w)))
  list(rate = 100 * overall, phi = phi, tau2 = tau2, points = data.frame(group = d$group, rate = 100 * d$count / e * overall, z = (sqrt(d$count / e) - 1) / sqrt(s^2 + tau2)))
}`;
