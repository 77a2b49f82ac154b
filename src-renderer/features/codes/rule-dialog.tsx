import { Button, Group, Modal, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { CodeRule } from '#shared/contract/code-rules.ts';
import { formatDate } from '../../ui/format.ts';
import { parseDate } from '../../ui/parse-date.ts';
import { Stack } from '../../ui/surface.tsx';
import { useReturnFocus } from '../../ui/use-return-focus.ts';
import classes from './codes.module.css';
import { categoryOptions } from './draft.ts';
import { places, text } from './text.ts';

type Props = {
  /** Null for a new one. */
  readonly rule: CodeRule | null;
  readonly onClose: () => void;
  readonly onDone: (rule: CodeRule) => void;
};

type Place = keyof typeof places;

function codeProblem(code: string): string | null {
  if (code.trim() === '') return text.codeEmpty;
  return code.trim() === '*' ? text.codeEverything : null;
}

/** The date typed; undefined where nothing was, null where it is none. */
function dayOf(typed: string): string | null | undefined {
  return typed.trim() === '' ? undefined : parseDate(typed);
}

/** One rule with its days and place. */
export function RuleDialog({ rule, onClose, onDone }: Props) {
  useReturnFocus();
  const [code, setCode] = useState(rule?.code ?? '');
  const [category, setCategory] = useState<string | null>(rule?.category ?? null);
  const [from, setFrom] = useState(rule?.from === undefined ? '' : formatDate(rule.from));
  const [to, setTo] = useState(rule?.to === undefined ? '' : formatDate(rule.to));
  const [match, setMatch] = useState<Place>(rule?.match ?? 'any');
  const [note, setNote] = useState(rule?.note ?? '');
  const [tried, setTried] = useState(false);
  const first = dayOf(from);
  const last = dayOf(to);
  const daysWrong = first !== undefined && last !== undefined && first !== null && last !== null && last < first;
  const submit = () => {
    setTried(true);
    if (codeProblem(code) !== null || category === null || first === null || last === null || daysWrong) return;
    onDone({
      code: code.trim(),
      category,
      ...(first === undefined ? {} : { from: first }),
      ...(last === undefined ? {} : { to: last }),
      ...(match === 'any' ? {} : { match }),
      ...(note.trim() === '' ? {} : { note: note.trim() }),
    });
  };
  return (
    <Modal opened onClose={onClose} title={text.ruleTitle(rule === null)} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack>
          <div className={classes.fields}>
            <TextInput
              className={classes.wide ?? ''}
              label={text.code}
              description={text.codeNote}
              value={code}
              onChange={(event) => setCode(event.currentTarget.value)}
              error={tried ? codeProblem(code) : null}
              maxLength={120}
              spellCheck={false}
              data-autofocus
            />
            <Select
              className={classes.wide ?? ''}
              label={text.category}
              data={[...categoryOptions]}
              value={category}
              onChange={setCategory}
              error={tried && category === null ? 'Choose one.' : null}
              searchable
              selectFirstOptionOnChange
            />
            <TextInput
              label={text.from}
              value={from}
              onChange={(event) => setFrom(event.currentTarget.value)}
              error={first === null ? text.noDate : null}
              autoComplete="off"
            />
            <TextInput
              label={text.to}
              value={to}
              onChange={(event) => setTo(event.currentTarget.value)}
              error={last === null ? text.noDate : daysWrong ? text.daysWrong : null}
              autoComplete="off"
            />
            <p className={`${classes.wide} ${classes.keys}`}>{text.daysNote}</p>
            <Select
              className={classes.wide ?? ''}
              label={text.where}
              data={Object.entries(places).map(([value, label]) => ({ value, label }))}
              value={match}
              onChange={(value) => setMatch((value ?? 'any') as Place)}
            />
            <TextInput
              className={classes.wide ?? ''}
              label={text.note}
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
              maxLength={500}
            />
          </div>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {text.cancel}
            </Button>
            <Button type="submit">{text.use}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
