import { useCallback, useEffect, useRef, useState } from 'react';
import type { ScreeningProgress } from '#shared/contract/review-screening.ts';
import type { ReviewReference } from '#shared/contract/review-shapes.ts';
import type { AppError } from '#shared/domain/result.ts';
import type { ScreeningStage, ScreeningVerdict } from '#shared/domain/review.ts';
import { call } from '../../../bridge/client.ts';

/** Records that are fetched ahead, and how few of them ask for more. */
const fetchedAtOnce = 30;
const fewLeft = 12;

export type Sitting = {
  /** Null until the first records are here. */
  readonly progress: ScreeningProgress | null;
  /** The record to decide on first; those after it wait. */
  readonly queue: readonly ReviewReference[];
  /** What was decided in this sitting, the last one at the end. */
  readonly decided: readonly ReviewReference[];
  readonly isSaving: boolean;
  readonly error: AppError | null;
};

export type Said = { readonly decision: ScreeningVerdict; readonly reason: string | null; readonly note: string };

const beginning: Sitting = { progress: null, queue: [], decided: [], isSaving: false, error: null };

/** The records that come after those in hand, without what was decided in the meantime. */
export function withMore(sitting: Sitting, found: readonly ReviewReference[]): readonly ReviewReference[] {
  const known = new Set([...sitting.queue, ...sitting.decided].map(({ record }) => record));
  return [...sitting.queue, ...found.filter(({ record }) => !known.has(record))];
}

/** One reviewer's work at a stage: a decision is kept before the next record shows, and the next ones are here already. */
export function useScreening(review: string, stage: ScreeningStage) {
  const [sitting, setSitting] = useState(beginning);
  // What is saved is decided by what stands now, not by what was last drawn.
  const now = useRef(sitting);
  const isFetching = useRef(false);
  const change = useCallback((part: Partial<Sitting>) => {
    now.current = { ...now.current, ...part };
    setSitting(now.current);
  }, []);

  const fetchMore = useCallback(async () => {
    if (isFetching.current) return;
    isFetching.current = true;
    const answer = await call('reviews.next', { review, stage, limit: fetchedAtOnce });
    isFetching.current = false;
    if (!answer.ok) return change({ error: answer.error });
    const { records, progress } = answer.value;
    change({ queue: withMore(now.current, records), progress: now.current.progress ?? progress });
  }, [review, stage, change]);

  useEffect(() => void fetchMore(), [fetchMore]);

  /** True once it is kept; false where it was refused, with why in `error`, or where another is being kept. */
  const decide = async (said: Said): Promise<boolean> => {
    const [record] = now.current.queue;
    if (!record || now.current.isSaving) return false;
    change({ isSaving: true, error: null });
    const answer = await call('reviews.decide', { review, stage, record: record.record, ...said });
    if (!answer.ok) {
      change({ isSaving: false, error: answer.error });
      return false;
    }
    const { queue, decided } = now.current;
    const { progress } = answer.value;
    change({ isSaving: false, progress, queue: queue.slice(1), decided: [...decided, record] });
    const left = now.current.queue.length;
    if (left < fewLeft && progress.remaining > left) void fetchMore();
    return true;
  };

  /** Takes the last decision of this sitting back, and shows its record again. */
  const takeBack = async (): Promise<boolean> => {
    const record = now.current.decided.at(-1);
    if (!record || now.current.isSaving) return false;
    change({ isSaving: true, error: null });
    const answer = await call('reviews.decide', { review, stage, record: record.record, decision: 'none' });
    if (!answer.ok) {
      change({ isSaving: false, error: answer.error });
      return false;
    }
    const { queue, decided } = now.current;
    const { progress } = answer.value;
    change({ isSaving: false, progress, queue: [record, ...queue], decided: decided.slice(0, -1) });
    return true;
  };

  return { sitting, decide, takeBack };
}
