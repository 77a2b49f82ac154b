import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { EarlyWarningResult, GateCheck } from '#shared/domain/early-warning.ts';
import { formatShare } from '../../ui/format.ts';
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
