import { useQueryClient } from '@tanstack/react-query';
import type { InputOf, OperationName, OutputOf } from '#shared/contract/index.ts';
import { useCommand } from '../../bridge/hooks.ts';

type EvidenceCommand = Extract<OperationName, `reviews.${string}` | `evidence.${string}` | 'plan.startAction'>;

/** A command about a review. Everything is asked for anew after it: a decision moves the flow, the agreement and what waits. */
export function useEvidenceCommand<Name extends EvidenceCommand>(name: Name) {
  const client = useQueryClient();
  const { mutateAsync, isPending, isError, error } = useCommand(name);
  /** Null where the engine refuses; why is then in `error`. */
  const run = async (input: InputOf<Name>): Promise<OutputOf<Name> | null> => {
    const answer = await mutateAsync(input).catch(() => null);
    if (answer !== null) await client.invalidateQueries();
    return answer;
  };
  return { run, isPending, isError, error };
}
