import { Button, Group, NumberInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { OutputOf } from '#shared/contract/index.ts';
import { errorOf } from '../../bridge/client.ts';
import { useCommand } from '../../bridge/hooks.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { PathField } from '../../ui/file-chooser.tsx';
import { formatInstant } from '../../ui/format.ts';
import { Notice, Panel, Stack } from '../../ui/surface.tsx';
import { text } from './text.ts';

type Watch = OutputOf<'watch.state'>;
type Props = { readonly watch: Watch; readonly onChanged: () => void };

/** Says whether the folder is watched; starts and stops it. */
export function WatchForm({ watch, onChanged }: Props) {
  const { state, settings, why, lastLook } = watch;
  const [folder, setFolder] = useState(settings?.folder ?? '');
  const [settle, setSettle] = useState<number | string>(settings?.settleSeconds ?? 2);
  const [allow, setAllow] = useState<number | string>((settings?.allowRejects ?? 0) * 100);
  const start = useCommand('watch.start');
  const stop = useCommand('watch.stop');
  const failed = start.error ?? stop.error;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    stop.reset();
    start.mutate(
      { folder: folder.trim(), settleSeconds: Number(settle) || 2, allowRejects: Number(allow) / 100 || 0 },
      { onSettled: onChanged },
    );
  };
  const end = () => {
    start.reset();
    stop.mutate({}, { onSettled: onChanged });
  };
  const looked = lastLook === null ? '' : ` ${text.lastLook(formatInstant(lastLook))}`;
  return (
    <Panel title={text.folderTitle} note={text.lockNote}>
      <Stack>
        {state === 'off' ? (
          <Notice announce>
            <p>{text.off}</p>
          </Notice>
        ) : state === 'watching' ? (
          <Notice tone="good" announce>
            <p>
              {text.watching(settings?.folder ?? '')}
              {looked}
            </p>
          </Notice>
        ) : (
          <Notice tone="warn" title={text.paused} announce>
            <p>{why}</p>
          </Notice>
        )}
        {failed ? <ErrorPanel error={errorOf(failed)} /> : null}
        {state === 'off' ? (
          <form onSubmit={submit} autoComplete="off">
            <Stack>
              <PathField
                label={text.folder}
                description={text.folderHint}
                value={folder}
                onChange={setFolder}
                options={{ kind: 'folder', title: text.chooseFolder }}
                required
              />
              <Group align="flex-start" gap="md">
                <NumberInput
                  label={text.settle}
                  description={text.settleHint}
                  value={settle}
                  onChange={setSettle}
                  min={0.1}
                  max={3_600}
                  hideControls
                />
                <NumberInput
                  label={text.allow}
                  description={text.allowHint}
                  value={allow}
                  onChange={setAllow}
                  min={0}
                  max={100}
                  hideControls
                />
              </Group>
              <div>
                <Button type="submit" loading={start.isPending} disabled={folder.trim() === ''}>
                  {text.start}
                </Button>
              </div>
            </Stack>
          </form>
        ) : (
          <div>
            <Button variant="default" onClick={end} loading={stop.isPending}>
              {text.stop}
            </Button>
          </div>
        )}
      </Stack>
    </Panel>
  );
}
