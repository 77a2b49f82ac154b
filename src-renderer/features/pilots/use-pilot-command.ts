import { useQueryClient } from '@tanstack/react-query';
import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import { useCommand } from '../../bridge/hooks.ts';

type PilotCommand =
  | 'pilots.save'
  | 'pilots.lock'
  | 'pilots.deviate'
  | 'pilots.finish'
  | 'pilots.drop'
  | 'pilots.allocate'
  | 'pilots.consent'
  | 'pilots.withdraw'
  | 'pilots.adverseEvent';

/** A command about a pilot. Everything is asked for anew after it: a plan that is saved or locked closes or opens outcomes. */
export function usePilotCommand<Name extends PilotCommand>(name: Name) {
  const client = useQueryClient();
  const { mutateAsync, isPending, isError, error } = useCommand(name);
  /** Null where the engine refuses; why is then in `error`. */
  const run = async (input: InputOf<Name>): Promise<OutputOf<Name> | null> => {
    const answer = await mutateAsync(input).catch(() => null);
    // After a refusal too: it may rest on what somebody else did meanwhile.
    await client.invalidateQueries();
    return answer;
  };
  return { run, isPending, isError, error };
}
