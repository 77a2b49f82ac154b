import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { ReasonDialog } from '../../../ui/reason-dialog.tsx';
import { usePilotCommand } from '../use-pilot-command.ts';
import { deviationText as text } from './text.ts';

type Props = { readonly pilot: string; readonly onClose: () => void };

export function DeviateDialog({ pilot, onClose }: Props) {
  const [what, setWhat] = useState('');
  const [reason, setReason] = useState('');
  const deviate = usePilotCommand('pilots.deviate');
  const run = async () => {
    if (await deviate.run({ pilot, what: what.trim(), reason: reason.trim() })) onClose();
  };
  return (
    <ReasonDialog
      size="lg"
      title={text.add}
      note={text.dialogNote}
      confirm={text.add}
      command={deviate}
      isComplete={what.trim().length >= 3 && reason.trim().length >= 3}
      onConfirm={() => void run()}
      onClose={onClose}
      reason={reason}
      reasonHint={text.reasonHint}
      onReason={setReason}
    >
      <Textarea
        label={text.what}
        value={what}
        onChange={(event) => setWhat(event.currentTarget.value)}
        maxLength={2_000}
        autosize
        minRows={2}
        required
        data-autofocus
      />
    </ReasonDialog>
  );
}
