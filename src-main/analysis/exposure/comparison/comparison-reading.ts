import type { Scheme } from '#shared/domain/scheme.ts';
import type { UncountedRows } from '../packed-exposures.ts';
import { exposureLoadScript } from '../r-script.ts';
import { counted, plainDate, plainNumber, plainShare } from '../words.ts';
import type { ComparisonResult } from './compare-schemes.ts';

type ReadingContext = {
  readonly schemes: readonly [Scheme, Scheme];
  readonly asOfDay: number;
  readonly coverage: number | null;
};

function standing({ status }: Scheme): string {
  return status === 'approved' ? '' : status === 'draft' ? ' (a draft)' : ' (retired)';
}

/** What a comparison of two schemes says, with its limits. */
export function readComparison(
  { people, rankCorrelation, moved, signals }: ComparisonResult,
  { schemes: [first, second], asOfDay, coverage }: ReadingContext,
): readonly string[] {
  const names = `${first.id}${standing(first)} and ${second.id}${standing(second)}`;
  if (people === 0) return [`Nobody was in post on ${plainDate(asOfDay)}, so there is nothing to compare.`];
  const ranks =
    rankCorrelation === null
      ? 'Their ranks cannot be compared: there are fewer than ten people, or one scheme gives everybody the same.'
      : `Spearman’s rank correlation of the two is ${rankCorrelation.estimate.toFixed(3)}${between(rankCorrelation)}; 1 would be the very same order of people.`;
  const shown = coverage === null ? 'not known' : plainShare(coverage);
  return [
    `Under ${names}, the decayed loads of ${counted(people, 'person', 'people')} in post on ${plainDate(asOfDay)} were put side by side; coverage is ${shown}.`,
    ranks,
    `${counted(moved.people, 'person', 'people')} of ${plainNumber(people)} (${plainShare(moved.people / people)}) would be in another third under ${second.id}: ${plainNumber(moved.higher)} in a higher one, ${plainNumber(moved.lower)} in a lower one.`,
    `A rule holds for ${plainNumber(signals.first)} under ${first.id} and for ${plainNumber(signals.second)} under ${second.id}: ${plainNumber(signals.onlyFirst)} under the first alone, ${plainNumber(signals.onlySecond)} under the second alone.`,
    'That two schemes differ does not say which is better: weighting by severity has not been shown to add precision to plain counts (Weiss and others 2010). Nobody’s need is measured here.',
  ];
}

function between({ low, high }: { readonly low: number | null; readonly high: number | null }): string {
  return low === null || high === null ? '' : ` (95% interval ${low.toFixed(3)} to ${high.toFixed(3)})`;
}

export function comparisonWarnings(schemes: readonly [Scheme, Scheme]): readonly string[] {
  return schemes
    .filter(({ status }) => status !== 'approved')
    .map(({ id, status }) => `The scheme ${id} is not approved (${status}): use it to compare, not to decide.`);
}

/** A script for base R that gives both loads, their rank correlation and the table of bands. */
export function comparisonScript(
  schemes: readonly [Scheme, Scheme],
  asOfDay: number,
  uncounted: UncountedRows,
): string {
  const [first, second] = schemes.map((scheme) =>
    exposureLoadScript({
      scheme,
      asOfDay,
      windowsDays: scheme.windows_days,
      halfLifeDays: scheme.recency.value,
      uncounted,
    }),
  ) as [string, string];
  return `first <- local({
${first}post
})
second <- local({
${second}post
})
# Both are ordered by pseudonym. Thirds by type-7 quantiles; equal values share a band.
band <- function(x) findInterval(x, quantile(x, c(1, 2) / 3, type = 7, names = FALSE), left.open = TRUE)
levels <- c("lowest third", "middle third", "highest third")
result <- list(
  rankCorrelation = cor(first$decayed, second$decayed, method = "spearman"),
  byBand = unclass(table(first = factor(levels[band(first$decayed) + 1], levels), second = factor(levels[band(second$decayed) + 1], levels)))
)
print(result, digits = 15)
`;
}
