import type { LandmarkTable } from '../landmark-table.ts';

/** What scoring needs of a model; a kept model has no more. */
export type ScoringModel = {
  readonly intercept: number;
  readonly coefficients: ArrayLike<number>;
  readonly means: ArrayLike<number>;
};

/** Log odds of the outcome by landmark. */
export function scoreLandmarks(model: ScoringModel, table: LandmarkTable): Float64Array {
  const logits = new Float64Array(table.count).fill(model.intercept);
  table.values.forEach((values, column) => {
    const coefficient = model.coefficients[column] ?? 0;
    if (coefficient === 0) return;
    for (let row = 0; row < table.count; row += 1) {
      logits[row] = (logits[row] ?? 0) + coefficient * (values[row] ?? 0);
    }
  });
  return logits;
}

export function chanceOf(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

/** As in “about 1 in 6”; never a bare score. */
export function chanceWords(chance: number): string {
  if (chance >= 0.95) return 'nearly certain';
  if (chance > 0.4) return `about ${Math.round(chance * 10)} in 10`;
  return `about 1 in ${Math.max(2, Math.round(1 / Math.max(chance, 1e-3)))}`;
}

export type Contribution = { readonly code: string; readonly words: string };

/** Below this many log odds above what is usual, a predictor is no reason. */
const leastContribution = 0.05;

/**
 * What raises a person's chance most above that of somebody with usual values, in words, largest first. What lowers it is no reason for an
 * offer, so it is left out.
 */
export function contributionsOf(model: ScoringModel, table: LandmarkTable, row: number, most: number): Contribution[] {
  return table.predictors
    .map((predictor, column) => {
      const value = table.values[column]?.[row] ?? 0;
      const usual = model.means[column] ?? 0;
      return { predictor, value, usual, raises: (model.coefficients[column] ?? 0) * (value - usual) };
    })
    .filter(({ raises }) => raises >= leastContribution)
    .sort((a, b) => b.raises - a.raises || (a.predictor.code < b.predictor.code ? -1 : 1))
    .slice(0, most)
    .map(({ predictor, value, usual }) => ({ code: predictor.code, words: reasonWords(predictor, value, usual) }));
}

function reasonWords(
  { code, words, unit }: { readonly code: string; readonly words: string; readonly unit: string },
  value: number,
  usual: number,
): string {
  if (code === 'exposure-recency') return value > usual ? 'A recent exposure' : 'No recent exposure';
  if (code === 'score-change') return `A score ${points(value)} than at the screening before`;
  if (unit === 'yes or no') return value > usual ? capital(words) : `Not: ${words}`;
  return `${capital(words)}: ${amount(value)}, where ${amount(usual)} is usual`;
}

function points(change: number): string {
  return change < 0 ? `${amount(-change)} points lower` : `${amount(change)} points higher`;
}

function amount(value: number): string {
  const rounded = Math.abs(value) >= 10 ? Math.round(value) : Math.round(value * 10) / 10;
  return rounded.toLocaleString('en-GB');
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
