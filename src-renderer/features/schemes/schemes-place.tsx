import { Button } from '@mantine/core';
import { useState } from 'react';
import type { OutputOf } from '#shared/contract/index.ts';
import type { SchemeSummary } from '#shared/contract/schemes.ts';
import type { AppError } from '#shared/domain/result.ts';
import { call } from '../../bridge/client.ts';
import { useOperation } from '../../bridge/hooks.ts';
import { createMemory, useMemory } from '../../bridge/memory.ts';
import { hasRole, useSession } from '../../bridge/session.ts';
import { DataSections } from '../../ui/data-sections.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { useFileChooser } from '../../ui/file-chooser.tsx';
import { formatDate, formatInstant, none } from '../../ui/format.ts';
import { QueryGate } from '../../ui/query-gate.tsx';
import { Badge, Notice, Page, Panel } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { ComparePanel } from './compare-panel.tsx';
import { draftMemory } from './draft.ts';
import { SchemeEditor } from './scheme-editor.tsx';
import { SchemePanel } from './scheme-panel.tsx';
import classes from './schemes.module.css';
import { stateWords, text } from './text.ts';
import { WorklistPanel } from './worklist-panel.tsx';

const chosenMemory = createMemory<string>('count-v1');
const stateTones = { draft: 'plain', submitted: 'warn', approved: 'good', retired: 'plain' } as const;

/** Weighting schemes: what each says, who approved it, a draft in the making, and two side by side. */
export function SchemesPlace() {
  const schemes = useOperation('schemes.list', {});
  return (
    <Page title={text.title} lead={text.lead}>
      <DataSections />
      <QueryGate query={schemes}>{(list) => <Schemes list={list} />}</QueryGate>
    </Page>
  );
}

const columns: readonly TableColumn<SchemeSummary>[] = [
  {
    id: 'scheme',
    header: text.scheme,
    value: (row) => row.scheme,
    cell: (row) => (
      <span className={classes.named}>
        {row.scheme}
        {row.builtIn ? <Badge>{text.builtIn}</Badge> : null}
        {row.onWorklist ? <Badge tone="tide">{text.onWorklist}</Badge> : null}
      </span>
    ),
    grow: 2,
    widthPx: 250,
  },
  {
    id: 'state',
    header: text.state,
    value: (row) => stateWords[row.state],
    cell: (row) => <Badge tone={stateTones[row.state]}>{stateWords[row.state]}</Badge>,
    grow: 1,
    widthPx: 150,
  },
  {
    id: 'from',
    header: text.inForce,
    value: (row) => (row.state === 'approved' ? row.effectiveFrom : null),
    cell: (row) => (row.state === 'approved' && row.effectiveFrom !== null ? formatDate(row.effectiveFrom) : none),
    widthPx: 120,
  },
  {
    id: 'tiers',
    header: text.tiers,
    value: (row) => row.tiers,
    cell: (row) => (row.tiers === 0 ? text.plainCounts : String(row.tiers)),
    widthPx: 110,
  },
  { id: 'rules', header: text.rules, value: (row) => row.triggers, align: 'end', widthPx: 76 },
  {
    id: 'saved',
    header: text.saved,
    value: (row) => row.savedAt,
    cell: (row) => formatInstant(row.savedAt),
    grow: 1,
    widthPx: 150,
  },
  { id: 'by', header: text.by, value: (row) => row.savedBy, widthPx: 100 },
];

function Schemes({ list }: { readonly list: OutputOf<'schemes.list'> }) {
  const chosen = useMemory(chosenMemory);
  const draft = useMemory(draftMemory);
  const [closed, setClosed] = useState(false);
  const mayDraft = hasRole(useSession(), 'analyst', 'clinician');
  const shown = list.schemes.some(({ scheme }) => scheme === chosen) ? chosen : 'count-v1';
  return (
    <>
      {list.possibleApprovers < 3 ? (
        <Notice>
          <p>{text.tooFew(list.possibleApprovers)}</p>
        </Notice>
      ) : null}
      <Panel title={text.list} note={text.listNote} actions={mayDraft ? <ReadFile /> : null}>
        <DataTable
          id="schemes"
          label={text.list}
          columns={columns}
          rows={list.schemes}
          rowId={(row) => row.scheme}
          onOpen={(row) => {
            setClosed(false);
            chosenMemory.set(row.scheme);
          }}
          chosen={shown}
          copyable
          maxHeightPx={320}
        />
      </Panel>
      {draft ? (
        <SchemeEditor
          draft={draft}
          names={list.schemes.map(({ scheme }) => scheme)}
          onClosed={(scheme) => {
            setClosed(true);
            draftMemory.set(null);
            if (scheme !== null) chosenMemory.set(scheme);
          }}
        />
      ) : (
        <SchemePanel scheme={shown} mayDraft={mayDraft} takesFocus={closed} />
      )}
      <WorklistPanel
        chosen={shown}
        approved={list.schemes.some(({ scheme, state }) => scheme === shown && state === 'approved')}
      />
      <ComparePanel schemes={list.schemes} chosen={shown} />
    </>
  );
}

/** A scheme in from a file, as a draft. */
function ReadFile() {
  const { choose, dialog } = useFileChooser();
  const [failed, setFailed] = useState<AppError | null>(null);
  const read = async (file: string) => {
    const answer = await call('schemes.read', { file });
    setFailed(answer.ok ? null : answer.error);
    if (answer.ok) draftMemory.set({ document: answer.value.document, copiedFrom: null, isNew: true });
  };
  return (
    <>
      <Button
        variant="default"
        size="xs"
        onClick={() => choose({ kind: 'file', title: text.readFile }, (file) => void read(file))}
      >
        {text.readFile}
      </Button>
      {failed ? <ErrorPanel error={failed} /> : null}
      {dialog}
    </>
  );
}
