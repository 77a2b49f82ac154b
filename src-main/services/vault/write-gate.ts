export type WriteGate = {
  /** Waits for the writers before, runs, and lets the next one in, whatever happens. */
  readonly run: <T>(work: () => T | Promise<T>) => Promise<T>;
};

export function createWriteGate(): WriteGate {
  let last: Promise<unknown> = Promise.resolve();
  return {
    run: (work) => {
      const turn = last.then(work, work);
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}
