import { useMemo } from 'react';
import type { IntervalsSpec } from '#shared/charts/intervals-spec.ts';
import type { DriftRow, EarlyWarningResult } from '#shared/domain/early-warning.ts';
import { formatNumber, plural } from '../../ui/format.ts';
import { Lines } from '../../ui/reading.tsx';
import { EmptyState, Panel, Stack } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { PredictorDriftPanel } from './predictor-drift.tsx';
import { ResultChart } from './result-chart.tsx';
import type { RunProps } from './run-props.ts';
import { text } from './text.ts';
import { countWords, estimateWords, numberWords } from './words.ts';

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

function driftSpec({ drift }: EarlyWarningResult): IntervalsSpec | null {
  if (drift.length === 0) return null;
  return {
    kind: 'intervals',
    measure: 'Observed over expected (log scale)',
    ratio: true,
    bounds: { low: 0.8, high: 1.25, label: '0.8 to 1.25' },
    reference: 1,
    rows: drift.map((row) => ({
      label: row.wave,
      estimate: row.observedExpected?.estimate ?? null,
      low: row.observedExpected?.low ?? null,
      high: row.observedExpected?.high ?? null,
      text: `${estimateWords(row.observedExpected)}; stability ${row.stability === null ? 'not assessable' : formatNumber(row.stability, 2)}`,
      flagged: row.drifted === true,
    })),
  };
}

function driftTitle({ drift }: EarlyWarningResult): string {
  const moved = drift.filter(({ drifted }) => drifted === true);
  if (drift.length === 0) return 'Later waves against training';
  const first = moved[0];
  return first
    ? `The model has drifted in ${moved.length === 1 ? first.wave : `${plural(moved.length, 'wave')}, first in ${first.wave}`}`
    : `No drift seen in ${plural(drift.length, 'later wave')}`;
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
