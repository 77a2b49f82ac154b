import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { call } from '../bridge/client.ts';
import { showLocked } from '../bridge/events.ts';

/** Locks the vault and forgets what this window holds of it, whatever the engine answers. */
export function useLock(): () => void {
  const client = useQueryClient();
  return useCallback(() => {
    void call('vault.lock', {}).then(() => showLocked(client));
  }, [client]);
}
