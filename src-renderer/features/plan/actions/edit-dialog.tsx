import { MultiSelect, NumberInput, Select } from '@mantine/core';
import { useState } from 'react';
import type { ActionView } from '#shared/contract/plan.ts';
import { useOperation } from '../../../bridge/hooks.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { DayField, LineField, WordsField } from '../fields.tsx';
import classes from '../plan.module.css';
import { usePlanCommand } from '../use-plan-command.ts';
import { type ActionForm, formOf, inputOf } from './action-form.ts';
import { actionText } from './text.ts';

const text = actionText.fields;

type Props = { readonly view: ActionView; readonly onClose: () => void };

/** Every part of an action; it is saved as the next version. */
export function EditDialog({ view, onClose }: Props) {
  const [form, setForm] = useState(() => formOf(view));
  const change = (part: Partial<ActionForm>) => setForm((now) => ({ ...now, ...part }));
  const save = usePlanCommand('plan.saveAction');
  const input = inputOf(view, form);
  const run = async () => {
    if (input !== null && (await save.run({ action: input }))) onClose();
  };
  return (
    <FormDialog
      title={actionText.edit}
      note={actionText.editNote}
      confirm={actionText.edit}
      command={save}
      isComplete={input !== null}
      onConfirm={() => void run()}
      onClose={onClose}
    >
      <LineField label={text.title} value={form.title} onChange={(title) => change({ title })} required isFirst />
      <WordsField label={text.why} hint={text.whyHint} value={form.why} onChange={(why) => change({ why })} />
      <div className={classes.pair}>
        <LineField label={text.review} value={form.review} onChange={(review) => change({ review })} />
        <LineField label={text.guidance} value={form.guidance} onChange={(guidance) => change({ guidance })} />
      </div>
      <p className={classes.note}>{text.guidanceHint}</p>
      <Choices action={view.action} form={form} change={change} />
    </FormDialog>
  );
}

type ChoicesProps = {
  readonly action: string;
  readonly form: ActionForm;
  readonly change: (part: Partial<ActionForm>) => void;
};

function Choices({ action, form, change }: ChoicesProps) {
  const { data } = useOperation('plan.actions', {});
  const resources = useOperation('plan.resources', {}).data?.resources ?? [];
  const others = (data?.actions ?? []).filter((other) => other.action !== action);
  return (
    <div className={classes.pair}>
      <LineField label={text.owner} hint={text.ownerHint} value={form.owner} onChange={(owner) => change({ owner })} />
      <Select
        label={text.resource}
        data={resources.map(({ resource, title }) => ({ value: resource, label: `${resource} ${title}` }))}
        value={form.resource}
        onChange={(resource) => change({ resource })}
        clearable
      />
      <DayField label={text.start} value={form.start} onChange={(start) => change({ start })} />
      <DayField label={text.due} value={form.due} onChange={(due) => change({ due })} />
      <Select
        label={text.indicator}
        data={(data?.indicators ?? []).map(({ indicator, title }) => ({ value: indicator, label: title }))}
        value={form.indicator}
        onChange={(indicator) => change({ indicator })}
        searchable
        clearable
      />
      <NumberInput
        label={text.target}
        description={text.targetHint}
        value={form.target ?? ''}
        onChange={(target) => change({ target: typeof target === 'number' ? target : null })}
        disabled={form.indicator === null}
      />
      <MultiSelect
        label={text.waits}
        data={others.map((other) => ({ value: other.action, label: `${other.action} ${other.title}` }))}
        value={[...form.dependsOn]}
        onChange={(dependsOn) => change({ dependsOn })}
      />
    </div>
  );
}
