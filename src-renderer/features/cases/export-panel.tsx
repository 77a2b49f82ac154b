import { Button, Checkbox, Group } from '@mantine/core';
import { useState } from 'react';
import type { CaseView } from '#shared/contract/cases.ts';
import { useJob } from '../../bridge/hooks.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { PathField } from '../../ui/file-chooser.tsx';
import { JobProgress } from '../../ui/job-progress.tsx';
import { Notice, Panel } from '../../ui/surface.tsx';
import classes from './cases.module.css';
import { text } from './text.ts';

export function ExportPanel({ view }: { readonly view: CaseView }) {
  const [file, setFile] = useState('');
  const [identity, setIdentity] = useState(false);
  const { state, start, cancel } = useJob('cases.export');
  return (
    <Panel title={text.exportTitle} note={text.exportNote}>
      <div className={classes.form}>
        <PathField
          label={text.exportFile}
          value={file}
          onChange={setFile}
          options={{ kind: 'save', title: text.exportTitle, suggestedName: `case-${view.case}-summary.pdf` }}
        />
        <Checkbox
          label={text.exportIdentity}
          checked={identity}
          onChange={(event) => setIdentity(event.currentTarget.checked)}
        />
        {state.status === 'running' ? <JobProgress {...state} label={text.exporting} onCancel={cancel} /> : null}
        {state.status === 'failed' ? <ErrorPanel error={state.error} /> : null}
        {state.status === 'done' ? (
          <Notice tone="good" announce>
            <p>{text.exported(state.value.file)}</p>
          </Notice>
        ) : null}
        <Group justify="flex-end">
          <Button
            disabled={file.trim() === ''}
            loading={state.status === 'running'}
            onClick={() => void start({ case: view.case, file: file.trim(), identity })}
          >
            {text.exportButton}
          </Button>
        </Group>
      </div>
    </Panel>
  );
}
