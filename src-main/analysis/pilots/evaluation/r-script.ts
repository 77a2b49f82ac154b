import { rComment, rFrame, rNumber, rScript, rVector } from '#main/stats/r/script.ts';
import type { PilotEstimate, PilotEvaluation, PilotReliableChange } from '#shared/domain/pilot-evaluation.ts';
import type { Found } from './people.ts';

export type ToldEvaluation = Omit<PilotEvaluation, 'r'>;

/** An evaluation with a script for R. @param counted whether shares who changed differ as their counts do, and are not weighted */
export function withScript(
  told: ToldEvaluation,
  fits: readonly Found<PilotEstimate>[],
  counted = true,
): PilotEvaluation {
  return { ...told, r: scriptOf(told, fits, counted) };
}

/**
 * Intervals, p-values and what follows from counts again from the figures of the evaluation, in base R: no row of a person stands in it. What
 * was fitted to rows is a recipe for who has them.
 */
function scriptOf(told: ToldEvaluation, fits: readonly Found<PilotEstimate>[], counted: boolean): string {
  const { primary, further, secondaries, change, missing, series, clustering } = told;
  const found = (list: readonly { readonly found: PilotEstimate | { readonly refused: string } }[]): PilotEstimate[] =>
    list.flatMap(({ found: row }) => ('refused' in row ? [] : [row]));
  const adjusted = found(secondaries).map(({ p }) => p);
  const deltas = 'refused' in missing ? [] : found(missing.deltas);
  return rScript(
    '# From estimates, their errors and degrees of freedom (NA: normal), and from counts.',
    'limits <- function(estimate, se, df) {',
    '  t <- estimate / se; normal <- is.na(df); q <- ifelse(normal, qnorm(0.975), suppressWarnings(qt(0.975, df)))',
    '  p <- 2 * ifelse(normal, pnorm(-abs(t)), suppressWarnings(pt(-abs(t), df)))',
    '  data.frame(estimate = estimate, low = estimate - q * se, high = estimate + q * se, p = p)',
    '}',
    `result <- list(primary = ${limitsOf([primary])})`,
    primary.standardised === null
      ? []
      : `result$standardised <- result$primary$estimate / ${rNumber(primary.standardised.sd)}`,
    further.length === 0 ? [] : `result$further <- ${limitsOf(found(further))}`,
    deltas.length === 0 ? [] : `result$deltas <- ${limitsOf(deltas)} # missing scores taken as worse`,
    adjusted.length === 0 ? [] : `result$adjustedP <- p.adjust(${rVector(adjusted)}, method = "holm")`,
    counted && !('refused' in change) ? changeLines(change, clustering?.designEffect ?? 1) : [],
    series === null
      ? []
      : `series <- ${rFrame({ time: series.map(({ time }) => time), value: series.map(({ observed }) => observed) })} # write.csv(series, "series.csv", row.names = FALSE)`,
    'print(result, digits = 15)',
    fits.flatMap(({ estimate: { method }, r }) => ['', `# ${method} From the rows:`, rComment(r)]),
  );
}

/** Rows of estimates; those that were refused have none. */
function limitsOf(estimates: readonly PilotEstimate[]): string {
  const column = (of: (estimate: PilotEstimate) => number | null): string =>
    `c(${estimates.map((estimate) => rNumber(of(estimate) ?? Number.NaN)).join(', ')})`;
  return `limits(${column(({ estimate }) => estimate)}, ${column(({ se }) => se)}, as.numeric(${column(({ df }) => df)}))`;
}

/** Newcombe's limits from Wilson's of each share (method 10). */
function changeLines({ arms, improvement, deterioration }: PilotReliableChange, designEffect: number): string[] {
  if (improvement === null && deterioration === null) return [];
  const counts = (of: 'improved' | 'deteriorated' | 'n'): string => rVector(arms.map((arm) => arm[of] ?? Number.NaN));
  return [
    'newcombe <- function(x, n, effect) {',
    '  p <- x / n; n <- n / effect; z <- qnorm(0.975)',
    '  centre <- (p + z^2 / (2 * n)) / (1 + z^2 / n); width <- z * sqrt(p * (1 - p) / n + z^2 / (4 * n^2)) / (1 + z^2 / n)',
    '  l <- centre - width; u <- centre + width; difference <- p[1] - p[2]',
    '  list(difference = difference, low = difference - sqrt((p[1] - l[1])^2 + (u[2] - p[2])^2),',
    '    high = difference + sqrt((u[1] - p[1])^2 + (p[2] - l[2])^2), numberNeeded = 1 / abs(difference))',
    '}',
    ...(improvement === null
      ? []
      : [`result$improvement <- newcombe(${counts('improved')}, ${counts('n')}, ${rNumber(designEffect)})`]),
    ...(deterioration === null
      ? []
      : [`result$deterioration <- newcombe(${counts('deteriorated')}, ${counts('n')}, ${rNumber(designEffect)})`]),
  ];
}
