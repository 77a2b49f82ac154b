import type { ProcedureResult } from '#main/stats/procedures/run-procedure.ts';
import type { TermResult } from '#main/stats/procedures/term.ts';
import type { PilotEstimate, PilotRefused } from '#shared/domain/pilot-evaluation.ts';
import { ExpectedError } from '#shared/domain/result.ts';

type Row = Omit<TermResult, 'term'>;

/** What is told of a row of a procedure's result. @throws ExpectedError REFUSED_MODEL where it has no estimate or no error. */
export function estimateOf(row: Row | undefined, method: string): PilotEstimate {
  const { estimate = null, se = null, p = null, low = null, high = null } = row ?? {};
  if (estimate === null || se === null || p === null || low === null || high === null) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      'The effect of the pilot cannot be told apart from the other terms.',
      'Nothing was computed. Use fewer covariates, or look at who was offered the pilot.',
    );
  }
  return { estimate, se, df: row?.df ?? null, p, low, high, method };
}

/** The row of that name among the terms of a result. */
export function termOf(found: ProcedureResult, name: string): TermResult | undefined {
  return (found['terms'] as readonly TermResult[]).find(({ term }) => term === name);
}

/** What a part finds, or why it finds nothing. */
export function orRefused<Value>(part: () => Value): Value | PilotRefused {
  try {
    return part();
  } catch (error) {
    if (error instanceof ExpectedError && error.error.code === 'REFUSED_MODEL') return { refused: error.message };
    throw error;
  }
}
