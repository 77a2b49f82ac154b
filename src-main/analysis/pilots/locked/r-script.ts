import type { PilotEvaluationResult } from '#shared/domain/pilot-evaluation-result.ts';

/** The scripts of all comparisons, one after the other; each prints its own `result`. */
export function pilotEvaluationScript(
  { comparisons }: PilotEvaluationResult,
  scripts: readonly (string | null)[],
): string {
  return scripts
    .flatMap((script, at) => {
      const { arm = null, comparison = null } = comparisons[at] ?? {};
      if (script === null) return [];
      return [...(arm === null ? [] : [`# ${JSON.stringify(arm)} against ${JSON.stringify(comparison)}`]), script];
    })
    .join('\n');
}
