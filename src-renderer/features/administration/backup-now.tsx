import { Button } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useJob } from '../../bridge/hooks.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { PathField } from '../../ui/file-chooser.tsx';
import { formatBytes, formatCount } from '../../ui/format.ts';
import { JobProgress } from '../../ui/job-progress.tsx';
import { Facts, Notice, Panel, Stack } from '../../ui/surface.tsx';
import { text } from './backup-text.ts';

/** Makes one backup, into a file that a person names. */
export function BackupNow({ suggestedName }: { readonly suggestedName: string }) {
  const [file, setFile] = useState('');
  const job = useJob('vault.backup');
  const { state } = job;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void job.start({ file: file.trim() }).then((last) => {
      if (last.status === 'done') setFile('');
    });
  };
  return (
    <Panel title={text.now}>
      <Stack>
        {state.status === 'running' ? (
          <JobProgress {...state} label={text.making} onCancel={job.cancel} />
        ) : (
          <form onSubmit={submit} autoComplete="off">
            <Stack>
              <PathField
                label={text.file}
                description={text.fileHint}
                value={file}
                onChange={setFile}
                options={{ kind: 'save', title: text.file, suggestedName }}
                required
              />
              <div>
                <Button type="submit" disabled={file.trim() === ''}>
                  {text.now}
                </Button>
              </div>
            </Stack>
          </form>
        )}
        {state.status === 'failed' ? <ErrorPanel error={state.error} /> : null}
        {state.status === 'done' ? (
          <>
            <Notice tone="good" title={text.made} announce>
              <p>{text.head}</p>
            </Notice>
            <Facts
              facts={[
                { term: 'File', value: state.value.file },
                { term: 'Size', value: formatBytes(state.value.bytes) },
                { term: 'Rows', value: formatCount(state.value.holds.rows) },
                {
                  term: 'Audit head',
                  value: <code>{`${state.value.auditHead.sequence}:${state.value.auditHead.hash}`}</code>,
                },
              ]}
            />
          </>
        ) : null}
      </Stack>
    </Panel>
  );
}
