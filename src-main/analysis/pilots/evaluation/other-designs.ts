import type { PilotEvaluation } from '#shared/domain/pilot-evaluation.ts';

/** Parts that belong to other designs, or are added later. */
export const otherDesigns = {
  clustering: null,
  events: null,
  series: null,
  balance: null,
  economics: null,
} as const satisfies Pick<PilotEvaluation, 'clustering' | 'events' | 'series' | 'balance' | 'economics'>;
