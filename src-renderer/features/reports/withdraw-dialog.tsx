import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { OutputOf } from '#shared/contract/index.ts';
import { useCommand } from '../../bridge/hooks.ts';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { text } from './text.ts';

const leastReason = 3;

type Props = { readonly release: OutputOf<'releases.list'>['releases'][number]; readonly onClose: () => void };

/** Takes a release back by word. */
export function WithdrawDialog({ release, onClose }: Props) {
  const [reason, setReason] = useState('');
  const client = useQueryClient();
  const withdraw = useCommand('releases.withdraw');
  return (
    <ReasonDialog
      title={`${text.withdraw}: ${release.title}`}
      note={text.withdrawNote}
      confirm={text.withdraw}
      command={withdraw}
      isComplete={reason.trim().length >= leastReason}
      onConfirm={() =>
        withdraw.mutate(
          { id: release.id, reason: reason.trim() },
          {
            onSuccess: () => {
              void client.invalidateQueries({ queryKey: ['releases.list'] });
              onClose();
            },
          },
        )
      }
      onClose={onClose}
      reason={reason}
      reasonHint={text.withdrawHint}
      onReason={setReason}
    />
  );
}
