import { Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { SummarisedOutcome } from '#shared/contract/evidence-studies.ts';
import { type GradeDomain, isUpgrade } from '#shared/domain/evidence/grade.ts';
import { useOperation } from '../../../bridge/hooks.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { useEvidenceCommand } from '../use-evidence-command.ts';
import { findingsText as text } from './text.ts';

type Props = {
  readonly review: string;
  readonly summarised: SummarisedOutcome;
  readonly onClose: () => void;
};

/** Rates one domain of an outcome, saying why; what was rated of the others stays. */
export function RateDialog({ review, summarised: { outcome, rated }, onClose }: Props) {
  const held = useOperation('evidence.held', { review });
  const own = held.data?.grades.find(({ grade }) => grade.outcome === outcome.outcome);
  const [domain, setDomain] = useState<GradeDomain>('risk of bias');
  const [levels, setLevels] = useState('0');
  const [reason, setReason] = useState('');
  const save = useEvidenceCommand('evidence.grade');
  const choices = isUpgrade(domain) ? ['0', '1', '2'] : ['0', '-1', '-2'];
  const run = async () => {
    const others = (own?.grade.ratings ?? []).filter((rating) => rating.domain !== domain);
    const grade = {
      outcome: outcome.outcome,
      start: own?.grade.start ?? null,
      ratings: [...others, { domain, levels: Number(levels), reason: reason.trim() }],
    };
    if (await save.run({ review, seen: own?.version ?? 0, grade })) onClose();
  };
  return (
    <FormDialog
      title={text.rate}
      note={text.rateNote}
      confirm={text.keepRating}
      command={save}
      isComplete={held.data !== undefined && reason.trim().length >= 3}
      onConfirm={() => void run()}
      onClose={onClose}
    >
      <Select
        label={text.domain}
        data={rated.domains.map((one) => one.domain)}
        value={domain}
        onChange={(value) => {
          setDomain((value ?? 'risk of bias') as GradeDomain);
          setLevels('0');
        }}
        allowDeselect={false}
      />
      <Select
        label={text.levels}
        data={choices.map((value) => ({ value, label: value.replace('-', '−') }))}
        value={levels}
        onChange={(value) => setLevels(value ?? '0')}
        allowDeselect={false}
      />
      <Textarea
        label={text.reason}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={2_000}
        autosize
        minRows={2}
        required
      />
    </FormDialog>
  );
}
