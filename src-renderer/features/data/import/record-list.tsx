import { Button } from '@mantine/core';
import type { Mapping, MappingRecord } from '#shared/contract/mapping.ts';
import { Panel } from '../../../ui/surface.tsx';
import classes from './wizard.module.css';
import { changeMapping } from './wizard-actions.ts';
import { wizard } from './words.ts';

type Props = { readonly mapping: Mapping; readonly records: readonly MappingRecord[] };

function columnsInWords(columns: Readonly<Record<string, string>>): string {
  const entries = Object.entries(columns);
  const items = entries.filter(([name]) => /^item_\d+$/.test(name));
  const others = entries
    .filter(([name]) => !/^item_\d+$/.test(name))
    .map(([name, header]) => `${name} from “${header}”`);
  const first = items[0]?.[1];
  const last = items.at(-1)?.[1];
  const answers = items.length === 0 ? [] : [`${items.length} items from “${first}” to “${last}”`];
  return [...others, ...answers].join('; ');
}

function inWords(record: MappingRecord): string {
  const constants = Object.entries(record.constants ?? {}).map(([name, value]) => `${name} is ${value}`);
  const when = record.when === undefined ? [] : [`where “${record.when}” is not empty`];
  return [...constants, columnsInWords(record.columns ?? {}), ...when].filter((part) => part !== '').join('; ');
}

/** Several records that each row of the file makes, such as one for each instrument. */
export function RecordList({ mapping, records }: Props) {
  const remove = (place: number) => {
    const left = records.filter((_, index) => index !== place);
    const { records: _, ...rest } = mapping;
    changeMapping(left.length > 0 ? { ...rest, records: left } : rest);
  };
  return (
    <Panel title={wizard.recordsTitle} note={wizard.recordsNote}>
      <ol className={classes.records}>
        {records.map((record, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: records have no identity but their place
          <li key={index} className={classes.record}>
            <span>{inWords(record)}</span>
            <Button
              variant="subtle"
              size="compact-xs"
              onClick={() => remove(index)}
              aria-label={`Leave out record ${index + 1}`}
            >
              Leave out
            </Button>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
