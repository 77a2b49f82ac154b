import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Draft } from '#shared/contract/import-drafts.ts';
import { extractKindNamed } from '#shared/domain/extract-kinds/index.ts';
import { useOperation } from '../../../bridge/hooks.ts';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { useFileChooser } from '../../../ui/file-chooser.tsx';
import { formatInstant } from '../../../ui/format.ts';
import { Badge, EmptyState, Panel, Stack } from '../../../ui/surface.tsx';
import { useStepKeys } from './step-keys.tsx';
import classes from './wizard.module.css';
import { dropDraft, lookAt, resume } from './wizard-actions.ts';
import type { WizardState } from './wizard-state.ts';
import { wizard } from './words.ts';

/** A new file, or an import that was begun and not finished. */
export function ChooseStep({ state }: { readonly state: WizardState }) {
  const { choose, dialog } = useFileChooser();
  const busy = state.looking !== null;
  const ask = () =>
    choose({ kind: 'file', title: wizard.chooseTitle, endings: wizard.endings }, (file) => void lookAt(file));
  useStepKeys({ back: undefined, next: busy ? undefined : ask });
  return (
    <Stack>
      {state.lookError ? <ErrorPanel error={state.lookError} /> : null}
      <Drafts busy={busy} />
      <Panel>
        <EmptyState
          icon="file"
          title={wizard.chooseTitle}
          text={wizard.chooseText}
          action={
            <Button loading={busy} onClick={ask}>
              {wizard.chooseButton}
            </Button>
          }
        />
      </Panel>
      {dialog}
    </Stack>
  );
}

function Drafts({ busy }: { readonly busy: boolean }) {
  const drafts = useOperation('imports.drafts', {}, { fresh: true });
  const [forgotten, setForgotten] = useState<readonly number[]>([]);
  const open = (drafts.data?.drafts ?? []).filter((draft) => !forgotten.includes(draft.id));
  if (open.length === 0) return null;
  const forget = (draft: Draft) => {
    setForgotten((now) => [...now, draft.id]);
    void dropDraft(draft.id);
  };
  return (
    <Panel title={wizard.draftsTitle} note={wizard.draftsNote}>
      <ul className={classes.drafts} aria-label={wizard.draftsTitle}>
        {open.map((draft) => (
          <DraftLine key={draft.id} draft={draft} busy={busy} onForget={() => forget(draft)} />
        ))}
      </ul>
    </Panel>
  );
}

type LineProps = { readonly draft: Draft; readonly busy: boolean; readonly onForget: () => void };

function DraftLine({ draft, busy, onForget }: LineProps) {
  const { fileName, file, fileState, body, savedAt } = draft;
  const kind = extractKindNamed(body.mapping?.kind ?? '')?.label;
  return (
    <li className={classes.draft}>
      <div className={classes.draftName}>
        <span className={classes.columnName} title={file}>
          {fileName}
        </span>
        <span className={classes.meaning}>
          {[kind, `at ${wizard.steps[body.step]}`, formatInstant(savedAt)].filter(Boolean).join(' · ')}
        </span>
      </div>
      {fileState === 'same' ? null : (
        <Badge tone="warn">{fileState === 'gone' ? wizard.fileGone : wizard.fileChanged}</Badge>
      )}
      <Button
        size="xs"
        disabled={busy || fileState === 'gone'}
        onClick={() => void resume(draft)}
        aria-label={`${wizard.goOn}: ${fileName}`}
      >
        {wizard.goOn}
      </Button>
      <Button size="xs" variant="subtle" onClick={onForget} aria-label={`${wizard.forget}: ${fileName}`}>
        {wizard.forget}
      </Button>
    </li>
  );
}
