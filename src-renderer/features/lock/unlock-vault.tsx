import { Autocomplete, Button, PasswordInput, VisuallyHidden } from '@mantine/core';
import { type FormEvent, useEffect, useState } from 'react';
import type { OutputOf } from '#shared/contract/index.ts';
import type { AppError } from '#shared/domain/result.ts';
import { errorOf } from '../../bridge/client.ts';
import { useCommand } from '../../bridge/hooks.ts';
import type { Session } from '../../bridge/session.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { formatWait } from '../../ui/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { Notice } from '../../ui/surface.tsx';
import classes from './lock.module.css';
import { LockTitle } from './lock-frame.tsx';
import { text } from './text.ts';

type Props = {
  readonly vault: OutputOf<'vault.state'>['recent'][number];
  readonly onBack: () => void;
  readonly onUnlocked: (session: Session) => void;
  readonly onRecover: () => void;
};

/** Seconds still to wait after a throttled attempt. */
function useCountdown(error: AppError | null): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    const seconds = error?.code === 'THROTTLED' ? Number(error.params.retryAfterSeconds ?? 1) : 0;
    setLeft(seconds);
    if (seconds <= 0) return;
    const until = performance.now() + seconds * 1_000;
    const timer = setInterval(() => {
      const remaining = Math.max(0, Math.ceil((until - performance.now()) / 1_000));
      setLeft(remaining);
      if (remaining === 0) clearInterval(timer);
    }, 250);
    return () => clearInterval(timer);
  }, [error]);
  return left;
}

export function UnlockVault({ vault, onBack, onUnlocked, onRecover }: Props) {
  const [user, setUser] = useState(vault.users.length === 1 ? (vault.users[0] ?? '') : '');
  const [passphrase, setPassphrase] = useState('');
  const [error, setError] = useState<AppError | null>(null);
  const unlock = useCommand('vault.unlock');
  const secondsLeft = useCountdown(error);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    unlock.mutate(
      { folder: vault.folder, user: user.trim(), passphrase },
      {
        onSuccess: ({ session }) => onUnlocked(session),
        onError: (thrown) => setError(errorOf(thrown)),
        // The passphrase goes to the engine once and is not kept.
        onSettled: () => {
          setPassphrase('');
          unlock.reset();
        },
      },
    );
    setError(null);
  };
  const throttled = error?.code === 'THROTTLED';
  return (
    <>
      <LockTitle title={vault.name} lead={vault.folder} />
      <form onSubmit={submit} className={classes.card}>
        <Autocomplete
          label={text.user}
          size="md"
          data={[...vault.users]}
          value={user}
          onChange={setUser}
          autoComplete="off"
          spellCheck={false}
          required
          autoFocus={user === ''}
        />
        <PasswordInput
          label={text.passphrase}
          size="md"
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
          autoComplete="off"
          required
          autoFocus={user !== ''}
          visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the passphrase', tabIndex: 0 }}
        />
        {throttled && secondsLeft > 0 ? (
          <Notice tone="warn">
            <p aria-hidden="true">{text.wait(formatWait(secondsLeft))}</p>
            <VisuallyHidden role="alert">
              {text.wait(formatWait(Number(error?.params.retryAfterSeconds ?? 1)))}
            </VisuallyHidden>
          </Notice>
        ) : error && !throttled ? (
          <ErrorPanel error={error} />
        ) : null}
        <div className={classes.row}>
          <Button
            type="submit"
            size="md"
            loading={unlock.isPending}
            disabled={secondsLeft > 0 || user.trim() === '' || passphrase === ''}
          >
            {text.unlock}
          </Button>
          <Button variant="subtle" size="md" leftSection={<Icon name="folder" size={16} />} onClick={onBack}>
            {text.back}
          </Button>
        </div>
        <div>
          <Button variant="subtle" size="compact-sm" onClick={onRecover}>
            {text.haveKey}
          </Button>
        </div>
      </form>
    </>
  );
}
