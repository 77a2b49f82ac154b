import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Mapping } from '#shared/contract/mapping.ts';
import type { ExtractColumn, ExtractKind } from '#shared/domain/extract-kinds/index.ts';
import { useOperation } from '../../bridge/hooks.ts';
import { Panel } from '../../ui/surface.tsx';
import { type Look, openValues, valueOptions, withValue } from './mapping-model.ts';
import { wizard } from './text.ts';
import classes from './wizard.module.css';
import { changeMapping } from './wizard-state.ts';

type Props = { readonly look: Look; readonly mapping: Mapping; readonly kind: ExtractKind };

/** What a file's own codes mean: which category, which word of a closed list. */
export function ValueMeanings({ look, mapping, kind }: Props) {
  const overview = useOperation('overview.get', {});
  const unmapped = overview.data?.unmappedCodes.map((entry) => entry.code) ?? [];
  return (
    <>
      {kind.columns
        .filter((column) => valueOptions(column) !== null && mapping.columns[column.name] !== undefined)
        .map((column) => {
          const values = openValues(look, mapping, column, unmapped);
          if (column.type === 'choice' && values.length === 0) return null;
          return <ColumnMeanings key={column.name} mapping={mapping} column={column} values={values} />;
        })}
    </>
  );
}

type ColumnProps = { readonly mapping: Mapping; readonly column: ExtractColumn; readonly values: readonly string[] };

function ColumnMeanings({ mapping, column, values }: ColumnProps) {
  const [added, setAdded] = useState<readonly string[]>([]);
  const [typed, setTyped] = useState('');
  const header = mapping.columns[column.name] ?? column.name;
  const told = mapping.values?.[column.name] ?? {};
  const all = [...new Set([...values, ...added])];
  const add = () => {
    if (typed.trim() !== '') setAdded((now) => [...now, typed.trim()]);
    setTyped('');
  };
  return (
    <Panel
      title={`${wizard.valuesTitle}: ${column.name}`}
      note={column.type === 'choice' ? wizard.closedNote(header) : wizard.valuesNote(header)}
    >
      <div className={classes.values}>
        {all.map((value) => (
          <ValueLine
            key={value}
            value={value}
            options={valueOptions(column) ?? []}
            meaning={told[value] ?? null}
            onChange={(meaning) => changeMapping(withValue(mapping, column.name, value, meaning))}
          />
        ))}
      </div>
      <div className={classes.addValue}>
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
    </Panel>
  );
}

type LineProps = {
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly meaning: string | null;
  readonly onChange: (meaning: string | null) => void;
};

function ValueLine({ value, options, meaning, onChange }: LineProps) {
  return (
    <>
      <span className={classes.value}>{value}</span>
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
    </>
  );
}
