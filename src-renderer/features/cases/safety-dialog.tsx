import { Button, Group, Modal } from '@mantine/core';
import { useState } from 'react';
import type { SafetyAnswer } from '#shared/contract/cases.ts';
import { notACrisisService } from '#shared/domain/cases.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { formatDate, formatInstant } from '../../ui/format.ts';
import { Facts, Notice, Stack } from '../../ui/surface.tsx';
import { useReturnFocus } from '../../ui/use-return-focus.ts';
import { ReasonField } from './reason-field.tsx';
import { Reveal } from './reveal.tsx';
import { rowWords, sinceGiven, text, whoAnswered } from './text.ts';
import { useRefreshCases, useUnkeptCommand } from './use-cases.ts';

type Props = {
  readonly answer: SafetyAnswer;
  readonly onClose: () => void;
  readonly goTo: (id: number) => void;
};

function meaningOf({ answer, acknowledgedBy, note }: SafetyAnswer): string {
  if (answer === 'not seen') return 'Safety answer not seen. This is not “no risk”: ask.';
  if (acknowledgedBy === null) return 'The answer to a question about self-harm was above its first step.';
  return `Acknowledged by ${acknowledgedBy}${note === null ? '.' : `: ${note}`}`;
}

export function SafetyDialog({ answer, onClose, goTo }: Props) {
  useReturnFocus();
  const [note, setNote] = useState('');
  const refresh = useRefreshCases();
  const acknowledge = useUnkeptCommand('cases.acknowledge');
  const open = useUnkeptCommand('cases.open');
  const [key] = answer.keys;
  const error = acknowledge.error ?? open.error;
  const openCase = () => {
    if (answer.case !== null) return goTo(answer.case);
    const who = answer.person === null ? {} : { person: answer.person };
    if (key === undefined) return;
    const asked = answer.person === null ? { safety: key } : who;
    void open.run({ ...asked, origin: 'safety' }, (made) => {
      refresh();
      goTo(made.case);
    });
  };
  return (
    <Modal opened onClose={onClose} size="lg" title={text.answerTitle} closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack>
        <Notice tone="warn">
          <p>{meaningOf(answer)}</p>
          <p>{notACrisisService}</p>
        </Notice>
        <Facts
          facts={[
            { term: 'Who', value: whoAnswered(answer) },
            { term: 'Given', value: answer.givenOn === null ? 'Day not known' : formatDate(answer.givenOn) },
            { term: 'Since then', value: sinceGiven(answer) },
            { term: 'Arrived', value: formatInstant(answer.receivedAt) },
            { term: 'Its row', value: rowWords[answer.row] },
          ]}
        />
        {key === undefined ? null : <Reveal of={{ safety: key }} />}
        {answer.acknowledgedAt === null ? (
          <ReasonField label={text.acknowledgeNote} value={note} onChange={setNote} minRows={2} />
        ) : null}
        {error ? <ErrorPanel error={error} /> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" loading={open.busy} onClick={openCase}>
            {answer.case === null ? text.openCase : text.goToCase}
          </Button>
          {answer.acknowledgedAt === null ? (
            <Button
              loading={acknowledge.busy}
              onClick={() =>
                void acknowledge.run({ keys: answer.keys, ...(note.trim() === '' ? {} : { note }) }, () => {
                  refresh();
                  onClose();
                })
              }
            >
              {text.acknowledge}
            </Button>
          ) : null}
        </Group>
      </Stack>
    </Modal>
  );
}
