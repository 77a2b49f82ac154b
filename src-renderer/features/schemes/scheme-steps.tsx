import { Button, Group, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { SchemeView } from '#shared/contract/schemes.ts';
import { errorOf } from '../../bridge/client.ts';
import { useCommand } from '../../bridge/hooks.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import classes from './schemes.module.css';
import { text } from './text.ts';

type Step = 'submit' | 'agree' | 'decline' | 'withdraw' | 'retire';

function stepsFor(view: SchemeView, mayDraft: boolean): readonly Step[] {
  if (view.state === 'submitted') {
    return [
      ...(view.mayAgree ? (['agree', 'decline'] as const) : []),
      ...(view.mayWithdraw && mayDraft ? (['withdraw'] as const) : []),
    ];
  }
  if (view.state === 'draft') {
    const own = view.builtIn ? [] : (['retire'] as const);
    return mayDraft ? ['submit', ...own] : own;
  }
  return view.state === 'approved' && view.scheme !== 'count-v1' ? ['retire'] : [];
}

type Props = { readonly view: SchemeView; readonly mayDraft: boolean; readonly onDone: () => void };

/** What the reader may do with a scheme now, each with a reason. */
export function SchemeSteps({ view, mayDraft, onDone }: Props) {
  const steps = stepsFor(view, mayDraft);
  const [step, setStep] = useState<Step | null>(null);
  const [reason, setReason] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (step !== null) field.current?.focus();
  }, [step]);
  const submit = useCommand('schemes.submit');
  const approve = useCommand('schemes.approve');
  const withdraw = useCommand('schemes.withdraw');
  const retire = useCommand('schemes.retire');
  const busy = [submit, approve, withdraw, retire].some(({ isPending }) => isPending);
  const failed = [submit, approve, withdraw, retire].find(({ isError }) => isError)?.error;
  const run = () => {
    const asked = { scheme: view.scheme, reason: reason.trim() };
    if (step === 'submit') submit.mutate(asked, { onSuccess: onDone });
    else if (step === 'withdraw') withdraw.mutate(asked, { onSuccess: onDone });
    else if (step === 'retire') retire.mutate(asked, { onSuccess: onDone });
    else if (step !== null)
      approve.mutate({ ...asked, hash: view.hash, agree: step === 'agree' }, { onSuccess: onDone });
  };
  if (steps.length === 0) return null;
  return (
    <div className={classes.standing}>
      {step === null ? (
        <Group gap="xs">
          {steps.map((name) => (
            <Button
              key={name}
              size="xs"
              variant={name === 'submit' || name === 'agree' ? 'filled' : 'default'}
              onClick={() => setStep(name)}
            >
              {text[name]}
            </Button>
          ))}
        </Group>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            run();
          }}
        >
          <Group align="flex-end" gap="xs">
            <TextInput
              label={`${text[step]}: ${text.reason.toLowerCase()}`}
              description={text.reasonNote}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
              maxLength={500}
              style={{ flex: '1 1 320px' }}
              ref={field}
            />
            <Button type="submit" disabled={reason.trim().length < 3} loading={busy}>
              {text[step]}
            </Button>
            <Button
              variant="default"
              onClick={() => {
                setStep(null);
                onDone();
              }}
            >
              {text.cancel}
            </Button>
          </Group>
        </form>
      )}
      {failed ? <ErrorPanel error={errorOf(failed)} /> : null}
    </div>
  );
}
