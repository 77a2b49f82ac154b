import { Button, Group, Modal } from '@mantine/core';
import { useState } from 'react';
import type { ReportRequest } from '#shared/contract/reports.ts';
import { useJob } from '../../bridge/hooks.ts';
import { BuiltReport } from '../../ui/built-report.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { PathField } from '../../ui/file-chooser.tsx';
import { JobProgress } from '../../ui/job-progress.tsx';
import { ReportFormats, useReportFormats } from '../../ui/report-formats.tsx';
import { reportText } from '../../ui/report-text.ts';
import { Facts, Notice, Stack } from '../../ui/surface.tsx';
import { useReturnFocus } from '../../ui/use-return-focus.ts';
import { requestsText as text } from './requests-text.ts';

type Props = { readonly request: ReportRequest; readonly onClose: () => void };

/** Writes what a second person agreed to, into a folder that is chosen now. */
export function BuildAgreed({ request, onClose }: Props) {
  useReturnFocus();
  const [folder, setFolder] = useState('');
  const formats = useReportFormats();
  const build = useJob('reports.build');
  const { spec, reason, title, decidedBy } = request;
  const { state } = build;
  const isRunning = state.status === 'running';
  if (spec === null) return null;
  const start = () => void build.start({ spec, purpose: reason, folder: folder.trim(), formats: [...formats] });
  return (
    <Modal
      opened
      size="xl"
      onClose={isRunning ? () => undefined : onClose}
      title={text.buildTitle(title)}
      closeButtonProps={{ 'aria-label': text.close }}
    >
      <Stack>
        <p style={{ margin: 0 }}>{text.buildNote(decidedBy ?? '')}</p>
        <Facts facts={[{ term: text.purpose, value: reason }]} />
        {state.status === 'done' ? (
          <>
            {state.value.state === 'waiting' ? (
              <Notice tone="warn">
                <p>{text.askedAnew}</p>
              </Notice>
            ) : null}
            <BuiltReport {...state.value} />
          </>
        ) : (
          <>
            <PathField
              label={reportText.folder}
              description={reportText.folderHint}
              value={folder}
              onChange={setFolder}
              options={{ kind: 'save', title: reportText.folder, suggestedName: title }}
            />
            <ReportFormats />
          </>
        )}
        {isRunning ? <JobProgress {...state} label={reportText.building} onCancel={build.cancel} /> : null}
        {state.status === 'failed' ? <ErrorPanel error={state.error} /> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" disabled={isRunning} onClick={onClose}>
            {text.close}
          </Button>
          {state.status === 'done' ? null : (
            <Button disabled={isRunning || folder.trim() === ''} onClick={start}>
              {reportText.build}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
