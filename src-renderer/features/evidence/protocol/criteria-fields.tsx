import { Button, TextInput } from '@mantine/core';
import type { ReviewProtocol } from '#shared/domain/review.ts';
import { Panel } from '../../../ui/surface.tsx';
import classes from '../evidence.module.css';
import { changeRow, type Row, rowOf } from './rows.ts';
import { protocolText as text } from './text.ts';

type Criterion = ReviewProtocol['inclusion'][number];

type Props = {
  readonly title: string;
  readonly note?: string;
  readonly add: string;
  readonly rows: readonly Row<Criterion>[];
  readonly onChange: (rows: Row<Criterion>[]) => void;
};

/** Criteria one below the other, each with its code. */
export function CriteriaFields({ title, note, add, rows, onChange }: Props) {
  return (
    <Panel title={title} note={note}>
      {rows.map(({ key, value }, at) => (
        <div key={key} className={classes.row}>
          <TextInput
            label={`${text.code} ${at + 1}`}
            value={value.code}
            onChange={(event) => onChange(changeRow(rows, key, { code: event.currentTarget.value.trim() }))}
            maxLength={40}
            w={190}
            autoComplete="off"
            spellCheck={false}
          />
          <TextInput
            className={classes.grow}
            label={`${text.words} ${at + 1}`}
            value={value.words}
            onChange={(event) => onChange(changeRow(rows, key, { words: event.currentTarget.value }))}
            maxLength={1_000}
            autoComplete="off"
          />
          <Button
            variant="subtle"
            aria-label={text.remove(value.code === '' ? `${at + 1}` : value.code)}
            onClick={() => onChange(rows.filter((row) => row.key !== key))}
          >
            Remove
          </Button>
        </div>
      ))}
      <Button variant="default" size="xs" mt="sm" onClick={() => onChange([...rows, rowOf({ code: '', words: '' })])}>
        {add}
      </Button>
    </Panel>
  );
}
