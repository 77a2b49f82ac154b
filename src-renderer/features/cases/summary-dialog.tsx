import { Button, Checkbox, Group, Modal } from '@mantine/core';
import { useState } from 'react';
import type { OutputOf } from '#shared/contract/index.ts';
import {
  type CaseSummarySection,
  type CaseSummarySpec,
  caseSummarySections,
} from '#shared/contract/report-specs/case-summary.ts';
import type { ReportDocument } from '#shared/report/document.ts';
import { useJob } from '../../bridge/hooks.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { PathField } from '../../ui/file-chooser.tsx';
import { JobProgress } from '../../ui/job-progress.tsx';
import { ReportPreview } from '../../ui/report-preview.tsx';
import { Notice, Stack } from '../../ui/surface.tsx';
import { useReturnFocus } from '../../ui/use-return-focus.ts';
import { ReasonField } from './reason-field.tsx';
import { text } from './text.ts';
import { useRefreshCases } from './use-cases.ts';

type Props = { readonly caseId: number; readonly onClose: () => void };

const leastReason = 3;

/** Why a summary is made comes first; then what it holds, and where it goes. */
export function SummaryDialog({ caseId, onClose }: Props) {
  useReturnFocus();
  const [reason, setReason] = useState('');
  const [include, setInclude] = useState<readonly CaseSummarySection[]>(caseSummarySections);
  const [identity, setIdentity] = useState(false);
  const [folder, setFolder] = useState('');
  const preview = useJob('reports.preview');
  const build = useJob('reports.build');
  const refresh = useRefreshCases();
  const isBusy = preview.state.status === 'running' || build.state.status === 'running';
  const isHeld = isBusy || reason.trim().length < leastReason;
  const spec: CaseSummarySpec = {
    ...{ template: 'case-summary', case: caseId, reason: reason.trim() },
    ...{ include: [...include], identity },
  };
  const close = () => {
    // Only now: it is in the list of the case, whose page is drawn anew.
    if (build.state.status === 'done') refresh();
    onClose();
  };
  return (
    <Modal opened onClose={close} size="xl" title={text.summaryDialog} closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack>
        <ReasonField
          label={text.summaryReason}
          hint={text.summaryReasonHint}
          value={reason}
          onChange={setReason}
          minRows={2}
        />
        <Checkbox.Group
          label={text.summaryHolds}
          description={text.summaryHoldsHint}
          value={[...include]}
          onChange={(chosen) => setInclude(caseSummarySections.filter((section) => chosen.includes(section)))}
        >
          <Group mt="xs">
            {caseSummarySections.map((section) => (
              <Checkbox key={section} value={section} label={text.summarySections[section]} />
            ))}
          </Group>
        </Checkbox.Group>
        <Checkbox
          label={text.summaryIdentity}
          checked={identity}
          onChange={(event) => setIdentity(event.currentTarget.checked)}
        />
        <PathField
          label={text.summaryFolder}
          description={text.summaryFolderHint}
          value={folder}
          onChange={setFolder}
          options={{ kind: 'save', title: text.summaryFolder, suggestedName: `case-${caseId}-summary` }}
        />
        <Outcome job={preview} />
        <Outcome job={build} />
        {build.state.status === 'done' ? <Made {...build.state.value} /> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            {build.state.status === 'done' ? text.summaryDone : text.cancel}
          </Button>
          <Button variant="default" disabled={isHeld} onClick={() => void preview.start({ spec })}>
            {text.summaryPreview}
          </Button>
          <Button
            disabled={isHeld || folder.trim() === ''}
            onClick={() => void build.start({ spec, folder: folder.trim() })}
          >
            {text.summaryButton}
          </Button>
        </Group>
        {preview.state.status === 'done' ? (
          <ReportPreview document={preview.state.value.document as unknown as ReportDocument} />
        ) : null}
      </Stack>
    </Modal>
  );
}

function Made({ folder, files }: OutputOf<'reports.build'>) {
  return (
    <Notice tone="good" title={text.summaryMade} announce>
      <p>{text.summaryMadeIn(folder, files.map(({ name }) => name).join(', '))}</p>
    </Notice>
  );
}

type Job = Pick<
  ReturnType<typeof useJob<'reports.preview'>> | ReturnType<typeof useJob<'reports.build'>>,
  'state' | 'cancel'
>;

function Outcome({ job: { state, cancel } }: { readonly job: Job }) {
  if (state.status === 'running') return <JobProgress {...state} label={text.summaryMaking} onCancel={cancel} />;
  if (state.status === 'failed') return <ErrorPanel error={state.error} />;
  return null;
}
