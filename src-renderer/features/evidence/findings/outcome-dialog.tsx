import { NumberInput, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { InputOf } from '#shared/contract/index.ts';
import { measureWords } from '#shared/domain/evidence/synthesis.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import classes from '../evidence.module.css';
import { text as evidenceText } from '../text.ts';
import { useEvidenceCommand } from '../use-evidence-command.ts';
import { findingsText as text } from './text.ts';

type Outcome = InputOf<'evidence.saveOutcome'>['outcome'];
type Props = { readonly review: string; readonly onClose: () => void };

const measures = Object.entries(measureWords).map(([value, label]) => ({ value, label }));
const betters = Object.entries(evidenceText.betters).map(([value, label]) => ({ value, label }));

/** An outcome that the review puts together, with what it is read against. */
export function OutcomeDialog({ review, onClose }: Props) {
  const [outcome, setOutcome] = useState<Outcome>({ outcome: '', title: '', measure: 'SMD', better: 'low' });
  const change = (part: Partial<Outcome>) => setOutcome((now) => ({ ...now, ...part }));
  const save = useEvidenceCommand('evidence.saveOutcome');
  const run = async () => {
    if (await save.run({ review, outcome })) onClose();
  };
  return (
    <FormDialog
      title={text.enter}
      confirm={text.enter}
      command={save}
      isComplete={outcome.outcome.trim() !== '' && outcome.title.trim() !== ''}
      onConfirm={() => void run()}
      onClose={onClose}
    >
      <div className={classes.pair}>
        <TextInput
          label={text.code}
          description={text.codeHint}
          value={outcome.outcome}
          onChange={(event) => change({ outcome: event.currentTarget.value })}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          required
          data-autofocus
          autoComplete="off"
        />
        <TextInput
          label={text.outcomeTitle}
          value={outcome.title}
          onChange={(event) => change({ title: event.currentTarget.value })}
          required
          autoComplete="off"
        />
        <Select
          label={text.measure}
          data={measures}
          value={outcome.measure}
          onChange={(measure) => change({ measure: (measure ?? 'SMD') as Outcome['measure'] })}
          allowDeselect={false}
        />
        <Select
          label={text.better}
          data={betters}
          value={outcome.better ?? 'low'}
          onChange={(better) => change({ better: better === 'high' ? 'high' : 'low' })}
          allowDeselect={false}
        />
        <Select
          label={text.importance}
          data={Object.entries(text.importances).map(([value, label]) => ({ value, label }))}
          value={outcome.importance ?? 'important'}
          onChange={(importance) => change({ importance: (importance ?? 'important') as Outcome['importance'] })}
          allowDeselect={false}
        />
        <NumberInput
          label={text.importantDifference}
          value={outcome.importantDifference ?? ''}
          onChange={(value) => change({ importantDifference: value === '' ? null : Number(value) })}
          min={0}
        />
      </div>
    </FormDialog>
  );
}
