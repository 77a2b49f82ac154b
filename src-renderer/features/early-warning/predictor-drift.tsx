import { useMemo } from 'react';
import type { DriftRow } from '#shared/domain/early-warning.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { Panel } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { type PredictorLine, predictorLines, stabilityWords } from './drift-model.ts';
import { text } from './text.ts';

function columnsOf(waves: readonly string[]): readonly TableColumn<PredictorLine>[] {
  return [
    { id: 'predictor', header: 'Predictor', value: (row) => row.words, grow: 1, widthPx: 230 },
    ...waves.map((wave, at) => ({
      id: `wave ${at}`,
      header: wave,
      value: (row: PredictorLine) => row.stability[at] ?? null,
      cell: (row: PredictorLine) => stabilityWords(row.stability[at] ?? null),
      align: 'end' as const,
      widthPx: 120,
    })),
  ];
}

/** How far each predictor has moved since training, wave by wave. */
export function PredictorDriftPanel({ drift }: { readonly drift: readonly DriftRow[] }) {
  const { waves, lines } = useMemo(() => predictorLines(drift), [drift]);
  const columns = useMemo(() => columnsOf(waves), [waves]);
  return (
    <Panel title={text.movedTitle} note={text.movedNote}>
      {lines.length === 0 ? (
        <p>{text.movedNone}</p>
      ) : (
        <DataTable
          id="early-warning-predictor-drift"
          label={text.movedTitle}
          columns={columns}
          rows={lines}
          rowId={(row) => row.code}
          maxHeightPx={520}
        />
      )}
    </Panel>
  );
}
