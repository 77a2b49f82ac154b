import { isoOfDay } from '#shared/domain/dates.ts';
import { type TriggerRule, triggerInWords } from '#shared/domain/trigger-rules.ts';
import { weightsScript } from '../exposure/r-script.ts';
import type { CompiledScheme } from '../exposure/scheme-weights.ts';

export type SignalScriptInput = {
  readonly compiled: CompiledScheme;
  readonly looks: Int32Array;
  readonly clearAfterDays: number;
};

/** A script for base R that reads `posts.csv` and `exposures.csv` and gives the signals by rule. */
export function signalsScript({ compiled, looks, clearAfterDays }: SignalScriptInput): string {
  const { scheme, triggers } = compiled;
  return `# Signals by the review triggers of the scheme ${scheme.id}. Base R only.
#
# posts.csv       person, role, from, to       one row a post; dates such as 2026-03-31, empty where open
# exposures.csv   person, day, category        one row a countable exposure, duplicates taken out
# and in exposures.csv, used only where the scheme weighs them (empty when not known):
#   proximity, attribution, first_on_scene (1 or 0), known_victim (1 or 0), minutes_on_scene
looks <- as.Date(c(${Array.from(looks, (day) => `"${isoOfDay(day)}"`).join(', ')}))
cooldown <- ${scheme.cooldown_days}
clear_after <- ${clearAfterDays}
posts <- read.csv("posts.csv", colClasses = "character", na.strings = "", encoding = "UTF-8")
events <- read.csv("exposures.csv", colClasses = "character", na.strings = "", encoding = "UTF-8")
for (name in setdiff(c("proximity", "attribution", "first_on_scene", "known_victim", "minutes_on_scene"), names(events))) {
  events[[name]] <- rep(NA_character_, nrow(events))
}
events$day <- as.Date(events$day)
posts$from <- as.Date(posts$from)
posts$to <- as.Date(posts$to)
${weightsScript(scheme)}
${helpers}
rules <- list(
${triggers.map((rule) => ruleScript(rule, compiled)).join(',\n')}
)
${machine}`;
}

function ruleScript(rule: TriggerRule, { scheme }: CompiledScheme): string {
  const start = `  # ${triggerInWords(rule)}.\n  `;
  switch (rule.kind) {
    case 'count':
      return `${start}list(single = FALSE, holds = function(look, post) count_of(events, look, ${rule.windowDays}, post) >= ${rule.least})`;
    case 'tier': {
      const codes = (scheme.tiers[rule.tier]?.categories ?? []).map((code) => `"${code}"`).join(', ');
      return `${start}list(single = FALSE, holds = function(look, post) count_of(events[events$category %in% c(${codes}), ], look, ${rule.windowDays}, post) >= ${rule.least})`;
    }
    case 'percentile':
      return `${start}list(single = FALSE, holds = function(look, post) above(look, post, ${rule.windowDays}, ${rule.percent}))`;
    case 'single':
      return `${start}list(single = TRUE, category = "${rule.category}", window = ${rule.windowDays})`;
  }
}

const helpers = `
# The post held on a day; where two hold it, the later one.
in_post <- function(day) {
  now <- posts[(is.na(posts$from) | posts$from <= day) & (is.na(posts$to) | posts$to >= day), ]
  now[!duplicated(now$person, fromLast = TRUE), ]
}
inside <- function(rows, look, days) rows[rows$day <= look & rows$day > look - days, ]
count_of <- function(rows, look, days, post) as.integer(table(factor(inside(rows, look, days)$person, levels = post$person)))
above <- function(look, post, days, percent) {
  rows <- inside(events, look, days)
  load <- tapply(rows$weight, factor(rows$person, levels = post$person), sum)
  load <- round(ifelse(is.na(load), 0, load), 9)
  below <- ave(as.numeric(load), post$role, FUN = function(x) rank(x, ties.method = "min") - 1)
  size <- ave(as.numeric(load), post$role, FUN = length)
  count_of(events, look, days, post) >= 3 & size >= 20 & below * 100 >= percent * size
}`;

const machine = `result <- data.frame(rule = seq_along(rules), signals = 0, new = 0, again = 0, joined = 0, cleared = 0, standing = 0)
for (r in seq_along(rules)) {
  rule <- rules[[r]]
  add <- function(what, n) result[r, what] <<- result[r, what] + n
  everybody <- unique(posts$person)
  last <- false_since <- setNames(rep(NA_real_, length(everybody)), everybody)
  standing <- list()
  for (at in seq_along(looks)) {
    look <- looks[at]
    post <- in_post(look)
    if (rule$single) {
      after <- if (at == 1) look - rule$window else looks[at - 1]
      new <- events[events$category == rule$category & events$day > after & events$day <= look, ]
      new <- unique(new[c("person", "day")])
      held <- mapply(function(p, d) p %in% post$person || p %in% in_post(d)$person, new$person, as.list(new$day))
      add("signals", sum(as.logical(held)))
      add("new", sum(as.logical(held)))
      next
    }
    holding <- post$person[rule$holds(look, post)]
    for (p in setdiff(names(standing), holding)) {
      if (is.na(false_since[p])) false_since[p] <- as.numeric(look)
      if (as.numeric(look) - false_since[p] >= clear_after) {
        add("cleared", 1)
        standing[[p]] <- NULL
      }
    }
    for (p in holding) {
      false_since[p] <- NA
      if (is.null(standing[[p]])) standing[[p]] <- 0
      if (!is.na(last[p]) && as.numeric(look) - last[p] < cooldown) {
        add("joined", 1)
      } else {
        add("signals", 1)
        add(if (standing[[p]] > 0) "again" else "new", 1)
        standing[[p]] <- standing[[p]] + 1
        last[p] <- as.numeric(look)
      }
    }
  }
  result[r, "standing"] <- length(standing)
}
print(result, row.names = FALSE)
`;
