import { MultiSelect, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { InputOf } from '#shared/contract/index.ts';
import { certainties } from '#shared/domain/evidence/grade.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import classes from '../evidence.module.css';
import { useEvidenceCommand } from '../use-evidence-command.ts';
import { guidanceText as text } from './text.ts';

type Guidance = InputOf<'evidence.saveGuidance'>['guidance'];

type Props = {
  readonly review: string;
  readonly outcomes: readonly { readonly outcome: string; readonly title: string }[];
  readonly taken: readonly string[];
  readonly onClose: () => void;
};

const strengths = Object.entries(text.strengths).map(([value, label]) => ({ value, label }));

function blank(taken: readonly string[]): Guidance {
  const code = `G${taken.length + 1}`;
  return {
    ...{ guidance: code, who: '', what: '', strength: 'conditional for', certainty: 'low', outcomes: [], reason: '' },
  };
}

export function GuidanceDialog({ review, outcomes, taken, onClose }: Props) {
  const [guidance, setGuidance] = useState(() => blank(taken));
  const change = (part: Partial<Guidance>) => setGuidance((now) => ({ ...now, ...part }));
  const save = useEvidenceCommand('evidence.saveGuidance');
  const { who, what, reason } = guidance;
  const isComplete =
    guidance.guidance.trim() !== '' &&
    guidance.outcomes.length > 0 &&
    [who, what, reason].every((words) => words.trim().length >= 3);
  const run = async () => {
    if (await save.run({ review, guidance })) onClose();
  };
  const area = (part: 'who' | 'what' | 'reason', hint?: string) => (
    <Textarea
      label={text[part]}
      {...(hint === undefined ? {} : { description: hint })}
      value={guidance[part]}
      onChange={(event) => change({ [part]: event.currentTarget.value })}
      autosize
      minRows={part === 'who' ? 1 : 2}
      required
    />
  );
  return (
    <FormDialog
      title={text.enter}
      confirm={text.enter}
      command={save}
      isComplete={isComplete}
      onConfirm={() => void run()}
      onClose={onClose}
    >
      <TextInput
        label={text.code}
        description={text.codeHint}
        value={guidance.guidance}
        onChange={(event) => change({ guidance: event.currentTarget.value })}
        required
        autoComplete="off"
      />
      {area('who')}
      {area('what')}
      <div className={classes.pair}>
        <Select
          label={text.strength}
          data={strengths}
          value={guidance.strength}
          onChange={(strength) => change({ strength: (strength ?? 'conditional for') as Guidance['strength'] })}
          allowDeselect={false}
        />
        <Select
          label={text.certainty}
          data={[...certainties]}
          value={guidance.certainty}
          onChange={(certainty) => change({ certainty: (certainty ?? 'low') as Guidance['certainty'] })}
          allowDeselect={false}
        />
      </div>
      <MultiSelect
        label={text.outcomes}
        data={outcomes.map(({ outcome, title }) => ({ value: outcome, label: title }))}
        value={[...guidance.outcomes]}
        onChange={(chosen) => change({ outcomes: chosen })}
        required
      />
      {area('reason', text.reasonHint)}
    </FormDialog>
  );
}
