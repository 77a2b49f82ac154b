import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReviewView } from '#shared/contract/review-shapes.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { Notice } from '../../../ui/surface.tsx';
import { useEvidenceCommand } from '../use-evidence-command.ts';
import { protocolText as text } from './text.ts';

/** What a draft still lacks, or the way to register it. */
export function RegisterPanel({ view }: { readonly view: ReviewView }) {
  const [isAsking, setAsking] = useState(false);
  const [registeredIn, setRegisteredIn] = useState('');
  const register = useEvidenceCommand('reviews.register');
  if (view.gaps.length > 0) {
    return (
      <Notice tone="warn" title={text.gapsTitle}>
        <ul style={{ margin: 0 }}>
          {view.gaps.map(({ field, words }) => (
            <li key={field}>{words}</li>
          ))}
        </ul>
      </Notice>
    );
  }
  const run = async () => {
    const { review, hash } = view;
    if (await register.run({ review, hash, registeredIn: registeredIn.trim() })) setAsking(false);
  };
  return (
    <Notice tone="good" title={text.readyTitle}>
      <p>{text.registerNote}</p>
      <Button size="xs" mt="xs" onClick={() => setAsking(true)}>
        {text.register}
      </Button>
      {isAsking ? (
        <FormDialog
          title={text.register}
          note={text.registerNote}
          confirm={text.register}
          command={register}
          isComplete
          onConfirm={() => void run()}
          onClose={() => setAsking(false)}
        >
          <TextInput
            label={text.registeredIn}
            description={text.registeredInHint}
            value={registeredIn}
            onChange={(event) => setRegisteredIn(event.currentTarget.value)}
            maxLength={500}
            data-autofocus
            autoComplete="off"
          />
        </FormDialog>
      ) : null}
    </Notice>
  );
}
