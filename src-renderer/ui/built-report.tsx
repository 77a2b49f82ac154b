import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { OutputOf } from '#shared/contract/index.ts';
import { canOpenWritten, openWritten } from '../bridge/client.ts';
import { ErrorPanel } from './error-panel.tsx';
import { formatBytes } from './format.ts';
import classes from './report-maker.module.css';
import { reportText as text } from './report-text.ts';
import { Notice, Stack } from './surface.tsx';

/** What became of building a report: its files, to be opened, or that it waits for a second person. */
export function BuiltReport({ state, request, folder, files }: OutputOf<'reports.build'>) {
  if (state === 'written') return <WrittenReport folder={folder} files={files} />;
  return (
    <Notice tone="warn" title={text.waitingTitle} announce>
      <p>{text.waitingNote(request ?? 0)}</p>
    </Notice>
  );
}

/** The files that a report was written to, each to be opened or shown where the host can. */
export function WrittenReport({ folder, files }: Pick<OutputOf<'reports.build'>, 'folder' | 'files'>) {
  const [failed, setFailed] = useState<Awaited<ReturnType<typeof openWritten>>>(null);
  const open = (name: string, how: 'open' | 'folder') => void openWritten({ folder, name, how }).then(setFailed);
  return (
    <Stack>
      <Notice tone="good" title={text.builtTitle} announce>
        <p>{text.builtIn(folder)}</p>
        <ul className={classes.files}>
          {files.map(({ name, bytes, sha256 }) => (
            <li key={name}>
              <span className={classes.file}>
                {name} · {formatBytes(bytes)} · <code title={sha256}>{sha256.slice(0, 16)}…</code>
              </span>
              {canOpenWritten() ? (
                <Group gap={6} wrap="nowrap">
                  {/\.(?:pdf|docx|html)$/.test(name) ? (
                    <Button
                      size="compact-xs"
                      variant="default"
                      aria-label={`${text.open} ${name}`}
                      onClick={() => open(name, 'open')}
                    >
                      {text.open}
                    </Button>
                  ) : null}
                  <Button
                    size="compact-xs"
                    variant="subtle"
                    aria-label={`${text.showInFolder}: ${name}`}
                    onClick={() => open(name, 'folder')}
                  >
                    {text.showInFolder}
                  </Button>
                </Group>
              ) : null}
            </li>
          ))}
        </ul>
      </Notice>
      {failed === null ? null : <ErrorPanel error={failed} />}
    </Stack>
  );
}
