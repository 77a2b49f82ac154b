import { NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { HeldEvidence } from '#shared/contract/evidence-studies.ts';
import type { Study } from '#shared/domain/evidence/study.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import classes from '../evidence.module.css';
import { useEvidenceCommand } from '../use-evidence-command.ts';
import { studiesText as text } from './text.ts';

type Props = {
  readonly review: string;
  /** Null for a new one. */
  readonly held: HeldEvidence['studies'][number] | null;
  readonly onClose: () => void;
};

const blank: Study = {
  ...{ study: '', title: '', reports: [{ citation: '', doi: null, record: null }], year: null },
  ...{ design: 'randomised', studied: 'police', setting: '', participants: null, arms: [], groups: {} },
  ...{ findings: [], ownPilot: null, notes: '' },
};

function options(words: Readonly<Record<string, string>>) {
  return Object.entries(words).map(([value, label]) => ({ value, label }));
}

function numberOrNull(value: string | number): number | null {
  return value === '' ? null : Number(value);
}

/** What a study is; its findings are entered one by one. */
export function StudyDialog({ review, held, onClose }: Props) {
  const [study, setStudy] = useState<Study>(held?.study ?? blank);
  const change = (part: Partial<Study>) => setStudy((now) => ({ ...now, ...part }));
  const save = useEvidenceCommand('evidence.saveStudy');
  const [report, ...others] = study.reports;
  const citation = report?.citation ?? '';
  const run = async () => {
    if (await save.run({ review, seen: held?.version ?? 0, study })) onClose();
  };
  const line = (label: string, value: string, onChange: (words: string) => void, isFirst = false) => (
    <TextInput
      label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      required
      autoComplete="off"
      {...(isFirst ? { 'data-autofocus': true } : {})}
      disabled={isFirst && held !== null}
    />
  );
  return (
    <FormDialog
      title={held === null ? text.enter : text.change}
      confirm={held === null ? text.enter : text.change}
      command={save}
      isComplete={study.study.trim() !== '' && study.title.trim() !== '' && citation.trim().length >= 3}
      onConfirm={() => void run()}
      onClose={onClose}
    >
      {line(text.code, study.study, (code) => change({ study: code }), true)}
      {line(text.studyTitle, study.title, (title) => change({ title }))}
      {line(text.citation, citation, (words) =>
        change({ reports: [{ doi: null, record: null, ...report, citation: words }, ...others] }),
      )}
      <div className={classes.pair}>
        <Select
          label={text.design}
          data={options(text.designs)}
          value={study.design}
          onChange={(design) => change({ design: (design ?? 'randomised') as Study['design'] })}
          allowDeselect={false}
        />
        <Select
          label={text.who}
          data={options(text.studied)}
          value={study.studied}
          onChange={(studied) => change({ studied: (studied ?? 'police') as Study['studied'] })}
          allowDeselect={false}
        />
        <NumberInput
          label={text.year}
          value={study.year ?? ''}
          onChange={(year) => change({ year: numberOrNull(year) })}
          allowDecimal={false}
          thousandSeparator={false}
        />
        <NumberInput
          label={text.participants}
          value={study.participants ?? ''}
          onChange={(participants) => change({ participants: numberOrNull(participants) })}
          allowDecimal={false}
          min={1}
        />
      </div>
      <Textarea
        label={text.setting}
        value={study.setting}
        onChange={(event) => change({ setting: event.currentTarget.value })}
        autosize
      />
      <Textarea
        label={text.notes}
        value={study.notes}
        onChange={(event) => change({ notes: event.currentTarget.value })}
        autosize
      />
    </FormDialog>
  );
}
