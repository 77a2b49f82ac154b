import {
  calibrationSpec,
  calibrationTitle,
  netBenefitSpec,
  netBenefitTitle,
  unitsSpec,
} from '#shared/charts/early-warning-charts.ts';
import type { EarlyWarningResult } from '#shared/domain/early-warning.ts';
import { measureRows } from '#shared/domain/early-warning-measures.ts';
import { estimateWords } from '#shared/domain/early-warning-words.ts';
import type { Block, ReportSection, TableBlock } from '#shared/report/document.ts';
import { countCell } from '../added/added-part.ts';
import { textCell } from '../published-cells.ts';
import { capacityBlocks } from './capacity-blocks.ts';
import type { ModelCardFacts } from './model-card-facts.ts';

const threshold = 10;
const end = 'end' as const;
const start = 'start' as const;

/** How well it tells apart, how true its chances are, and what acting on it would do. */
export function accuracySection({ result }: ModelCardFacts): ReportSection {
  return {
    id: 'accuracy',
    heading: 'How well it tells apart, and how true its chances are',
    blocks:
      result.model === null
        ? [{ kind: 'paragraph', text: 'No model was fitted, so there is nothing to test.' }]
        : [
            {
              kind: 'paragraph',
              text: 'Later waves decide: the model was trained on earlier ones. What it says of the data that made it shows how much better a model looks there.',
            },
            ...measuresTables(result),
            ...calibration(result),
            ...netBenefit(result),
            ...foldsTable(result),
            ...units(result),
            ...capacityBlocks(result),
          ],
  };
}

/** What decides, and then how much better a model looks where it is not tested as hard. */
function measuresTables(result: EarlyWarningResult): TableBlock[] {
  const { optimism } = result.validation;
  const rows = measureRows(result);
  return [
    {
      kind: 'table',
      id: 'measures',
      caption: 'Every measure on later waves, which decide',
      columns: [
        { label: 'Measure', align: start },
        { label: 'The model', align: end },
        { label: 'The rules', align: end },
      ],
      rows: rows.map(({ measure, later, rules }) => ({ cells: [measure, later, rules].map(textCell) })),
      notes: [
        'Intervals are 95%, from resamples of people, who may stand in it several times; of a single wave the interval of the area under the curve (AUC) is by DeLong.',
      ],
    },
    {
      kind: 'table',
      id: 'measures-beside',
      caption: 'The same measures on the data that made it, and unit by unit',
      columns: [
        { label: 'Measure', align: start },
        { label: 'The data that made it', align: end },
        { label: 'Those less optimism', align: end },
        { label: 'Units left out', align: end },
      ],
      rows: rows.map(({ measure, apparent, corrected, units: left }) => ({
        cells: [measure, apparent, corrected, left].map(textCell),
      })),
      notes: [
        optimism === null
          ? 'Optimism could not be worked out.'
          : `Optimism: the whole modelling was done again in ${optimism.resamples} resamples of people (Harrell, Lee and Mark 1996).`,
      ],
    },
  ];
}

function calibration(result: EarlyWarningResult): Block[] {
  const chart = calibrationSpec(result);
  if (chart === null) return [];
  return [
    {
      kind: 'figure',
      id: 'calibration',
      title: calibrationTitle(result),
      caption:
        'Predicted chance and observed share on later waves, by tenths of the people tested, joined where one holds fewer than 10 cases or 10 others; with 95% intervals',
      description: `${calibrationTitle(result)}. Points on the dashed line would be right.`,
      chart,
      data: {
        columns: [
          { label: 'Predicted chance', align: end },
          { label: 'Observed', align: end },
          { label: '95% interval', unit: '%', align: end },
        ],
        rows: result.calibrationCurve.map(({ predicted, observed, low, high }) => ({
          cells: [
            { kind: 'share', value: predicted, decimals: 1 },
            { kind: 'share', value: observed, decimals: 1 },
            { kind: 'interval', low: 100 * low, high: 100 * high, decimals: 1 },
          ],
        })),
        notes: [],
      },
    },
  ];
}

function netBenefit(result: EarlyWarningResult): Block[] {
  const chart = netBenefitSpec(result);
  if (chart === null) return [];
  return [
    {
      kind: 'figure',
      id: 'decision-curve',
      title: netBenefitTitle(result),
      caption:
        'Decision curve: net benefit by the chance from which support is offered, on later waves. It weighs cases found against needless offers; a model helps where it lies above all others',
      description: `${netBenefitTitle(result)}. Lines of the model, of the rules, of an offer to everybody and of none.`,
      chart,
      data: {
        columns: [
          { label: 'Offered from', align: end },
          { label: 'Model', align: end },
          { label: 'Rules', align: end },
          { label: 'To all', align: end },
          { label: 'To none', align: end },
        ],
        rows: result.netBenefit.map(({ threshold: from, model, rules, treatAll, treatNone }) => ({
          cells: [
            { kind: 'share', value: from, decimals: 1 },
            ...[model, rules, treatAll, treatNone].map((value) => ({ kind: 'number', value, decimals: 4 }) as const),
          ],
        })),
        notes: [],
      },
    },
  ];
}

function foldsTable({ validation: { folds } }: EarlyWarningResult): Block[] {
  if (folds.length === 0) return [];
  return [
    {
      kind: 'table',
      id: 'folds',
      caption: 'Tested wave by wave, each by a model of the waves before',
      columns: [
        { label: 'Wave', align: start },
        { label: 'Cases learnt from', align: end },
        { label: 'Screenings', align: end },
        { label: 'Cases', align: end },
        { label: 'AUC', align: end },
        { label: 'Slope', align: end },
        { label: 'Observed over expected', align: end },
      ],
      rows: folds.map(({ testWave, trainedOn, landmarks, events, auc, slope, observedExpected }) => ({
        cells: [
          textCell(testWave),
          countCell(trainedOn.cases),
          countCell(landmarks),
          countCell(events),
          textCell(estimateWords(auc)),
          textCell(slope === null ? 'not assessable' : slope.estimate.toFixed(2)),
          textCell(observedExpected === null ? 'not assessable' : observedExpected.estimate.toFixed(2)),
        ],
      })),
      notes: [
        'Slope and observed over expected of one wave are given without interval; their intervals are of all waves.',
      ],
      threshold,
    },
  ];
}

function units(result: EarlyWarningResult): Block[] {
  const chart = unitsSpec(result);
  if (chart === null) return [];
  return [
    {
      kind: 'figure',
      id: 'units',
      title: 'Each unit, by a model that never saw it',
      caption:
        'Area under the curve of each unit, left out of the training, with 95% intervals. Small units are withheld',
      description: chart.rows.map(({ label, text }) => `${label}: ${text}`).join('; '),
      chart,
      data: {
        columns: [
          { label: 'Unit', align: start },
          { label: 'AUC', align: end },
          { label: 'Observed over expected', align: end },
        ],
        rows: result.validation.leaveOneUnitOut.units.map(({ unit, auc, observedExpected }) => ({
          cells: [textCell(unit), textCell(estimateWords(auc)), textCell(estimateWords(observedExpected))],
        })),
        notes: [],
      },
    },
  ];
}
