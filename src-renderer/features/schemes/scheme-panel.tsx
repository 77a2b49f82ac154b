import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { SchemeView } from '#shared/contract/schemes.ts';
import type { AppError } from '#shared/domain/result.ts';
import { call } from '../../bridge/client.ts';
import { useOperation } from '../../bridge/hooks.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { useFileChooser } from '../../ui/file-chooser.tsx';
import { formatInstant } from '../../ui/format.ts';
import { QueryGate } from '../../ui/query-gate.tsx';
import { Badge, Panel } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { copyOf, draftMemory } from './draft.ts';
import { SchemeSays } from './scheme-says.tsx';
import { SchemeSteps } from './scheme-steps.tsx';
import classes from './schemes.module.css';
import { eventWords, standing, text } from './text.ts';

type Happening = {
  readonly key: string;
  readonly at: string;
  readonly by: string;
  readonly what: string;
  readonly why: string;
};

const columns: readonly TableColumn<Happening>[] = [
  { id: 'at', header: 'When', value: (row) => row.at, cell: (row) => formatInstant(row.at), widthPx: 150 },
  { id: 'by', header: text.by, value: (row) => row.by, widthPx: 110 },
  { id: 'what', header: 'What', value: (row) => row.what, grow: 1, widthPx: 190 },
  { id: 'why', header: 'Why', value: (row) => row.why, grow: 2, widthPx: 220 },
];

/** Versions and events in one line of time. */
function happenings({ versions, events }: SchemeView): readonly Happening[] {
  const saved = versions.map(({ version, savedAt, savedBy, reason, copiedFrom }) => ({
    key: `version ${version}`,
    at: savedAt,
    by: savedBy,
    what: `Saved version ${version}${version === 1 && copiedFrom !== null ? `, from ${copiedFrom}` : ''}`,
    why: reason,
  }));
  const done = events.map(({ version, kind, at, user, reason }, index) => ({
    key: `event ${index}`,
    at,
    by: user,
    what: `${eventWords[kind]}: version ${version}`,
    why: reason,
  }));
  return [...saved, ...done].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

type Props = {
  readonly scheme: string;
  readonly mayDraft: boolean;
  /** Whether the focus is to come here, because what held it has gone. */
  readonly takesFocus: boolean;
};

export function SchemePanel({ scheme, ...rest }: Props) {
  const view = useOperation('schemes.get', { scheme });
  return <QueryGate query={view}>{(data) => <Scheme view={data} {...rest} />}</QueryGate>;
}

function Scheme({ view, mayDraft, takesFocus }: Omit<Props, 'scheme'> & { readonly view: SchemeView }) {
  const stands = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (takesFocus) stands.current?.focus();
  }, [takesFocus]);
  const history = happenings(view);
  const mayEdit = mayDraft && view.state === 'draft' && !view.builtIn;
  return (
    <Panel
      title={view.scheme}
      actions={
        <>
          {mayEdit ? (
            <Button
              variant="default"
              size="xs"
              onClick={() => draftMemory.set({ document: view.document, copiedFrom: null, isNew: false })}
            >
              {text.edit}
            </Button>
          ) : null}
          {mayDraft ? (
            <Button
              variant="default"
              size="xs"
              onClick={() => draftMemory.set({ document: copyOf(view.document), copiedFrom: view.scheme, isNew: true })}
            >
              {text.copy}
            </Button>
          ) : null}
          <WriteFile scheme={view.scheme} />
        </>
      }
    >
      <p ref={stands} tabIndex={-1} className={classes.standing}>
        {standing(view)}
      </p>
      <SchemeSteps
        key={`${view.scheme} ${view.state}`}
        view={view}
        mayDraft={mayDraft}
        onDone={() => stands.current?.focus()}
      />
      <SchemeSays document={view.document} />
      <h3 className={classes.legend}>{text.happened}</h3>
      {history.length === 0 ? (
        <p className={classes.note}>{text.nothingHappened}</p>
      ) : (
        <DataTable
          id="scheme-history"
          label={text.happened}
          columns={columns}
          rows={history}
          rowId={(row) => row.key}
          showToolbar={false}
          maxHeightPx={320}
        />
      )}
    </Panel>
  );
}

function WriteFile({ scheme }: { readonly scheme: string }) {
  const { choose, dialog } = useFileChooser();
  const [failed, setFailed] = useState<AppError | null>(null);
  const [written, setWritten] = useState(false);
  const write = async (file: string) => {
    const answer = await call('schemes.export', { scheme, file });
    setFailed(answer.ok ? null : answer.error);
    setWritten(answer.ok);
  };
  return (
    <>
      <Button
        variant="default"
        size="xs"
        onClick={() =>
          choose({ kind: 'save', title: text.writeFile, suggestedName: `${scheme}.json` }, (file) => void write(file))
        }
      >
        {text.writeFile}
      </Button>
      {written ? <Badge tone="good">{text.written}</Badge> : null}
      {failed ? <ErrorPanel error={failed} /> : null}
      {dialog}
    </>
  );
}
