# The loads of everybody at every month end, summed by month, unit and role, in memory with data.table.
# Arguments: folder with people.csv, events.csv and months.csv; where to write the sums. Prints the seconds of the computation.
suppressMessages(library(data.table))
given <- commandArgs(trailingOnly = TRUE)
people <- fread(file.path(given[1], "people.csv"))
events <- fread(file.path(given[1], "events.csv"))
months <- fread(file.path(given[1], "months.csv"))
windows <- c(28, 90, 180, 365)
half_life <- 180
started <- proc.time()[["elapsed"]]
setorder(events, person, day)
# Events of everybody on one axis, so that one search finds where each person stands on a day.
span <- 100000
key <- events$person * span + events$day
reference <- min(events$day)
events[, load := cumsum(2^((day - reference) / half_life)), by = person]
first <- findInterval((people$person - 1) * span + span - 1, key)
upto <- function(day) pmax(findInterval(people$person * span + day, key), first)
sums <- rbindlist(lapply(seq_len(nrow(months)), function(m) {
  day <- months$day[m]
  at <- upto(day)
  row <- data.table(unit = people$unit, role = people$role)
  for (w in windows) row[[paste0("w", w)]] <- at - upto(day - w)
  row$decayed <- fifelse(at > first, events$load[pmax(at, 1)], 0) * 2^(-(day - reference) / half_life)
  in_post <- people$from <= day & day <= people$to
  row[in_post, c(list(people = .N), lapply(.SD, sum)), by = .(unit, role), .SDcols = c(paste0("w", windows), "decayed")][
    , month := months$month[m]]
}))
cat(proc.time()[["elapsed"]] - started, "\n")
fwrite(sums[, .(month, unit, role, people, w28, w90, w180, w365, decayed)], given[2])
