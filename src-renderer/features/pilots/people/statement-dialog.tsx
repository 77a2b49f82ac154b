import { Button, Checkbox, Group, Modal, Radio } from '@mantine/core';
import { useState } from 'react';
import type { PilotPerson } from '#shared/contract/pilot-people.ts';
import { errorOf } from '../../../bridge/client.ts';
import { DateField } from '../../../ui/date-field.tsx';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { formatDate } from '../../../ui/format.ts';
import { Facts, Notice, Stack } from '../../../ui/surface.tsx';
import { todayIso } from '../../../ui/today.ts';
import { useReturnFocus } from '../../../ui/use-return-focus.ts';
import { usePilotCommand } from '../use-pilot-command.ts';
import { peopleText as text } from './text.ts';

type Props = { readonly pilot: string; readonly one: PilotPerson; readonly onClose: () => void };
type Kind = keyof typeof text.kinds;

/** Records that somebody consents or withdraws, and says what follows from it. */
export function StatementDialog({ pilot, one, onClose }: Props) {
  useReturnFocus();
  const { person } = one;
  const takesPart = one.consentedOn !== null && one.withdrawnOn === null;
  const [kind, setKind] = useState<Kind>(takesPart ? 'withdrawal' : 'consent');
  const [on, setOn] = useState(todayIso);
  const [leaveOut, setLeaveOut] = useState(false);
  const consent = usePilotCommand('pilots.consent');
  const withdraw = usePilotCommand('pilots.withdraw');
  const command = kind === 'consent' ? consent : withdraw;
  const run = async () => {
    const said =
      kind === 'consent'
        ? await consent.run({ pilot, person, on })
        : await withdraw.run({ pilot, person, on, isDataUsed: !leaveOut });
    if (said) onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={text.dialogTitle(person)}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <Stack>
          <Standing one={one} />
          <Radio.Group label={text.kind} value={kind} onChange={(chosen) => setKind(chosen as Kind)}>
            <Group mt={4}>
              {Object.entries(text.kinds).map(([value, label]) => (
                <Radio key={value} value={value} label={label} />
              ))}
            </Group>
          </Radio.Group>
          <DateField label={text.on} value={on} onChange={setOn} />
          <p style={{ margin: 0 }}>{kind === 'consent' ? text.consentNote : text.withdrawalNote}</p>
          {kind === 'consent' ? null : (
            <Checkbox
              label={text.leaveOut}
              description={text.leaveOutNote}
              checked={leaveOut}
              onChange={(event) => setLeaveOut(event.currentTarget.checked)}
            />
          )}
          <p style={{ margin: 0, color: 'var(--tm-dim)' }}>{text.auditNote}</p>
          {command.isError ? <ErrorPanel error={errorOf(command.error)} /> : null}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {text.cancel}
            </Button>
            <Button type="submit" loading={command.isPending}>
              {text.record}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function Standing({ one }: { readonly one: PilotPerson }) {
  const { columns } = text;
  return (
    <>
      {one.isContradicted ? (
        <Notice tone="warn">
          <p>{text.contradictedNote}</p>
        </Notice>
      ) : null}
      <Facts
        facts={[
          { term: columns.state, value: text.states[one.state] },
          { term: columns.consented, value: formatDate(one.consentedOn) },
          { term: columns.withdrew, value: formatDate(one.withdrawnOn) },
          { term: columns.data, value: one.isDataUsed ? text.dataUsed : text.dataNotUsed },
        ]}
      />
    </>
  );
}
