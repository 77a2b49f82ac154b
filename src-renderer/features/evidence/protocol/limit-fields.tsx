import { Button, Select, TextInput } from '@mantine/core';
import type { ReviewProtocol } from '#shared/domain/review.ts';
import { Panel } from '../../../ui/surface.tsx';
import classes from '../evidence.module.css';
import { changeRow, type Row, rowOf } from './rows.ts';
import { protocolText as text } from './text.ts';

type Limit = ReviewProtocol['limits'][number];

type Props = { readonly rows: readonly Row<Limit>[]; readonly onChange: (rows: Row<Limit>[]) => void };

const kinds = Object.entries(text.limitKinds).map(([value, label]) => ({ value, label }));

export function LimitFields({ rows, onChange }: Props) {
  return (
    <Panel title={text.limits} note={text.limitsNote}>
      {rows.map(({ key, value }, at) => (
        <div key={key} className={classes.row}>
          <Select
            label={`${text.limitKind} ${at + 1}`}
            data={kinds}
            value={value.kind}
            onChange={(kind) => onChange(changeRow(rows, key, { kind: (kind ?? 'other') as Limit['kind'] }))}
            allowDeselect={false}
            w={170}
          />
          <TextInput
            className={classes.grow}
            label={`${text.limit} ${at + 1}`}
            value={value.limit}
            onChange={(event) => onChange(changeRow(rows, key, { limit: event.currentTarget.value }))}
            maxLength={2_000}
            autoComplete="off"
          />
          <TextInput
            className={classes.grow}
            label={`${text.likelyBias} ${at + 1}`}
            value={value.likelyBias}
            onChange={(event) => onChange(changeRow(rows, key, { likelyBias: event.currentTarget.value }))}
            maxLength={4_000}
            autoComplete="off"
          />
          <Button
            variant="subtle"
            aria-label={text.remove(`${text.limits.toLowerCase()} ${at + 1}`)}
            onClick={() => onChange(rows.filter((row) => row.key !== key))}
          >
            Remove
          </Button>
        </div>
      ))}
      <Button
        variant="default"
        size="xs"
        mt="sm"
        onClick={() => onChange([...rows, rowOf<Limit>({ kind: 'databases', limit: '', likelyBias: '' })])}
      >
        {text.addLimit}
      </Button>
    </Panel>
  );
}
