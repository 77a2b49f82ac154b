import type { PilotFidelitySpec } from './spec.ts';

/** The means and shares of all in base R. */
export function pilotFidelityScript({ enoughShare, sessionsEach }: PilotFidelitySpec): string {
  return `# Whether a pilot was delivered as planned.
# people.csv: one row a person. Columns: cluster, planned, sessions, minutes, within, outside (sessions within and outside a shift)
people <- read.csv("people.csv")
people$dose <- with(people, ifelse(sessions == 0, "none", ifelse(sessions < ${enoughShare} * ${sessionsEach ?? 'planned'}, "part", "enough")))
print(table(people$cluster, people$dose))
print(colMeans(people[c("planned", "sessions", "minutes")]), digits = 15)
print(sum(people$within) / sum(people$within + people$outside), digits = 15)
`;
}
