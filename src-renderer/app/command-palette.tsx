import { Modal, useMantineColorScheme } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { hasRole, type Session } from '../bridge/session.ts';
import { Icon, type IconName } from '../ui/icons.tsx';
import classes from './command-palette.module.css';
import { placesFor } from './places.ts';
import { useLock } from './use-lock.ts';

type Command = { readonly label: string; readonly icon: IconName; readonly run: () => void };

type Props = { readonly session: Session; readonly opened: boolean; readonly onClose: () => void };

function useCommands(session: Session): readonly Command[] {
  const navigate = useNavigate();
  const lock = useLock();
  const { setColorScheme } = useMantineColorScheme();
  return useMemo(
    () => [
      ...placesFor(session).map((place) => ({
        label: `Go to ${place.label}`,
        icon: place.icon,
        run: () => void navigate({ to: place.path }),
      })),
      ...(hasRole(session, 'analyst')
        ? [{ label: 'Import a file', icon: 'file' as const, run: () => void navigate({ to: '/data/import' }) }]
        : []),
      ...(hasRole(session, 'analyst', 'evaluator')
        ? [{ label: 'Build a report', icon: 'reports' as const, run: () => void navigate({ to: '/reports' }) }]
        : []),
      { label: 'Light theme', icon: 'sun', run: () => setColorScheme('light') },
      { label: 'Dark theme', icon: 'moon', run: () => setColorScheme('dark') },
      { label: 'Theme as the system', icon: 'screen', run: () => setColorScheme('auto') },
      { label: 'Lock the vault', icon: 'lock', run: lock },
    ],
    [session, navigate, lock, setColorScheme],
  );
}

/** Type to find a place or an action; arrows choose, Enter does it. */
export function CommandPalette({ session, opened, onClose }: Props) {
  return (
    <Modal.Root opened={opened} onClose={onClose} size={520} yOffset="12vh" centered={false}>
      <Modal.Overlay backgroundOpacity={0.35} />
      <Modal.Content aria-label="Find or do">
        {opened ? <PaletteBody session={session} onClose={onClose} /> : null}
      </Modal.Content>
    </Modal.Root>
  );
}

function PaletteBody({ session, onClose }: Omit<Props, 'opened'>) {
  const commands = useCommands(session);
  const [search, setSearch] = useState('');
  const [wanted, setWanted] = useState(0);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = commands.filter((command) => words.every((word) => command.label.toLowerCase().includes(word)));
  const active = Math.min(wanted, found.length - 1);

  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  const run = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setWanted((active + step + found.length) % Math.max(1, found.length));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(found[active]);
    }
  };
  return (
    <>
      <input
        data-autofocus
        className={classes.input}
        role="combobox"
        aria-label="Find or do"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={found.length > 0 ? `${id}-${active}` : undefined}
        placeholder="Type a place or an action"
        value={search}
        onChange={(event) => {
          setSearch(event.currentTarget.value);
          setWanted(0);
        }}
        onKeyDown={onKeyDown}
        autoComplete="off"
        spellCheck={false}
      />
      <div ref={list} id={id} role="listbox" aria-label="Places and actions" className={classes.list}>
        {found.map((command, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the box above
          // biome-ignore lint/a11y/useFocusableInteractive: the box above keeps the focus
          <div
            key={command.label}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            className={classes.option}
            onClick={() => run(command)}
            onMouseMove={() => setWanted(index)}
          >
            <Icon name={command.icon} />
            {command.label}
          </div>
        ))}
      </div>
      {found.length === 0 ? <div className={classes.nothing}>Nothing matches.</div> : null}
    </>
  );
}
