import { useState } from 'react';
import { ReasonDialog } from '../../../ui/reason-dialog.tsx';
import { usePilotCommand } from '../use-pilot-command.ts';
import { lockText } from './text.ts';

type Props = {
  /** A locked pilot is finished; one that is not can only be given up. */
  readonly way: 'finish' | 'drop';
  readonly pilot: string;
  readonly onClose: () => void;
};

/** Ends a pilot with a reason. */
export function EndDialog({ way, pilot, onClose }: Props) {
  const [reason, setReason] = useState('');
  const end = usePilotCommand(`pilots.${way}`);
  const text = lockText[way];
  const run = async () => {
    if (await end.run({ pilot, reason: reason.trim() })) onClose();
  };
  return (
    <ReasonDialog
      size="lg"
      title={text.dialog(pilot)}
      note={text.note}
      confirm={text.confirm}
      command={end}
      isComplete={reason.trim().length >= 3}
      onConfirm={() => void run()}
      onClose={onClose}
      reason={reason}
      reasonHint={lockText.endHint}
      onReason={setReason}
    />
  );
}
