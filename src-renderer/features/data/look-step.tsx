import { Button } from '@mantine/core';
import { formatBytes } from '../../ui/format.ts';
import { Facts, Notice, Panel, Stack } from '../../ui/surface.tsx';
import type { Look } from './mapping-model.ts';
import { wizard } from './text.ts';
import classes from './wizard.module.css';
import { goTo, startOver } from './wizard-state.ts';

const delimiterNames: Readonly<Record<string, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'vertical bar',
};
const encodingNames: Readonly<Record<string, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16, little-endian',
  'utf-16be': 'UTF-16, big-endian',
  'windows-1252': 'Windows-1252',
};

/** The file as it is: nothing is interpreted yet. */
export function LookStep({ look }: { readonly look: Look }) {
  return (
    <Stack>
      <Panel title={look.fileName} note={wizard.lookTitle}>
        <Facts
          facts={[
            { term: 'Size', value: formatBytes(look.sizeBytes) },
            { term: 'Encoding', value: encodingNames[look.encoding] ?? look.encoding },
            { term: 'Columns parted by', value: delimiterNames[look.delimiter] ?? look.delimiter },
            { term: 'Header', value: look.header ? wizard.headerYes : wizard.headerNo },
            { term: 'Columns', value: String(look.columns.length) },
          ]}
        />
      </Panel>
      {look.header ? null : (
        <Notice tone="bad" title={wizard.noHeader} announce>
          <p>{wizard.noHeaderText}</p>
        </Notice>
      )}
      <Panel title={wizard.lookRows} note={wizard.lookRowsNote}>
        <SampleRows look={look} />
      </Panel>
      <div className={classes.foot}>
        <Button variant="default" onClick={startOver}>
          {wizard.back}
        </Button>
        <Button onClick={() => goTo('map')} disabled={!look.header}>
          {wizard.next}
        </Button>
      </div>
    </Stack>
  );
}

function SampleRows({ look }: { readonly look: Look }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={classes.sample} tabIndex={0} aria-label={`${wizard.lookRows}: table`}>
      <table>
        <thead>
          <tr>
            <th scope="col" className={classes.sampleHead}>
              Row
            </th>
            {look.columns.map((column, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two columns of a file may carry one name
              <th key={index} scope="col" className={classes.sampleHead}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {look.rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
            <tr key={index}>
              <td>{index + 1}</td>
              {look.columns.map((_, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells have no identity but their place
                <td key={column}>{row[column] ?? ''}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
