import { Button, Group, Modal, Radio, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type CaseOrigin, originWords } from '#shared/domain/cases.ts';
import { DateField } from '../../ui/date-field.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Stack } from '../../ui/surface.tsx';
import { todayIso } from '../../ui/today.ts';
import { useReturnFocus } from '../../ui/use-return-focus.ts';
import { ReasonField } from './reason-field.tsx';
import { text } from './text.ts';
import { useRefreshCases, useUnkeptCommand } from './use-cases.ts';

type Props = { readonly onClose: () => void; readonly onOpened: (id: number) => void };

const origins: readonly CaseOrigin[] = ['self', 'manager', 'clinician'];

/** A referral by hand: by the reference as it was given, or by the pseudonym of a list. */
export function OpenCaseDialog({ onClose, onOpened }: Props) {
  useReturnFocus();
  const [by, setBy] = useState<'reference' | 'person'>('reference');
  const [who, setWho] = useState('');
  const [origin, setOrigin] = useState<CaseOrigin>('self');
  const [receivedOn, setReceivedOn] = useState(todayIso);
  const [reason, setReason] = useState('');
  const refresh = useRefreshCases();
  const open = useUnkeptCommand('cases.open');
  const start = () =>
    void open.run(
      {
        ...(by === 'reference' ? { reference: who } : { person: who }),
        origin,
        receivedOn,
        ...(reason.trim() === '' ? {} : { reason }),
      },
      (made) => {
        refresh();
        onOpened(made.case);
      },
    );
  return (
    <Modal opened onClose={onClose} size="lg" title={text.newCase} closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack>
        <Radio.Group
          label={text.who}
          description={text.whoNote}
          value={by}
          onChange={(value) => setBy(value as typeof by)}
        >
          <Group mt="xs">
            <Radio value="reference" label={text.byReference} />
            <Radio value="person" label={text.byPseudonym} />
          </Group>
        </Radio.Group>
        <TextInput
          label={by === 'reference' ? 'Reference' : 'Pseudonym'}
          value={who}
          onChange={(event) => setWho(event.currentTarget.value)}
          maxLength={by === 'reference' ? 200 : 64}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
        />
        <Group grow align="flex-start">
          <Select
            label={text.origin}
            data={origins.map((value) => ({ value, label: originWords[value] }))}
            value={origin}
            onChange={(value) => setOrigin(value as CaseOrigin)}
          />
          <DateField label={text.received} value={receivedOn} onChange={setReceivedOn} />
        </Group>
        <ReasonField label={text.reason} hint={text.reasonHint} value={reason} onChange={setReason} minRows={3} />
        {open.error ? <ErrorPanel error={open.error} /> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {text.cancel}
          </Button>
          <Button disabled={who.trim() === ''} loading={open.busy} onClick={start}>
            {text.openCase}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
