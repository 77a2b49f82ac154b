import { Button } from '@mantine/core';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { JobProgress } from '../../ui/job-progress.tsx';
import { Notice, Panel, Stack } from '../../ui/surface.tsx';
import { ImportCounts } from './import-counts.tsx';
import { ImportProblems } from './import-problems.tsx';
import { SaveCheckList } from './save-check-list.tsx';
import { wizard } from './text.ts';
import classes from './wizard.module.css';
import { goTo, startCheck, startLoad, stopCheck, type WizardState } from './wizard-state.ts';

/** The dry run: every row read and judged, nothing written. */
export function CheckStep({ state }: { readonly state: WizardState }) {
  const { check } = state;
  const running = check.status === 'running';
  const result = check.status === 'done' ? check.value : null;
  return (
    <Stack>
      {running ? (
        <Panel title={wizard.checking}>
          <JobProgress {...check} label={wizard.checking} onCancel={stopCheck} />
        </Panel>
      ) : null}
      {check.status === 'failed' ? <ErrorPanel error={check.error} /> : null}
      {check.status === 'cancelled' ? (
        <Notice>
          <p>{wizard.stopped}</p>
        </Notice>
      ) : null}
      {result ? (
        <>
          <h2 style={{ margin: 0, fontSize: '1rem' }}>{wizard.checkTitle}</h2>
          <ImportCounts rows={result.rows} />
          <ImportProblems result={result} checked />
          {result.rows.rejected > 0 && state.look && state.mapping ? (
            <SaveCheckList file={state.look.file} mapping={state.mapping} />
          ) : null}
          {result.rows.accepted === 0 ? (
            <Notice tone="warn">
              <p>{wizard.nothingToLoad}</p>
            </Notice>
          ) : null}
        </>
      ) : null}
      <div className={classes.foot}>
        <Button variant="default" onClick={() => goTo('map')} disabled={running}>
          {wizard.back}
        </Button>
        {result ? (
          <Button onClick={startLoad} disabled={result.rows.accepted === 0}>
            {wizard.loadRows(result.rows.accepted)}
          </Button>
        ) : running ? null : (
          <Button onClick={startCheck}>{wizard.checkAgain}</Button>
        )}
      </div>
    </Stack>
  );
}
