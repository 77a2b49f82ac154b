import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { JobProgress } from '../../../ui/job-progress.tsx';
import { Notice, Panel, Stack } from '../../../ui/surface.tsx';
import { StepFoot } from './step-foot.tsx';
import { goTo, startLoad, stopLoad } from './wizard-actions.ts';
import type { WizardState } from './wizard-state.ts';
import { wizard } from './words.ts';

/** Loads the file as one batch; what is cancelled or fails leaves nothing behind. */
export function LoadStep({ state }: { readonly state: WizardState }) {
  const { load } = state;
  const running = load.status === 'running';
  return (
    <Stack>
      {running ? (
        <Panel title={wizard.loading} note={wizard.loadingNote}>
          <JobProgress {...load} label={wizard.loading} onCancel={stopLoad} />
        </Panel>
      ) : null}
      {load.status === 'failed' ? <ErrorPanel error={load.error} /> : null}
      {load.status === 'cancelled' ? (
        <Notice announce>
          <p>{wizard.stopped}</p>
        </Notice>
      ) : null}
      <StepFoot
        onBack={() => goTo('check')}
        backDisabled={running}
        onNext={running ? undefined : startLoad}
        nextLabel={wizard.load}
      />
    </Stack>
  );
}
