import type { PeriodSpec } from './period-spec.ts';
import type { InstrumentSummary } from './screening-summary.ts';

/** Base R for the counts of a period, from one row an exposure. */
export function periodScript(spec: PeriodSpec): string {
  return `# Exposures from ${spec.from} to ${spec.to}. Base R only.
#
# Reads exposures.csv in the working directory: one row per countable exposure, duplicates taken out. Columns:
#   day        local date, 2026-03-31
#   category   category code
#   unit, role held on that day; UNKNOWN when in no post
exposures <- read.csv("exposures.csv", colClasses = "character")
day <- as.Date(exposures$day)
inside <- day >= as.Date("${spec.from}") & day <= as.Date("${spec.to}")
period <- exposures[inside, ]
month <- format(day[inside], "%Y-%m")
cat("Exposures:", nrow(period), "\\n")
print(table(period$category))
print(table(period$role))
print(addmargins(table(period$unit, month)))
# Centre line and limits of the monthly XmR chart (mean and 2.66 mean moving ranges), from 12 months on.
totals <- as.vector(table(month))
if (length(totals) >= 12) {
  print(mean(totals) + c(lower = -1, centre = 0, upper = 1) * 2.66 * mean(abs(diff(totals))))
}
`;
}

/** Base R for the shares and their intervals, from the counts themselves. */
export function screeningScript(summaries: readonly InstrumentSummary[]): string {
  const lines = summaries.flatMap((summary) =>
    summary.findings
      .filter((finding) => finding.judged > 0)
      .map(
        (finding) =>
          `# ${summary.instrument}, ${finding.rule}\nprop.test(${finding.positive}, ${finding.judged}, correct = FALSE)[c("estimate", "conf.int")]`,
      ),
  );
  return `# Shares of people screened positive with Wilson's 95% interval. Base R only.\n${lines.join('\n')}\n`;
}
