import type { SupportUptakeSpec } from './spec.ts';
import type { SupportUptake } from './support-uptake.ts';

/** A script for R: funnel and ratios in base R, then the models as their procedures write them. */
export function supportScript(result: SupportUptake, spec: SupportUptakeSpec): string {
  const wait = result.services.find((service) => service.wait !== null)?.wait ?? null;
  const { change } = result;
  const parts = [
    figures(result, spec),
    ...(wait === null
      ? []
      : [
          `# Time to the first contact; waits.csv: days, and status 1 contacted, 2 left the force, 0 waiting.\n${wait.r}`,
        ]),
    ...(change?.series
      ? [
          `# Before and after ${change.on}; months.csv: month (year * 12 + month - 1) and uptake (a share), ${change.service}.\n${change.series.r}`,
        ]
      : []),
    ...(change?.compared
      ? [
          `# Against what the change did not touch; compared.csv: one row for each person and month, with person, unit, and 0 or 1 under touched, after and took.\n${change.compared.r}`,
        ]
      : []),
  ];
  return `${parts.map((part) => part.trimEnd()).join('\n\n')}\n`;
}

function figures({ followDays, lastStart }: SupportUptake, { from, by }: SupportUptakeSpec): string {
  return `# Uptake of support from ${from} to ${lastStart}, each offer followed for ${followDays} days.
#
# Reads started.csv in the working directory: one row for each person and service, the first course that started in the period while
# the person was in post. Columns:
#   service
#   contact, engaged, completed   days from the offer or referral, empty where it did not come; a later step implies the earlier
#   ${by.length === 0 ? '(no groupings)' : `${by.join(', ')}   the group on the day of the start`}
started <- read.csv("started.csv", check.names = FALSE)
within <- function(days) !is.na(days) & days <= ${followDays}
wilson <- function(x, n) c(x / n, prop.test(x, n, correct = FALSE)$conf.int)
ratio <- function(took, inside) {
  a <- sum(took & inside); n <- sum(inside); c <- sum(took & !inside); m <- sum(!inside)
  log_rr <- log((a / n) / (c / m)); se <- sqrt((n - a) / a / n + (m - c) / c / m)
  if (min(a, n - a, c, m - c) == 0)
    return(c(ratio = exp(log_rr), low = NA, high = NA, p = fisher.test(matrix(c(a, n - a, c, m - c), 2))$p.value))
  c(ratio = exp(log_rr), low = exp(log_rr - qnorm(0.975) * se), high = exp(log_rr + qnorm(0.975) * se),
    p = 2 * pnorm(-abs(log_rr / se)))
}
for (s in sort(unique(started$service), method = "radix")) {
  d <- started[started$service == s, ]; took <- within(d$contact)
  cat(s, "\\n")
  print(c(started = nrow(d), contacted = sum(took), engaged = sum(within(d$engaged)), completed = sum(within(d$completed))))
  print(wilson(sum(took), nrow(d)), digits = 15)
  for (by in c(${by.map((name) => `"${name}"`).join(', ')})) {
    found <- t(sapply(sort(unique(d[[by]]), method = "radix"), function(g) ratio(took, d[[by]] == g)))
    print(cbind(found, holm = p.adjust(found[, "p"], "holm")), digits = 15)
  }
}`;
}
