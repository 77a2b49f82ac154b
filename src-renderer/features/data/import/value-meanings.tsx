import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Mapping } from '#shared/contract/mapping.ts';
import type { ExtractColumn, ExtractKind } from '#shared/domain/extract-kinds/index.ts';
import { useJob } from '../../../bridge/hooks.ts';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { formatCount, plural } from '../../../ui/format.ts';
import { JobProgress } from '../../../ui/job-progress.tsx';
import { Panel } from '../../../ui/surface.tsx';
import { type Look, type OpenValue, openValues, valueOptions, withValue } from './mapping-model.ts';
import classes from './wizard.module.css';
import { changeMapping } from './wizard-actions.ts';
import { wizard } from './words.ts';

type Props = { readonly look: Look; readonly mapping: Mapping; readonly kind: ExtractKind };

/** What a file's own codes mean: which category, which word of a closed list. */
export function ValueMeanings({ look, mapping, kind }: Props) {
  const columns = kind.columns.filter(
    (column) =>
      valueOptions(column) !== null &&
      mapping.columns[column.name] !== undefined &&
      (column.type === 'category' || openValues(look, mapping, column, null).length > 0),
  );
  return (
    <>
      {columns.map((column) => (
        <Panel
          key={column.name}
          title={`${wizard.valuesTitle}: ${column.name}`}
          note={column.type === 'category' ? wizard.valuesNote : wizard.closedNote}
        >
          <ColumnMeanings look={look} mapping={mapping} column={column} />
        </Panel>
      ))}
    </>
  );
}

type ColumnProps = {
  readonly look: Look;
  readonly mapping: Mapping;
  readonly column: ExtractColumn;
  /** Begin by counting the values of the whole file. */
  readonly counted?: ReadonlyMap<string, number>;
  readonly onChange?: (mapping: Mapping) => void;
};

/** The values of one column, each with its rows and what it means. */
export function ColumnMeanings({ look, mapping, column, counted, onChange = changeMapping }: ColumnProps) {
  const counting = useJob('imports.values');
  const [added, setAdded] = useState<readonly string[]>([]);
  const [typed, setTyped] = useState('');
  const { state } = counting;
  const told = mapping.values?.[column.name] ?? {};
  const whole = state.status === 'done' ? new Map(state.value.values.map((one) => [one.value, one.rows])) : counted;
  const values = openValues(look, mapping, column, whole ?? null);
  const known = new Set(values.map((one) => one.value));
  const all = [
    ...values,
    ...added.filter((value) => !known.has(value)).map((value) => ({ value, rows: 0, proposed: null })),
  ];
  const add = () => {
    if (typed.trim() !== '') setAdded((now) => [...now, typed.trim()]);
    setTyped('');
  };
  return (
    <>
      {all.length > 0 ? (
        <div className={classes.values}>
          {all.map((value) => (
            <ValueLine
              key={value.value}
              open={value}
              whole={whole !== undefined}
              options={valueOptions(column) ?? []}
              meaning={told[value.value] ?? null}
              onChange={(meaning) => onChange(withValue(mapping, column.name, value.value, meaning))}
            />
          ))}
        </div>
      ) : (
        <p className={classes.nothing}>All values seen so far are known.</p>
      )}
      {state.status === 'failed' ? <ErrorPanel error={state.error} /> : null}
      {state.status === 'running' ? (
        <JobProgress {...state} label={wizard.countingValues} onCancel={counting.cancel} />
      ) : (
        <div className={classes.addValue}>
          <Button
            size="xs"
            variant="default"
            onClick={() => void counting.start({ file: look.file, mapping, column: column.name })}
          >
            {wizard.countValues}
          </Button>
          <TextInput
            size="xs"
            label={wizard.addValue}
            placeholder={wizard.valuePlaceholder}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') add();
            }}
          />
          <Button size="xs" variant="default" onClick={add} disabled={typed.trim() === ''}>
            Add
          </Button>
        </div>
      )}
    </>
  );
}

type LineProps = {
  readonly open: OpenValue;
  /** Whether its rows were counted in the whole file. */
  readonly whole: boolean;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly meaning: string | null;
  readonly onChange: (meaning: string | null) => void;
};

function ValueLine({ open, whole, options, meaning, onChange }: LineProps) {
  const { value, rows, proposed } = open;
  const offered = proposed !== null && proposed.meaning !== meaning ? proposed : null;
  const label = options.find((option) => option.value === offered?.meaning)?.label ?? offered?.meaning;
  return (
    <>
      <span className={classes.value}>
        {value}
        <span className={classes.valueRows}>
          {rows === 0 ? '' : whole ? plural(rows, 'row') : `${formatCount(rows)} ${wizard.ofSample}`}
        </span>
      </span>
      <span className={classes.valueMeaning}>
        <Select
          size="xs"
          aria-label={`Meaning of ${value}`}
          data={[...options]}
          value={meaning}
          onChange={onChange}
          placeholder={wizard.meaningPlaceholder}
          clearable
          allowDeselect
          searchable
        />
        {offered ? (
          <Button size="compact-xs" variant="subtle" title={offered.reason} onClick={() => onChange(offered.meaning)}>
            Take “{label}”
          </Button>
        ) : null}
      </span>
    </>
  );
}
