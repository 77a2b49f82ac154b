import { Center, Loader } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useCallback, useEffect, useState } from 'react';
import { bridge, errorOf } from '../bridge/client.ts';
import { followEngine, type LockReason, showUnlocked } from '../bridge/events.ts';
import { useOperation } from '../bridge/hooks.ts';
import type { Session } from '../bridge/session.ts';
import { LockPlace } from '../features/lock/lock-place.tsx';
import { type Recovery, RecoveryKeys } from '../features/lock/recovery-keys.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Notice } from '../ui/surface.tsx';
import { readPageStart } from './page-start.ts';
import { router } from './router.tsx';
import { useActivityNotice } from './use-activity-notice.ts';

/** The lock screen, the recovery keys of a vault just made, or the places of an open vault. */
export function App() {
  const client = useQueryClient();
  const [start] = useState(readPageStart);
  const [lockReason, setLockReason] = useState<LockReason | null>(start.locked);
  const [recovery, setRecovery] = useState<Recovery | null>(null);
  const state = useOperation('vault.state', {});
  const session = state.data?.session ?? null;

  useEffect(
    () =>
      followEngine(client, (reason) => {
        setLockReason(reason);
      }),
    [client],
  );
  useActivityNotice(session !== null);

  const enter = useCallback(
    (opened: Session) => {
      setRecovery(null);
      setLockReason(null);
      window.location.hash = '#/';
      showUnlocked(client, opened);
    },
    [client],
  );

  if (bridge() === null) {
    return (
      <Center h="100%" p="xl">
        <Notice tone="bad" title="This page is a part of Tidemark">
          <p>It works only inside the application. Nothing was opened. Start Tidemark and use its window.</p>
        </Notice>
      </Center>
    );
  }
  if (recovery) return <RecoveryKeys recovery={recovery} onDone={() => enter(recovery.session)} />;
  if (state.isError) {
    return (
      <Center h="100%" p="xl">
        <ErrorPanel error={errorOf(state.error)} retry={() => void state.refetch()} />
      </Center>
    );
  }
  if (!state.data) {
    return (
      <Center h="100%">
        <Loader aria-label="Opening Tidemark" />
      </Center>
    );
  }
  if (!session) {
    return (
      <LockPlace
        recent={state.data.recent}
        offered={start.vault}
        reason={lockReason}
        watchingPaused={state.data.watchingPaused}
        onUnlocked={enter}
        onCreated={setRecovery}
      />
    );
  }
  return <RouterProvider router={router} context={{ session }} />;
}
