import { createContext, useContext, useEffect } from 'react';

export type StepKeys = { readonly back: (() => void) | undefined; readonly next: (() => void) | undefined };

/** Where a step says what going on and back mean in it. */
export const StepKeysContext = createContext<{ current: StepKeys }>({ current: { back: undefined, next: undefined } });

export function useStepKeys(keys: StepKeys): void {
  const held = useContext(StepKeysContext);
  useEffect(() => {
    held.current = keys;
    return () => {
      held.current = { back: undefined, next: undefined };
    };
  });
}
