import { useSyncExternalStore } from 'react';

/** A value kept for as long as the window is open and the vault unlocked; forgotten when the vault locks. */
export type Memory<Value> = {
  readonly get: () => Value;
  readonly set: (next: Value | ((previous: Value) => Value)) => void;
  readonly subscribe: (listener: () => void) => () => void;
};

const forgetters = new Set<() => void>();

export function createMemory<Value>(initial: Value): Memory<Value> {
  let value = initial;
  const listeners = new Set<() => void>();
  const set = (next: Value | ((previous: Value) => Value)) => {
    value = typeof next === 'function' ? (next as (previous: Value) => Value)(value) : next;
    for (const listener of listeners) listener();
  };
  forgetters.add(() => set(() => initial));
  return {
    get: () => value,
    set,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function useMemory<Value>(memory: Memory<Value>): Value {
  return useSyncExternalStore(memory.subscribe, memory.get);
}

/** Puts every memory back to what it began as. */
export function forgetEverything(): void {
  for (const forget of forgetters) forget();
}
