import { Button, Group, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { AuditEntry } from '#shared/contract/audit.ts';
import { auditWords } from '#shared/domain/audit-words.ts';
import { errorOf } from '../../bridge/client.ts';
import { useCommand, useOperation } from '../../bridge/hooks.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { useFileChooser } from '../../ui/file-chooser.tsx';
import { formatCount, formatInstant } from '../../ui/format.ts';
import { QueryGate } from '../../ui/query-gate.tsx';
import { Badge, Notice, Panel, Stack } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { auditText as text } from './audit-text.ts';

/** All that the table holds at once; older entries are found with the filters. */
const entriesShown = 50_000;

function wordsOf({ action, details }: AuditEntry): string {
  const kind = details?.['kind'];
  return auditWords(action, typeof kind === 'string' ? kind : null);
}

function detailsOf({ details }: AuditEntry): string {
  return Object.entries(details ?? {})
    .filter(([name]) => name !== 'kind')
    .map(([name, value]) => `${name} ${typeof value === 'number' ? formatCount(value) : String(value)}`)
    .join(', ');
}

const tones = { done: 'plain', refused: 'warn', failed: 'bad' } as const;

const columns: readonly TableColumn<AuditEntry>[] = [
  { id: 'sequence', header: text.number, value: (row) => row.sequence, align: 'end', widthPx: 90 },
  { id: 'at', header: text.when, value: (row) => row.at, cell: (row) => formatInstant(row.at), widthPx: 160 },
  { id: 'user', header: text.who, value: (row) => row.user, widthPx: 130 },
  { id: 'action', header: text.what, value: wordsOf, grow: 2, widthPx: 230 },
  { id: 'object', header: text.object, value: (row) => row.object, grow: 1, widthPx: 130 },
  {
    id: 'outcome',
    header: text.outcome,
    value: (row) => row.outcome,
    cell: (row) => <Badge tone={tones[row.outcome]}>{text.outcomes[row.outcome]}</Badge>,
    widthPx: 110,
  },
  { id: 'reason', header: text.reason, value: (row) => row.reason, grow: 1, widthPx: 160 },
  { id: 'details', header: text.details, value: detailsOf, widthPx: 260, hidden: true },
];

function ChainState() {
  const verify = useCommand('audit.verify');
  const exportLog = useCommand('audit.export');
  const { choose, dialog } = useFileChooser();
  return (
    <Stack>
      <Group gap="xs">
        <Button variant="default" loading={verify.isPending} onClick={() => verify.mutate({})}>
          {text.verify}
        </Button>
        <Button
          variant="default"
          loading={exportLog.isPending}
          onClick={() =>
            choose({ kind: 'save', title: text.exportTitle, suggestedName: 'audit-log.csv' }, (file) =>
              exportLog.mutate({ file, format: file.toLowerCase().endsWith('.jsonl') ? 'jsonl' : 'csv' }),
            )
          }
        >
          {text.export}
        </Button>
      </Group>
      {verify.isSuccess && verify.data.fault === null ? (
        <Notice tone="good" title={text.whole(verify.data.entries)} announce>
          <p>
            {text.headIs} <code>{`${verify.data.head?.sequence}:${verify.data.head?.hash}`}</code>
          </p>
        </Notice>
      ) : null}
      {verify.isSuccess && verify.data.fault !== null ? (
        <Notice tone="bad" title={text.broken} announce>
          <p>{verify.data.fault.message}</p>
          <p>{text.brokenNote}</p>
        </Notice>
      ) : null}
      {exportLog.isSuccess ? (
        <Notice tone="good" announce>
          <p>{text.exported(exportLog.data.entries, exportLog.data.file)}</p>
        </Notice>
      ) : null}
      {verify.isError ? <ErrorPanel error={errorOf(verify.error)} /> : null}
      {exportLog.isError ? <ErrorPanel error={errorOf(exportLog.error)} /> : null}
      {dialog}
    </Stack>
  );
}

/** Who did what: the log with its filters, whether its chain holds, and a copy for others to verify. */
export function AuditPanel() {
  const [user, setUser] = useState<string | null>(null);
  const [action, setAction] = useState<string | null>(null);
  const [outcome, setOutcome] = useState<AuditEntry['outcome'] | null>(null);
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 250);
  const log = useOperation(
    'audit.list',
    {
      offset: 0,
      limit: entriesShown,
      ...(user === null ? {} : { user }),
      ...(action === null ? {} : { action }),
      ...(outcome === null ? {} : { outcome }),
      ...(search === '' ? {} : { text: search }),
    },
    { fresh: true },
  );
  return (
    <Panel title={text.title} note={text.note}>
      <Stack>
        <ChainState />
        <QueryGate query={log} heightPx={320}>
          {(data) => (
            <>
              <Group gap="sm" align="end">
                <Select
                  label={text.who}
                  placeholder={text.anyone}
                  data={data.users}
                  value={user}
                  onChange={setUser}
                  clearable
                  searchable
                  w={170}
                />
                <Select
                  label={text.what}
                  placeholder={text.anything}
                  data={data.actions.map((value) => ({ value, label: auditWords(value) }))}
                  value={action}
                  onChange={setAction}
                  clearable
                  searchable
                  w={250}
                />
                <Select
                  label={text.outcome}
                  placeholder={text.any}
                  data={(['done', 'refused', 'failed'] as const).map((value) => ({
                    value,
                    label: text.outcomes[value],
                  }))}
                  value={outcome}
                  onChange={(value) => setOutcome(value as AuditEntry['outcome'] | null)}
                  clearable
                  w={140}
                />
                <TextInput
                  label={text.search}
                  value={typed}
                  onChange={(event) => setTyped(event.currentTarget.value)}
                  maxLength={200}
                  w={220}
                  spellCheck={false}
                />
              </Group>
              <DataTable
                id="audit"
                label={text.title}
                columns={columns}
                rows={data.entries}
                rowId={(row) => String(row.sequence)}
                sortBy={{ id: 'sequence', desc: true }}
                maxHeightPx={520}
                toolbar={<span>{text.shown(data.entries.length, data.total)}</span>}
                nothing={text.nothing}
              />
            </>
          )}
        </QueryGate>
      </Stack>
    </Panel>
  );
}
