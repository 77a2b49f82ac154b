import { Button } from '@mantine/core';
import { useOperation } from '../../../bridge/hooks.ts';
import { hasRole, useSession } from '../../../bridge/session.ts';
import { Notice } from '../../../ui/surface.tsx';
import { harmText as text } from './text.ts';

/** Whether somebody sees the adverse events of pilots. */
export function useSeesHarms(): boolean {
  const session = useSession();
  return hasRole(session, 'clinician') || hasRole(session, 'evaluator');
}

type Props = { readonly pilot: string; readonly onLook: () => void };

/** At the head of a pilot in which something serious happened, for those who may see it. */
export function SeriousNotice({ pilot, onLook }: Props) {
  const isClinician = hasRole(useSession(), 'clinician');
  const events = useOperation('pilots.adverseEvents', { pilot }, { enabled: useSeesHarms() });
  if (events.data?.hasSerious !== true) return null;
  return (
    <Notice tone="bad" title={text.headTitle}>
      <p>{isClinician ? text.headClinician : text.head}</p>
      <Button variant="default" size="compact-sm" mt={8} onClick={onLook}>
        {text.look}
      </Button>
    </Notice>
  );
}
