import { isoOfDay } from '#shared/domain/dates.ts';
import type { Scheme } from '#shared/domain/scheme.ts';
import type { UncountedRows } from './packed-exposures.ts';

export type LoadScriptInput = {
  readonly scheme: Scheme;
  readonly asOfDay: number;
  readonly windowsDays: readonly number[];
  readonly halfLifeDays: number;
  readonly uncounted: UncountedRows;
};

/**
 * A script for base R that reads `exposures.csv` from the working directory and gives the headline numbers of an
 * exposure load: people, events, coverage, totals, spread, loads and percentiles. Its first lines say what the file must hold.
 */
export function exposureLoadScript(input: LoadScriptInput): string {
  return `${[head(input), reading, weightsScript(input.scheme), headline(input.uncounted), loads].join('\n')}\n`;
}

function head({ scheme, asOfDay, windowsDays, halfLifeDays }: LoadScriptInput): string {
  return `# Exposure load on ${isoOfDay(asOfDay)} under the scheme ${scheme.id}. Base R only.
#
# Reads exposures.csv in the working directory: UTF-8, comma-separated, with a header, one row per countable
# exposure, duplicates taken out, and one row with an empty day for each person in post who has none. Columns:
#   person           pseudonym
#   role, unit       held on ${isoOfDay(asOfDay)}; empty when in no post
#   in_post          1 when in post on ${isoOfDay(asOfDay)}, else 0
#   day              local date of the exposure, 2026-03-31
#   category         category code
# and, used only where the scheme weighs them (empty when not known; may be left out where it does not):
#   proximity, attribution, first_on_scene (1 or 0), known_victim (1 or 0), minutes_on_scene
as_of <- as.Date("${isoOfDay(asOfDay)}")
windows <- ${vector(windowsDays.map(String))}
half_life <- ${halfLifeDays}`;
}

const reading = `
rows <- read.csv("exposures.csv", colClasses = "character", na.strings = "", encoding = "UTF-8")
for (name in setdiff(c("proximity", "attribution", "first_on_scene", "known_victim", "minutes_on_scene"), names(rows))) {
  rows[[name]] <- rep(NA_character_, nrow(rows))
}
rows$role[is.na(rows$role) | rows$in_post != "1"] <- "UNKNOWN"
rows$unit[is.na(rows$unit) | rows$in_post != "1"] <- "UNKNOWN"
post <- unique(rows[rows$in_post == "1", c("person", "role", "unit")])
post <- post[order(post$person, method = "radix"), ]
events <- rows[!is.na(rows$day), ]
events$day <- as.Date(events$day)
events <- events[events$day <= as_of, ]
`;

/** Lines of R that give `events` a column of weights under a scheme, each day capped where the scheme caps it. */
export function weightsScript(scheme: Scheme): string {
  const tiers = Object.values(scheme.tiers).flatMap((tier) =>
    tier.categories.map((code) => [code, tier.weight] as const),
  );
  const { first_on_scene: first, known_victim: known, minutes_on_scene: minutes } = scheme.modifiers;
  const lines = [
    '# Weights: a word that is not in a table, or a field that is empty, weighs 1.',
    'weight_of <- function(key, table) { w <- unname(table[key]); w[is.na(w)] <- 1; w }',
    'events$weight <- rep(1, nrow(events))',
  ];
  const times = (factor: string) => lines.push(`events$weight <- events$weight * ${factor}`);
  if (tiers.length > 0) times(`weight_of(events$category, ${named(tiers)})`);
  if (Object.keys(scheme.proximity).length > 0) {
    times(`weight_of(events$proximity, ${named(Object.entries(scheme.proximity))})`);
  }
  if (Object.keys(scheme.attribution).length > 0) {
    times(`weight_of(events$attribution, ${named(Object.entries(scheme.attribution))})`);
  }
  if (first !== undefined) times(`ifelse(events$first_on_scene %in% "1", ${first}, 1)`);
  if (known !== undefined) times(`ifelse(events$known_victim %in% "1", ${known}, 1)`);
  if (minutes !== undefined) {
    lines.push('minutes <- as.numeric(events$minutes_on_scene)');
    times(`ifelse(is.na(minutes), 1, 1 + ${minutes.per_hour} * pmin(minutes, ${minutes.cap}) / 60)`);
  }
  if (scheme.cap_per_day !== null) {
    lines.push(
      '# The sum of a person and day is capped before windows and decay.',
      'day_sum <- ave(events$weight, events$person, events$day, FUN = sum)',
      `events$weight <- ifelse(day_sum > ${scheme.cap_per_day}, events$weight * ${scheme.cap_per_day} / day_sum, events$weight)`,
    );
  }
  return lines.join('\n');
}

function headline({ unmapped, notTraumatic, attendances }: UncountedRows): string {
  const held =
    attendances === undefined
      ? 'held <- nrow(events) + unmapped + not_traumatic'
      : `# Of attendances: all, those whose incident has no rule or is not held, and the events made of the others.
attendances <- ${attendances.all}
without_rule <- ${attendances.unmapped + attendances.notImported}
derived <- ${attendances.derived}
held <- nrow(events) - derived + unmapped + not_traumatic + attendances
unmapped <- unmapped + without_rule`;
  return `
# Rows up to the day that are held but not counted: codes with no rule, and codes that are no trauma.
unmapped <- ${unmapped}
not_traumatic <- ${notTraumatic}
${held}
cat("people in post:", nrow(post), "\\n")
cat("events:", nrow(events), "\\n")
cat("events of people in post:", sum(events$in_post == "1"), "\\n")
cat("coverage:", format(if (held == 0) NA else (held - unmapped) / held, digits = 15), "\\n")
print(table(events$category))
print(table(events$role))
print(table(events$unit))
print(table(format(events$day, "%Y-%m")))
`;
}

const loads = `per_person <- function(values, person) {
  sums <- tapply(values, factor(person, levels = post$person), sum)
  sums[is.na(sums)] <- 0
  as.numeric(sums)
}
gini <- function(x) {
  x <- sort(x)
  if (sum(x) == 0) 0 else sum((2 * seq_along(x) - length(x) - 1) * x) / (length(x) * sum(x))
}
spread <- function(x) {
  q <- quantile(x, c(0, 0.25, 0.5, 0.75, 1), type = 7, names = FALSE)
  c(min = q[1], q1 = q[2], median = q[3], q3 = q[4], max = q[5], mean = mean(x), gini = gini(x))
}
# A window of w days holds as_of - w < day <= as_of. Values nearer than 1e-9 are ties.
for (w in windows) {
  inside <- events$day > as_of - w
  load <- per_person(events$weight[inside], events$person[inside])
  post[[paste0("count_", w)]] <- load
  if (nrow(post) > 0) {
    share <- function(x) 100 * rank(x, ties.method = "max") / length(x)
    post[[paste0("percentile_", w)]] <- ave(round(load, 9), post$role, FUN = share)
  }
}
post$decayed <- per_person(events$weight * 2^(-as.numeric(as_of - events$day) / half_life), events$person)
if (nrow(post) > 0) {
  columns <- c(paste0("count_", windows), "decayed")
  print(t(sapply(post[columns], spread)), digits = 15)
}
print(post, digits = 15, row.names = FALSE)`;

function vector(values: readonly string[]): string {
  return `c(${values.join(', ')})`;
}

/** Names are codes of closed lists, so they need no escaping. */
function named(entries: readonly (readonly [string, number])[]): string {
  return vector(entries.map(([name, value]) => `"${name}" = ${value}`));
}
