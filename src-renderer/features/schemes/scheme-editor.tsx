import { Button, Group, NumberInput, Textarea, TextInput } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Scheme } from '#shared/domain/scheme.ts';
import { schemeProblems } from '#shared/domain/scheme-problems.ts';
import { errorOf } from '../../bridge/client.ts';
import { useCommand } from '../../bridge/hooks.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { formatDate } from '../../ui/format.ts';
import { parseDate } from '../../ui/parse-date.ts';
import { Notice, Panel, Stack } from '../../ui/surface.tsx';
import { type Draft, draftMemory, numberTyped, type PartProps } from './draft.ts';
import { ModifierFields } from './modifier-fields.tsx';
import { RuleFieldsList } from './rule-fields.tsx';
import classes from './schemes.module.css';
import { text } from './text.ts';
import { TierFields } from './tier-fields.tsx';

type Props = {
  readonly draft: Draft;
  readonly names: readonly string[];
  /** With the name of what was saved, or null where the changes were discarded. */
  readonly onClosed: (scheme: string | null) => void;
};

/** Fields side by side stand in one line, whatever is said below them. */
const belowInput = ['label', 'input', 'description', 'error'] as const;

/** A draft as a form: what is wrong with it is said as it is written. */
export function SchemeEditor({ draft: { document, copiedFrom, isNew }, names, onClosed }: Props) {
  const save = useCommand('schemes.draft');
  const [reason, setReason] = useState('');
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLInputElement>('input:enabled')?.focus(), []);
  const problems = useMemo(() => problemsOf(document, isNew, names), [document, isNew, names]);
  const onChange = (change: Partial<Scheme>) =>
    draftMemory.set({ document: { ...document, ...change }, copiedFrom, isNew });
  const submit = async () => {
    const from = copiedFrom === null ? {} : { copiedFrom };
    const saved = await save.mutateAsync({ document, ...from, reason: reason.trim() }).catch(() => null);
    if (saved) onClosed(saved.scheme);
  };
  return (
    <Panel
      title={text.editTitle(isNew, document.id)}
      note={text.editNote}
      actions={
        <Button variant="subtle" size="xs" onClick={() => onClosed(null)}>
          {text.discard}
        </Button>
      }
    >
      <form
        ref={form}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack>
          <NameFields document={document} onChange={onChange} isNew={isNew} />
          <TierFields document={document} onChange={onChange} />
          <ModifierFields document={document} onChange={onChange} />
          <TimeFields document={document} onChange={onChange} />
          <RuleFieldsList document={document} onChange={onChange} />
          {problems.length === 0 ? (
            <Notice tone="good">
              <p>{text.sound}</p>
            </Notice>
          ) : (
            <Notice tone="warn" title={text.problems(problems.length)}>
              <ul className={classes.list}>
                {problems.map((words) => (
                  <li key={words}>{words}</li>
                ))}
              </ul>
            </Notice>
          )}
          <Group align="flex-end" gap="xs">
            <TextInput
              label={text.reason}
              description={text.reasonNote}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
              maxLength={500}
              style={{ flex: '1 1 320px' }}
            />
            <Button type="submit" disabled={reason.trim().length < 3 || problems.length > 0} loading={save.isPending}>
              {text.save}
            </Button>
          </Group>
          {save.isError ? <ErrorPanel error={errorOf(save.error)} /> : null}
        </Stack>
      </form>
    </Panel>
  );
}

function problemsOf(document: Scheme, isNew: boolean, names: readonly string[]): readonly string[] {
  const name = !/^[a-z0-9][a-z0-9-]{0,63}$/.test(document.id)
    ? [text.nameWrong]
    : isNew && names.includes(document.id)
      ? [text.nameTaken]
      : [];
  // The name is told in words of its own, above.
  const others = schemeProblems({ ...document, id: 'draft' }).map(
    ({ words }) => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`,
  );
  return [...new Set([...name, ...others])];
}

function NameFields({ document, onChange, isNew }: PartProps & { readonly isNew: boolean }) {
  const [from, setFrom] = useState(document.effective_from === null ? '' : formatDate(document.effective_from));
  const typed = from.trim() === '' ? null : parseDate(from);
  return (
    <div className={classes.fields}>
      <TextInput
        label={text.name}
        description={text.nameNote}
        inputWrapperOrder={[...belowInput]}
        value={document.id}
        disabled={!isNew}
        onChange={(event) => onChange({ id: event.currentTarget.value.trim().toLowerCase() })}
        maxLength={64}
        spellCheck={false}
        autoComplete="off"
      />
      <TextInput
        label={text.from}
        description={text.fromNote}
        inputWrapperOrder={[...belowInput]}
        value={from}
        onChange={(event) => {
          const next = event.currentTarget.value;
          setFrom(next);
          const day = next.trim() === '' ? null : parseDate(next);
          if (day !== null || next.trim() === '') onChange({ effective_from: day });
        }}
        error={from.trim() !== '' && typed === null ? text.noDate : null}
        autoComplete="off"
      />
      <Textarea
        className={classes.wide ?? ''}
        label={text.basis}
        description={text.basisNote}
        value={document.basis.join('\n')}
        onChange={(event) => onChange({ basis: event.currentTarget.value.split('\n') })}
        autosize
        minRows={2}
      />
    </div>
  );
}

function TimeFields({ document, onChange }: PartProps) {
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{text.time}</legend>
      <div className={classes.fields}>
        <NumberInput
          label={text.halfLife}
          description={text.halfLifeNote}
          inputWrapperOrder={[...belowInput]}
          value={document.recency.value}
          min={1}
          max={36_600}
          onChange={(value) => onChange({ recency: { ...document.recency, value: numberTyped(value) ?? 0 } })}
        />
        <NumberInput
          label={text.cap}
          description={text.capNote}
          inputWrapperOrder={[...belowInput]}
          value={document.cap_per_day ?? ''}
          min={0}
          onChange={(value) => onChange({ cap_per_day: numberTyped(value) })}
        />
        <NumberInput
          label={text.cooldown}
          description={text.cooldownNote}
          inputWrapperOrder={[...belowInput]}
          value={document.cooldown_days}
          min={0}
          max={366}
          allowDecimal={false}
          onChange={(value) => onChange({ cooldown_days: numberTyped(value) ?? 0 })}
        />
      </div>
    </fieldset>
  );
}
