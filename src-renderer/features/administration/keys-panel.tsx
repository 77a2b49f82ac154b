import { Button, NativeSelect } from '@mantine/core';
import { mostLockMinutes } from '#shared/domain/lock-minutes.ts';
import { errorOf } from '../../bridge/client.ts';
import { useCommand, useJob, useOperation } from '../../bridge/hooks.ts';
import { hasRole, useSession } from '../../bridge/session.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { formatCount, formatInstant } from '../../ui/format.ts';
import { JobProgress } from '../../ui/job-progress.tsx';
import { Notice, Panel, Stack } from '../../ui/surface.tsx';
import { keysText } from './keys-text.ts';

/** Whether a change of keys is due, the change itself, and when the vault locks by itself. */
export function KeysPanel() {
  const session = useSession();
  const users = useOperation('users.list', {});
  const rekey = useJob('vault.rekey');
  const { state } = rekey;
  const due = users.data?.rekeyDue;
  return (
    <Panel title={keysText.keys} note={keysText.keysNote}>
      <Stack>
        {due?.dataKey ? (
          <Notice tone="warn">
            <p>{keysText.dataDue(formatInstant(due.dataKey))}</p>
          </Notice>
        ) : null}
        {due?.clinicKey ? (
          <Notice tone="warn">
            <p>{keysText.clinicDue(formatInstant(due.clinicKey))}</p>
          </Notice>
        ) : null}
        {due && !due.dataKey && !due.clinicKey ? <p style={{ margin: 0 }}>{keysText.noneDue}</p> : null}
        {hasRole(session, 'clinician') ? <p style={{ margin: 0 }}>{keysText.clinicNote}</p> : null}
        {state.status === 'running' ? (
          <JobProgress {...state} label={keysText.rekeying} onCancel={rekey.cancel} />
        ) : (
          <div>
            <Button variant="default" onClick={() => void rekey.start({})}>
              {keysText.rekey}
            </Button>
          </div>
        )}
        {state.status === 'failed' ? <ErrorPanel error={state.error} /> : null}
        {state.status === 'done' ? (
          <Notice tone="good" announce>
            <p>{keysText.rekeyed(formatCount(state.value.pages))}</p>
            {state.value.clinicKey === 'changed' ? <p>{keysText.resealed(formatCount(state.value.resealed))}</p> : null}
          </Notice>
        ) : null}
        {hasRole(session, 'administrator') ? <LockAfter minutes={session?.lockAfterMinutes ?? 0} /> : null}
      </Stack>
    </Panel>
  );
}

function LockAfter({ minutes }: { readonly minutes: number }) {
  const set = useCommand('vault.setLockAfter');
  const choices = Array.from({ length: mostLockMinutes }, (_, at) => at + 1);
  return (
    <>
      <NativeSelect
        label={keysText.lockAfter}
        description={keysText.lockAfterNote}
        value={String(minutes)}
        onChange={(event) => set.mutate({ minutes: Number(event.currentTarget.value) })}
        data={choices.map((count) => ({ value: String(count), label: keysText.minutes(count) }))}
      />
      {set.isError ? <ErrorPanel error={errorOf(set.error)} /> : null}
    </>
  );
}
