const beatMilliseconds = 5_000;
const sleptMilliseconds = 60_000;

/** Whether the machine slept between two beats of the clock (milliseconds since the epoch, which goes on in sleep). */
export function sleptBetween(earlierMilliseconds: number, laterMilliseconds: number): boolean {
  return laterMilliseconds - earlierMilliseconds > beatMilliseconds + sleptMilliseconds;
}

/**
 * Calls `onSlept` when the machine wakes from sleep: the nearest to a suspend signal that a plain process has.
 * @returns a function that stops the watch.
 */
export function watchSleep(onSlept: () => void): () => void {
  let last = Date.now();
  const timer = setInterval(() => {
    const now = Date.now();
    if (sleptBetween(last, now)) {
      onSlept();
    }
    last = now;
  }, beatMilliseconds);
  timer.unref();
  return () => clearInterval(timer);
}
