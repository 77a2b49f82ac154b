import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { Count, EarlyWarningResult, Estimate, GateCheck } from '#shared/domain/early-warning.ts';
import { formatCount, formatNumber, formatShare } from '../../ui/format.ts';
import type { Tone } from '../../ui/surface.tsx';
import { text } from './text.ts';

/** The result of a run, once it has its shape. */
export function readEarlyWarning(result: AnalysisResult): EarlyWarningResult {
  const read = result.result as Partial<EarlyWarningResult>;
  if (typeof read.gate !== 'object' || typeof read.assessable !== 'object' || !Array.isArray(read.fairness)) {
    throw new Error('The result of early-warning does not have its shape.');
  }
  return read as EarlyWarningResult;
}

/** `0.74 (0.70 to 0.78)`; `not assessable` where there is none. */
export function estimateWords(estimate: Estimate | null, decimals = 2): string {
  if (estimate === null) return 'not assessable';
  const { low, high } = estimate;
  const ends =
    low === null || high === null
      ? '(no interval)'
      : `(${formatNumber(low, decimals)} to ${formatNumber(high, decimals)})`;
  return `${formatNumber(estimate.estimate, decimals)} ${ends}`;
}

export function numberWords(value: number | null, decimals = 2): string {
  return value === null ? 'not assessable' : formatNumber(value, decimals);
}

/** A count; in words where it is withheld. */
export function countWords(count: Count): string {
  return count === null ? text.withheld : formatCount(count);
}

export function shareWords(value: number | null): string {
  return value === null ? text.tooFew : formatShare(value);
}

/** `about 3 in 10`: a share of signals as people count. */
export function inTenWords(share: number | null): string {
  if (share === null) return 'not assessable';
  if (share <= 0) return 'none';
  if (share >= 0.95) return 'nearly all';
  if (share < 0.1) return `about 1 in ${Math.round(1 / share)}`;
  return `about ${Math.round(share * 10)} in 10`;
}

export function checkState(check: GateCheck): {
  readonly tone: Tone;
  readonly icon: 'check' | 'cross' | 'question';
  readonly word: string;
} {
  if (check.passed === null) return { tone: 'warn', icon: 'question', word: text.notJudged };
  return check.passed
    ? { tone: 'good', icon: 'check', word: text.passed }
    : { tone: 'bad', icon: 'cross', word: text.failed };
}

/** The model card and the reporting items as plain text. */
export function cardText(result: EarlyWarningResult): string {
  const card = result.modelCard.map(({ title, text: words }) => `${title}\n${words}`);
  const tripod = result.tripod.map(({ item, title, text: words }) => `${item}. ${title}\n${words}`);
  return [...card, ...(tripod.length > 0 ? [text.tripodTitle, ...tripod] : [])].join('\n\n');
}
