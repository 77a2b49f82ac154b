import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useCommand, useOperation } from '../../bridge/hooks.ts';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { Notice, Panel, Stack } from '../../ui/surface.tsx';
import { releaseText as text } from './release-text.ts';

const leastReason = 3;
/** Fewest who can agree, so that whoever asks finds another. */
const leastDeciders = 2;

/** Whether a second person has to agree before a report or a bundle leaves, and the change of it. */
export function ReleaseRule() {
  const rule = useOperation('reports.requests', {});
  const users = useOperation('users.list', {});
  const [isChanging, setIsChanging] = useState(false);
  if (!rule.data || !users.data) return null;
  const { twoPeople } = rule.data;
  const deciders = users.data.users.filter(
    ({ roles }) => roles.includes('administrator') || roles.includes('clinician'),
  );
  return (
    <Panel title={text.title} note={text.note}>
      <Stack>
        <p style={{ margin: 0 }}>{twoPeople ? text.two : text.one}</p>
        {deciders.length < leastDeciders ? (
          <Notice tone={twoPeople ? 'warn' : 'plain'}>
            <p>{text.tooFew}</p>
          </Notice>
        ) : null}
        <div>
          <Button variant="default" onClick={() => setIsChanging(true)}>
            {twoPeople ? text.askOne : text.askTwo}
          </Button>
        </div>
        {isChanging ? <ChangeRule twoPeople={!twoPeople} onClose={() => setIsChanging(false)} /> : null}
      </Stack>
    </Panel>
  );
}

function ChangeRule({ twoPeople, onClose }: { readonly twoPeople: boolean; readonly onClose: () => void }) {
  const [reason, setReason] = useState('');
  const set = useCommand('releases.setRule');
  const client = useQueryClient();
  return (
    <ReasonDialog
      title={twoPeople ? text.twoTitle : text.oneTitle}
      note={twoPeople ? text.twoNote : text.oneNote}
      confirm={text.confirm}
      command={set}
      isComplete={reason.trim().length >= leastReason}
      onConfirm={() =>
        set.mutate(
          { twoPeople, reason: reason.trim() },
          {
            onSuccess: () => {
              void client.invalidateQueries({ queryKey: ['reports.requests'] });
              onClose();
            },
          },
        )
      }
      onClose={onClose}
      reason={reason}
      reasonHint={text.reasonHint}
      onReason={setReason}
    />
  );
}
