import { Button, Group, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { AdoptionPreview } from '#shared/contract/worklist-scheme.ts';
import { schemeInWords } from '#shared/domain/scheme.ts';
import { useJob } from '../../bridge/hooks.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { formatCount, formatDate } from '../../ui/format.ts';
import { JobProgress } from '../../ui/job-progress.tsx';
import { KeyFigures, Notice, Stack } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { ComparisonResult } from './comparison-result.tsx';
import classes from './schemes.module.css';
import { text } from './text.ts';

type Change = AdoptionPreview['changes'][number];

const columns: readonly TableColumn<Change>[] = [
  {
    id: 'change',
    header: text.change,
    value: (row) => text.changes[row.change],
    widthPx: 120,
  },
  {
    id: 'person',
    header: 'Pseudonym',
    value: (row) => row.person,
    cell: (row) => <code>{row.person}</code>,
    widthPx: 150,
  },
  { id: 'why', header: text.why, value: (row) => row.reasons.join(' '), grow: 1, widthPx: 320 },
];

/** What a scheme would change on the worklist, and after that has been seen, its adoption. */
export function AdoptScheme({ scheme }: { readonly scheme: string }) {
  const preview = useJob('worklistScheme.preview');
  const { state } = preview;
  return (
    <Stack>
      <Group>
        <Button
          variant="default"
          size="xs"
          disabled={state.status === 'running'}
          onClick={() => void preview.start({ scheme })}
        >
          {text.seeChanges(scheme)}
        </Button>
      </Group>
      {state.status === 'running' ? <JobProgress {...state} label={text.comparing} onCancel={preview.cancel} /> : null}
      {state.status === 'failed' ? <ErrorPanel error={state.error} /> : null}
      {state.status === 'done' ? <Preview shown={state.value} /> : null}
    </Stack>
  );
}

function Preview({ shown }: { readonly shown: AdoptionPreview }) {
  const { scheme, version, inUse, people, signals, joinsOpenCase, changes, comparison, mayAdopt } = shown;
  const [newName, oldName] = [schemeInWords(scheme, version), schemeInWords(inUse.scheme, inUse.version)];
  return (
    <Stack>
      <p className={classes.standing}>{text.wouldChange(newName, oldName, formatDate(shown.asOf))}</p>
      <KeyFigures
        figures={[
          { label: text.changes.gained, value: formatCount(people.gained), note: text.gainedNote },
          { label: text.changes.lost, value: formatCount(people.lost), note: text.lostNote },
          { label: text.kept, value: formatCount(people.kept), note: text.keptNote },
          { label: text.raises, value: formatCount(signals), note: text.raisesNote(joinsOpenCase) },
        ]}
      />
      {changes.length > 0 ? (
        <DataTable
          id="scheme-changes"
          label={text.changesTitle}
          columns={columns}
          rows={changes}
          rowId={(row) => row.person}
          maxHeightPx={320}
        />
      ) : null}
      {mayAdopt ? (
        <Adopt shown={shown} name={newName} />
      ) : (
        <Notice>
          <p>{text.ownScheme}</p>
        </Notice>
      )}
      <h3 className={classes.legend}>{text.bandsOfBoth}</h3>
      <ComparisonResult result={comparison} />
    </Stack>
  );
}

/** Asks why, and adopts what was shown. */
function Adopt({ shown, name }: { readonly shown: AdoptionPreview; readonly name: string }) {
  const [reason, setReason] = useState('');
  const adopt = useJob('worklistScheme.adopt');
  const client = useQueryClient();
  const { state } = adopt;
  const run = async () => {
    await adopt.start({ scheme: shown.scheme, seen: shown.seen, reason: reason.trim() });
    void client.invalidateQueries({ queryKey: ['worklistScheme.get'] });
    void client.invalidateQueries({ queryKey: ['schemes.list'] });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
    >
      <Group align="flex-end" gap="xs">
        <TextInput
          label={text.adoptWhy}
          description={text.reasonNote}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          maxLength={500}
          style={{ flex: '1 1 320px' }}
        />
        <Button type="submit" disabled={reason.trim().length < 3} loading={state.status === 'running'}>
          {text.adopt(name)}
        </Button>
      </Group>
      {state.status === 'failed' ? <ErrorPanel error={state.error} /> : null}
    </form>
  );
}
