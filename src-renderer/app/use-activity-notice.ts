import { useEffect } from 'react';
import { call } from '../bridge/client.ts';

const everyMs = 60_000;

/** Lets the engine know at most once a minute that somebody is there, so that reading a screen does not count as idling. */
export function useActivityNotice(unlocked: boolean): void {
  useEffect(() => {
    if (!unlocked) return;
    let lastMs = performance.now();
    const notice = () => {
      const nowMs = performance.now();
      if (nowMs - lastMs < everyMs) return;
      lastMs = nowMs;
      void call('vault.touch', {});
    };
    const kinds = ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const;
    for (const kind of kinds) window.addEventListener(kind, notice, { passive: true });
    return () => {
      for (const kind of kinds) window.removeEventListener(kind, notice);
    };
  }, [unlocked]);
}
