import type { Progress } from '#shared/contract/index.ts';

export type ProgressReading = {
  /** 0 to 1, or null while the whole is not known. */
  readonly share: number | null;
  /** Units a second since the stage began, or null before there is anything to divide. */
  readonly perSecond: number | null;
  readonly secondsLeft: number | null;
};

const leastSeconds = 0.5;

/** Rate and time left from how far a job has come in `elapsedSeconds`. */
export function readProgress(progress: Progress | null, elapsedSeconds: number): ProgressReading {
  if (!progress) return { share: null, perSecond: null, secondsLeft: null };
  const { done, total } = progress;
  const share = total === null || total <= 0 ? null : Math.min(1, Math.max(0, done / total));
  if (elapsedSeconds < leastSeconds || done <= 0) return { share, perSecond: null, secondsLeft: null };
  const perSecond = done / elapsedSeconds;
  return { share, perSecond, secondsLeft: total === null ? null : Math.max(0, total - done) / perSecond };
}
