import type { PilotTimetableSpec } from './spec.ts';

/** Counts again in base R how many sessions everybody has, and how far apart they are. */
export function pilotTimetableScript({ sessionsEach, gapDays }: PilotTimetableSpec): string {
  return `# How many sessions of a timetable everybody has.
# seats.csv: one row for each person and session. Columns: person, day (YYYY-MM-DD); everybody.csv: one row a person. Column: person
seats <- read.csv("seats.csv")
everybody <- read.csv("everybody.csv")
sessions <- table(factor(seats$person, levels = everybody$person))
print(c(full = sum(sessions >= ${sessionsEach}), part = sum(sessions > 0 & sessions < ${sessionsEach}), none = sum(sessions == 0)))
print(c(dose = sum(sessions) / (${sessionsEach} * length(sessions))), digits = 15)
seats <- seats[order(seats$person, seats$day), ]
apart <- tapply(as.Date(seats$day), seats$person, function(days) min(diff(as.numeric(days)), Inf))
stopifnot(all(apart >= ${gapDays}))
`;
}
