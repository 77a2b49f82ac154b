import { Button, Checkbox, Group, PasswordInput, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type Role, roles } from '#shared/domain/roles.ts';
import { errorOf } from '../../bridge/client.ts';
import { useCommand } from '../../bridge/hooks.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Notice, Panel, Stack } from '../../ui/surface.tsx';
import { text } from './text.ts';

const leastCharacters = 15;

export function AddUser() {
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<readonly Role[]>(['analyst']);
  const [passphrase, setPassphrase] = useState('');
  const add = useCommand('users.add');
  const client = useQueryClient();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate(
      { name: name.trim(), roles: [...chosen], passphrase },
      {
        onSuccess: () => {
          setName('');
          void client.invalidateQueries({ queryKey: ['users.list'] });
        },
        onSettled: () => setPassphrase(''),
      },
    );
  };
  return (
    <Panel title={text.add} note={text.addNote}>
      <form onSubmit={submit} autoComplete="off">
        <Stack>
          <TextInput
            label={text.name}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={64}
            required
            spellCheck={false}
          />
          <Checkbox.Group label={text.roles} value={[...chosen]} onChange={(value) => setChosen(value as Role[])}>
            <Group gap="md" mt={6}>
              {roles.map((role) => (
                <Checkbox key={role} value={role} label={role} />
              ))}
            </Group>
          </Checkbox.Group>
          <PasswordInput
            label={text.passphrase}
            description={text.passphraseHint}
            value={passphrase}
            onChange={(event) => setPassphrase(event.currentTarget.value)}
            autoComplete="new-password"
            visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the passphrase', tabIndex: 0 }}
            required
          />
          {add.isSuccess ? (
            <Notice tone="good" announce>
              <p>{text.added(add.data.user.name)}</p>
            </Notice>
          ) : null}
          {add.isError ? <ErrorPanel error={errorOf(add.error)} /> : null}
          <div>
            <Button
              type="submit"
              loading={add.isPending}
              disabled={name.trim() === '' || chosen.length === 0 || [...passphrase].length < leastCharacters}
            >
              {text.addButton}
            </Button>
          </div>
        </Stack>
      </form>
    </Panel>
  );
}
