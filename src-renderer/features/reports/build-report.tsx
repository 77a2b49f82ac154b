import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReportSpec } from '#shared/contract/reports.ts';
import type { ReportDocument } from '#shared/report/document.ts';
import { useJob } from '../../bridge/hooks.ts';
import { createMemory, useMemory } from '../../bridge/memory.ts';
import { DateField } from '../../ui/date-field.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { PathField } from '../../ui/file-chooser.tsx';
import { formatBytes } from '../../ui/format.ts';
import { JobProgress } from '../../ui/job-progress.tsx';
import { Notice, Panel, Stack } from '../../ui/surface.tsx';
import { isPeriod, lastFullYear } from './report-period.ts';
import { ReportPreview } from './report-preview.tsx';
import classes from './reports.module.css';
import { text } from './text.ts';

type Form = {
  readonly from: string | null;
  readonly to: string | null;
  readonly title: string;
  readonly marking: string;
  readonly purpose: string;
  readonly folder: string;
};

const formMemory = createMemory<Form>({
  from: null,
  to: null,
  title: text.defaultTitle,
  marking: text.defaultMarking,
  purpose: '',
  folder: '',
});

function specOf(form: Form, latestDay: string): ReportSpec {
  const period = lastFullYear(latestDay);
  return {
    template: 'exposure-and-wellbeing',
    title: form.title.trim() || text.defaultTitle,
    from: form.from ?? period.from,
    to: form.to ?? period.to,
    marking: form.marking.trim() || text.defaultMarking,
  };
}

/** Period, title, marking and folder; preview first, then build. */
export function BuildReport({ latestDay }: { readonly latestDay: string }) {
  const form = useMemory(formMemory);
  const change = (part: Partial<Form>) => formMemory.set((now) => ({ ...now, ...part }));
  const spec = specOf(form, latestDay);
  const sound = isPeriod(spec);
  const preview = useJob('reports.preview');
  const build = useJob('reports.build');
  const busy = preview.state.status === 'running' || build.state.status === 'running';
  const suggestedName =
    `${spec.title ?? text.defaultTitle} ${spec.from.slice(0, 7)} to ${spec.to.slice(0, 7)}`.replaceAll(
      /[<>:"/\\|?*]/g,
      ' ',
    );
  return (
    <>
      <Panel title={text.build} note={text.buildNote}>
        <Stack>
          <div className={classes.form}>
            <DateField label={text.from} value={spec.from} onChange={(from) => change({ from })} />
            <DateField label={text.to} value={spec.to} onChange={(to) => change({ to })} />
            <TextInput
              label={text.reportTitle}
              value={form.title}
              maxLength={200}
              onChange={(event) => change({ title: event.currentTarget.value })}
            />
            <TextInput
              label={text.marking}
              value={form.marking}
              maxLength={100}
              onChange={(event) => change({ marking: event.currentTarget.value })}
            />
          </div>
          <TextInput
            label={text.purpose}
            description={text.purposeHint}
            value={form.purpose}
            maxLength={500}
            onChange={(event) => change({ purpose: event.currentTarget.value })}
          />
          <PathField
            label={text.folder}
            description={text.folderHint}
            value={form.folder}
            onChange={(folder) => change({ folder })}
            options={{ kind: 'save', title: text.folder, suggestedName }}
          />
          {sound ? null : (
            <Notice tone="warn">
              <p>{text.wrongPeriod}</p>
            </Notice>
          )}
          <Group gap="xs">
            <Button variant="default" disabled={!sound || busy} onClick={() => void preview.start({ spec })}>
              {text.preview}
            </Button>
            <Button
              disabled={!sound || busy || form.folder.trim() === ''}
              onClick={() => void build.start({ spec, folder: form.folder.trim(), purpose: form.purpose.trim() })}
            >
              {text.buildButton}
            </Button>
          </Group>
          <JobOutcome job={preview} label={text.previewing} />
          <JobOutcome job={build} label={text.building} />
          {build.state.status === 'done' ? <BuiltReport {...build.state.value} /> : null}
        </Stack>
      </Panel>
      {preview.state.status === 'done' ? (
        <PreviewPanel document={preview.state.value.document as unknown as ReportDocument} onClose={preview.reset} />
      ) : null}
    </>
  );
}

type JobProps = {
  readonly job: Pick<
    ReturnType<typeof useJob<'reports.preview'>> | ReturnType<typeof useJob<'reports.build'>>,
    'state' | 'cancel'
  >;
  readonly label: string;
};

function JobOutcome({ job: { state, cancel }, label }: JobProps) {
  if (state.status === 'running') return <JobProgress {...state} label={label} onCancel={cancel} />;
  if (state.status === 'failed') return <ErrorPanel error={state.error} />;
  if (state.status === 'cancelled')
    return (
      <Notice announce>
        <p>{text.stopped}</p>
      </Notice>
    );
  return null;
}

type BuiltProps = {
  readonly folder: string;
  readonly files: readonly { readonly name: string; readonly sha256: string; readonly bytes: number }[];
};

function BuiltReport({ folder, files }: BuiltProps) {
  return (
    <Notice tone="good" title={text.builtTitle} announce>
      <p>{text.builtIn(folder)}</p>
      <ul className={classes.files}>
        {files.map((file) => (
          <li key={file.name}>
            {file.name} · {formatBytes(file.bytes)} · <code title={file.sha256}>{file.sha256.slice(0, 16)}…</code>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function PreviewPanel({ document, onClose }: { readonly document: ReportDocument; readonly onClose: () => void }) {
  const [scrolled, setScrolled] = useState(false);
  return (
    <Panel
      title={text.previewTitle}
      note={text.previewNote}
      actions={
        <Button variant="subtle" size="compact-sm" onClick={onClose}>
          {text.closePreview}
        </Button>
      }
    >
      <div
        ref={(element) => {
          if (!element || scrolled) return;
          setScrolled(true);
          element.scrollIntoView({ block: 'nearest' });
        }}
      >
        <ReportPreview document={document} />
      </div>
    </Panel>
  );
}
