import type { PilotComparison } from '#shared/domain/pilot-evaluation-result.ts';

/** `sessions against as usual`. */
export function comparisonName({ arm, comparison }: PilotComparison): string {
  if (arm === null) return 'with the pilot against without it';
  return comparison === null ? arm : `${arm} against ${comparison}`;
}
