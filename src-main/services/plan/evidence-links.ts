import type { LoopTurnView } from '#shared/contract/plan.ts';
import type { VaultContext } from '../call-context.ts';

/** The review that a pilot entered as a study; null where it entered none. */
export function studyOfPilot(_context: VaultContext, _pilot: string): LoopTurnView['study'] {
  return null;
}
