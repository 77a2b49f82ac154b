import { Autocomplete, Button, PasswordInput, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { OutputOf } from '#shared/contract/index.ts';
import { errorOf } from '../../bridge/client.ts';
import { useCommand } from '../../bridge/hooks.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Notice } from '../../ui/surface.tsx';
import classes from './lock.module.css';
import { LockTitle } from './lock-frame.tsx';
import { guidePassphrase } from './passphrase-guidance.ts';
import { PassphrasePair } from './passphrase-pair.tsx';
import { text } from './text.ts';

type Props = { readonly vault: OutputOf<'vault.state'>['recent'][number]; readonly onBack: () => void };

/** Lets somebody in with the keys that were put away when the vault was made. */
export function RecoverVault({ vault, onBack }: Props) {
  const [keys, setKeys] = useState('');
  const [user, setUser] = useState('');
  const [present, setPresent] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const recover = useCommand('vault.recover');
  // The clinic key alone opens no store: it works together with the passphrase that the user has.
  const clinicAlone = keys.includes('clinic-key') && !keys.includes('vault-key');
  const newReady = guidePassphrase(passphrase).acceptable && passphrase === again;
  const ready = keys.trim() !== '' && user.trim() !== '' && (clinicAlone ? present !== '' : newReady);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    recover.mutate(
      { folder: vault.folder, keys, user: user.trim(), newPassphrase: clinicAlone ? present : passphrase },
      {
        onSuccess: () => setKeys(''),
        onSettled: () => {
          setPresent('');
          setPassphrase('');
          setAgain('');
        },
      },
    );
  };
  if (recover.isSuccess) return <Recovered answer={recover.data} onBack={onBack} />;
  return (
    <>
      <LockTitle title={text.recover} lead={text.recoverLead(vault.name)} />
      <form onSubmit={submit} className={classes.card}>
        <Textarea
          label={text.recoveryKeys}
          description={text.recoveryKeysHint}
          value={keys}
          onChange={(event) => setKeys(event.currentTarget.value)}
          autosize
          minRows={2}
          autoComplete="off"
          spellCheck={false}
          required
          autoFocus
        />
        <Autocomplete
          label={text.recoverUser}
          description={text.recoverUserHint}
          data={[...vault.users]}
          value={user}
          onChange={setUser}
          autoComplete="off"
          spellCheck={false}
          maxLength={64}
          required
        />
        {clinicAlone ? (
          <PasswordInput
            label={text.presentPassphrase}
            description={text.presentPassphraseHint}
            value={present}
            onChange={(event) => setPresent(event.currentTarget.value)}
            autoComplete="off"
            required
            visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the present passphrase', tabIndex: 0 }}
          />
        ) : (
          <PassphrasePair passphrase={passphrase} again={again} onPassphrase={setPassphrase} onAgain={setAgain} />
        )}
        {recover.isError ? <ErrorPanel error={errorOf(recover.error)} /> : null}
        <div className={classes.row}>
          <Button type="submit" loading={recover.isPending} disabled={!ready}>
            {text.recoverButton}
          </Button>
          <Button variant="subtle" onClick={onBack}>
            {text.backToUnlock}
          </Button>
        </div>
      </form>
    </>
  );
}

function Recovered({ answer, onBack }: { readonly answer: OutputOf<'vault.recover'>; readonly onBack: () => void }) {
  return (
    <>
      <LockTitle title={text.recover} />
      <Notice tone="good" announce>
        <p>{answer.made ? text.recoveredNew(answer.user) : text.recovered(answer.user)}</p>
        {answer.clinicKeyUsed ? <p>{text.recoveredClinic}</p> : null}
        {answer.pendingRoles.length > 0 ? <p>{text.recoveredPending}</p> : null}
      </Notice>
      <div className={classes.row}>
        <Button onClick={onBack} autoFocus>
          {text.backToUnlock}
        </Button>
      </div>
    </>
  );
}
