import { Button, Group, Modal, NumberInput, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { IndicatorTargets } from '#shared/contract/targets.ts';
import { isoOfDay, londonDay } from '#shared/domain/dates.ts';
import { errorOf } from '../../bridge/client.ts';
import { useCommand } from '../../bridge/hooks.ts';
import { forgetIndicators, type Indicator } from '../../bridge/indicators.ts';
import { DateField } from '../../ui/date-field.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Stack } from '../../ui/surface.tsx';
import { useReturnFocus } from '../../ui/use-return-focus.ts';
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
    <TargetDialog
      title={`${current === null ? text.setTitle : text.changeTitle}: ${definition.title}`}
      note={current === null ? null : text.changeNote}
      confirm={text.confirm}
      command={set}
      isComplete={isComplete}
      onConfirm={save}
      onClose={onClose}
      reason={reason}
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
    </TargetDialog>
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
    <TargetDialog
      title={`${text.withdrawTitle}: ${indicator.definition.title}`}
      note={text.withdrawNote}
      confirm={text.withdrawConfirm}
      command={withdraw}
      isComplete={reason.trim().length >= leastReason}
      onConfirm={save}
      onClose={onClose}
      reason={reason}
      onReason={setReason}
    />
  );
}

type DialogProps = {
  readonly title: string;
  readonly note: string | null;
  readonly confirm: string;
  readonly command: { readonly isPending: boolean; readonly isError: boolean; readonly error: Error | null };
  readonly isComplete: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly reason: string;
  readonly onReason: (reason: string) => void;
  readonly children?: ReactNode;
};

/** Asks what is to hold and why; what was typed stays where the engine refuses it. */
function TargetDialog({ title, note, confirm, command, isComplete, onConfirm, onClose, ...rest }: DialogProps) {
  useReturnFocus();
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isComplete) onConfirm();
        }}
      >
        <Stack>
          {note === null ? null : <p style={{ margin: 0 }}>{note}</p>}
          {rest.children}
          <TextInput
            label={text.reason}
            description={text.reasonHint}
            value={rest.reason}
            onChange={(event) => rest.onReason(event.currentTarget.value)}
            maxLength={500}
            required
          />
          {command.isError ? <ErrorPanel error={errorOf(command.error)} /> : null}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {text.cancel}
            </Button>
            <Button type="submit" loading={command.isPending} disabled={!isComplete}>
              {confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
