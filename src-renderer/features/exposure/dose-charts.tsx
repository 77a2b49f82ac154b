import { useMemo } from 'react';
import { chartHeightPx } from '#shared/charts/chart-option.ts';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import { ChartPanel } from '../../ui/chart-panel.tsx';
import { specOption } from '../../ui/charts/spec-chart.ts';
import { formatCount, formatNumber } from '../../ui/format.ts';
import type { TableColumn } from '../../ui/table-model.ts';
import { WorkedOut } from '../../ui/worked-out.tsx';
import { doseFinding, doseSpecOf, exposureWords, windowsFinding, windowsSpecOf } from './dose-model.ts';
import type { DosePoint, DoseResult, DoseWindow } from './dose-results.ts';
import { doseText } from './dose-text.ts';
import type { Question } from './filters.ts';

function number<Row>(id: string, header: string, value: (row: Row) => number, decimals: number): TableColumn<Row> {
  return { id, header, value, cell: (row) => formatNumber(value(row), decimals), align: 'end', widthPx: 130 };
}

function curveColumns(question: Question): readonly TableColumn<DosePoint>[] {
  const decimals = question.scheme === 'count-v1' ? 0 : 1;
  return [
    number('exposure', `Exposure in ${question.windowDays} days`, (row) => row.exposure, decimals),
    number('estimate', 'Difference', (row) => row.estimate, 2),
    number('low', 'Lower 95%', (row) => row.low, 2),
    number('high', 'Upper 95%', (row) => row.high, 2),
    {
      ...number<DosePoint>('pairs', 'Pairs with as much or more', (row) => row.pairs, 0),
      widthPx: 200,
      counts: true,
    },
  ];
}

type CurveProps = { readonly question: Question; readonly result: AnalysisResult; readonly dose: DoseResult };

export function DoseCurve({ question, result, dose }: CurveProps) {
  const spec = useMemo(() => doseSpecOf(dose, question), [dose, question]);
  const option = useMemo(() => specOption(spec), [spec]);
  const columns = useMemo(() => curveColumns(question), [question]);
  const title = doseFinding(dose, question);
  const last = dose.curve.at(-1);
  return (
    <ChartPanel
      id="exposure-dose"
      title={title}
      note={doseText.curveNote(
        last?.pairs ?? 0,
        `${formatNumber(last?.exposure ?? 0, question.scheme === 'count-v1' ? 0 : 1)} ${exposureWords(question)}`,
      )}
      description={`Curve of the outcome by exposure with its 95% interval, and below it how many met how much. ${title}. The table behind the chart has every value.`}
      heightPx={chartHeightPx(spec)}
      option={option}
      columns={columns}
      rows={dose.curve}
      rowId={(row) => String(row.exposure)}
      actions={
        <WorkedOut
          result={result}
          numbers={[
            { term: 'Pairs of screenings', value: formatCount(dose.pairs) },
            { term: 'People', value: formatCount(dose.people) },
            { term: 'Completed screenings', value: formatCount(dose.completed) },
          ]}
          steps={[
            'Each completed screening is set beside the scored one before it; only exposure after the earlier one counts.',
            `A ${dose.measure === 'odds ratio' ? 'logistic' : 'linear'} model on a restricted cubic spline of exposure with ${formatCount(dose.knots.length)} knots, with role, length of service and earlier score beside it.`,
            `Errors allow for several pairs of one person (${dose.errors}).`,
            'The curve is told in even steps up to the exposure that one pair in a hundred met or passed.',
          ]}
        />
      }
    />
  );
}

const windowColumns: readonly TableColumn<DoseWindow>[] = [
  number('days', 'Window in days', (row) => row.windowDays, 0),
  number('estimate', 'One more', (row) => row.slope.estimate, 3),
  number('low', 'Lower 95%', (row) => row.slope.low, 3),
  number('high', 'Upper 95%', (row) => row.slope.high, 3),
  number('difference', 'AIC above the best', (row) => row.difference, 1),
  {
    ...number<DoseWindow>('shortened', 'Pairs with a shorter window', (row) => row.shortened, 0),
    widthPx: 200,
    counts: true,
  },
];

export function DoseWindows({ question, dose }: { readonly question: Question; readonly dose: DoseResult }) {
  const spec = useMemo(() => windowsSpecOf(dose, question), [dose, question]);
  const option = useMemo(() => specOption(spec), [spec]);
  const title = windowsFinding(dose);
  return (
    <ChartPanel
      id="exposure-dose-windows"
      title={title}
      note={doseText.windowsNote(question.windowDays)}
      description={`One row a window: what one exposure more goes with, and its 95% interval. ${title}. The table behind the chart has every value.`}
      heightPx={chartHeightPx(spec)}
      option={option}
      columns={windowColumns}
      rows={dose.windows}
      rowId={(row) => String(row.windowDays)}
    />
  );
}
