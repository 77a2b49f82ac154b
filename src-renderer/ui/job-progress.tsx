import { Progress as Bar, Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Progress } from '#shared/contract/index.ts';
import { formatBytes, formatCount, formatWait } from './format.ts';
import { readProgress } from './progress-rate.ts';
import classes from './surface.module.css';

type Props = {
  readonly label: string;
  readonly startedAtMs: number;
  readonly progress: Progress | null;
  readonly onCancel?: () => void;
  readonly cancelling?: boolean;
};

function amount(value: number, unit: Progress['unit']): string {
  return unit === 'bytes' ? formatBytes(value) : `${formatCount(value)} ${unit}`;
}

function useElapsedSeconds(startedAtMs: number): number {
  const [nowMs, setNowMs] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(performance.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, nowMs - startedAtMs) / 1_000;
}

/** Progress, rate and time left of long work, and its cancel. */
export function JobProgress({ label, startedAtMs, progress, onCancel, cancelling = false }: Props) {
  const reading = readProgress(progress, useElapsedSeconds(startedAtMs));
  const done = progress
    ? progress.total === null
      ? amount(progress.done, progress.unit)
      : `${progress.unit === 'bytes' ? formatBytes(progress.done) : formatCount(progress.done)} of ${amount(progress.total, progress.unit)}`
    : '';
  const rate =
    reading.perSecond === null || progress?.unit === 'steps'
      ? ''
      : `${amount(reading.perSecond, progress?.unit ?? 'rows')} a second`;
  const left = reading.secondsLeft === null ? '' : `${formatWait(reading.secondsLeft)} left`;
  return (
    <div className={classes.progress}>
      <div className={classes.progressLine}>
        <span role="status">{cancelling ? 'Stopping…' : (progress?.stage ?? label)}</span>
        <span className={classes.dim}>{reading.share === null ? '' : `${Math.floor(reading.share * 100)}%`}</span>
      </div>
      <Bar
        value={(reading.share ?? 1) * 100}
        striped={reading.share === null}
        size="sm"
        aria-label={label}
        transitionDuration={150}
      />
      <div className={classes.progressLine}>
        <span className={classes.dim}>{[done, rate, left].filter((part) => part !== '').join(' · ')}</span>
        {onCancel ? (
          <Button variant="subtle" size="compact-sm" onClick={onCancel} disabled={cancelling}>
            Cancel
          </Button>
        ) : null}
      </div>
    </div>
  );
}
