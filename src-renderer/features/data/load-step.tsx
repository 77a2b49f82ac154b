import { Button } from '@mantine/core';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { JobProgress } from '../../ui/job-progress.tsx';
import { Notice, Panel, Stack } from '../../ui/surface.tsx';
import { wizard } from './text.ts';
import classes from './wizard.module.css';
import { goTo, startLoad, stopLoad, type WizardState } from './wizard-state.ts';

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
      <div className={classes.foot}>
        <Button variant="default" onClick={() => goTo('check')} disabled={running}>
          {wizard.back}
        </Button>
        {running ? null : <Button onClick={startLoad}>{wizard.load}</Button>}
      </div>
    </Stack>
  );
}
