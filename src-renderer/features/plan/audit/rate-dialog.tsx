import { Autocomplete, Select } from '@mantine/core';
import { useState } from 'react';
import type { ResourceView } from '#shared/contract/plan.ts';
import { nextCode } from '#shared/domain/plan-parts.ts';
import { maturityLevels, planThemes } from '#shared/domain/plan-themes.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { DayField, LineField, WordsField } from '../fields.tsx';
import classes from '../plan.module.css';
import { text as planText } from '../text.ts';
import { usePlanCommand } from '../use-plan-command.ts';
import { auditText } from './text.ts';

const text = auditText.fields;
const levels = maturityLevels.map(({ level, name }) => ({ value: String(level), label: auditText.level(level, name) }));

type Props = {
  /** Null for a new one. */
  readonly resource: ResourceView | null;
  readonly taken: readonly string[];
  readonly onClose: () => void;
};

/** A rating of a resource, new or again. */
export function RateDialog({ resource, taken, onClose }: Props) {
  const [theme, setTheme] = useState(resource?.theme ?? '');
  const [title, setTitle] = useState(resource?.title ?? '');
  const [maturity, setMaturity] = useState(String(resource?.maturity ?? 0));
  const [target, setTarget] = useState(String(resource?.target ?? 3));
  const [evidence, setEvidence] = useState('');
  const [assessedOn, setAssessedOn] = useState<string | null>(null);
  const [assessedBy, setAssessedBy] = useState(resource?.assessedBy ?? '');
  const [review, setReview] = useState(resource?.guidance?.review ?? '');
  const [guidance, setGuidance] = useState(resource?.guidance?.guidance ?? '');
  const save = usePlanCommand('plan.saveResource');
  const hasHalf = (review.trim() === '') !== (guidance.trim() === '');
  const isComplete = theme.trim() !== '' && title.trim() !== '' && assessedBy.trim().length >= 2 && !hasHalf;
  const run = async () => {
    if (assessedOn === null) return;
    const saved = await save.run({
      resource: {
        ...{ resource: resource?.resource ?? nextCode('R', taken), theme: theme.trim(), title: title.trim() },
        ...{ maturity: Number(maturity), target: Number(target), evidence: evidence.trim() },
        ...{ assessedOn, assessedBy: assessedBy.trim() },
        guidance: review.trim() === '' ? null : { review: review.trim(), guidance: guidance.trim() },
      },
    });
    if (saved) onClose();
  };
  return (
    <FormDialog
      title={resource === null ? auditText.rateTitle : auditText.rateAgain}
      confirm={planText.save}
      command={save}
      isComplete={isComplete && assessedOn !== null}
      onConfirm={() => void run()}
      onClose={onClose}
    >
      <Autocomplete
        label={text.theme}
        description={text.themeHint}
        data={planThemes.map((known) => known.theme)}
        value={theme}
        onChange={setTheme}
        maxLength={200}
        required
        data-autofocus
      />
      <LineField label={text.title} value={title} onChange={setTitle} required />
      <div className={classes.pair}>
        <Select
          label={text.maturity}
          data={levels}
          value={maturity}
          onChange={(level) => setMaturity(level ?? maturity)}
          allowDeselect={false}
        />
        <Select
          label={text.target}
          data={levels}
          value={target}
          onChange={(level) => setTarget(level ?? target)}
          allowDeselect={false}
        />
      </div>
      <WordsField label={text.evidence} hint={text.evidenceHint} value={evidence} onChange={setEvidence} />
      <div className={classes.pair}>
        <DayField label={text.on} value={assessedOn} onChange={setAssessedOn} required />
        <LineField label={text.by} hint={text.byHint} value={assessedBy} onChange={setAssessedBy} required />
        <LineField label={text.review} value={review} onChange={setReview} />
        <LineField label={text.guidance} value={guidance} onChange={setGuidance} />
      </div>
    </FormDialog>
  );
}
