import { Button, Fieldset, Group, Modal, SimpleGrid, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Signposting } from '#shared/contract/report-spec.ts';
import { isoOfDay, londonDay } from '#shared/domain/dates.ts';
import { errorOf } from '../../bridge/client.ts';
import { useCommand } from '../../bridge/hooks.ts';
import { DateField } from '../../ui/date-field.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Notice, Stack } from '../../ui/surface.tsx';
import { useReturnFocus } from '../../ui/use-return-focus.ts';
import { type ContactFields, formOf, signpostingOf } from './signposting-form.ts';
import { signpostingText as text } from './signposting-text.ts';

type Props = { readonly held: Signposting; readonly isOwn: boolean; readonly onClose: () => void };

function replaced<Entry>(list: readonly Entry[], at: number, part: Partial<Entry>): readonly Entry[] {
  return list.map((entry, place) => (place === at ? { ...entry, ...part } : entry));
}

/** The advice and contacts as fields; nothing is kept before it is saved. */
export function SignpostingDialog({ held, isOwn, onClose }: Props) {
  useReturnFocus();
  const client = useQueryClient();
  const [form, setForm] = useState(() => formOf(held, isoOfDay(londonDay(Math.floor(Date.now() / 1_000)))));
  const set = useCommand('signposting.set');
  const signposting = signpostingOf(form);
  const keep = (kept: Signposting | null) =>
    set.mutate(
      { signposting: kept },
      {
        onSuccess: () => {
          void client.invalidateQueries({ queryKey: ['signposting.get'] });
          onClose();
        },
      },
    );
  return (
    <Modal opened onClose={onClose} title={text.dialogTitle} size="xl" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack>
        <p>{text.dialogNote}</p>
        {form.advice.map(({ words }, at) => (
          <TextInput
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
            key={at}
            label={text.advice(at + 1)}
            value={words}
            maxLength={90}
            onChange={({ currentTarget: { value } }) =>
              setForm((now) => ({ ...now, advice: replaced(now.advice, at, { words: value }) }))
            }
          />
        ))}
        {form.contacts.map((contact, at) => (
          <ContactFieldset
            // biome-ignore lint/suspicious/noArrayIndexKey: contacts have no identity but their place
            key={at}
            legend={text.contact(at + 1)}
            contact={contact}
            onChange={(part) => setForm((now) => ({ ...now, contacts: replaced(now.contacts, at, part) }))}
          />
        ))}
        {signposting === null ? (
          <Notice tone="warn">
            <p>{text.incomplete}</p>
          </Notice>
        ) : null}
        {set.isError ? <ErrorPanel error={errorOf(set.error)} /> : null}
        <Group justify="flex-end" gap="xs">
          {isOwn ? (
            <Button variant="subtle" onClick={() => keep(null)} disabled={set.isPending}>
              {text.backToUsual}
            </Button>
          ) : null}
          <Button variant="default" onClick={onClose}>
            {text.cancel}
          </Button>
          <Button onClick={() => keep(signposting)} disabled={signposting === null} loading={set.isPending}>
            {text.save}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

type ContactProps = {
  readonly legend: string;
  readonly contact: ContactFields;
  readonly onChange: (part: Partial<ContactFields>) => void;
};

function ContactFieldset({ legend, contact, onChange }: ContactProps) {
  const field = (name: 'name' | 'what' | 'reach' | 'source', longest: number) => (
    <TextInput
      label={text[name]}
      value={contact[name]}
      maxLength={longest}
      onChange={(event) => onChange({ [name]: event.currentTarget.value })}
    />
  );
  return (
    <Fieldset legend={legend}>
      <Stack>
        <SimpleGrid cols={2} spacing="sm">
          {field('name', 40)}
          {field('what', 70)}
        </SimpleGrid>
        <SimpleGrid cols={2} spacing="sm">
          {field('reach', 70)}
          {field('source', 300)}
        </SimpleGrid>
        <DateField label={text.checkedOn} value={contact.checkedOn} onChange={(checkedOn) => onChange({ checkedOn })} />
      </Stack>
    </Fieldset>
  );
}
