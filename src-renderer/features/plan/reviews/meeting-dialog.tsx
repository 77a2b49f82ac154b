import { MultiSelect } from '@mantine/core';
import { useState } from 'react';
import { nextCode } from '#shared/domain/plan-parts.ts';
import { useOperation } from '../../../bridge/hooks.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { DayField, LineField, WordsField } from '../fields.tsx';
import classes from '../plan.module.css';
import { usePlanCommand } from '../use-plan-command.ts';
import { type MeetingForm, meetingOf } from './meeting-form.ts';
import { reviewText } from './text.ts';

const text = reviewText.fields;

type Props = { readonly taken: readonly string[]; readonly onClose: () => void };

/** Keeps a meeting; the engine reads the indicators meanwhile. */
export function MeetingDialog({ taken, onClose }: Props) {
  const [form, setForm] = useState<MeetingForm>({ on: null, present: '', decisions: '', changed: [], nextOn: null });
  const change = (part: Partial<MeetingForm>) => setForm((now) => ({ ...now, ...part }));
  const actions = useOperation('plan.actions', {}).data?.actions ?? [];
  const hold = usePlanCommand('plan.holdMeeting');
  const meeting = meetingOf(
    nextCode('M', taken),
    form,
    actions.map(({ action }) => action),
  );
  const run = async () => {
    if (meeting !== null && (await hold.run({ meeting }))) onClose();
  };
  return (
    <FormDialog
      title={reviewText.holdTitle}
      note={reviewText.holdNote}
      confirm={reviewText.hold}
      command={hold}
      isComplete={meeting !== null}
      onConfirm={() => void run()}
      onClose={onClose}
    >
      <div className={classes.pair}>
        <DayField label={text.on} value={form.on} onChange={(on) => change({ on })} required />
        <DayField label={text.next} value={form.nextOn} onChange={(nextOn) => change({ nextOn })} />
      </div>
      <LineField
        label={text.present}
        hint={text.presentHint}
        value={form.present}
        onChange={(present) => change({ present })}
        required
      />
      <WordsField
        label={text.decisions}
        hint={text.decisionsHint}
        value={form.decisions}
        onChange={(decisions) => change({ decisions })}
      />
      <MultiSelect
        label={text.changed}
        data={actions.map(({ action, title }) => ({ value: action, label: `${action} ${title}` }))}
        value={[...form.changed]}
        onChange={(changed) => change({ changed })}
      />
    </FormDialog>
  );
}
