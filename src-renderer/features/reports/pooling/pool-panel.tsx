import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import type { OutputOf } from '#shared/contract/index.ts';
import type { ReportDocument } from '#shared/report/document.ts';
import { useJob } from '../../../bridge/hooks.ts';
import { useMemory } from '../../../bridge/memory.ts';
import { WrittenReport } from '../../../ui/built-report.tsx';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { PathField } from '../../../ui/file-chooser.tsx';
import { JobProgress } from '../../../ui/job-progress.tsx';
import { ReportPreview } from '../../../ui/report-preview.tsx';
import { Notice, Panel, Stack } from '../../../ui/surface.tsx';
import classes from '../reports.module.css';
import { isComplete, type PoolForm, poolInput, poolMemory } from './pool-form.ts';
import { BundleFiles, TrustedKeys } from './pool-sources.tsx';
import { poolText as text } from './text.ts';

const confidences = ['90', '95', '99'];

/** Bundles of several forces become one report: looked at first, written where it is asked for. */
export function PoolPanel() {
  const form = useMemory(poolMemory);
  const change = (part: Partial<PoolForm>) => poolMemory.set((now) => ({ ...now, ...part }));
  const pool = useJob('bundles.pool');
  const { state } = pool;
  const isHeld = state.status === 'running' || !isComplete(form);
  return (
    <>
      <Panel title={text.title} note={text.note}>
        <Stack>
          <BundleFiles form={form} onChange={change} />
          <TrustedKeys form={form} onChange={change} />
          <div className={classes.pool}>
            <TextInput
              label={text.reportTitle}
              value={form.title}
              maxLength={120}
              onChange={(event) => change({ title: event.currentTarget.value })}
            />
            <TextInput
              label={text.marking}
              value={form.marking}
              maxLength={100}
              onChange={(event) => change({ marking: event.currentTarget.value })}
            />
            <NativeSelect
              label={text.confidence}
              value={form.confidence}
              onChange={(event) => change({ confidence: event.currentTarget.value })}
              data={confidences.map((value) => ({ value, label: `${value}%` }))}
            />
          </div>
          <PathField
            label={text.folder}
            description={text.folderHint}
            value={form.folder}
            onChange={(folder) => change({ folder })}
            options={{ kind: 'save', title: text.folder, suggestedName: form.title }}
          />
          <Group gap="xs">
            <Button variant="default" disabled={isHeld} onClick={() => void pool.start(poolInput(form, false))}>
              {text.show}
            </Button>
            <Button
              disabled={isHeld || form.folder.trim() === ''}
              onClick={() => void pool.start(poolInput(form, true))}
            >
              {text.write}
            </Button>
          </Group>
          {state.status === 'running' ? <JobProgress {...state} label={text.pooling} onCancel={pool.cancel} /> : null}
          {state.status === 'failed' ? <ErrorPanel error={state.error} /> : null}
          {state.status === 'cancelled' ? (
            <Notice announce>
              <p>{text.stopped}</p>
            </Notice>
          ) : null}
          {state.status === 'done' && state.value.folder !== null ? (
            <WrittenReport folder={state.value.folder} files={state.value.files} />
          ) : null}
        </Stack>
      </Panel>
      {state.status === 'done' ? <Pooled pooled={state.value} onClose={pool.reset} /> : null}
    </>
  );
}

type PooledProps = { readonly pooled: OutputOf<'bundles.pool'>; readonly onClose: () => void };

function Pooled({ pooled: { document }, onClose }: PooledProps) {
  return (
    <Panel
      title={text.result}
      note={text.resultNote}
      actions={
        <Button variant="subtle" size="compact-sm" onClick={onClose}>
          {text.close}
        </Button>
      }
    >
      {document === null ? null : <ReportPreview document={document as unknown as ReportDocument} />}
    </Panel>
  );
}
