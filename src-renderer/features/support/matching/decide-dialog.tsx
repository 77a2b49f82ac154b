import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useCommand } from '../../../bridge/hooks.ts';
import { ReasonDialog } from '../../../ui/reason-dialog.tsx';
import { Facts } from '../../../ui/surface.tsx';
import { matchingText } from './text.ts';

const text = matchingText.dialog;

/** A match that is about to be decided on; an accepted one is taken back by declining it. */
export type Decided = {
  readonly step: 'accept' | 'decline' | 'takeBack';
  readonly request: string;
  readonly volunteer: string;
  readonly why: string;
};

/** Proposals, decisions and the figures that rest on them are asked for anew. */
function useForgetMatches(): () => void {
  const client = useQueryClient();
  return () => {
    for (const name of ['peers.propose', 'peers.decisions', 'analyses.run'])
      void client.invalidateQueries({ queryKey: [name] });
  };
}

type Props = {
  readonly decided: Decided;
  /** That of the proposals, by which the match has to stand. */
  readonly spec: Readonly<Record<string, unknown>>;
  readonly onClose: () => void;
};

export function DecideDialog({ decided, spec, onClose }: Props) {
  const { step, request, volunteer, why } = decided;
  const [reason, setReason] = useState('');
  const forget = useForgetMatches();
  const decide = useCommand('peers.decide');
  const isReasonRequired = step !== 'accept';
  const save = () =>
    decide.mutate(
      {
        spec: { ...spec },
        request,
        volunteer,
        decision: step === 'accept' ? 'accepted' : 'declined',
        reason: reason.trim(),
      },
      {
        onSuccess: () => {
          forget();
          onClose();
        },
      },
    );
  return (
    <ReasonDialog
      size="lg"
      title={text.titles[step](request)}
      note={text.notes[step]}
      confirm={text.confirm[step]}
      command={decide}
      isComplete={!isReasonRequired || reason.trim().length >= 3}
      onConfirm={save}
      onClose={onClose}
      reason={reason}
      reasonHint={isReasonRequired ? text.reasonHint : text.optionalHint}
      onReason={setReason}
      isReasonRequired={isReasonRequired}
    >
      <Facts
        facts={[
          { term: matchingText.columns.volunteer, value: <code>{volunteer}</code> },
          { term: matchingText.columns.why, value: why },
        ]}
      />
    </ReasonDialog>
  );
}
