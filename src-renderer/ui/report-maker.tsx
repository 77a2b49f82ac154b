import { Button, Group, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { OutputOf } from '#shared/contract/index.ts';
import type { ReportSpec } from '#shared/contract/report-spec.ts';
import type { ReportDocument } from '#shared/report/document.ts';
import { useJob, useOperation } from '../bridge/hooks.ts';
import { BuiltReport } from './built-report.tsx';
import { ErrorPanel } from './error-panel.tsx';
import { PathField } from './file-chooser.tsx';
import { JobProgress } from './job-progress.tsx';
import { LeavingReport } from './leaving-report.tsx';
import { ReportFormats, useReportFormats } from './report-formats.tsx';
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
  /** What is made of the preview beside it, under the form. */
  readonly beside?: (previewed: ReportDocument | null) => ReactNode;
};

/** Fewest letters of a purpose that somebody has to agree to. */
const leastPurpose = 3;

/** For whom and where to; what would leave and how it reads first, then build, or ask where a second person has to agree. */
export function ReportMaker({
  title,
  note,
  spec,
  suggestedName,
  goal,
  onGoal,
  children,
  problem = null,
  beside,
}: Props) {
  const preview = useJob('reports.preview');
  const build = useJob('reports.build');
  const busy = preview.state.status === 'running' || build.state.status === 'running';
  const isHeld = problem !== null || busy;
  const formats = useReportFormats();
  const twoPeople = useOperation('reports.requests', {}).data?.twoPeople ?? false;
  const purpose = goal.purpose.trim();
  const lacksPurpose = twoPeople && purpose.length < leastPurpose;
  return (
    <>
      <Panel title={title} note={note}>
        <Stack>
          {children}
          <TextInput
            label={text.purpose}
            description={twoPeople ? text.purposeAsked : text.purposeHint}
            required={twoPeople}
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
          <ReportFormats />
          {twoPeople ? (
            <Notice>
              <p>{text.twoPeople}</p>
            </Notice>
          ) : null}
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
              disabled={isHeld || lacksPurpose || goal.folder.trim() === ''}
              onClick={() => void build.start({ spec, folder: goal.folder.trim(), purpose, formats: [...formats] })}
            >
              {twoPeople ? text.ask : text.build}
            </Button>
          </Group>
          <JobOutcome job={preview} label={text.previewing} />
          <JobOutcome job={build} label={text.building} />
          {build.state.status === 'done' ? <BuiltReport {...build.state.value} /> : null}
        </Stack>
      </Panel>
      {beside?.(preview.state.status === 'done' ? (preview.state.value.document as unknown as ReportDocument) : null)}
      {preview.state.status === 'done' ? <PreviewPanel preview={preview.state.value} onClose={preview.reset} /> : null}
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

type PreviewProps = { readonly preview: OutputOf<'reports.preview'>; readonly onClose: () => void };

function PreviewPanel({ preview: { document, leaving }, onClose }: PreviewProps) {
  const [scrolled, setScrolled] = useState(false);
  const formats = useReportFormats();
  return (
    <>
      <div
        ref={(element) => {
          if (!element || scrolled) return;
          setScrolled(true);
          element.scrollIntoView({ block: 'nearest' });
        }}
      >
        <Panel title={text.leavesTitle} note={text.leavesNote}>
          <LeavingReport leaving={leaving} formats={formats} />
        </Panel>
      </div>
      <Panel
        title={text.previewTitle}
        note={text.previewNote}
        actions={
          <Button variant="subtle" size="compact-sm" onClick={onClose}>
            {text.closePreview}
          </Button>
        }
      >
        <ReportPreview document={document as unknown as ReportDocument} />
      </Panel>
    </>
  );
}
