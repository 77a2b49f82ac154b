import { Button } from '@mantine/core';
import { useJob } from '../../bridge/hooks.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { formatCount } from '../../ui/format.ts';
import { JobProgress } from '../../ui/job-progress.tsx';
import { Facts, Notice, Panel, Stack } from '../../ui/surface.tsx';
import { text } from './text.ts';

export function CheckVault() {
  const check = useJob('vault.check');
  const { state } = check;
  return (
    <Panel title={text.check} note={text.checkNote}>
      <Stack>
        {state.status === 'running' ? (
          <JobProgress {...state} label={text.checking} onCancel={check.cancel} />
        ) : (
          <div>
            <Button variant="default" onClick={() => void check.start({ head: null })}>
              {text.checkButton}
            </Button>
          </div>
        )}
        {state.status === 'failed' ? <ErrorPanel error={state.error} /> : null}
        {state.status === 'done' ? (
          <>
            <Notice tone="good" announce>
              <p>{text.checked}</p>
            </Notice>
            <Facts
              facts={[
                { term: 'Pages read', value: formatCount(state.value.pages) },
                {
                  term: 'Rows',
                  value: `${formatCount(state.value.rows)} in ${formatCount(state.value.tables)} tables`,
                },
                { term: 'Batches', value: formatCount(state.value.batches) },
                { term: 'Audit events', value: formatCount(state.value.auditEvents) },
                {
                  term: 'Audit head',
                  value: <code>{`${state.value.auditHead.sequence}:${state.value.auditHead.hash}`}</code>,
                },
              ]}
            />
          </>
        ) : null}
      </Stack>
    </Panel>
  );
}
