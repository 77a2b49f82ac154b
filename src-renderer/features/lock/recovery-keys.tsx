import { Button, Checkbox } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { OutputOf } from '#shared/contract/index.ts';
import { call, errorOf } from '../../bridge/client.ts';
import { useCommand } from '../../bridge/hooks.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { useFileChooser } from '../../ui/file-chooser.tsx';
import { baseName } from '../../ui/file-names.ts';
import { Icon } from '../../ui/icons.tsx';
import { Badge } from '../../ui/surface.tsx';
import classes from './lock.module.css';
import { LockFrame, LockTitle } from './lock-frame.tsx';
import { text } from './text.ts';

export type Recovery = OutputOf<'vault.create'>['recovery'] & { readonly session: OutputOf<'vault.create'>['session'] };

const keptOpenEveryMs = 60_000;

/** The two recovery keys, shown once. They stay until a person says that they are put away, even if the vault locks. */
export function RecoveryKeys({ recovery, onDone }: { readonly recovery: Recovery; readonly onDone: () => void }) {
  const [putAway, setPutAway] = useState(false);
  useEffect(() => {
    // Writing keys down by hand looks like idling, and a vault that locked itself now would take them away for good.
    const timer = setInterval(() => void call('vault.touch', {}), keptOpenEveryMs);
    return () => clearInterval(timer);
  }, []);
  return (
    <LockFrame wide>
      <LockTitle title={text.recoveryTitle} lead={text.recoveryLead} />
      <div className={classes.keys}>
        <RecoveryKey
          title={text.vaultKey}
          use={text.vaultKeyUse}
          value={recovery.vaultKey}
          fileName="tidemark-vault-key.txt"
        />
        <RecoveryKey
          title={text.clinicKey}
          use={text.clinicKeyUse}
          value={recovery.clinicKey}
          fileName="tidemark-clinic-key.txt"
        />
      </div>
      <Checkbox label={text.putAway} checked={putAway} onChange={(event) => setPutAway(event.currentTarget.checked)} />
      <div className={classes.row}>
        <Button disabled={!putAway} onClick={onDone}>
          {text.go}
        </Button>
      </div>
    </LockFrame>
  );
}

type KeyProps = { readonly title: string; readonly use: string; readonly value: string; readonly fileName: string };

function RecoveryKey({ title, use, value, fileName }: KeyProps) {
  const save = useCommand('vault.saveRecovery');
  const { choose, dialog } = useFileChooser();
  return (
    <section className={classes.key} aria-label={title}>
      <h2 className={classes.keyTitle}>{title}</h2>
      <p className={classes.keyUse}>{use}</p>
      <p className={classes.keyText}>{value}</p>
      <div className={classes.row}>
        <CopyButton label="Copy" text={() => value} />
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<Icon name="file" size={15} />}
          loading={save.isPending}
          onClick={() =>
            choose({ kind: 'save', title: `Save the ${title.toLowerCase()}`, suggestedName: fileName }, (file) =>
              save.mutate({ file, text: value }),
            )
          }
        >
          {text.saveToFile}
        </Button>
      </div>
      {save.isSuccess ? <Badge tone="good">{text.saved(baseName(save.data.file))}</Badge> : null}
      {save.isError ? <ErrorPanel error={errorOf(save.error)} /> : null}
      {dialog}
    </section>
  );
}
