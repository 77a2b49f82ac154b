import { Button } from '@mantine/core';
import { type ReactNode, useRef, useState } from 'react';
import type { MakeOption } from './charts/base-option.ts';
import { CanvasChart } from './charts/canvas-chart.tsx';
import { copyImage } from './clipboard.ts';
import { CopyButton } from './copy-button.tsx';
import { DataTable } from './data-table.tsx';
import { Icon } from './icons.tsx';
import { Notice, Panel } from './surface.tsx';
import type { TableColumn } from './table-model.ts';

type Props<Row extends object> = {
  readonly id: string;
  /** The finding, in a sentence. */
  readonly title: string;
  readonly note?: ReactNode;
  readonly description: string;
  readonly heightPx: number;
  /** Stable between renders while what it draws is the same. */
  readonly option: MakeOption;
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  /** False where it shows one person. */
  readonly copyable?: boolean;
  readonly actions?: ReactNode;
  /** Said in place of the chart where there is nothing to draw; the table stays. */
  readonly nothing?: string | null;
};

/** A chart with the table behind it. */
export function ChartPanel<Row extends object>(props: Props<Row>) {
  const { id, title, note, description, heightPx, option, columns, rows, rowId, copyable = true, actions } = props;
  const nothing = props.nothing ?? null;
  const [asTable, setAsTable] = useState(false);
  const picture = useRef<(() => string) | null>(null);
  return (
    <Panel
      title={title}
      note={note}
      actions={
        <>
          {actions}
          {asTable || !copyable || nothing !== null ? null : (
            <CopyButton
              label="Copy image"
              icon="picture"
              text={() => (picture.current ? copyImage(picture.current(), title) : Promise.resolve(false))}
            />
          )}
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<Icon name={asTable ? 'exposure' : 'table'} size={15} />}
            aria-pressed={asTable}
            onClick={() => setAsTable((now) => !now)}
          >
            {asTable ? 'Show chart' : 'Show table'}
          </Button>
        </>
      }
    >
      {asTable ? (
        <DataTable id={id} label={title} columns={columns} rows={rows} rowId={rowId} copyable={copyable} />
      ) : nothing === null ? (
        <CanvasChart option={option} heightPx={heightPx} description={description} picture={picture} />
      ) : (
        <Notice>
          <p>{nothing}</p>
        </Notice>
      )}
    </Panel>
  );
}
