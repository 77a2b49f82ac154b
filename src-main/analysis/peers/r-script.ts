import type { PeerNetworkSpec } from './spec.ts';

/** A script for R: times to an answer and the concentration of the load from one row each. */
export function peerNetworkScript({ asOf, days, responseHours, loadDays }: PeerNetworkSpec): string {
  return `# Peer network: requests of the ${days} days to ${asOf}, load of the last ${loadDays}.
#
# Reads requests.csv and volunteers.csv in the working directory.
# requests.csv: one row a request. Columns: hours (to the answer, or to the end of ${asOf} where there is none), answered (1, 0)
# volunteers.csv: one row a volunteer in service. Column: contacts (in the last ${loadDays} days)
library(survival)
requests <- read.csv("requests.csv")
fit <- survfit(Surv(hours, answered) ~ 1, data = requests, conf.type = "log-log")
at <- summary(fit, times = ${responseHours}, extend = TRUE)
print(c(within = 1 - at$surv, low = 1 - at$upper, high = 1 - at$lower), digits = 15)
print(summary(fit)$table["median"], digits = 15)
x <- sort(read.csv("volunteers.csv")$contacts)
n <- length(x)
print(c(gini = sum((2 * seq_len(n) - n - 1) * x) / (n * sum(x))), digits = 15)
`;
}
