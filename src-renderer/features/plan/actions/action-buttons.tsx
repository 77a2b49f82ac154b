import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { ActionView } from '#shared/contract/plan.ts';
import { hasRole, useSession } from '../../../bridge/session.ts';
import { EditDialog } from './edit-dialog.tsx';
import { LinkPilotDialog, MoveDialog, NoteDialog, SignDialog, StartPilotDialog } from './happen-dialogs.tsx';
import { actionText as text } from './text.ts';

type Step = 'edit' | 'sign' | 'move' | 'note' | 'start' | 'link';

/** What can be done with an action as it stands, by this user. */
export function ActionButtons({ view }: { readonly view: ActionView }) {
  const [step, setStep] = useState<Step | null>(null);
  const isEvaluator = hasRole(useSession(), 'evaluator');
  const close = () => setStep(null);
  const button = (name: Step, label: string, isMain = false): ReactNode => (
    <Button key={name} size="xs" variant={isMain ? 'filled' : 'default'} onClick={() => setStep(name)}>
      {label}
    </Button>
  );
  return (
    <>
      {view.maySign ? button('sign', text.sign, true) : null}
      {view.moves.length > 0 ? button('move', text.move) : null}
      {button('edit', text.edit)}
      {button('note', text.addNote)}
      {isEvaluator && view.pilot === null ? button('start', text.startPilot) : null}
      {view.pilot === null ? button('link', text.linkPilot) : null}
      {step === 'edit' ? <EditDialog view={view} onClose={close} /> : null}
      {step === 'sign' ? <SignDialog view={view} onClose={close} /> : null}
      {step === 'move' ? <MoveDialog view={view} onClose={close} /> : null}
      {step === 'note' ? <NoteDialog view={view} onClose={close} /> : null}
      {step === 'start' ? <StartPilotDialog view={view} onClose={close} /> : null}
      {step === 'link' ? <LinkPilotDialog view={view} onClose={close} /> : null}
    </>
  );
}
