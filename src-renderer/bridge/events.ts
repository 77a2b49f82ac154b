import type { QueryClient } from '@tanstack/react-query';
import type { EngineEvent, OutputOf } from '#shared/contract/index.ts';
import { subscribe } from './client.ts';
import { forgetEverything } from './memory.ts';

export type LockReason = Extract<EngineEvent, { type: 'locked' }>['reason'];

const stateKey = ['vault.state', {}] as const;

function setSession(client: QueryClient, session: OutputOf<'vault.state'>['session']): void {
  client.setQueryData<OutputOf<'vault.state'>>(stateKey, (state) => ({
    recent: state?.recent ?? [],
    watchingPaused: state?.watchingPaused ?? false,
    session,
  }));
  void client.invalidateQueries({ queryKey: stateKey });
}

/** The lock screen at once; everything that this window holds of the vault goes. */
export function showLocked(client: QueryClient): void {
  setSession(client, null);
  client.removeQueries({ predicate: (query) => query.queryKey[0] !== stateKey[0] });
  client.getMutationCache().clear();
  forgetEverything();
}

/** The places of a vault just opened; nothing of an earlier one remains. */
export function showUnlocked(client: QueryClient, session: NonNullable<OutputOf<'vault.state'>['session']>): void {
  client.removeQueries({ predicate: (query) => query.queryKey[0] !== stateKey[0] });
  forgetEverything();
  setSession(client, session);
}

/** Keeps what is shown true to the vault: stale answers go on a change, everything goes on a lock. */
export function followEngine(client: QueryClient, onLocked: (reason: LockReason) => void): () => void {
  return subscribe((event) => {
    if (event.type === 'changed') void client.invalidateQueries();
    if (event.type === 'watch') void client.invalidateQueries({ queryKey: ['watch.state'] });
    if (event.type === 'locked') {
      showLocked(client);
      onLocked(event.reason);
    }
  });
}
