import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { InputOf, OperationName, OutputOf } from '#shared/contract/index.ts';
import type { AppError } from '#shared/domain/result.ts';
import { call } from '../../bridge/client.ts';

/** Asks the engine anew for everything about cases. */
export function useRefreshCases(): () => void {
  const client = useQueryClient();
  return useCallback(
    () =>
      void client.invalidateQueries({
        predicate: ({ queryKey }) => typeof queryKey[0] === 'string' && queryKey[0].startsWith('cases.'),
      }),
    [client],
  );
}

/** A command whose answer is not kept anywhere: it may name a person. */
export function useUnkeptCommand<Name extends OperationName>(name: Name) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const run = async (input: InputOf<Name>, then: (output: OutputOf<Name>) => void): Promise<void> => {
    setBusy(true);
    setError(null);
    const answer = await call(name, input);
    setBusy(false);
    if (answer.ok) then(answer.value);
    else setError(answer.error);
  };
  return { busy, error, run };
}
