import { Button } from '@mantine/core';
import { useState } from 'react';
import type { OutputOf } from '#shared/contract/index.ts';
import type { LockReason } from '../../bridge/events.ts';
import type { Session } from '../../bridge/session.ts';
import { useFileChooser } from '../../ui/file-chooser.tsx';
import { baseName } from '../../ui/file-names.ts';
import { Icon } from '../../ui/icons.tsx';
import { Notice } from '../../ui/surface.tsx';
import { CreateVault } from './create-vault.tsx';
import classes from './lock.module.css';
import { LockFrame, LockTitle } from './lock-frame.tsx';
import { RecoverVault } from './recover-vault.tsx';
import type { Recovery } from './recovery-keys.tsx';
import { RestoreVault } from './restore-vault.tsx';
import { text } from './text.ts';
import { UnlockVault } from './unlock-vault.tsx';

type RecentVault = OutputOf<'vault.state'>['recent'][number];
type Step =
  | { readonly at: 'choose' }
  | { readonly at: 'create' }
  | { readonly at: 'restore' }
  | { readonly at: 'unlock' | 'recover'; readonly vault: RecentVault };

type Props = {
  readonly recent: readonly RecentVault[];
  /** Folder that the host was asked to open. */
  readonly offered: string | null;
  readonly reason: LockReason | null;
  /** Whether locking paused the watching of a folder. */
  readonly watchingPaused: boolean;
  readonly onUnlocked: (session: Session) => void;
  readonly onCreated: (recovery: Recovery) => void;
};

function vaultAt(folder: string, recent: readonly RecentVault[]): RecentVault {
  return recent.find((vault) => vault.folder === folder) ?? { folder, name: baseName(folder), users: [] };
}

function firstStep({ recent, offered }: Props): Step {
  if (offered !== null) return { at: 'unlock', vault: vaultAt(offered, recent) };
  const only = recent[0];
  return only ? { at: 'unlock', vault: only } : { at: 'choose' };
}

export function LockPlace(props: Props) {
  const { recent, reason, watchingPaused, onUnlocked, onCreated } = props;
  const [step, setStep] = useState<Step>(() => firstStep(props));
  const { choose, dialog } = useFileChooser();
  const browse = () =>
    choose({ kind: 'folder', title: text.chooseFolder }, (folder) =>
      setStep({ at: 'unlock', vault: vaultAt(folder, recent) }),
    );
  return (
    <LockFrame>
      {reason && step.at !== 'create' && step.at !== 'recover' && step.at !== 'restore' ? (
        <Notice announce>
          <p>{text.locked[reason]}</p>
          {watchingPaused ? <p>{text.watchingPaused}</p> : null}
        </Notice>
      ) : null}
      {step.at === 'unlock' ? (
        <UnlockVault
          key={step.vault.folder}
          vault={step.vault}
          onBack={() => setStep({ at: 'choose' })}
          onUnlocked={onUnlocked}
          onRecover={() => setStep({ at: 'recover', vault: step.vault })}
        />
      ) : null}
      {step.at === 'recover' ? (
        <RecoverVault vault={step.vault} onBack={() => setStep({ at: 'unlock', vault: step.vault })} />
      ) : null}
      {step.at === 'create' ? <CreateVault onBack={() => setStep({ at: 'choose' })} onCreated={onCreated} /> : null}
      {step.at === 'restore' ? (
        <RestoreVault
          onBack={() => setStep({ at: 'choose' })}
          onRestored={({ folder, users }) =>
            setStep({ at: 'unlock', vault: { folder, name: baseName(folder), users } })
          }
        />
      ) : null}
      {step.at === 'choose' ? (
        <ChooseVault
          recent={recent}
          onChosen={(vault) => setStep({ at: 'unlock', vault })}
          onBrowse={browse}
          onCreate={() => setStep({ at: 'create' })}
          onRestore={() => setStep({ at: 'restore' })}
        />
      ) : null}
      {dialog}
    </LockFrame>
  );
}

type ChooseProps = {
  readonly recent: readonly RecentVault[];
  readonly onChosen: (vault: RecentVault) => void;
  readonly onBrowse: () => void;
  readonly onCreate: () => void;
  readonly onRestore: () => void;
};

function ChooseVault({ recent, onChosen, onBrowse, onCreate, onRestore }: ChooseProps) {
  return (
    <>
      <LockTitle title={text.open} lead={text.openLead} />
      {recent.length > 0 ? (
        <>
          <h2 className={classes.smallTitle}>{text.recent}</h2>
          <ul className={classes.recent}>
            {recent.map((vault) => (
              <li key={vault.folder}>
                <button type="button" className={classes.vault} onClick={() => onChosen(vault)}>
                  <span className={classes.vaultIcon}>
                    <Icon name="vault" size={22} />
                  </span>
                  <span className={classes.vaultText}>
                    <span className={classes.vaultName}>{vault.name}</span>
                    <span className={classes.vaultFolder} title={vault.folder}>
                      {vault.folder}
                    </span>
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p className={classes.lead}>{text.noRecent}</p>
      )}
      <div className={classes.row}>
        <Button
          variant={recent.length > 0 ? 'default' : 'filled'}
          leftSection={<Icon name="folder" size={16} />}
          onClick={onBrowse}
        >
          {recent.length > 0 ? text.otherVault : text.firstVault}
        </Button>
        <Button variant="default" leftSection={<Icon name="plus" size={16} />} onClick={onCreate}>
          {text.createVault}
        </Button>
        <Button variant="subtle" onClick={onRestore}>
          {text.restoreVault}
        </Button>
      </div>
    </>
  );
}
