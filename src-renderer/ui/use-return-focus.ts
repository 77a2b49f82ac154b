import { useEffect } from 'react';

/** Gives the focus back to where it was when a dialog that comes and goes with its component goes. */
export function useReturnFocus(): void {
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      // After the dialog's own focus trap has let go.
      setTimeout(() => {
        if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
        else document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
      }, 0);
    };
  }, []);
}
