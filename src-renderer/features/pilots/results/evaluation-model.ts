import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { PilotArm, PilotEstimate } from '#shared/domain/pilot-evaluation.ts';
import type {
  PilotComparison,
  PilotEvaluationResult,
  PilotEvaluationTold,
} from '#shared/domain/pilot-evaluation-result.ts';
import { formatNumber } from '../../../ui/format.ts';
import { resultText as text } from './text.ts';

export function readPilotEvaluation({ result }: AnalysisResult): PilotEvaluationResult {
  const evaluation = result as Partial<PilotEvaluationResult>;
  if (!Array.isArray(evaluation.comparisons) || typeof evaluation.plan !== 'object') {
    throw new Error('The result of pilot-evaluation does not have its shape.');
  }
  return evaluation as PilotEvaluationResult;
}

/** The arms of a comparison in words; empty in designs without arms. */
export function comparisonName({ arm, comparison }: PilotComparison): string {
  return arm === null ? '' : text.against(arm, comparison ?? '');
}

export function armName({ arm, comparison }: PilotComparison, side: PilotArm): string {
  return (side === 'offered' ? arm : comparison) ?? text.arms[side];
}

/** An estimate as a row of a chart and of the table behind it; null figures where it was refused. */
export type EstimateRow = {
  readonly name: string;
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly p: number | null;
  /** How it was found, or why it is not told. */
  readonly method: string;
};

type Found = PilotEstimate | { readonly refused: string };

export function estimateRow(name: string, found: Found): EstimateRow {
  return 'refused' in found
    ? { name, estimate: null, low: null, high: null, p: null, method: found.refused }
    : { name, ...pick(found) };
}

function pick({ estimate, low, high, p, method }: PilotEstimate) {
  return { estimate, low, high, p, method };
}

/** The main estimate first, and what answers another question beside it. */
export function effectRows({ primary, further }: PilotEvaluationTold): EstimateRow[] {
  return [estimateRow(text.main, primary), ...further.map(({ name, found }) => estimateRow(name, found))];
}

/** Decimals with which differences of that size can be told apart. */
export function differenceDecimals(value: number): number {
  return Math.abs(value) < 1 ? 2 : 1;
}

export function intervalWords({ estimate, low, high }: Pick<EstimateRow, 'estimate' | 'low' | 'high'>): string {
  if (estimate === null || low === null || high === null) return 'not told';
  const decimals = differenceDecimals(Math.max(Math.abs(low), Math.abs(high)));
  const words = (value: number): string => formatNumber(value, decimals);
  return `${words(estimate)} (${words(low)} to ${words(high)})`;
}

export function pWords(p: number | null): string {
  if (p === null) return 'not told';
  return p < 0.001 ? 'under 0.001' : formatNumber(p, 3);
}
