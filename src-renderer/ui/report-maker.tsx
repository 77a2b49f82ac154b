import { Button, Group, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { OutputOf } from '#shared/contract/index.ts';
import type { ReportSpec } from '#shared/contract/report-spec.ts';
import type { ReportDocument } from '#shared/report/document.ts';
import { useJob } from '../bridge/hooks.ts';
import { ErrorPanel } from './error-panel.tsx';
import { PathField } from './file-chooser.tsx';
import { formatBytes } from './format.ts';
import { JobProgress } from './job-progress.tsx';
import classes from './report-maker.module.css';
import { ReportPreview } from './report-preview.tsx';
import { reportText as text } from './report-text.ts';
import { Notice, Panel, Stack } from './surface.tsx';

/** Where a report goes and for whom, as typed so far. */
export type ReportGoal = { readonly purpose: string; readonly folder: string };

type Props = {
  readonly title: string;
  readonly note: ReactNode;
  readonly spec: ReportSpec;
  readonly suggestedName: string;
  readonly goal: ReportGoal;
  readonly onGoal: (part: Partial<ReportGoal>) => void;
  /** Fields of the spec, above. */
  readonly children?: ReactNode;
  /** What stands in the way of making it; null where nothing does. */
  readonly problem?: string | null;
};

/** For whom and where to; preview first, then build. */
export function ReportMaker({ title, note, spec, suggestedName, goal, onGoal, children, problem = null }: Props) {
  const preview = useJob('reports.preview');
  const build = useJob('reports.build');
  const busy = preview.state.status === 'running' || build.state.status === 'running';
  const isHeld = problem !== null || busy;
  return (
    <>
      <Panel title={title} note={note}>
        <Stack>
          {children}
          <TextInput
            label={text.purpose}
            description={text.purposeHint}
            value={goal.purpose}
            maxLength={500}
            onChange={(event) => onGoal({ purpose: event.currentTarget.value })}
          />
          <PathField
            label={text.folder}
            description={text.folderHint}
            value={goal.folder}
            onChange={(folder) => onGoal({ folder })}
            options={{ kind: 'save', title: text.folder, suggestedName: asFileName(suggestedName) }}
          />
          {problem === null ? null : (
            <Notice tone="warn">
              <p>{problem}</p>
            </Notice>
          )}
          <Group gap="xs">
            <Button variant="default" disabled={isHeld} onClick={() => void preview.start({ spec })}>
              {text.preview}
            </Button>
            <Button
              disabled={isHeld || goal.folder.trim() === ''}
              onClick={() => void build.start({ spec, folder: goal.folder.trim(), purpose: goal.purpose.trim() })}
            >
              {text.build}
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

function asFileName(name: string): string {
  return name.replaceAll(/[<>:"/\\|?*]/g, ' ');
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

function BuiltReport({ state, request, folder, files }: OutputOf<'reports.build'>) {
  if (state === 'waiting') {
    return (
      <Notice tone="warn" title={text.waitingTitle} announce>
        <p>{text.waitingNote(request ?? 0)}</p>
      </Notice>
    );
  }
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
