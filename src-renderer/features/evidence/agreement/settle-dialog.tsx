import { Select } from '@mantine/core';
import { useState } from 'react';
import type { ScreeningConflict } from '#shared/contract/review-screening.ts';
import type { ReviewView } from '#shared/contract/review-shapes.ts';
import { ReasonDialog } from '../../../ui/reason-dialog.tsx';
import { text as evidenceText } from '../text.ts';
import { useEvidenceCommand } from '../use-evidence-command.ts';
import { agreementText as text } from './text.ts';

export type Settlement = { readonly conflict: ScreeningConflict; readonly decision: 'include' | 'exclude' };

type Props = Settlement & { readonly view: ReviewView; readonly onClose: () => void };

export function SettleDialog({ view, conflict: { stage, reference }, decision, onClose }: Props) {
  const [how, setHow] = useState('');
  const [reason, setReason] = useState<string | null>(null);
  const settle = useEvidenceCommand('reviews.resolve');
  const needsReason = decision === 'exclude' && stage === 'full-text';
  const run = async () => {
    const { record } = reference;
    if (await settle.run({ review: view.review, stage, record, decision, reason, note: how.trim() })) onClose();
  };
  return (
    <ReasonDialog
      title={text.settleTitle(evidenceText.verdicts[decision])}
      note={reference.title}
      confirm={text.settle}
      size="lg"
      command={settle}
      isComplete={how.trim().length >= 3 && (!needsReason || reason !== null)}
      onConfirm={() => void run()}
      onClose={onClose}
      reason={how}
      reasonHint={`${text.how} ${text.howHint}`}
      onReason={setHow}
    >
      {decision === 'exclude' ? (
        <Select
          label={text.reason}
          data={view.protocol.exclusion.map(({ code, words }) => ({ value: code, label: words }))}
          value={reason}
          onChange={setReason}
          required={needsReason}
          clearable
        />
      ) : null}
    </ReasonDialog>
  );
}
