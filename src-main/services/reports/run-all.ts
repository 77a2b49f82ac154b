import type { AnalysisResult } from '#shared/contract/analyses.ts';
import { ok, type Result } from '#shared/domain/result.ts';
import { runAnalysis } from '../analyses/index.ts';
import type { VaultContext } from '../call-context.ts';

export type Question = { readonly method: string; readonly spec: Readonly<Record<string, unknown>> };

/** Runs analyses one after the other; the first that fails ends it. */
export async function runAll(
  context: VaultContext,
  questions: readonly Question[],
): Promise<Result<readonly AnalysisResult[]>> {
  const answers: AnalysisResult[] = [];
  for (const { method, spec } of questions) {
    const answer = await runAnalysis(context, method, spec);
    if (!answer.ok) return answer;
    answers.push(answer.value);
  }
  return ok(answers);
}
