import { Checkbox, NumberInput, Select, TextInput } from '@mantine/core';
import { cellRules, type Mapping } from '#shared/contract/mapping.ts';
import type { ExtractColumn, ExtractKind } from '#shared/domain/extract-kinds/index.ts';
import type { Look } from './mapping-model.ts';
import { hasRule, rulesOfColumn, withDateOrder, withRule } from './rule-fixes.ts';
import classes from './wizard.module.css';
import { changeMapping } from './wizard-actions.ts';
import { wizard } from './words.ts';

const withOptions: ReadonlySet<string> = new Set([
  'date',
  'time',
  'number',
  'integer',
  'flag',
  'choice',
  'codes',
  'person',
]);

export function hasOptions(column: ExtractColumn): boolean {
  return withOptions.has(column.type);
}

type Props = {
  readonly look: Look;
  readonly mapping: Mapping;
  readonly kind: ExtractKind;
  readonly column: ExtractColumn;
};

/** How the cells of one column are read. */
export function ColumnOptions({ mapping, kind, column }: Props) {
  const { name, type } = column;
  const isDate = type === 'date' || type === 'time';
  const isNumber = type === 'number' || type === 'integer';
  const orders = Object.entries(wizard.dateOrders);
  const general = wizard.dateOrders[mapping.dateOrder ?? 'iso'];
  return (
    <div className={classes.columnOptions}>
      {isDate ? (
        <Select
          size="xs"
          label={wizard.dates}
          data={[
            { value: '', label: `As in the whole file: ${general}` },
            ...orders.map(([value, label]) => ({ value, label })),
          ]}
          value={mapping.dateOrders?.[name] ?? ''}
          onChange={(value) =>
            changeMapping(withDateOrder(mapping, name, value ? (value as keyof typeof wizard.dateOrders) : null))
          }
        />
      ) : null}
      {isNumber ? (
        <NumberInput
          size="xs"
          label="Multiply by"
          description="60 turns hours into minutes"
          value={mapping.scale?.[name] ?? 1}
          min={0}
          onChange={(value) => typeof value === 'number' && value > 0 && changeMapping(withScale(mapping, name, value))}
        />
      ) : null}
      {type === 'codes' ? (
        <TextInput
          size="xs"
          label="Between several codes of one cell"
          value={mapping.separators?.[name] ?? ';'}
          maxLength={5}
          onChange={(event) => changeMapping(withSeparator(mapping, name, event.currentTarget.value))}
        />
      ) : null}
      <div className={classes.rules}>
        {rulesOfColumn(kind, column).map((rule) => (
          <Checkbox
            key={rule}
            size="xs"
            label={cellRules[rule]}
            checked={hasRule(mapping, name, rule)}
            onChange={(event) => changeMapping(withRule(mapping, name, rule, event.currentTarget.checked))}
          />
        ))}
      </div>
    </div>
  );
}

function withScale(mapping: Mapping, column: string, factor: number): Mapping {
  const { [column]: _, ...rest } = mapping.scale ?? {};
  return { ...mapping, scale: factor === 1 ? rest : { ...rest, [column]: factor } };
}

function withSeparator(mapping: Mapping, column: string, separator: string): Mapping {
  const { [column]: _, ...rest } = mapping.separators ?? {};
  return { ...mapping, separators: separator === '' || separator === ';' ? rest : { ...rest, [column]: separator } };
}
