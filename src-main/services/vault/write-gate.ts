export type WriteGate = {
  /** Waits for the writers before, runs, and lets the next one in, whatever happens. */
  readonly run: <T>(work: () => T | Promise<T>) => Promise<T>;
  /** Keeps the writers behind waiting for what a finished writer still tidies up; whoever asked has their answer already. */
  readonly hold: (tidying: Promise<unknown>) => void;
};

export function createWriteGate(): WriteGate {
  let last: Promise<unknown> = Promise.resolve();
  return {
    run: (work) => {
      const turn = last.then(work, work);
      last = turn.catch(() => undefined);
      return turn;
    },
    hold: (tidying) => {
      last = Promise.allSettled([last, tidying]);
    },
  };
}
