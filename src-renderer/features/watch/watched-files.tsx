import { Button, Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { OutputOf } from '#shared/contract/index.ts';
import type { WatchedFile } from '#shared/contract/watch.ts';
import { errorOf } from '../../bridge/client.ts';
import { useCommand } from '../../bridge/hooks.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { joinPath } from '../../ui/file-names.ts';
import { formatInstant } from '../../ui/format.ts';
import { Badge, EmptyState, Notice, Panel, Stack } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { stateWords, text } from './text.ts';

const tones = {
  settling: 'plain',
  checking: 'tide',
  loading: 'tide',
  waiting: 'warn',
  loaded: 'good',
  dismissed: 'plain',
  gone: 'plain',
} as const;

function mappingOf({ mapping, kind }: WatchedFile): string | null {
  if (mapping !== null) return `${mapping.name}, version ${mapping.version}`;
  return kind === null ? null : text.canonical;
}

type DetailProps = {
  readonly file: WatchedFile;
  readonly folder: string;
  readonly watching: boolean;
  readonly onRetry: (id: number) => void;
  readonly onDismiss: (id: number) => void;
};

/** One file in full: why it waits, and what can be done about it. */
function FileDetail({ file, folder, watching, onRetry, onDismiss }: DetailProps) {
  const { id, file: name, state, reason, batch } = file;
  const open = state === 'waiting' || state === 'dismissed';
  const said = reason ?? (batch === null ? '' : text.loadedAs(batch));
  return (
    <Notice tone={state === 'waiting' ? 'warn' : 'plain'} title={`${name}: ${stateWords[state]}`} announce>
      <Stack>
        <p>{said}</p>
        {open ? (
          <Group gap="xs">
            <Button
              size="xs"
              renderRoot={(props) => <Link to="/data/import" search={{ file: joinPath(folder, name) }} {...props} />}
            >
              {text.open}
            </Button>
            {id !== null && watching ? (
              <Button size="xs" variant="default" onClick={() => onRetry(id)}>
                {text.retry}
              </Button>
            ) : null}
            {id !== null && state === 'waiting' && file.code !== 'UNDONE' ? (
              <Button size="xs" variant="default" onClick={() => onDismiss(id)}>
                {text.dismiss}
              </Button>
            ) : null}
          </Group>
        ) : null}
      </Stack>
    </Notice>
  );
}

const columns: readonly TableColumn<WatchedFile>[] = [
  { id: 'file', header: 'File', value: (row) => row.file, widthPx: 190, grow: 1 },
  {
    id: 'state',
    header: 'State',
    value: (row) => stateWords[row.state],
    cell: (row) => <Badge tone={tones[row.state]}>{stateWords[row.state]}</Badge>,
    widthPx: 130,
  },
  {
    id: 'reason',
    header: 'Why',
    value: (row) => row.reason,
    widthPx: 260,
    grow: 3,
  },
  { id: 'code', header: 'Code', value: (row) => row.code, widthPx: 150, hidden: true },
  { id: 'mapping', header: 'Mapping', value: mappingOf, widthPx: 150, grow: 1 },
  { id: 'batch', header: 'Batch', value: (row) => row.batch, align: 'end', widthPx: 68 },
  {
    id: 'accepted',
    header: 'Rows',
    value: (row) => row.accepted,
    align: 'end',
    widthPx: 80,
  },
  { id: 'at', header: 'When', value: (row) => row.at, cell: (row) => formatInstant(row.at), widthPx: 160 },
];

const rowIdOf = (row: WatchedFile): string => `${row.id ?? ''} ${row.file}`;

type Props = { readonly watch: OutputOf<'watch.state'>; readonly onChanged: () => void };

/** What became of every file that arrived, and what can be done about those that wait. */
export function WatchedFiles({ watch, onChanged }: Props) {
  const { files, settings, state } = watch;
  const { mutate: retry, error: retryError } = useCommand('watch.retry');
  const { mutate: dismiss, error: dismissError } = useCommand('watch.dismiss');
  const folder = settings?.folder ?? '';
  const watching = state !== 'off';
  const [chosen, setChosen] = useState<string | null>(null);
  const open = files.find((row) => rowIdOf(row) === chosen);
  const failed = retryError ?? dismissError;
  const waiting = files.filter((file) => file.state === 'waiting').length;
  const loaded = files.filter((file) => file.state === 'loaded').length;
  return (
    <Panel
      title={text.filesTitle}
      note={text.filesNote(waiting, loaded)}
      actions={
        watching && waiting > 0 ? (
          <Button variant="default" size="xs" onClick={() => retry({ id: null }, { onSettled: onChanged })}>
            {text.retryAll}
          </Button>
        ) : null
      }
    >
      <Stack>
        {failed ? <ErrorPanel error={errorOf(failed)} /> : null}
        {files.length === 0 ? (
          <EmptyState icon="file" title={text.noFilesTitle} text={text.noFilesText} />
        ) : (
          <DataTable
            id="watched-files"
            label={text.filesTitle}
            columns={columns}
            rows={files}
            rowId={rowIdOf}
            onOpen={(row) => setChosen(rowIdOf(row))}
            chosen={chosen}
            maxHeightPx={520}
          />
        )}
        {open ? (
          <FileDetail
            file={open}
            folder={folder}
            watching={watching}
            onRetry={(id) => retry({ id }, { onSettled: onChanged })}
            onDismiss={(id) => dismiss({ id }, { onSettled: onChanged })}
          />
        ) : null}
      </Stack>
    </Panel>
  );
}
