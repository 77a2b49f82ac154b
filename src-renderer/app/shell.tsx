import { ActionIcon, Group, SegmentedControl, useMantineColorScheme, VisuallyHidden } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { Link, Outlet } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useSession } from '../bridge/session.ts';
import { formatInstant } from '../ui/format.ts';
import { Icon, TidemarkLogo } from '../ui/icons.tsx';
import { Badge, Notice } from '../ui/surface.tsx';
import { CommandPalette } from './command-palette.tsx';
import { MyPassphrase } from './my-passphrase.tsx';
import { placesFor } from './places.ts';
import classes from './shell.module.css';
import { useLock } from './use-lock.ts';

const themes = [
  { value: 'light', label: 'Light', icon: 'sun' },
  { value: 'dark', label: 'Dark', icon: 'moon' },
  { value: 'auto', label: 'As the system', icon: 'screen' },
] as const;

/** The rail on the left, the place on the right. */
export function Shell() {
  const session = useSession();
  const [paletteOpened, setPaletteOpened] = useState(false);
  const main = useRef<HTMLElement>(null);
  useHotkeys([['mod+K', () => setPaletteOpened((opened) => !opened)]], []);
  if (!session) return null;
  return (
    <div className={classes.layout}>
      <button type="button" className={classes.skip} onClick={() => main.current?.focus()}>
        Skip to the content
      </button>
      <aside className={classes.rail} aria-label="Tidemark">
        <div className={classes.brand}>
          <TidemarkLogo />
          <span className={classes.brandName}>Tidemark</span>
        </div>
        <button type="button" className={classes.search} onClick={() => setPaletteOpened(true)}>
          <Icon name="search" size={15} />
          Find or do
          <kbd className={classes.keys}>Ctrl K</kbd>
        </button>
        <nav aria-label="Places">
          <ul className={classes.places}>
            {placesFor(session).map((place) => (
              <li key={place.path}>
                <Link to={place.path} className={classes.place ?? ''} activeOptions={{ exact: false }}>
                  <Icon name={place.icon} />
                  {place.label}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <RailFoot />
      </aside>
      <main id="main" ref={main} tabIndex={-1} className={classes.main}>
        {session.clockBehind === null ? null : <ClockNotice at={session.clockBehind} />}
        <Outlet />
      </main>
      <CommandPalette session={session} opened={paletteOpened} onClose={() => setPaletteOpened(false)} />
    </div>
  );
}

/** Said once at the head of every place: nothing stops for it, but what is written now carries a wrong time. */
function ClockNotice({ at }: { readonly at: string }) {
  return (
    <Notice tone="warn" title="Check the clock of this machine">
      <p>
        The audit log holds an event of {formatInstant(at)}, which this clock has not reached. Nothing is lost, and the
        log keeps its order by number. Set the clock, then lock and unlock the vault.
      </p>
    </Notice>
  );
}

function RailFoot() {
  const session = useSession();
  const lock = useLock();
  const [changing, setChanging] = useState(false);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  if (!session) return null;
  return (
    <div className={classes.foot}>
      <div className={classes.vault}>
        {session.synthetic ? <Badge tone="warn">Synthetic data</Badge> : null}
        <div className={classes.vaultName} title={session.vault.folder}>
          {session.vault.name}
        </div>
        <div className={classes.who}>
          {session.user} · {session.roles.join(', ')}
        </div>
        <button type="button" className={classes.own} onClick={() => setChanging(true)}>
          Change your passphrase…
        </button>
        {changing ? <MyPassphrase onClose={() => setChanging(false)} /> : null}
      </div>
      <Group justify="space-between" wrap="nowrap" gap={8}>
        <SegmentedControl
          size="xs"
          aria-label="Theme"
          value={colorScheme}
          onChange={(value) => setColorScheme(value as 'light' | 'dark' | 'auto')}
          data={themes.map((theme) => ({
            value: theme.value,
            label: (
              <span title={theme.label}>
                <Icon name={theme.icon} size={15} />
                <VisuallyHidden>{theme.label}</VisuallyHidden>
              </span>
            ),
          }))}
        />
        <ActionIcon variant="default" size={32} aria-label="Lock the vault" title="Lock the vault" onClick={lock}>
          <Icon name="lock" />
        </ActionIcon>
      </Group>
    </div>
  );
}
