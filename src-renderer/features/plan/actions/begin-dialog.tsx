import { useState } from 'react';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { LineField } from '../fields.tsx';
import { usePlanCommand } from '../use-plan-command.ts';
import { actionText as text } from './text.ts';

type Props = { readonly onClose: () => void; readonly onBegun: (action: string) => void };

/** Starts an action from a title; what it follows from is said on its own page. */
export function BeginDialog({ onClose, onBegun }: Props) {
  const [title, setTitle] = useState('');
  const start = usePlanCommand('plan.startAction');
  const begin = async () => {
    const begun = await start.run({ title: title.trim() });
    if (begun) onBegun(begun.action);
  };
  return (
    <FormDialog
      title={text.beginTitle}
      note={text.beginNote}
      confirm={text.begin}
      command={start}
      isComplete={title.trim() !== ''}
      onConfirm={() => void begin()}
      onClose={onClose}
    >
      <LineField label={text.fields.title} value={title} onChange={setTitle} required isFirst />
    </FormDialog>
  );
}
