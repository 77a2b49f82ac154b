import { Button, NumberInput, SegmentedControl, Select } from '@mantine/core';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import type { Mapping } from '#shared/contract/mapping.ts';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { Notice } from '../../../ui/surface.tsx';
import type { Look } from './mapping-model.ts';
import { PreviewGrid } from './preview-grid.tsx';
import {
  answerColumns,
  columnsFor,
  filledColumns,
  letterOf,
  loadRead,
  loadUnderstood,
  readRow,
  understoodRow,
} from './preview-source.ts';
import type { RowPages } from './row-pages.ts';
import { useRowPages } from './use-row-pages.ts';
import classes from './wizard.module.css';
import { dialectOf } from './wizard-state.ts';
import { wizard } from './words.ts';

type Props = {
  readonly look: Look;
  readonly mapping: Mapping | null;
  /** Takes the number of the row, from the top of the file, that names the columns. */
  readonly onHeader?: ((row: number) => void) | undefined;
};

type View = 'read' | 'understood';

/** Every row of the file, as read or as understood. */
export function FilePreview({ look, mapping, onHeader }: Props) {
  const [view, setView] = useState<View>('read');
  const shown = mapping === null ? 'read' : view;
  return (
    <>
      <div className={classes.previewBar}>
        <SegmentedControl
          size="xs"
          aria-label="What the rows show"
          value={shown}
          onChange={(value) => setView(value as View)}
          disabled={mapping === null}
          data={[
            { value: 'read', label: wizard.asRead },
            { value: 'understood', label: wizard.asUnderstood },
          ]}
        />
      </div>
      {shown === 'understood' && mapping ? (
        <UnderstoodRows look={look} mapping={mapping} />
      ) : (
        <ReadRows look={look} onHeader={onHeader} />
      )}
    </>
  );
}

function ReadRows({ look, onHeader }: { readonly look: Look; readonly onHeader: Props['onHeader'] }) {
  const dialect = dialectOf(look);
  const { encoding, delimiter, sheet } = dialect;
  const key = JSON.stringify([look.file, encoding, delimiter, sheet]);
  const pages = useRowPages(key, (from, count) => loadRead(look.file, dialect, from, count));
  const isTable = look.format === 'csv' || look.format === 'xlsx';
  const headFrom = look.rowsAbove;
  const headTo = look.header ? headFrom + look.headerRows : headFrom;
  const columns = useMemo(() => {
    const width = Math.max(look.columns.length, ...look.rows.slice(0, 20).map((row) => row.length), 1);
    const names = Array.from({ length: width }, (_, column) => letterOf(column));
    return columnsFor(names, [look.columns, ...look.rows]);
  }, [look]);
  const rowAt = (index: number) => {
    const row = pages.at(index + 1)?.[0];
    if (!row) return null;
    return readRow(row, index < headFrom ? 'above' : index < headTo ? 'names' : undefined);
  };
  return (
    <Rows
      pages={pages}
      label={`${wizard.rows}, ${wizard.asRead.toLowerCase()}`}
      columns={columns}
      rowAt={rowAt}
      onPick={isTable && onHeader ? (index) => onHeader(index + 1) : undefined}
    />
  );
}

function UnderstoodRows({ look, mapping }: { readonly look: Look; readonly mapping: Mapping }) {
  const [part, setPart] = useState('0');
  const key = JSON.stringify([look.file, mapping]);
  const pages = useRowPages(key, (from, count) => loadUnderstood(look.file, mapping, from, count));
  const names = useMemo(() => filledColumns(mapping), [mapping]);
  const all = useMemo(() => answerColumns(mapping.kind), [mapping]);
  const ready = pages.at(1) !== null;
  // Widths are taken from the first rows once, so that nothing moves later.
  const columns = useMemo(() => {
    const firstRows = ready ? Array.from({ length: 20 }, (_, index) => pages.at(index + 1)?.[0]) : [];
    const words = firstRows.map((record) =>
      record ? understoodRow(mapping, names, all, record).cells.map((cell) => cell.text) : [],
    );
    return columnsFor(names, words);
  }, [pages, names, mapping, all, ready]);
  const records = mapping.records?.length ?? 1;
  const rowAt = (index: number) => {
    const found = pages.at(index + 1);
    if (!found) return null;
    const record = found.find((one) => one.part === Number(part)) ?? (part === '0' ? found[0] : undefined);
    return record
      ? understoodRow(mapping, names, all, record)
      : { cells: [{ text: 'no record', tone: 'dim' as const }] };
  };
  return (
    <Rows
      pages={pages}
      label={`${wizard.rows}, ${wizard.asUnderstood.toLowerCase()}`}
      columns={columns}
      rowAt={rowAt}
      extra={
        records > 1 ? (
          <Select
            size="xs"
            aria-label={wizard.record}
            value={part}
            onChange={(value) => setPart(value ?? '0')}
            data={Array.from({ length: records }, (_, one) => ({
              value: String(one),
              label: `${wizard.record} ${one + 1} of ${records}`,
            }))}
          />
        ) : null
      }
    />
  );
}

type RowsProps<Row extends { readonly row: number }> = {
  readonly pages: RowPages<Row>;
  readonly label: string;
  readonly columns: Parameters<typeof PreviewGrid>[0]['columns'];
  readonly rowAt: Parameters<typeof PreviewGrid>[0]['rowAt'];
  readonly onPick?: ((index: number) => void) | undefined;
  readonly extra?: ReactNode;
};

function Rows<Row extends { readonly row: number }>({ pages, label, columns, rowAt, onPick, extra }: RowsProps<Row>) {
  const [typed, setTyped] = useState<number | string>('');
  const [goTo, setGoTo] = useState<{ readonly index: number } | null>(null);
  const { totalRows, indexedRows, stopped } = pages.extent;
  const show = useCallback((first: number, last: number) => pages.show(first + 1, last + 1), [pages]);
  const rows = totalRows ?? indexedRows;
  const go = () => {
    const row = Number(typed);
    if (row >= 1) setGoTo({ index: Math.min(row, rows) - 1 });
  };
  if (pages.error) return <ErrorPanel error={pages.error} />;
  return (
    <>
      <div className={classes.previewBar}>
        <span className={classes.previewCount} role="status">
          {totalRows === null ? wizard.counting(indexedRows) : wizard.counted(totalRows)}
        </span>
        {extra}
        <form
          className={classes.goTo}
          onSubmit={(event) => {
            event.preventDefault();
            go();
          }}
        >
          <NumberInput
            size="xs"
            aria-label={wizard.goToRow}
            placeholder={wizard.goToRow}
            value={typed}
            onChange={setTyped}
            min={1}
            max={Math.max(1, rows)}
            thousandSeparator=","
            hideControls
          />
          <Button size="xs" variant="default" type="submit">
            Go
          </Button>
        </form>
      </div>
      <PreviewGrid
        label={label}
        columns={columns}
        rowCount={rows}
        rowAt={rowAt}
        onShow={show}
        goTo={goTo}
        {...(onPick ? { onPick, pickHint: wizard.pickHint } : {})}
      />
      {stopped ? (
        <Notice tone="warn">
          <p>{stopped}</p>
        </Notice>
      ) : null}
    </>
  );
}
