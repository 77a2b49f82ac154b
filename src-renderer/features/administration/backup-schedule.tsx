import { Button, Group, NumberInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { BackupSchedule as Schedule } from '#shared/contract/backups.ts';
import { errorOf } from '../../bridge/client.ts';
import { useCommand } from '../../bridge/hooks.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { PathField } from '../../ui/file-chooser.tsx';
import { plural } from '../../ui/format.ts';
import { Panel, Stack } from '../../ui/surface.tsx';
import { text } from './backup-text.ts';

/** Says how often a backup is made by itself, and changes it. */
export function BackupSchedule({ schedule }: { readonly schedule: Schedule | null }) {
  const [changing, setChanging] = useState(schedule === null);
  const set = useCommand('backups.schedule');
  const client = useQueryClient();
  const send = (next: Schedule | null) =>
    set.mutate(
      { schedule: next },
      {
        onSuccess: () => {
          setChanging(next === null);
          void client.invalidateQueries({ queryKey: ['backups.state'] });
        },
      },
    );
  const line =
    schedule === null
      ? text.scheduleOff
      : text.scheduleOn(plural(schedule.everyDays, 'day'), String(schedule.keep), schedule.folder);
  return (
    <Panel title={text.schedule} note={line}>
      <Stack>
        {changing ? (
          <ScheduleForm schedule={schedule} pending={set.isPending} onSet={send} />
        ) : (
          <Group gap="sm">
            <Button variant="default" onClick={() => setChanging(true)}>
              {text.change}
            </Button>
            <Button variant="subtle" onClick={() => send(null)} loading={set.isPending}>
              {text.stop}
            </Button>
          </Group>
        )}
        {set.isError ? <ErrorPanel error={errorOf(set.error)} /> : null}
      </Stack>
    </Panel>
  );
}

type FormProps = {
  readonly schedule: Schedule | null;
  readonly pending: boolean;
  readonly onSet: (schedule: Schedule) => void;
};

function ScheduleForm({ schedule, pending, onSet }: FormProps) {
  const [folder, setFolder] = useState(schedule?.folder ?? '');
  const [days, setDays] = useState<number | string>(schedule?.everyDays ?? 7);
  const [keep, setKeep] = useState<number | string>(schedule?.keep ?? 8);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSet({ folder: folder.trim(), everyDays: Number(days), keep: Number(keep) });
  };
  return (
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
          <NumberInput label={text.days} value={days} onChange={setDays} min={1} max={366} allowDecimal={false} />
          <NumberInput label={text.keep} value={keep} onChange={setKeep} min={1} max={1_000} allowDecimal={false} />
        </Group>
        <div>
          <Button
            type="submit"
            loading={pending}
            disabled={folder.trim() === '' || Number(days) < 1 || Number(keep) < 1}
          >
            {text.set}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
