import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { CodeRules } from '#shared/contract/code-rules.ts';
import type { OutputOf } from '#shared/contract/index.ts';
import { errorOf } from '../../bridge/client.ts';
import { useCommand, useJob } from '../../bridge/hooks.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { formatCount, formatShare } from '../../ui/format.ts';
import { JobProgress } from '../../ui/job-progress.tsx';
import { Panel, Stack } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { categoryLabel, changesOf } from './draft.ts';
import { text } from './text.ts';

type Preview = OutputOf<'codes.preview'>;
type Line = { readonly what: string; readonly before: string; readonly after: string };

const columns: readonly TableColumn<Line>[] = [
  { id: 'what', header: 'What', value: (line) => line.what, grow: 2, widthPx: 200, sortable: false },
  { id: 'before', header: 'Now', value: (line) => line.before, align: 'end', widthPx: 120, sortable: false },
  { id: 'after', header: 'With the changes', value: (line) => line.after, align: 'end', widthPx: 140, sortable: false },
];

function linesOf({ before, after, categories, unmappedCodes }: Preview): readonly Line[] {
  const counts = (what: string, from: number, to: number): Line => ({
    what,
    before: formatCount(from),
    after: formatCount(to),
  });
  return [
    { what: 'Coverage', before: formatShare(before.coverage), after: formatShare(after.coverage) },
    counts('Codes without a rule', unmappedCodes.before, unmappedCodes.after),
    counts('Traumatic incidents', before.incidents.traumatic, after.incidents.traumatic),
    counts('Attendances of them', before.attendances.traumatic, after.attendances.traumatic),
    counts('Attendances not traumatic', before.attendances.notTraumatic, after.attendances.notTraumatic),
    counts('Attendances without a rule', before.attendances.unmapped, after.attendances.unmapped),
    counts('Exposures', before.exposures, after.exposures),
    ...categories.map(({ category, before: from, after: to }) =>
      counts(`Exposures: ${categoryLabel(category)}`, from, to),
    ),
  ];
}

type Props = {
  readonly draft: CodeRules;
  readonly inForce: CodeRules;
  readonly onDiscard: () => void;
  readonly onSaved: (version: number) => void;
};

/** What is not saved yet: what it would change, and why it is done. */
export function SavePanel({ draft, inForce, onDiscard, onSaved }: Props) {
  const preview = useJob('codes.preview');
  const save = useCommand('codes.save');
  const [reason, setReason] = useState('');
  const [previewed, setPreviewed] = useState<CodeRules | null>(null);
  const { state } = preview;
  const { added, removed } = changesOf(draft, inForce);
  const start = () => {
    setPreviewed(draft);
    void preview.start({ document: draft });
  };
  const submit = async () => {
    const saved = await save.mutateAsync({ document: draft, reason: reason.trim() }).catch(() => null);
    if (saved) onSaved(saved.version);
  };
  return (
    <Panel
      title={text.draftTitle(added, removed)}
      note={text.draftText}
      actions={
        <>
          <Button variant="subtle" size="xs" onClick={onDiscard}>
            {text.discard}
          </Button>
          <Button variant="default" size="xs" onClick={start} disabled={state.status === 'running'}>
            {text.preview}
          </Button>
        </>
      }
    >
      <Stack>
        {state.status === 'running' ? (
          <JobProgress {...state} label={text.previewing} onCancel={preview.cancel} />
        ) : null}
        {state.status === 'failed' ? <ErrorPanel error={state.error} /> : null}
        {state.status === 'done' && previewed === draft ? (
          <DataTable
            id="codes-preview"
            label={text.previewTitle}
            columns={columns}
            rows={linesOf(state.value)}
            rowId={(line) => line.what}
            showToolbar={false}
            maxHeightPx={420}
          />
        ) : null}
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <Group align="flex-end" gap="xs">
            <TextInput
              label={text.reason}
              description={text.reasonNote}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
              maxLength={500}
              style={{ flex: '1 1 320px' }}
            />
            <Button type="submit" disabled={reason.trim().length < 3} loading={save.isPending}>
              {text.save}
            </Button>
          </Group>
        </form>
        {save.isError ? <ErrorPanel error={errorOf(save.error)} /> : null}
      </Stack>
    </Panel>
  );
}
