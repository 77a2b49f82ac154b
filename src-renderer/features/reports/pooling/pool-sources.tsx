import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { PathField, useFileChooser } from '../../../ui/file-chooser.tsx';
import { Stack } from '../../../ui/surface.tsx';
import { type PoolForm, withKey } from './pool-form.ts';
import classes from './pooling.module.css';
import { poolText as text } from './text.ts';

type Props = { readonly form: PoolForm; readonly onChange: (part: Partial<PoolForm>) => void };

function Removable({
  name,
  words,
  onRemove,
}: {
  readonly name: string;
  readonly words: string;
  readonly onRemove: () => void;
}) {
  return (
    <li>
      <span className={classes.name}>{words}</span>
      <Button size="compact-xs" variant="subtle" aria-label={`${text.remove} ${name}`} onClick={onRemove}>
        {text.remove}
      </Button>
    </li>
  );
}

/** Which bundles are pooled. */
export function BundleFiles({ form: { files }, onChange }: Props) {
  const { choose, dialog } = useFileChooser();
  const add = (file: string) => onChange({ files: files.includes(file) ? files : [...files, file] });
  return (
    <section aria-label={text.bundles}>
      <p className={classes.label}>{text.bundles}</p>
      {files.length === 0 ? <p className={classes.none}>{text.noBundles}</p> : null}
      <ul className={classes.list}>
        {files.map((file) => (
          <Removable
            key={file}
            name={file}
            words={file}
            onRemove={() => onChange({ files: files.filter((each) => each !== file) })}
          />
        ))}
      </ul>
      <Button variant="default" onClick={() => choose({ kind: 'file', title: text.bundles }, add)}>
        {text.addBundle}
      </Button>
      {dialog}
    </section>
  );
}

/** Which key signs for which force, as each force told it. */
export function TrustedKeys({ form: { keys, trustFile }, onChange }: Props) {
  const [force, setForce] = useState('');
  const [fingerprint, setFingerprint] = useState('');
  const add = () => {
    onChange({ keys: withKey(keys, force.trim(), fingerprint.trim().toUpperCase()) });
    setForce('');
    setFingerprint('');
  };
  return (
    <section aria-label={text.trusted}>
      <Stack>
        <div>
          <p className={classes.label}>{text.trusted}</p>
          <p className={classes.none}>{text.trustedNote}</p>
        </div>
        <ul className={classes.list}>
          {keys.map((key) => (
            <Removable
              key={key.force}
              name={key.force}
              words={`${key.force}: ${key.fingerprint}`}
              onRemove={() => onChange({ keys: keys.filter((each) => each !== key) })}
            />
          ))}
        </ul>
        <Group align="flex-end" gap="sm">
          <TextInput
            label={text.force}
            value={force}
            maxLength={80}
            onChange={(event) => setForce(event.currentTarget.value)}
          />
          <TextInput
            className={classes.fingerprint}
            label={text.fingerprint}
            placeholder={text.fingerprintHint}
            value={fingerprint}
            maxLength={60}
            spellCheck={false}
            onChange={(event) => setFingerprint(event.currentTarget.value)}
          />
          <Button variant="default" disabled={force.trim().length < 2 || fingerprint.trim() === ''} onClick={add}>
            {text.addKey}
          </Button>
        </Group>
        <PathField
          label={text.trustFile}
          description={text.trustFileHint}
          value={trustFile}
          onChange={(chosen) => onChange({ trustFile: chosen })}
          options={{ kind: 'file', title: text.trustFile }}
        />
      </Stack>
    </section>
  );
}
