import { NumberInput, Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { ActivityView } from '#shared/contract/engagement.ts';
import { type ActivityKind, type Audience, activityKinds, audiences } from '#shared/domain/engagement.ts';
import { nextCode } from '#shared/domain/plan-parts.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { Notice } from '../../../ui/surface.tsx';
import { DayField, LineField } from '../fields.tsx';
import classes from '../plan.module.css';
import { text as planText } from '../text.ts';
import { usePlanCommand } from '../use-plan-command.ts';
import { type ActivityForm, formOf, inputOf } from './activity-form.ts';
import { engagementText } from './text.ts';

const text = engagementText.fields;

type Props = {
  /** Null for a new one. */
  readonly activity: ActivityView | null;
  readonly taken: readonly string[];
  readonly onClose: () => void;
};

type PartProps = { readonly form: ActivityForm; readonly change: (part: Partial<ActivityForm>) => void };

export function ActivityDialog({ activity, taken, onClose }: Props) {
  const [form, setForm] = useState(() => formOf(activity));
  const change = (part: Partial<ActivityForm>) => setForm((now) => ({ ...now, ...part }));
  const save = usePlanCommand('plan.saveActivity');
  const { input, fault } = inputOf(activity?.activity ?? nextCode('E', taken), activity, form);
  const run = async () => {
    if (input !== null && (await save.run({ activity: input }))) onClose();
  };
  return (
    <FormDialog
      title={activity === null ? engagementText.enter : engagementText.change}
      note={engagementText.enterNote}
      confirm={planText.save}
      command={save}
      isComplete={input !== null}
      onConfirm={() => void run()}
      onClose={onClose}
    >
      <LineField label={text.title} value={form.title} onChange={(title) => change({ title })} required isFirst />
      <AskedFields form={form} change={change} />
      <SaidFields form={form} change={change} />
      {fault === null ? null : (
        <Notice tone="warn" announce>
          <p>{fault}</p>
        </Notice>
      )}
    </FormDialog>
  );
}

function AskedFields({ form, change }: PartProps) {
  const count = (value: string | number): number => (typeof value === 'number' ? value : 0);
  return (
    <div className={classes.pair}>
      <Select
        label={text.kind}
        data={activityKinds.map((kind) => ({ value: kind, label: engagementText.kinds[kind] }))}
        value={form.kind}
        onChange={(kind) => change({ kind: (kind ?? form.kind) as ActivityKind })}
        allowDeselect={false}
      />
      <Select
        label={text.audience}
        data={audiences.map((audience) => ({ value: audience, label: engagementText.audiences[audience] }))}
        value={form.audience}
        onChange={(audience) => change({ audience: (audience ?? form.audience) as Audience })}
        allowDeselect={false}
      />
      <DayField label={text.from} value={form.from} onChange={(from) => change({ from })} required />
      <DayField label={text.to} value={form.to} onChange={(to) => change({ to })} required />
      <NumberInput
        label={text.invited}
        value={form.invited}
        onChange={(value) => change({ invited: count(value) })}
        allowDecimal={false}
        min={0}
      />
      <NumberInput
        label={text.responded}
        value={form.responded}
        onChange={(value) => change({ responded: count(value) })}
        allowDecimal={false}
        min={0}
      />
    </div>
  );
}

function SaidFields({ form, change }: PartProps) {
  const lines = (label: string, hint: string, value: string, onChange: (typed: string) => void) => (
    <Textarea
      label={label}
      description={hint}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      autosize
      minRows={2}
      maxRows={6}
      spellCheck={false}
    />
  );
  return (
    <>
      {lines(text.counts, text.countsHint, form.counts, (counts) => change({ counts }))}
      {lines(text.themes, text.themesHint, form.themes, (themes) => change({ themes }))}
      {lines(text.decisions, text.decisionsHint, form.decisions, (decisions) => change({ decisions }))}
    </>
  );
}
