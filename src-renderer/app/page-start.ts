import type { LockReason } from '../bridge/events.ts';

const reasons: readonly LockReason[] = ['asked', 'idle', 'screen', 'suspend'];

export type PageStart = { readonly vault: string | null; readonly locked: LockReason | null };

/** What the host said as it loaded the page (`src-shared/host/start-url.ts`). */
export function readPageStart(): PageStart {
  const query = new URLSearchParams(window.location.search);
  return { vault: query.get('vault'), locked: reasons.find((reason) => reason === query.get('locked')) ?? null };
}
