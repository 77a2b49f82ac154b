import type { Predictor } from './landmark-table.ts';

/** Twelve of at most fifteen; the order is the order of the columns. What each counts ends on the day of the screening. */
export const predictors = [
  { code: 'exposures-28', words: 'exposures in the last 28 days', unit: 'exposures' },
  { code: 'exposures-29-180', words: 'exposures in the 152 days before that', unit: 'exposures' },
  { code: 'exposure-recency', words: 'how recent the last exposure is', unit: 'share, halving every 28 days' },
  { code: 'last-score', words: 'score at the last screening', unit: 'points' },
  { code: 'score-change', words: 'change since the screening before', unit: 'points' },
  { code: 'first-screening', words: 'first screening on file', unit: 'yes or no' },
  { code: 'absence-days-365', words: 'days absent in the last year', unit: 'days' },
  { code: 'psychological-365', words: 'a psychological absence in the last year', unit: 'yes or no' },
  { code: 'nights-28', words: 'night duties in the last 28 days', unit: 'duties' },
  { code: 'overtime-hours-28', words: 'overtime in the last 28 days', unit: 'hours' },
  { code: 'rest-days-cancelled-90', words: 'rest days cancelled in the last 90 days', unit: 'days' },
  { code: 'short-gaps-28', words: 'gaps under 11 hours between duties in the last 28 days', unit: 'gaps' },
] as const satisfies readonly Predictor[];

export type PredictorCode = (typeof predictors)[number]['code'];
