import { Button, Checkbox, Input, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Role } from '#shared/domain/roles.ts';
import { errorOf } from '../../bridge/client.ts';
import { useCommand } from '../../bridge/hooks.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { PathField } from '../../ui/file-chooser.tsx';
import classes from './lock.module.css';
import { LockTitle } from './lock-frame.tsx';
import { guidePassphrase } from './passphrase-guidance.ts';
import { PassphrasePair } from './passphrase-pair.tsx';
import type { Recovery } from './recovery-keys.tsx';
import { roleMeanings, text } from './text.ts';

type Props = { readonly onBack: () => void; readonly onCreated: (recovery: Recovery) => void };

export function CreateVault({ onBack, onCreated }: Props) {
  const [folder, setFolder] = useState('');
  const [user, setUser] = useState('');
  const [roles, setRoles] = useState<readonly Role[]>(['administrator', 'analyst']);
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const create = useCommand('vault.create');
  const acceptable = guidePassphrase(passphrase).acceptable;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(
      { folder: folder.trim(), user: user.trim(), roles: [...roles], passphrase },
      {
        onSuccess: (created) => {
          setPassphrase('');
          setAgain('');
          create.reset();
          onCreated({ ...created.recovery, session: created.session });
        },
      },
    );
  };
  const toggle = (role: Role) =>
    setRoles((now) => (now.includes(role) ? now.filter((one) => one !== role) : [...now, role]));
  const ready = folder.trim() !== '' && user.trim() !== '' && acceptable && passphrase === again;
  return (
    <>
      <LockTitle title={text.create} lead={text.createLead} />
      <form onSubmit={submit} className={classes.card}>
        <PathField
          label={text.folder}
          description={text.folderHint}
          value={folder}
          onChange={setFolder}
          options={{ kind: 'save', title: text.folder, suggestedName: 'Tidemark vault' }}
          required
        />
        <TextInput
          label={text.user}
          value={user}
          onChange={(event) => setUser(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
          maxLength={64}
          required
        />
        <RoleChoice chosen={roles} onToggle={toggle} />
        <PassphrasePair passphrase={passphrase} again={again} onPassphrase={setPassphrase} onAgain={setAgain} />
        {create.isError ? <ErrorPanel error={errorOf(create.error)} /> : null}
        <div className={classes.row}>
          <Button type="submit" loading={create.isPending} disabled={!ready}>
            {text.createButton}
          </Button>
          <Button variant="subtle" onClick={onBack}>
            {text.back}
          </Button>
        </div>
      </form>
    </>
  );
}

function RoleChoice({
  chosen,
  onToggle,
}: {
  readonly chosen: readonly Role[];
  readonly onToggle: (role: Role) => void;
}) {
  return (
    <Input.Wrapper
      label={text.rolesLegend}
      description={text.rolesHint}
      labelElement="div"
      role="group"
      aria-label={text.rolesLegend}
    >
      <Stack gap={10} mt={8}>
        {roleMeanings.map(({ role, label, meaning, fixed }) => (
          <Checkbox
            key={role}
            label={label}
            description={meaning}
            checked={chosen.includes(role)}
            disabled={fixed === true}
            onChange={() => onToggle(role)}
          />
        ))}
      </Stack>
    </Input.Wrapper>
  );
}
