import { Button, Group, Modal } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { AdverseEvent } from '#shared/contract/adverse-events.ts';
import { errorOf } from '../../../bridge/client.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { formatDate } from '../../../ui/format.ts';
import { Badge, Panel, Stack } from '../../../ui/surface.tsx';
import type { TableColumn } from '../../../ui/table-model.ts';
import { useReturnFocus } from '../../../ui/use-return-focus.ts';
import { usePilotCommand } from '../use-pilot-command.ts';
import { harmText as text } from './text.ts';

const tones = { serious: 'bad', 'not serious': 'plain', 'not clear': 'warn' } as const;

const columns: readonly TableColumn<AdverseEvent>[] = [
  { id: 'on', header: text.on, value: ({ on }) => on, cell: ({ on }) => formatDate(on), widthPx: 120 },
  {
    id: 'person',
    header: text.person,
    value: ({ person }) => person,
    cell: ({ person }) => <code>{person}</code>,
    widthPx: 160,
  },
  { id: 'category', header: text.kind, value: ({ category }) => category, widthPx: 200, grow: 1 },
  {
    id: 'seriousness',
    header: text.seriousness,
    value: ({ seriousness }) => text.levels[seriousness],
    cell: ({ seriousness }) => <Badge tone={tones[seriousness]}>{text.levels[seriousness]}</Badge>,
    widthPx: 130,
  },
  { id: 'by', header: text.recordedBy, value: ({ recordedBy }) => recordedBy ?? text.byExtract, widthPx: 140 },
];

type Props = { readonly pilot: string; readonly events: readonly AdverseEvent[]; readonly actions: ReactNode };

/** Each adverse event by pseudonym, the newest first. */
export function EventList({ pilot, events, actions }: Props) {
  const [chosen, setChosen] = useState<AdverseEvent | null>(null);
  return (
    <Panel title={text.list} note={text.listNote} actions={actions}>
      <DataTable
        id="pilot-adverse-events"
        label={text.list}
        columns={columns}
        rows={events}
        rowId={({ person, on, category }) => `${person} ${on} ${category}`}
        sortBy={{ id: 'on', desc: true }}
        onOpen={(event) => setChosen(event.recordedBy === null ? null : event)}
        maxHeightPx={420}
      />
      {chosen === null ? null : <MistakeDialog pilot={pilot} event={chosen} onClose={() => setChosen(null)} />}
    </Panel>
  );
}

type DialogProps = { readonly pilot: string; readonly event: AdverseEvent; readonly onClose: () => void };

function MistakeDialog({ pilot, event: { person, on, category }, onClose }: DialogProps) {
  useReturnFocus();
  const command = usePilotCommand('pilots.adverseEvent');
  const run = async () => {
    if (await command.run({ pilot, person, on, category, seriousness: null })) onClose();
  };
  return (
    <Modal opened onClose={onClose} title={text.mistakeTitle} closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack>
        <p style={{ margin: 0 }}>{text.mistake(category, formatDate(on))}</p>
        {command.isError ? <ErrorPanel error={errorOf(command.error)} /> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {text.cancel}
          </Button>
          <Button loading={command.isPending} onClick={() => void run()}>
            {text.takeBack}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
