import type { AbsenceResult } from './absence-result.ts';
import type { AbsenceSpec } from './spec.ts';

/** A script for R: the figures from one row a person and group in base R, then the two models as their procedures write them. */
export function absenceScript(result: AbsenceResult, spec: AbsenceSpec): string {
  const parts = [figures(spec)];
  if (result.rates) parts.push(`# Rates of new spells by group.\n${result.rates.r}`);
  if (result.returnToWork.r !== '') parts.push(`# Time to return to work, with late entry.\n${result.returnToWork.r}`);
  return `${parts.map((part) => part.trimEnd()).join('\n\n')}\n`;
}

function figures({ from, to, days, by }: AbsenceSpec): string {
  return `# Absence from ${from} to ${to}, by ${by}.
#
# Reads persons.csv and spells.csv in the working directory.
# persons.csv: one row for each person in each group held in the period. Columns:
#   person           number of the person
#   group            ${by}
#   spells           spells that began in the period
#   years            FTE ${days} days in post, divided by ${days === 'calendar' ? '365.25' : '260.89 (365.25 * 5 / 7)'}
#   person_days      days in post
#   days             calendar days lost
#   fte_available, fte_lost, fte_psychological   FTE ${days} days
# spells.csv: one row for each spell with a day in the period and in post. Columns:
#   group            held on its first day there
#   entry            days absent when first seen: 0, or more where it was open before ${from}
#   time             days absent when last seen
#   status           1 returned, 0 still absent or left the force
persons <- read.csv("persons.csv", check.names = FALSE)
spells <- read.csv("spells.csv", check.names = FALSE)
period <- as.numeric(as.Date("${to}") - as.Date("${from}")) + 1
summary_of <- function(p, s) c(
  people = length(unique(p$person)), headcount = sum(p$person_days) / period, fte_available = sum(p$fte_available),
  fte_lost = sum(p$fte_lost), rate_percent = 100 * sum(p$fte_lost) / sum(p$fte_available),
  spells = nrow(s), started = sum(p$spells), frequency = sum(p$spells) / (sum(p$person_days) / period),
  severity = sum(p$days) / nrow(s), psychological_share = sum(p$fte_psychological) / sum(p$fte_lost),
  long = sum(s$time > 28), open = sum(s$status == 0))
print(summary_of(persons, spells), digits = 15)
for (g in sort(unique(persons$group), method = "radix")) {
  cat(g, "\\n")
  print(summary_of(persons[persons$group == g, ], spells[spells$group == g, ]), digits = 15)
}`;
}
