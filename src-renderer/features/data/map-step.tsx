import { Button, Select } from '@mantine/core';
import type { Mapping } from '#shared/contract/mapping.ts';
import { type ExtractKind, extractKindNamed, extractKinds } from '#shared/domain/extract-kinds/index.ts';
import { formatDate, formatShare, plural } from '../../ui/format.ts';
import { Badge, Notice, Panel, Stack } from '../../ui/surface.tsx';
import { type DateOrder, readDate } from './date-order.ts';
import {
  checkDates,
  type Look,
  mappedItems,
  problemsOf,
  sampleValues,
  unusedHeaders,
  withColumn,
} from './mapping-model.ts';
import { wizard } from './text.ts';
import { ValueMeanings } from './value-meanings.tsx';
import classes from './wizard.module.css';
import { changeMapping, chooseKind, goTo, startCheck } from './wizard-state.ts';

type Props = { readonly look: Look; readonly mapping: Mapping | null };

/** Says what each column of the file is. The proposal is shown with its confidence, and can be changed throughout. */
export function MapStep({ look, mapping }: Props) {
  const kind = mapping ? extractKindNamed(mapping.kind) : null;
  const problems = mapping ? problemsOf(mapping) : { missing: [], twice: [] };
  const ready = kind !== null && problems.missing.length === 0 && problems.twice.length === 0;
  return (
    <Stack>
      <Panel title={wizard.mapTitle} note={proposalNote(look)}>
        <MapOptions look={look} mapping={mapping} />
        {mapping && kind ? <ColumnTable look={look} mapping={mapping} kind={kind} /> : null}
      </Panel>
      {mapping && kind ? <ValueMeanings look={look} mapping={mapping} kind={kind} /> : null}
      {mapping ? <Unused look={look} mapping={mapping} /> : null}
      {problems.missing.length > 0 ? (
        <Notice tone="warn">
          <p>{wizard.missing(problems.missing.join(', '))}</p>
        </Notice>
      ) : null}
      {problems.twice.length > 0 ? (
        <Notice tone="warn">
          <p>{wizard.twice(problems.twice.join(', '))}</p>
        </Notice>
      ) : null}
      <div className={classes.foot}>
        <Button variant="default" onClick={() => goTo('look')}>
          {wizard.back}
        </Button>
        <Button onClick={startCheck} disabled={!ready}>
          {wizard.check}
        </Button>
      </div>
    </Stack>
  );
}

function proposalNote(look: Look): string {
  if (look.kind === null) return 'No kind could be proposed. Choose one below.';
  const label = extractKindNamed(look.kind)?.label ?? look.kind;
  return [`Proposed: ${label}, ${formatShare(look.confidence)} sure.`, ...look.reasons].join(' ');
}

function MapOptions({ look, mapping }: Props) {
  const hasDates = extractKindNamed(mapping?.kind ?? '')?.columns.some(
    (column) => (column.type === 'date' || column.type === 'time') && mapping?.columns[column.name] !== undefined,
  );
  const dates = mapping && hasDates ? checkDates(look, mapping) : null;
  return (
    <>
      <div className={classes.options}>
        <Select
          label={wizard.kind}
          data={extractKinds.map((kind) => ({ value: kind.kind, label: kind.label }))}
          value={mapping?.kind ?? null}
          onChange={(value) => value && chooseKind(value)}
          placeholder="Choose"
        />
        {mapping && hasDates ? (
          <Select
            label={wizard.dateOrder}
            data={Object.entries(wizard.dateOrders).map(([value, label]) => ({ value, label }))}
            value={mapping.dateOrder ?? 'iso'}
            onChange={(value) => value && changeMapping({ ...mapping, dateOrder: value as DateOrder })}
          />
        ) : null}
      </div>
      {dates?.unreadable ? (
        <Notice tone="warn">
          <p>{wizard.wrongOrder}</p>
        </Notice>
      ) : dates?.ambiguous ? (
        <Notice tone="warn">
          <p>{wizard.ambiguous}</p>
        </Notice>
      ) : null}
    </>
  );
}

type TableProps = { readonly look: Look; readonly mapping: Mapping; readonly kind: ExtractKind };

function ColumnTable({ look, mapping, kind }: TableProps) {
  const items = mappedItems(mapping);
  return (
    <div className={classes.mapScroll}>
      <table className={classes.map}>
        <thead>
          <tr>
            <th scope="col">Tidemark’s column</th>
            <th scope="col">Column of the file</th>
            <th scope="col">As understood</th>
          </tr>
        </thead>
        <tbody>
          {kind.columns.map((column) => {
            const header = mapping.columns[column.name];
            return (
              <tr key={column.name}>
                <th scope="row">
                  <span className={classes.columnName}>{column.name}</span>
                  <span className={classes.badges}>
                    {column.required && column.fallback === undefined ? (
                      <Badge tone="tide">{wizard.required}</Badge>
                    ) : null}
                    {column.type === 'sealed' ? <Badge tone="warn">{wizard.sealed}</Badge> : null}
                    {column.type === 'person' ? <Badge>{wizard.pseudonym}</Badge> : null}
                  </span>
                  <div className={classes.meaning}>{column.meaning}</div>
                </th>
                <td>
                  <Select
                    size="xs"
                    aria-label={`Column of the file for ${column.name}`}
                    data={[
                      { value: '', label: wizard.leaveEmpty },
                      ...look.columns.filter((name, index, all) => name !== '' && all.indexOf(name) === index),
                    ]}
                    value={header ?? ''}
                    onChange={(value) => changeMapping(withColumn(mapping, column.name, value || null))}
                    searchable
                  />
                </td>
                <td className={classes.seen}>
                  {header === undefined
                    ? column.fallback
                      ? `“${column.fallback}” throughout`
                      : '–'
                    : understood(look, mapping, header, column.type)}
                </td>
              </tr>
            );
          })}
          {items.length > 0 ? (
            <tr>
              <th scope="row">
                <span className={classes.columnName}>
                  {items.length === 1 ? items[0] : `${items[0]} to ${items.at(-1)}`}
                </span>
                <span className={classes.badges}>
                  <Badge tone="warn">{wizard.sealed}</Badge>
                </span>
                <div className={classes.meaning}>
                  Answers to single items: scored, then sealed where one is a safety item
                </div>
              </th>
              <td>{plural(items.length, 'column')}</td>
              <td className={classes.seen}>–</td>
            </tr>
          ) : null}
        </tbody>
      </table>
    </div>
  );
}

function understood(
  look: Look,
  mapping: Mapping,
  header: string,
  type: ExtractKind['columns'][number]['type'],
): string {
  if (type === 'sealed' || type === 'person') return 'not shown again after loading';
  const values = sampleValues(look, header).slice(0, 3);
  if (type !== 'date' && type !== 'time') return values.join(', ');
  return values
    .map((value) => {
      const { iso } = readDate(value, mapping.dateOrder ?? 'iso');
      return iso === null ? `${value} cannot be read` : formatDate(iso);
    })
    .join(', ');
}

function Unused({ look, mapping }: { readonly look: Look; readonly mapping: Mapping }) {
  const unused = unusedHeaders(look, mapping);
  if (unused.length === 0) return null;
  return (
    <Panel title={wizard.unusedTitle} note={wizard.unusedNote}>
      {unused.map((header) => header || '(no name)').join(', ')}
    </Panel>
  );
}
