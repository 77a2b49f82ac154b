import { Autocomplete, NumberInput, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { HeldEvidence } from '#shared/contract/evidence-studies.ts';
import { measureWords } from '#shared/domain/evidence/synthesis.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { Notice } from '../../../ui/surface.tsx';
import classes from '../evidence.module.css';
import { text as evidenceText } from '../text.ts';
import { useEvidenceCommand } from '../use-evidence-command.ts';
import { numbersOf, type ReportedForm, type ReportedKind, reportedOf } from './reported-form.ts';
import { studiesText as text } from './text.ts';

type Props = {
  readonly review: string;
  readonly held: HeldEvidence['studies'][number];
  /** Outcomes that the review has. */
  readonly outcomes: readonly string[];
  readonly onClose: () => void;
};

const kinds = Object.entries(text.kinds).map(([value, label]) => ({ value, label }));
const measures = Object.entries(measureWords)
  .filter(([measure]) => measure !== 'ZCOR' && measure !== 'PLO')
  .map(([value, label]) => ({ value, label }));
const betters = Object.entries(evidenceText.betters).map(([value, label]) => ({ value, label }));

/** One finding of a study, in the numbers that the paper prints. */
export function FindingDialog({ review, held, outcomes, onClose }: Props) {
  const [words, setWords] = useState({ finding: '', outcome: outcomes[0] ?? '', measuredBy: '', where: '' });
  const [better, setBetter] = useState<'low' | 'high'>('low');
  const [weeks, setWeeks] = useState<string | number>('');
  const [form, setForm] = useState<ReportedForm>({ kind: 'means', measure: 'SMD', numbers: {} });
  const save = useEvidenceCommand('evidence.saveStudy');
  const { reported, problem } = reportedOf(form);
  const isComplete =
    reported !== null && [words.finding, words.outcome, words.where].every((said) => said.trim() !== '');
  const run = async () => {
    if (reported === null) return;
    const finding = { ...words, better, weeks: weeks === '' ? null : Number(weeks), reported };
    const study = { ...held.study, findings: [...held.study.findings, finding] };
    if (await save.run({ review, seen: held.version, study })) onClose();
  };
  const line = (name: 'finding' | 'measuredBy' | 'where', isRequired = true) => (
    <TextInput
      label={text[name]}
      value={words[name]}
      onChange={(event) => {
        const { value } = event.currentTarget;
        setWords((now) => ({ ...now, [name]: value }));
      }}
      required={isRequired}
      autoComplete="off"
    />
  );
  return (
    <FormDialog
      title={text.addFinding}
      note={held.study.title}
      confirm={text.addFinding}
      command={save}
      isComplete={isComplete}
      onConfirm={() => void run()}
      onClose={onClose}
    >
      <div className={classes.pair}>
        {line('finding')}
        <Autocomplete
          label={text.outcome}
          data={[...new Set(outcomes)]}
          value={words.outcome}
          onChange={(outcome) => setWords((now) => ({ ...now, outcome }))}
          required
        />
        {line('measuredBy', false)}
        {line('where')}
        <Select
          label={text.better}
          data={betters}
          value={better}
          onChange={(value) => setBetter(value === 'high' ? 'high' : 'low')}
          allowDeselect={false}
        />
        <NumberInput label={text.weeks} value={weeks} onChange={setWeeks} min={0} />
      </div>
      <ReportedFields form={form} onChange={setForm} />
      {problem === null ? null : (
        <Notice tone="warn" announce>
          <p>{problem}</p>
        </Notice>
      )}
    </FormDialog>
  );
}

type FieldsProps = { readonly form: ReportedForm; readonly onChange: (form: ReportedForm) => void };

function ReportedFields({ form, onChange }: FieldsProps) {
  return (
    <div className={classes.pair}>
      <Select
        label={text.kind}
        data={kinds}
        value={form.kind}
        onChange={(kind) => onChange({ ...form, kind: (kind ?? 'means') as ReportedKind, numbers: {} })}
        allowDeselect={false}
      />
      {form.kind === 'effect' ? (
        <Select
          label={text.measure}
          data={measures}
          value={form.measure}
          onChange={(measure) => onChange({ ...form, measure: measure ?? 'SMD' })}
          allowDeselect={false}
        />
      ) : null}
      {numbersOf[form.kind].map((name) => (
        <NumberInput
          key={name}
          label={text.numbers[name]}
          value={form.numbers[name] ?? ''}
          onChange={(value) => onChange({ ...form, numbers: { ...form.numbers, [name]: value } })}
        />
      ))}
    </div>
  );
}
