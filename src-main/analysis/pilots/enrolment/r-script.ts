/** The counts of all in base R. */
export function pilotEnrolmentScript(): string {
  return `# How many people have come how far in a pilot.
# people.csv: one row a person. Columns: stratum, cluster, state
people <- read.csv("people.csv")
print(table(people$state))
print(table(people$stratum, people$state))
print(table(people$cluster, people$state))
`;
}
