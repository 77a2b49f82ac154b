import { useMemo } from 'react';
import {
  calibrationSpec,
  calibrationTitle,
  netBenefitSpec,
  netBenefitTitle,
  unitsSpec,
} from '#shared/charts/early-warning-charts.ts';
import type { CalibrationPoint, EarlyWarningResult, NetBenefitPoint } from '#shared/domain/early-warning.ts';
import { type MeasureRow, measureRows } from '#shared/domain/early-warning-measures.ts';
import { countWords, estimateWords } from '#shared/domain/early-warning-words.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { formatNumber, formatShare } from '../../ui/format.ts';
import { Lines } from '../../ui/reading.tsx';
import { Columns, EmptyState, Panel, Stack } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { precisionRecallSpec, precisionRecallTitle } from './accuracy-model.ts';
import classes from './early-warning.module.css';
import { ResultChart } from './result-chart.tsx';
import type { RunProps } from './run-props.ts';
import { text } from './text.ts';

type PrecisionPoint = EarlyWarningResult['precisionRecall'][number];
type Fold = EarlyWarningResult['validation']['folds'][number];
type Unit = EarlyWarningResult['validation']['leaveOneUnitOut']['units'][number];

function words<Row>(id: string, header: string, value: (row: Row) => string, widthPx = 150): TableColumn<Row> {
  return { id, header, value, align: 'end', widthPx };
}

function figure<Row>(id: string, header: string, value: (row: Row) => number, decimals?: number): TableColumn<Row> {
  return {
    id,
    header,
    value,
    cell: (row) => (decimals === undefined ? formatShare(value(row)) : formatNumber(value(row), decimals)),
    align: 'end',
    widthPx: 150,
  };
}

const measureColumns: readonly TableColumn<MeasureRow>[] = [
  { id: 'measure', header: 'Measure', value: (row) => row.measure, grow: 1, widthPx: 190 },
  words('later', 'Later waves', (row) => row.later),
  words('rules', 'Rules alone', (row) => row.rules),
  words('units', 'Units left out', (row) => row.units),
  words('apparent', 'On its own data', (row) => row.apparent),
  words('corrected', 'Less optimism', (row) => row.corrected, 120),
];

const foldColumns: readonly TableColumn<Fold>[] = [
  { id: 'wave', header: 'Tested on', value: (row) => row.testWave, grow: 1, widthPx: 130 },
  {
    id: 'trained',
    header: 'Cases trained on',
    value: (row) => row.trainedOn.cases,
    cell: (row) => countWords(row.trainedOn.cases),
    align: 'end',
    counts: true,
    widthPx: 130,
  },
  {
    id: 'events',
    header: 'Cases tested',
    value: (row) => row.events,
    cell: (row) => countWords(row.events),
    align: 'end',
    counts: true,
  },
  words('auc', 'AUC', (row) => estimateWords(row.auc)),
  words('slope', 'Calibration slope', (row) => estimateWords(row.slope)),
  words('ratio', 'Observed over expected', (row) => estimateWords(row.observedExpected), 180),
];

const unitColumns: readonly TableColumn<Unit>[] = [
  { id: 'unit', header: 'Unit', value: (row) => row.unit, grow: 1, widthPx: 180 },
  words('auc', 'AUC', (row) => (row.auc === null ? text.cannotAssess : estimateWords(row.auc))),
  words(
    'ratio',
    'Observed over expected',
    (row) => (row.observedExpected === null ? text.cannotAssess : estimateWords(row.observedExpected)),
    190,
  ),
];

const calibrationColumns: readonly TableColumn<CalibrationPoint>[] = [
  figure('predicted', 'Predicted', (row) => row.predicted),
  figure('observed', 'Observed', (row) => row.observed),
  figure('low', 'From', (row) => row.low),
  figure('high', 'To', (row) => row.high),
];

const precisionColumns: readonly TableColumn<PrecisionPoint>[] = [
  figure('recall', 'Cases found', (row) => row.recall),
  figure('precision', 'Signals right', (row) => row.precision),
];

const netBenefitColumns: readonly TableColumn<NetBenefitPoint>[] = [
  figure('threshold', 'Chance', (row) => row.threshold),
  figure('model', 'Model', (row) => row.model, 4),
  figure('rules', 'Rules', (row) => row.rules, 4),
  figure('all', 'Offer to all', (row) => row.treatAll, 4),
  figure('none', 'Offer to none', (row) => row.treatNone, 4),
];

/** Discrimination, calibration, net benefit and precision, on waves and units that did not train the model. */
export function AccuracyTab({ result }: RunProps) {
  const { folds } = result.validation;
  if (result.model === null) {
    return (
      <Panel title={text.accuracyTitle}>
        <EmptyState icon="early-warning" title="Not assessable" text={text.noAccuracy} />
      </Panel>
    );
  }
  return (
    <Stack>
      <Panel title={text.accuracyTitle} note={text.accuracyNote}>
        <DataTable
          id="early-warning-measures"
          label={text.accuracyTitle}
          columns={measureColumns}
          rows={measureRows(result)}
          rowId={(row) => row.measure}
          showToolbar={false}
        />
      </Panel>
      <Curves result={result} />
      <Panel title={text.foldsTitle}>
        <DataTable
          id="early-warning-folds"
          label={text.foldsTitle}
          columns={foldColumns}
          rows={folds}
          rowId={(row) => row.testWave}
          showToolbar={false}
          nothing="No later wave could be tested."
        />
      </Panel>
      <Units result={result} />
      <Rules result={result} />
    </Stack>
  );
}

type ResultProps = Pick<RunProps, 'result'>;

function Curves({ result }: ResultProps) {
  return (
    <>
      <Columns>
        <ResultChart
          id="early-warning-calibration"
          title={calibrationTitle(result)}
          note={text.calibrationNote}
          about="Calibration plot: predicted against observed, with intervals and the line of agreement."
          spec={useMemo(() => calibrationSpec(result), [result])}
          columns={calibrationColumns}
          rows={result.calibrationCurve}
          rowId={(row) => String(row.predicted)}
        />
        <ResultChart
          id="early-warning-precision"
          title={precisionRecallTitle(result)}
          note={text.precisionNote}
          about="Precision against recall."
          spec={useMemo(() => precisionRecallSpec(result), [result])}
          columns={precisionColumns}
          rows={result.precisionRecall}
          rowId={(row) => `${row.recall} ${row.precision}`}
        />
      </Columns>
      <ResultChart
        id="early-warning-net-benefit"
        title={netBenefitTitle(result)}
        note={text.netBenefitNote}
        about="Net benefit curves of the model, the rules, an offer to all and to none."
        spec={useMemo(() => netBenefitSpec(result), [result])}
        columns={netBenefitColumns}
        rows={result.netBenefit}
        rowId={(row) => String(row.threshold)}
      />
    </>
  );
}

function Units({ result }: ResultProps) {
  return (
    <ResultChart
      id="early-warning-units"
      title={text.unitsTitle}
      note={text.unitsNote}
      about="One row a unit: how well it is told apart by a model trained without it, with intervals."
      spec={useMemo(() => unitsSpec(result), [result])}
      columns={unitColumns}
      rows={result.validation.leaveOneUnitOut.units}
      rowId={(row) => row.unit}
    />
  );
}

function Rules({ result: { rules } }: ResultProps) {
  return (
    <Panel title={text.rulesTitle} note={text.rulesNote}>
      {rules.words.length === 0 ? <p className={classes.plain}>{text.noRules}</p> : <Lines lines={rules.words} />}
    </Panel>
  );
}
