import { useMemo } from 'react';
import { driftSpec, driftTitle } from '#shared/charts/early-warning-group-charts.ts';
import type { DriftRow } from '#shared/domain/early-warning.ts';
import { countWords, estimateWords, numberWords } from '#shared/domain/early-warning-words.ts';
import { Lines } from '../../ui/reading.tsx';
import { EmptyState, Panel, Stack } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { PredictorDriftPanel } from './predictor-drift.tsx';
import { ResultChart } from './result-chart.tsx';
import type { RunProps } from './run-props.ts';
import { text } from './text.ts';

const columns: readonly TableColumn<DriftRow>[] = [
  { id: 'wave', header: 'Wave', value: (row) => row.wave, widthPx: 110 },
  { id: 'drifted', header: 'Drifted', value: driftedWord, widthPx: 110 },
  {
    id: 'stability',
    header: 'Stability index',
    value: (row) => row.stability,
    cell: (row) => numberWords(row.stability, 3),
    align: 'end',
    widthPx: 130,
  },
  {
    id: 'ratio',
    header: 'Observed over expected',
    value: (row) => row.observedExpected?.estimate ?? null,
    cell: (row) => estimateWords(row.observedExpected),
    align: 'end',
    widthPx: 190,
  },
  {
    id: 'intercept',
    header: 'Calibration intercept',
    value: (row) => row.intercept?.estimate ?? null,
    cell: (row) => estimateWords(row.intercept),
    align: 'end',
    widthPx: 190,
  },
  {
    id: 'landmarks',
    header: 'Screenings',
    value: (row) => row.landmarks,
    cell: (row) => countWords(row.landmarks),
    align: 'end',
    widthPx: 110,
    counts: true,
  },
  {
    id: 'events',
    header: 'Cases',
    value: (row) => row.events,
    cell: (row) => countWords(row.events),
    align: 'end',
    widthPx: 110,
    counts: true,
  },
  { id: 'words', header: 'In words', value: (row) => row.words, grow: 1, widthPx: 320 },
];

function driftedWord({ drifted }: DriftRow): string {
  return drifted === null ? 'not judged' : drifted ? 'yes' : 'no';
}

/** Whether the people and the chances still are what the model was trained on, wave by wave. */
export function DriftTab({ result }: RunProps) {
  const spec = useMemo(() => driftSpec(result), [result]);
  const title = driftTitle(result);
  if (spec === null) {
    return (
      <Panel title={title}>
        <EmptyState icon="early-warning" title="Not assessable" text={text.noDrift} />
      </Panel>
    );
  }
  return (
    <Stack>
      <ResultChart
        id="early-warning-drift"
        title={title}
        note={text.driftNote}
        about="One row a wave: observed over expected with its interval, the bounds 0.8 to 1.25, and the stability index."
        spec={spec}
        columns={columns}
        rows={result.drift}
        rowId={(row) => row.wave}
      />
      <PredictorDriftPanel drift={result.drift} />
      <Panel title="Wave by wave, in words">
        <Lines lines={result.drift.map(({ wave, words }) => `${wave}: ${words}`)} />
      </Panel>
    </Stack>
  );
}
