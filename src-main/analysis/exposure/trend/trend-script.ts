import { rNumber } from '#main/stats/r/script.ts';
import type { ExposureTrendResult } from './exposure-trend.ts';
import type { ExposureTrendSpec } from './trend-spec.ts';

/** Base R that draws the charts and the funnel from one row a group, category and month, and finds the same signals. */
export function exposureTrendScript(spec: ExposureTrendSpec, { basis }: ExposureTrendResult): string {
  return `# Exposure trends from ${spec.from} to ${spec.to} by ${spec.by}. Base R only.
#
# Reads months.csv in the working directory: UTF-8, comma-separated, one row per group, category and month, months
# ascending within each. Columns:
#   group, category   category is empty where all are charted together
#   month             2026-03
#   held              1 where the records hold the month, else 0
#   count, load       exposures, and the sum of their weights
#   denominator       ${basis}
chart <- "${spec.chart}"; weighted <- ${spec.scheme === 'count-v1' ? 'FALSE' : 'TRUE'}; baseline <- ${spec.baseline === null ? 'NA' : rNumber(spec.baseline)}; rules <- ${spec.rules === 'nhs' ? 'TRUE' : 'FALSE'}
${charts}
${funnel}
result <- list(charts = unname(charts), funnel = funnel)
print(result)
`;
}

const charts = `data <- read.csv("months.csv", colClasses = c(group = "character", category = "character", month = "character"), na.strings = "NA", encoding = "UTF-8")
use_u <- chart == "u" || (chart == "auto" && !weighted)
run_of <- function(signs, length) {
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
key <- paste(data$group, data$category, sep = "\\r")
charts <- lapply(split(data, factor(key, levels = unique(key))), function(d) {
  d <- d[d$held == 1 & d$denominator > 0, ]
  n <- nrow(d); b <- if (is.na(baseline)) n else baseline; first <- seq_len(b)
  none <- list(group = d$group[1], category = d$category[1], chart = if (use_u) "u" else "xmr", centre = NULL)
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
  list(group = d$group[1], category = d$category[1], chart = kind, centre = centre, sigmaZ = sigma_z, lower = lower, upper = upper, flagged = found)
})`;

const funnel = `held <- data[data$held == 1 & data$denominator > 0, ]
days <- unique(held[c("group", "month", "denominator")])
group <- unique(data$group)
n <- as.vector(tapply(days$denominator, factor(days$group, levels = group), sum))
o <- as.vector(tapply(held$count, factor(held$group, levels = group), sum))
some <- !is.na(n); group <- group[some]; n <- n[some]; o <- o[some]
funnel <- NULL
if (length(n) >= 3 && sum(o) > 0) {
  e <- n * sum(o) / sum(n); s <- 1 / (2 * sqrt(e)); w <- 1 / s^2; k <- length(e)
  z <- (sqrt(o / e) - 1) / s
  q <- quantile(z, c(0.1, 0.9)); phi <- mean(pmin(pmax(z, q[1]), q[2])^2)
  tau2 <- max(0, (k * phi - (k - 1)) / (sum(w) - sum(w^2) / sum(w)))
  funnel <- list(rate = 100 * sum(o) / sum(n), phi = phi, tau2 = tau2, points = data.frame(group = group, rate = 100 * o / n, z = (sqrt(o / e) - 1) / sqrt(s^2 + tau2)))
}`;
