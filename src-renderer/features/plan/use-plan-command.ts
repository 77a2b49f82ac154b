import { useQueryClient } from '@tanstack/react-query';
import type { InputOf, OperationName, OutputOf } from '#shared/contract/index.ts';
import { useCommand } from '../../bridge/hooks.ts';

type PlanCommand = Extract<OperationName, `plan.${string}`>;

/** A command about the plan. Everything is asked for anew after it: an action moves the loop, the tasks and a pilot. */
export function usePlanCommand<Name extends PlanCommand>(name: Name) {
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
