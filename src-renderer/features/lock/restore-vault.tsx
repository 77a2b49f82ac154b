import { Button, PasswordInput, SegmentedControl, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { OutputOf } from '#shared/contract/index.ts';
import { useJob } from '../../bridge/hooks.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { PathField } from '../../ui/file-chooser.tsx';
import { formatCount, formatInstant } from '../../ui/format.ts';
import { JobProgress } from '../../ui/job-progress.tsx';
import { Facts, Notice } from '../../ui/surface.tsx';
import classes from './lock.module.css';
import { LockTitle } from './lock-frame.tsx';
import { text } from './text.ts';

type Restored = OutputOf<'vault.restore'>;
type Props = { readonly onBack: () => void; readonly onRestored: (restored: Restored) => void };

/** Restores a backup into a new folder; the vault is then unlocked as any other. */
export function RestoreVault({ onBack, onRestored }: Props) {
  const [file, setFile] = useState('');
  const [folder, setFolder] = useState('');
  const [by, setBy] = useState<'passphrase' | 'key'>('passphrase');
  const [user, setUser] = useState('');
  const [secret, setSecret] = useState('');
  const job = useJob('vault.restore');
  const { state } = job;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const given =
      by === 'key'
        ? { user: null, passphrase: null, recoveryKey: secret.trim() }
        : { user: user.trim(), passphrase: secret, recoveryKey: null };
    // The secret goes to the engine once and is not kept.
    setSecret('');
    void job.start({ file: file.trim(), folder: folder.trim(), ...given });
  };
  if (state.status === 'done') return <RestoredFacts restored={state.value} onGo={() => onRestored(state.value)} />;
  const ready = file.trim() !== '' && folder.trim() !== '' && secret !== '' && (by === 'key' || user.trim() !== '');
  return (
    <>
      <LockTitle title={text.restore} lead={text.restoreLead} />
      <form onSubmit={submit} className={classes.card} autoComplete="off">
        <PathField
          label={text.backupFile}
          description={text.backupFileHint}
          value={file}
          onChange={setFile}
          options={{ kind: 'file', title: text.backupFile }}
          required
        />
        <PathField
          label={text.restoreFolder}
          description={text.restoreFolderHint}
          value={folder}
          onChange={setFolder}
          options={{ kind: 'save', title: text.restoreFolder, suggestedName: 'Restored vault' }}
          required
        />
        <SegmentedControl
          aria-label={text.restoreBy}
          value={by}
          onChange={(value) => {
            setBy(value as 'passphrase' | 'key');
            setSecret('');
          }}
          data={[
            { value: 'passphrase', label: text.byPassphrase },
            { value: 'key', label: text.byKey },
          ]}
        />
        {by === 'passphrase' ? (
          <TextInput
            label={text.user}
            description={text.restoreUserHint}
            value={user}
            onChange={(event) => setUser(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
            maxLength={64}
            required
          />
        ) : null}
        <PasswordInput
          label={by === 'key' ? text.vaultKey : text.passphrase}
          value={secret}
          onChange={(event) => setSecret(event.currentTarget.value)}
          autoComplete="off"
          visibilityToggleButtonProps={{ 'aria-label': 'Show or hide what is typed', tabIndex: 0 }}
          required
        />
        {state.status === 'failed' ? <ErrorPanel error={state.error} /> : null}
        {state.status === 'running' ? (
          <JobProgress {...state} label={text.restoring} onCancel={job.cancel} />
        ) : (
          <div className={classes.row}>
            <Button type="submit" disabled={!ready}>
              {text.restoreButton}
            </Button>
            <Button variant="subtle" onClick={onBack}>
              {text.back}
            </Button>
          </div>
        )}
      </form>
    </>
  );
}

function RestoredFacts({ restored, onGo }: { readonly restored: Restored; readonly onGo: () => void }) {
  return (
    <>
      <LockTitle title={text.restored} lead={restored.folder} />
      <div className={classes.card}>
        <Notice tone="good" announce>
          <p>{text.restoredEqual}</p>
        </Notice>
        <Facts
          facts={[
            { term: 'Backed up', value: `${formatInstant(restored.madeAt)}, by ${restored.madeBy}` },
            { term: 'Rows', value: formatCount(restored.holds.rows) },
            { term: 'Users of that time', value: restored.users.join(', ') },
            { term: 'Audit head', value: <code>{`${restored.backupHead.sequence}:${restored.backupHead.hash}`}</code> },
          ]}
        />
        <div className={classes.row}>
          <Button onClick={onGo}>{text.unlockRestored}</Button>
        </div>
      </div>
    </>
  );
}
