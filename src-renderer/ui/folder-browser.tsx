import { ActionIcon, Button, Group, Loader, Modal, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { errorOf } from '../bridge/client.ts';
import { useOperation } from '../bridge/hooks.ts';
import { ErrorPanel } from './error-panel.tsx';
import classes from './file-chooser.module.css';
import { joinPath, nameProblem } from './file-names.ts';
import { type FolderEntry, FolderList } from './folder-list.tsx';
import { Icon } from './icons.tsx';
import { useReturnFocus } from './use-return-focus.ts';

export type ChooseOptions = {
  readonly kind: 'file' | 'folder' | 'save';
  readonly title: string;
  readonly suggestedName?: string;
  /** Where to begin; the host's usual place where absent. */
  readonly startIn?: string | null;
  /** Endings (`.csv`) of files that can be chosen. */
  readonly endings?: readonly string[];
};

type Props = {
  readonly options: ChooseOptions;
  readonly onChosen: (path: string | null) => void;
};

/** Chooses a file or folder where the host has no dialog of its own. */
export function FolderBrowser({ options, onChosen }: Props) {
  useReturnFocus();
  const [folder, setFolder] = useState<string | null>(options.startIn ?? null);
  const [chosen, setChosen] = useState<FolderEntry | null>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const [name, setName] = useState(options.suggestedName ?? '');
  const listing = useOperation('host.listFolder', { folder });
  const here = listing.data?.folder ?? folder ?? '';

  const enter = (path: string) => {
    setFolder(path);
    setChosen(null);
    setTyped(null);
  };
  const go = (event: FormEvent) => {
    event.preventDefault();
    if (typed !== null && typed.trim() !== '') enter(typed.trim());
  };
  const answer = answerOf(options.kind, here, chosen, name);
  return (
    <Modal
      opened
      onClose={() => onChosen(null)}
      title={options.title}
      size={720}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form onSubmit={go} className={classes.bar}>
        <TextInput
          label="Folder"
          value={typed ?? here}
          onChange={(event) => setTyped(event.currentTarget.value)}
          spellCheck={false}
        />
        <ActionIcon
          variant="default"
          size={36}
          aria-label="Up to the folder above"
          disabled={listing.data?.parent == null}
          onClick={() => listing.data?.parent && enter(listing.data.parent)}
        >
          <Icon name="up" />
        </ActionIcon>
      </form>
      {listing.isError ? <ErrorPanel error={errorOf(listing.error)} /> : null}
      <div className={classes.layout}>
        <ul className={classes.places} aria-label="Places">
          {(listing.data?.places ?? []).map((place) => (
            <li key={place.folder}>
              <button type="button" className={classes.place} onClick={() => enter(place.folder)}>
                <Icon name="folder" size={16} />
                <span className={classes.name}>{place.label}</span>
              </button>
            </li>
          ))}
        </ul>
        {listing.isPending ? (
          <Loader size="sm" aria-label="Reading the folder" />
        ) : (
          <FolderList
            entries={listing.data?.entries ?? []}
            kind={options.kind}
            endings={options.endings ?? []}
            chosen={chosen?.path ?? null}
            onChoose={setChosen}
            onEnter={enter}
            onAnswer={onChosen}
          />
        )}
      </div>
      <Group justify="space-between" align="flex-end" mt="md" wrap="nowrap">
        {options.kind === 'save' ? (
          <TextInput
            label="Name"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={name === '' ? null : nameProblem(name)}
            style={{ flex: 1 }}
            spellCheck={false}
          />
        ) : (
          <span />
        )}
        <Group gap="xs" wrap="nowrap">
          <Button variant="default" onClick={() => onChosen(null)}>
            Cancel
          </Button>
          <Button disabled={answer === null} onClick={() => onChosen(answer)}>
            {options.kind === 'folder'
              ? 'Choose this folder'
              : options.kind === 'save'
                ? 'Use this name'
                : 'Choose file'}
          </Button>
        </Group>
      </Group>
    </Modal>
  );
}

function answerOf(kind: ChooseOptions['kind'], here: string, chosen: FolderEntry | null, name: string): string | null {
  if (kind === 'file') return chosen?.kind === 'file' ? chosen.path : null;
  if (kind === 'folder') return chosen?.kind === 'folder' ? chosen.path : here === '' ? null : here;
  return here === '' || nameProblem(name) !== null ? null : joinPath(here, name.trim());
}
