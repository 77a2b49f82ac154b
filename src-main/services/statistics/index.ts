import { runStatistics } from '#main/workers/run-statistics.ts';
import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import { ok, type Result } from '#shared/domain/result.ts';
import type { CallContext } from '../call-context.ts';

/** One statistical procedure on a plain file. */
export async function runProcedure(
  context: CallContext,
  input: InputOf<'statistics.run'>,
): Promise<Result<OutputOf<'statistics.run'>>> {
  return ok({ result: { ...(await runStatistics(input, context.progress, context.signal)) } });
}
