import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Mapping } from '#shared/contract/mapping.ts';
import { type ExtractColumn, type ExtractKind, isSealed } from '#shared/domain/extract-kinds/index.ts';
import { formatShare, plural } from '../../../ui/format.ts';
import { Badge } from '../../../ui/surface.tsx';
import { ColumnOptions, hasOptions } from './column-options.tsx';
import { type Look, type Source, sourceOf, withSource } from './mapping-model.ts';
import type { Sample } from './use-samples.ts';
import classes from './wizard.module.css';
import { changeMapping } from './wizard-actions.ts';
import { wizard } from './words.ts';

type Props = {
  readonly look: Look;
  readonly mapping: Mapping;
  readonly kind: ExtractKind;
  readonly column: ExtractColumn;
  readonly sample: Sample | null;
};

/** One column of the kind. Its options open beneath it. */
export function ColumnLine({ look, mapping, kind, column, sample }: Props) {
  const [opened, setOpened] = useState(false);
  const source = sourceOf(mapping, column.name);
  const reason = look.columnReasons.find((one) => one.column === column.name);
  const proposed = look.mapping?.kind === mapping.kind ? sourceOf(look.mapping, column.name) : null;
  const asProposed = proposed !== null && JSON.stringify(proposed) === JSON.stringify(source);
  const optionsId = `options-${column.name}`;
  return (
    <>
      <tr>
        <th scope="row">
          <span className={classes.columnName}>{column.name}</span>
          <span className={classes.badges}>
            {column.required && column.fallback === undefined ? <Badge>{wizard.required}</Badge> : null}
            {isSealed(column) ? <Badge tone="warn">{wizard.sealed}</Badge> : null}
            {column.type === 'person' ? <Badge tone="tide">{wizard.pseudonym}</Badge> : null}
          </span>
          <div className={classes.meaning}>{column.meaning}</div>
        </th>
        <td>
          <SourceField look={look} mapping={mapping} column={column} source={source} />
          {asProposed && reason ? (
            <div className={classes.why}>
              {reason.reason} ({formatShare(reason.confidence)} sure)
            </div>
          ) : null}
        </td>
        <td className={classes.seen}>
          <SampleText source={source} column={column} sample={sample} />
        </td>
        <td>
          {source.from !== 'nothing' && hasOptions(column) ? (
            <Button
              variant="subtle"
              size="compact-xs"
              aria-expanded={opened}
              aria-controls={optionsId}
              aria-label={`${wizard.options} of ${column.name}`}
              onClick={() => setOpened((now) => !now)}
            >
              {wizard.options}
            </Button>
          ) : null}
        </td>
      </tr>
      {opened ? (
        <tr id={optionsId}>
          <td colSpan={4} className={classes.optionsCell}>
            <ColumnOptions look={look} mapping={mapping} kind={kind} column={column} />
          </td>
        </tr>
      ) : null}
    </>
  );
}

type SampleProps = { readonly source: Source; readonly column: ExtractColumn; readonly sample: Sample | null };

function SampleText({ source, column, sample }: SampleProps) {
  if (source.from === 'nothing') return <>{column.fallback ? wizard.fallback(column.fallback) : '–'}</>;
  if (!sample) return <>…</>;
  return (
    <>
      <div className={classes.seenValues}>{sample.values.join(' · ') || '–'}</div>
      {sample.problem !== null ? (
        <div className={classes.seenBad}>
          {plural(sample.bad, 'of the first rows', 'of the first rows')}: {sample.problem}
        </div>
      ) : null}
    </>
  );
}

type FieldProps = {
  readonly look: Look;
  readonly mapping: Mapping;
  readonly column: ExtractColumn;
  readonly source: Source;
};

const special = { nothing: '\u0000nothing', constant: '\u0000constant', combined: '\u0000combined' } as const;

/** Where a column comes from: a header, the same text in every row, or two columns together. */
function SourceField({ look, mapping, column, source }: FieldProps) {
  const headers = look.columns.filter((name, index, all) => name !== '' && all.indexOf(name) === index);
  const change = (next: Source) => changeMapping(withSource(mapping, column.name, next));
  if (source.from === 'records') return <span className={classes.meaning}>See the records below</span>;
  const choose = (value: string | null) => {
    if (value === special.nothing) change({ from: 'nothing' });
    else if (value === special.constant) change({ from: 'constant', value: column.fallback ?? '' });
    else if (value === special.combined) {
      const date = source.from === 'header' ? source.header : (headers[0] ?? '');
      change({ from: 'combined', date, time: headers.find((name) => name !== date) ?? date, after: null });
    } else if (value !== null) change({ from: 'header', header: value });
  };
  const value = source.from === 'header' ? source.header : special[source.from];
  return (
    <div className={classes.source}>
      <Select
        size="xs"
        aria-label={`Column of the file for ${column.name}`}
        data={[
          { value: special.nothing, label: wizard.leaveEmpty },
          ...headers.map((name) => ({ value: name, label: name })),
          ...(isSealed(column) ? [] : [{ value: special.constant, label: wizard.sameEverywhere }]),
          ...(column.type === 'time' && headers.length > 1
            ? [{ value: special.combined, label: wizard.twoColumns }]
            : []),
        ]}
        value={value}
        onChange={choose}
        searchable
      />
      {source.from === 'constant' ? (
        <TextInput
          size="xs"
          aria-label={`Value of ${column.name} in every row`}
          value={source.value}
          maxLength={200}
          onChange={(event) => change({ from: 'constant', value: event.currentTarget.value })}
        />
      ) : null}
      {source.from === 'combined' ? (
        <>
          <Select
            size="xs"
            aria-label={`Column with the date of ${column.name}`}
            data={headers}
            value={source.date}
            placeholder={source.after === null ? 'Date' : `Day of ${source.after}`}
            onChange={(date) => change({ ...source, date })}
          />
          <Select
            size="xs"
            aria-label={`Column with the time of ${column.name}`}
            data={headers}
            value={source.time}
            onChange={(time) => time && change({ ...source, time })}
          />
        </>
      ) : null}
    </div>
  );
}
