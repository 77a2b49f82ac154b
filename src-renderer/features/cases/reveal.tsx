import { Button, Group, Textarea } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Facts, Notice, Stack } from '../../ui/surface.tsx';
import { text } from './text.ts';
import { useUnkeptCommand } from './use-cases.ts';

type Shown = OutputOf<'cases.reveal'> & { readonly untilMs: number };

const labels: Readonly<Record<string, string>> = {
  reference: 'Reference',
  name: 'Name',
  collar: 'Collar number',
  household: 'Household',
  member: 'Member',
  volunteer: 'Volunteer who raised it',
  requester: 'Token of whoever they saw',
};

/** Who somebody is: asked for on purpose with a reason, shown for a minute, and kept nowhere but on the screen. */
export function Reveal({ of }: { readonly of: Pick<InputOf<'cases.reveal'>, 'case' | 'safety'> }) {
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const [shown, setShown] = useState<Shown | null>(null);
  const command = useUnkeptCommand('cases.reveal');
  if (shown) return <Revealed shown={shown} onGone={() => setShown(null)} />;
  if (!asking) {
    return (
      <div>
        <Button variant="default" size="xs" onClick={() => setAsking(true)}>
          {text.reveal}
        </Button>
      </div>
    );
  }
  return (
    <Stack>
      <Textarea
        label={text.revealWhy}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        autosize
        minRows={2}
        maxLength={4_000}
        data-autofocus
        autoFocus
      />
      {command.error ? <ErrorPanel error={command.error} /> : null}
      <Group gap="xs">
        <Button
          size="xs"
          disabled={reason.trim().length < 3}
          loading={command.busy}
          onClick={() =>
            void command.run({ ...of, reason }, (found) => {
              setReason('');
              setAsking(false);
              setShown({ ...found, untilMs: performance.now() + found.showSeconds * 1_000 });
            })
          }
        >
          {text.revealConfirm}
        </Button>
        <Button size="xs" variant="default" onClick={() => setAsking(false)}>
          {text.cancel}
        </Button>
      </Group>
    </Stack>
  );
}

function Revealed({ shown, onGone }: { readonly shown: Shown; readonly onGone: () => void }) {
  const [leftSeconds, setLeft] = useState(shown.showSeconds);
  useEffect(() => {
    const timer = setInterval(() => {
      const left = Math.ceil((shown.untilMs - performance.now()) / 1_000);
      if (left <= 0) onGone();
      else setLeft(left);
    }, 1_000);
    return () => clearInterval(timer);
  }, [shown, onGone]);
  return (
    <Notice title={text.revealTitle}>
      <Facts facts={shown.fields.map(({ name, value }) => ({ term: labels[name] ?? name, value }))} />
      <Group gap="xs" mt="xs">
        <Button size="xs" variant="default" onClick={onGone}>
          {text.hide}
        </Button>
        <span>{text.hidesIn(leftSeconds)}</span>
      </Group>
    </Notice>
  );
}
