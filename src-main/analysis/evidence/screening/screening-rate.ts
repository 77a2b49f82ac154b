/** A longer pause begins a new run. */
const longestPauseMs = 5 * 60_000;
const fewestDecisions = 5;

/**
 * Decisions an hour in the run that is going on.
 * @param timesMs of one reviewer's decisions at a stage, the oldest first; those taken from a file share one
 * @returns null with fewer than five decisions one after the other
 */
export function decisionsPerHour(timesMs: readonly number[], nowMs: number): number | null {
  let later = nowMs;
  let first = nowMs;
  let last = 0;
  let decisions = 0;
  for (let index = timesMs.length - 1; index >= 0; index -= 1) {
    const time = timesMs[index] as number;
    if (time === later && decisions > 0) continue;
    if (later - time > longestPauseMs) break;
    if (decisions === 0) last = time;
    first = time;
    later = time;
    decisions += 1;
  }
  if (decisions < fewestDecisions || last <= first) return null;
  return ((decisions - 1) * 3_600_000) / (last - first);
}
