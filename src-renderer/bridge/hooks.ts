import {
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQueries,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { InputOf, OperationName, OutputOf, Progress } from '#shared/contract/index.ts';
import { callOrThrow, newCallId, watchProgress } from './client.ts';
import { cancelJob, idleJob, type JobState, runJob } from './jobs.ts';

/** A query of the contract, cached until the vault changes or locks. */
export function useOperation<Name extends OperationName>(
  name: Name,
  input: InputOf<Name>,
  /** `fresh`: asked anew whenever a screen that shows it is entered. */
  options: { readonly enabled?: boolean; readonly fresh?: boolean } = {},
): UseQueryResult<OutputOf<Name>> {
  return useQuery<OutputOf<Name>>({
    queryKey: [name, input],
    queryFn: ({ signal }) => callOrThrow(name, input, { signal }),
    enabled: options.enabled ?? true,
    ...(options.fresh ? { refetchOnMount: 'always' as const, gcTime: 0 } : {}),
  });
}

/** Several queries of one operation, each cached as by `useOperation`. */
export function useOperations<Name extends OperationName>(
  name: Name,
  inputs: readonly InputOf<Name>[],
): readonly UseQueryResult<OutputOf<Name>>[] {
  return useQueries({
    queries: inputs.map((input) => ({
      queryKey: [name, input],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => callOrThrow(name, input, { signal }),
    })),
  }) as readonly UseQueryResult<OutputOf<Name>>[];
}

/** A command of the contract. */
export function useCommand<Name extends OperationName>(
  name: Name,
): UseMutationResult<OutputOf<Name>, Error, InputOf<Name>> {
  return useMutation<OutputOf<Name>, Error, InputOf<Name>>({ mutationFn: (input) => callOrThrow(name, input) });
}

/** A job that belongs to one screen: it is cancelled when the screen goes. */
export function useJob<Name extends OperationName>(name: Name) {
  const [state, setState] = useState<JobState<OutputOf<Name>>>(idleJob);
  const latest = useRef(state);
  const alive = useRef(true);
  const tell = useCallback((next: JobState<OutputOf<Name>>) => {
    latest.current = next;
    if (alive.current) setState(next);
  }, []);
  useEffect(() => {
    alive.current = true;
    return () => {
      alive.current = false;
      cancelJob(latest.current);
    };
  }, []);
  const start = useCallback((input: InputOf<Name>) => runJob(name, input, tell), [name, tell]);
  const cancel = useCallback(() => tell(cancelJob(latest.current)), [tell]);
  const reset = useCallback(() => tell(idleJob), [tell]);
  return { state, start, cancel, reset };
}

type Running = { readonly startedAtMs: number; readonly progress: Progress | null };
const runningAnalyses = new Map<string, Running>();
const runningListeners = new Set<() => void>();

function setRunning(key: string, running: Running | null): void {
  if (running) runningAnalyses.set(key, running);
  else runningAnalyses.delete(key);
  for (const listener of runningListeners) listener();
}

function subscribeRunning(listener: () => void): () => void {
  runningListeners.add(listener);
  return () => runningListeners.delete(listener);
}

export type LongQuery<Data> = {
  readonly query: UseQueryResult<Data>;
  /** Progress while it runs, else null. */
  readonly running: Running | null;
  readonly cancel: () => void;
};
export type Analysis = LongQuery<AnalysisResult>;

/** Asks a job once for an input and keeps the answer until the vault changes. Leaving the screen cancels it. */
export function useLongQuery<Name extends OperationName>(
  name: Name,
  input: InputOf<Name>,
  enabled = true,
): LongQuery<OutputOf<Name>> {
  const client = useQueryClient();
  const key = JSON.stringify([name, input]);
  // The input is made anew on every render; its text is what identifies it.
  const queryKey = useMemo(() => [name, key] as const, [name, key]);
  const query = useQuery<OutputOf<Name>>({
    queryKey,
    enabled,
    queryFn: async ({ signal }) => {
      const callId = newCallId();
      setRunning(key, { startedAtMs: performance.now(), progress: null });
      const stop = watchProgress(callId, (progress, startedAtMs) => setRunning(key, { startedAtMs, progress }));
      try {
        return await callOrThrow(name, input, { signal, callId });
      } finally {
        stop();
        setRunning(key, null);
      }
    },
  });
  const running = useSyncExternalStore(subscribeRunning, () => runningAnalyses.get(key) ?? null);
  const cancel = useCallback(() => void client.cancelQueries({ queryKey }), [client, queryKey]);
  return { query, running, cancel };
}

/** Runs a domain analysis once for a spec. */
export function useAnalysis(method: string, spec: Readonly<Record<string, unknown>>, enabled = true): Analysis {
  return useLongQuery('analyses.run', { method, spec: { ...spec } }, enabled);
}
