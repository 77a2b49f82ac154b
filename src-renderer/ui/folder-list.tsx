import type { OutputOf } from '#shared/contract/index.ts';
import classes from './file-chooser.module.css';
import { formatBytes } from './format.ts';
import { Icon } from './icons.tsx';
import { Badge } from './surface.tsx';

export type FolderEntry = OutputOf<'host.listFolder'>['entries'][number];

type Props = {
  readonly entries: readonly FolderEntry[];
  readonly kind: 'file' | 'folder' | 'save';
  readonly endings: readonly string[];
  readonly chosen: string | null;
  readonly onChoose: (entry: FolderEntry) => void;
  readonly onEnter: (folder: string) => void;
  readonly onAnswer: (path: string) => void;
};

function fits(entry: FolderEntry, endings: readonly string[]): boolean {
  return endings.length === 0 || endings.some((ending) => entry.name.toLowerCase().endsWith(ending));
}

/** What a folder holds: press once to choose, twice (or Enter on what is chosen) to go in or to take it. */
export function FolderList({ entries, kind, endings, chosen, onChoose, onEnter, onAnswer }: Props) {
  const shown = entries.filter((entry) => entry.kind === 'folder' || kind === 'file');
  const press = (entry: FolderEntry) => {
    if (entry.kind === 'folder' && (chosen === entry.path || kind !== 'folder')) onEnter(entry.path);
    else if (chosen === entry.path) onAnswer(entry.path);
    else onChoose(entry);
  };
  return (
    <ul className={classes.list} aria-label="What this folder holds">
      {shown.length === 0 ? <li className={classes.faint}>Nothing to choose here.</li> : null}
      {shown.map((entry) => {
        const usable = entry.kind === 'folder' || fits(entry, endings);
        return (
          <li key={entry.path}>
            <button
              type="button"
              className={`${classes.entry} ${chosen === entry.path ? classes.chosen : ''} ${usable ? '' : classes.faint}`}
              aria-pressed={chosen === entry.path}
              onClick={() => press(entry)}
              disabled={!usable}
            >
              <Icon name={entry.isVault ? 'vault' : entry.kind} size={16} />
              <span className={classes.name}>{entry.name}</span>
              {entry.isVault ? <Badge tone="tide">Vault</Badge> : null}
              {entry.kind === 'file' ? <span className={classes.size}>{formatBytes(entry.sizeBytes)}</span> : null}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
