import { Select } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { InputOf } from '#shared/contract/index.ts';
import { useJob, useOperation } from '../../../bridge/hooks.ts';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { JobProgress } from '../../../ui/job-progress.tsx';
import { studiesText as text } from './text.ts';

type Outcome = InputOf<'evidence.saveOutcome'>['outcome'];

type Props = {
  readonly review: string;
  readonly outcomes: readonly Pick<Outcome, 'outcome' | 'title'>[];
  readonly onClose: () => void;
};

const noCommand = { isPending: false, isError: false, error: null } as const;

/** Takes what the evaluation of a finished pilot found into the review. */
export function PilotDialog({ review, outcomes, onClose }: Props) {
  const client = useQueryClient();
  const held = useOperation('pilots.list', {});
  const [pilot, setPilot] = useState<string | null>(null);
  const [outcome, setOutcome] = useState<string | null>(outcomes[0]?.outcome ?? null);
  const { state, start, cancel } = useJob('evidence.addPilot');
  const finished = (held.data?.pilots ?? []).filter(({ status }) => status === 'finished');
  const run = async () => {
    if (pilot === null || outcome === null) return;
    const last = await start({ review, pilot, outcome });
    if (last.status !== 'done') return;
    await client.invalidateQueries();
    onClose();
  };
  return (
    <FormDialog
      title={text.addPilot}
      note={text.addPilotNote}
      confirm={text.addPilot}
      command={noCommand}
      isComplete={pilot !== null && outcome !== null && state.status !== 'running'}
      onConfirm={() => void run()}
      onClose={onClose}
    >
      <Select
        label={text.pilot}
        data={finished.map((one) => ({ value: one.pilot, label: one.pilot }))}
        value={pilot}
        onChange={setPilot}
        nothingFoundMessage={text.noPilot}
        placeholder={finished.length === 0 ? text.noPilot : ''}
        required
      />
      <Select
        label={text.outcome}
        data={outcomes.map((one) => ({ value: one.outcome, label: one.title }))}
        value={outcome}
        onChange={setOutcome}
        placeholder={outcomes.length === 0 ? text.noOutcome : ''}
        required
      />
      {state.status === 'running' ? <JobProgress {...state} label={text.pilotRunning} onCancel={cancel} /> : null}
      {state.status === 'failed' ? <ErrorPanel error={state.error} /> : null}
    </FormDialog>
  );
}
