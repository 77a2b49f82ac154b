import { NumberInput, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { IndicatorTargets } from '#shared/contract/targets.ts';
import { isoOfDay, londonDay } from '#shared/domain/dates.ts';
import { useCommand } from '../../bridge/hooks.ts';
import { forgetIndicators, type Indicator } from '../../bridge/indicators.ts';
import { DateField } from '../../ui/date-field.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { targetText as text } from './target-text.ts';

const [leastOwner, leastReason] = [2, 3] as const;

function inAYear(): string {
  return isoOfDay(londonDay(Math.floor(Date.now() / 1_000)) + 365);
}

type SetProps = {
  readonly indicator: Indicator;
  readonly current: IndicatorTargets['current'];
  readonly onClose: () => void;
};

export function SetTargetDialog({ indicator, current, onClose }: SetProps) {
  const { definition } = indicator;
  const [value, setValue] = useState<string | number>(indicator.target?.value ?? '');
  const [owner, setOwner] = useState(current?.owner ?? definition.owner);
  const [reviewOn, setReviewOn] = useState(inAYear);
  const [reason, setReason] = useState('');
  const client = useQueryClient();
  const set = useCommand('targets.set');
  const isComplete = value !== '' && owner.trim().length >= leastOwner && reason.trim().length >= leastReason;
  const save = () =>
    set.mutate(
      { indicator: indicator.id, value: Number(value), owner: owner.trim(), reviewOn, reason: reason.trim() },
      {
        onSuccess: () => {
          forgetIndicators(client);
          onClose();
        },
      },
    );
  return (
    <ReasonDialog
      title={`${current === null ? text.setTitle : text.changeTitle}: ${definition.title}`}
      note={current === null ? null : text.changeNote}
      confirm={text.confirm}
      command={set}
      isComplete={isComplete}
      onConfirm={save}
      onClose={onClose}
      reason={reason}
      reasonHint={text.reasonHint}
      onReason={setReason}
    >
      <NumberInput
        label={text.target}
        description={text.value(definition.unit, definition.better)}
        value={value}
        onChange={setValue}
        min={0}
        {...(definition.kind === 'share' ? { max: 100 } : {})}
        decimalScale={2}
        required
        data-autofocus
      />
      <TextInput
        label={text.owner}
        description={text.ownerHint}
        value={owner}
        onChange={(event) => setOwner(event.currentTarget.value)}
        maxLength={100}
        required
      />
      <DateField label={text.review} description={text.reviewHint} value={reviewOn} onChange={setReviewOn} />
    </ReasonDialog>
  );
}

type WithdrawProps = { readonly indicator: Indicator; readonly onClose: () => void };

export function WithdrawTargetDialog({ indicator, onClose }: WithdrawProps) {
  const [reason, setReason] = useState('');
  const client = useQueryClient();
  const withdraw = useCommand('targets.withdraw');
  const save = () =>
    withdraw.mutate(
      { indicator: indicator.id, reason: reason.trim() },
      {
        onSuccess: () => {
          forgetIndicators(client);
          onClose();
        },
      },
    );
  return (
    <ReasonDialog
      title={`${text.withdrawTitle}: ${indicator.definition.title}`}
      note={text.withdrawNote}
      confirm={text.withdrawConfirm}
      command={withdraw}
      isComplete={reason.trim().length >= leastReason}
      onConfirm={save}
      onClose={onClose}
      reason={reason}
      reasonHint={text.reasonHint}
      onReason={setReason}
    />
  );
}
