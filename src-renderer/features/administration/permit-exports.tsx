import { Button, Group, Select, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { errorOf } from '../../bridge/client.ts';
import { useCommand } from '../../bridge/hooks.ts';
import { DateField } from '../../ui/date-field.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { formatDate } from '../../ui/format.ts';
import { Notice, Stack } from '../../ui/surface.tsx';
import { exportsText as text } from './exports-text.ts';

const dayMs = 86_400_000;
const suggestedDays = 30;

function suggestedDay(): string {
  return new Date(Date.now() + suggestedDays * dayMs).toISOString().slice(0, 10);
}

/** Asks that one user may take rows of single people out, until a day and for a reason. */
export function PermitExports({ users }: { readonly users: readonly string[] }) {
  const [user, setUser] = useState<string | null>(null);
  const [until, setUntil] = useState(suggestedDay);
  const [reason, setReason] = useState('');
  const permit = useCommand('exports.permit');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (user === null) return;
    permit.mutate(
      { user, until, reason: reason.trim() },
      {
        onSuccess: () => {
          setUser(null);
          setReason('');
        },
      },
    );
  };
  if (users.length === 0) return <p style={{ margin: 0 }}>{text.nobody}</p>;
  return (
    <form onSubmit={submit} autoComplete="off">
      <Stack>
        <Group align="flex-start" gap="md">
          <Select
            label={text.user}
            placeholder={text.choose}
            data={[...users]}
            value={user}
            onChange={setUser}
            w={200}
          />
          <DateField label={text.until} value={until} onChange={setUntil} />
          <TextInput
            label={text.reason}
            description={text.reasonHint}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            maxLength={500}
            style={{ flex: 1, minWidth: 260 }}
          />
        </Group>
        {permit.isSuccess ? (
          <Notice tone="good" announce>
            <p>
              {permit.data.state === 'in-force'
                ? text.atOnce(permit.data.user, formatDate(permit.data.until))
                : text.asked(permit.data.user)}
            </p>
          </Notice>
        ) : null}
        {permit.isError ? <ErrorPanel error={errorOf(permit.error)} /> : null}
        <div>
          <Button type="submit" loading={permit.isPending} disabled={user === null || reason.trim().length < 3}>
            {text.ask}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
