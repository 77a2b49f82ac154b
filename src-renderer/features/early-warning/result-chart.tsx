import { type ReactNode, useMemo } from 'react';
import { chartHeightPx } from '#shared/charts/chart-option.ts';
import type { ChartSpec } from '#shared/charts/chart-spec.ts';
import { ChartPanel } from '../../ui/chart-panel.tsx';
import { specOption } from '../../ui/charts/spec-chart.ts';
import { Notice, Panel } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';

type Props<Row extends object> = {
  readonly id: string;
  readonly title: string;
  readonly note: ReactNode;
  /** What kind of chart it is, for people who do not see it. */
  readonly about: string;
  readonly spec: ChartSpec | null;
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
};

/** A chart of the model card; where there is nothing to draw it says so in place of it. */
export function ResultChart<Row extends object>({ about, spec, ...props }: Props<Row>) {
  const option = useMemo(() => (spec === null ? null : specOption(spec)), [spec]);
  if (spec === null || option === null) {
    return (
      <Panel title={props.title} note={props.note}>
        <Notice>
          <p>Not assessable: nothing could be tested. The checks in the summary say why.</p>
        </Notice>
      </Panel>
    );
  }
  return (
    <ChartPanel
      {...props}
      description={`${about} ${props.title}. The table behind the chart has every value.`}
      heightPx={chartHeightPx(spec)}
      option={option}
    />
  );
}
