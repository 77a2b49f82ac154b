import { Button, Group, Modal, TextInput } from '@mantine/core';
import { type FormEvent, useMemo, useState } from 'react';
import type { SavedMapping } from '#shared/contract/mappings.ts';
import { extractKindNamed } from '#shared/domain/extract-kinds/index.ts';
import { errorOf } from '../../bridge/client.ts';
import { useCommand, useOperation } from '../../bridge/hooks.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { formatInstant } from '../../ui/format.ts';
import { QueryGate } from '../../ui/query-gate.tsx';
import { EmptyState, Panel, Stack } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { useReturnFocus } from '../../ui/use-return-focus.ts';
import { text } from './text.ts';

type Actions = {
  readonly change: (mapping: SavedMapping) => void;
  readonly retire: (name: string) => void;
  readonly restore: (mapping: SavedMapping) => void;
};

function columnsOf(actions: Actions): readonly TableColumn<SavedMapping>[] {
  return [
    { id: 'name', header: 'Name', value: (row) => row.name, widthPx: 160, grow: 1 },
    { id: 'kind', header: 'Kind', value: (row) => extractKindNamed(row.kind)?.label ?? row.kind, widthPx: 120 },
    { id: 'pattern', header: text.pattern, value: (row) => row.filePattern, widthPx: 180, grow: 1 },
    {
      id: 'version',
      header: 'Version',
      value: (row) => row.version,
      cell: (row) => <span title={text.versions(row.versions.length)}>{row.version}</span>,
      align: 'end',
      widthPx: 80,
    },
    {
      id: 'savedAt',
      header: 'Saved',
      value: (row) => row.savedAt,
      cell: (row) => formatInstant(row.savedAt),
      widthPx: 160,
    },
    { id: 'savedBy', header: 'By', value: (row) => row.savedBy, widthPx: 90 },
    {
      id: 'use',
      header: 'In use',
      value: (row) => (row.retiredAt === null ? 'yes' : text.retired),
      widthPx: 80,
    },
    {
      id: 'actions',
      header: 'Do',
      value: () => null,
      sortable: false,
      widthPx: 170,
      cell: (row) =>
        row.retiredAt === null ? (
          <Group gap={4} wrap="nowrap">
            <Button
              variant="subtle"
              size="compact-xs"
              onClick={() => actions.change(row)}
              aria-label={`${text.change} names for “${row.name}”`}
            >
              {text.change}
            </Button>
            <Button
              variant="subtle"
              size="compact-xs"
              onClick={() => actions.retire(row.name)}
              aria-label={`${text.retire} “${row.name}”`}
            >
              {text.retire}
            </Button>
          </Group>
        ) : (
          <Button
            variant="subtle"
            size="compact-xs"
            onClick={() => actions.restore(row)}
            aria-label={`${text.restore} “${row.name}”`}
          >
            {text.restore}
          </Button>
        ),
    },
  ];
}

/** The mappings that recognise files, each in its newest version. */
export function SavedMappings() {
  const query = useOperation('mappings.list', {});
  const [changing, setChanging] = useState<SavedMapping | null>(null);
  const { mutate: retire, error: retireError } = useCommand('mappings.retire');
  const { mutate: save, error: saveError } = useCommand('mappings.save');
  const columns = useMemo(
    () =>
      columnsOf({
        change: setChanging,
        retire: (name) => retire({ name }),
        restore: ({ name, mapping, filePattern }) => save({ name, mapping, filePattern }),
      }),
    [retire, save],
  );
  const failed = retireError ?? saveError;
  return (
    <Panel title={text.mappingsTitle} note={text.mappingsNote}>
      <Stack>
        {failed ? <ErrorPanel error={errorOf(failed)} /> : null}
        <QueryGate query={query}>
          {({ mappings }) =>
            mappings.length === 0 ? (
              <EmptyState icon="table" title={text.noMappingsTitle} text={text.noMappingsText} />
            ) : (
              <DataTable
                id="saved-mappings"
                label={text.mappingsTitle}
                columns={columns}
                rows={mappings}
                rowId={(row) => row.name}
                maxHeightPx={360}
              />
            )
          }
        </QueryGate>
      </Stack>
      {changing ? <ChangePattern mapping={changing} onClose={() => setChanging(null)} /> : null}
    </Panel>
  );
}

function ChangePattern({ mapping, onClose }: { readonly mapping: SavedMapping; readonly onClose: () => void }) {
  useReturnFocus();
  const [pattern, setPattern] = useState(mapping.filePattern);
  const save = useCommand('mappings.save');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { name, mapping: body } = mapping;
    save.mutate({ name, mapping: body, filePattern: pattern.trim() }, { onSuccess: onClose });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={text.patternTitle(mapping.name)}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label={text.pattern}
            description={text.patternHint}
            value={pattern}
            onChange={(event) => setPattern(event.currentTarget.value)}
            maxLength={255}
            required
            spellCheck={false}
            data-autofocus
          />
          {save.error ? <ErrorPanel error={errorOf(save.error)} /> : null}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {text.cancel}
            </Button>
            <Button type="submit" loading={save.isPending} disabled={pattern.trim() === ''}>
              {text.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
