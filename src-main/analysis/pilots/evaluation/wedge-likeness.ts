import type { ProcedureResult } from '#main/stats/procedures/run-procedure.ts';
import { plainRate } from '../../exposure/words.ts';

export type WedgeLikeness = {
  /** Correlation of two people of one cluster in one period. */
  readonly within: number;
  /** Of two people of one cluster in two periods. */
  readonly between: number;
};

/**
 * How alike scores of one cluster are, from the variances of a mixed model (Hooper et al. 2016, Statistics in Medicine 35:4718): what the people
 * of a stepped wedge share in one period, and what of it stays from one period to another.
 * @param found a mixed model with random effects `cluster` and `cell`, and of what else there is
 */
export function wedgeLikeness(found: ProcedureResult): WedgeLikeness {
  const rows = found['variance'] as readonly { readonly group: string; readonly variance: number }[];
  const { variance: residual } = found['residual'] as { readonly variance: number };
  const of = (group: string): number => rows.find((row) => row.group === group)?.variance ?? 0;
  const total = rows.reduce((sum, { variance }) => sum + variance, residual);
  return { within: (of('cluster') + of('cell')) / total, between: of('cluster') / total };
}

export function likenessWords({ within, between }: WedgeLikeness): string {
  return `Scores of one team correlate ${plainRate(within)} within a period and ${plainRate(between)} between periods.`;
}
