import { Button, Group, Modal, PasswordInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { errorOf } from '../bridge/client.ts';
import { useCommand } from '../bridge/hooks.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Notice, Stack } from '../ui/surface.tsx';
import { useReturnFocus } from '../ui/use-return-focus.ts';

const leastCharacters = 15;

const words = {
  title: 'Change your passphrase',
  present: 'Present passphrase',
  next: 'New passphrase',
  hint: 'At least 15 characters. Four or five unrelated words work well.',
  again: 'New passphrase again',
  differ: 'The two are not the same.',
  change: 'Change it',
  leave: 'Keep it',
  close: 'Close',
  changed: 'Your new passphrase holds from now on. Copies of the vault made before open with the old one.',
} as const;

/** Everybody changes their own passphrase; no data is encrypted anew. */
export function MyPassphrase({ onClose }: { readonly onClose: () => void }) {
  useReturnFocus();
  const [present, setPresent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const change = useCommand('vault.changePassphrase');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(
      { passphrase: present, newPassphrase: next },
      {
        // Passphrases go to the engine once and are not kept.
        onSettled: () => {
          setPresent('');
          setNext('');
          setAgain('');
        },
      },
    );
  };
  return (
    <Modal opened onClose={onClose} title={words.title} closeButtonProps={{ 'aria-label': 'Close' }}>
      {change.isSuccess ? (
        <Stack>
          <Notice tone="good" announce>
            <p>{words.changed}</p>
          </Notice>
          <Group justify="flex-end">
            <Button onClick={onClose}>{words.close}</Button>
          </Group>
        </Stack>
      ) : (
        <form onSubmit={submit} autoComplete="off">
          <Stack>
            <Secret label={words.present} value={present} onChange={setPresent} />
            <Secret label={words.next} value={next} onChange={setNext} description={words.hint} />
            <Secret
              label={words.again}
              value={again}
              onChange={setAgain}
              error={again !== '' && again !== next ? words.differ : null}
            />
            {change.isError ? <ErrorPanel error={errorOf(change.error)} /> : null}
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={onClose}>
                {words.leave}
              </Button>
              <Button
                type="submit"
                loading={change.isPending}
                disabled={present === '' || next !== again || [...next].length < leastCharacters}
              >
                {words.change}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}

type SecretProps = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly description?: string;
  readonly error?: string | null;
};

function Secret({ label, value, onChange, description, error = null }: SecretProps) {
  return (
    <PasswordInput
      label={label}
      description={description}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error}
      autoComplete="off"
      required
      visibilityToggleButtonProps={{ 'aria-label': `Show or hide: ${label}`, tabIndex: 0 }}
    />
  );
}
