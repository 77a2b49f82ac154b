import { driftSpec, driftTitle, fairnessSpec, fairnessTitle } from '#shared/charts/early-warning-group-charts.ts';
import type { DriftRow, EarlyWarningResult, FairnessRow } from '#shared/domain/early-warning.ts';
import { estimateWords, verdictWords } from '#shared/domain/early-warning-words.ts';
import type { Block, ReportSection } from '#shared/report/document.ts';
import { formatNumber } from '#shared/report/format.ts';
import { countCell } from '../added/added-part.ts';
import { textCell } from '../published-cells.ts';
import type { ModelCardFacts } from './model-card-facts.ts';

const threshold = 10;

/** Whether it is right for every group, and whether it still is at later waves. */
export function fairnessSection({ result }: ModelCardFacts): ReportSection {
  return {
    id: 'fairness',
    heading: 'Whether it is fair, and whether it still holds',
    blocks: [...fairnessBlocks(result), { kind: 'heading', text: 'At later waves' }, ...driftBlocks(result)],
  };
}

function fairnessBlocks(result: EarlyWarningResult): Block[] {
  const shown = result.fairness.filter(({ verdict }) => verdict !== 'withheld');
  if (result.fairness.length === 0) {
    const text =
      'Fairness could not be judged, as no model could be tested on later waves. That is not the same as fair.';
    return [{ kind: 'paragraph', text }];
  }
  return [
    {
      kind: 'paragraph',
      text: 'Observed over expected is 1 where the model is right for a group, and above 1 where it misses people. A group of 50 cases or more that lies outside 0.8 to 1.25, chance ruled out, blocks its use. Smaller groups cannot be assessed, which is not evidence of fairness.',
    },
    ...fairnessFigure(result, shown),
    ...(shown.length === 0 ? [] : [fairnessTable(shown), thresholdTable(shown)]),
    ...withheldGroups(result.fairness),
  ];
}

function fairnessFigure(result: EarlyWarningResult, shown: readonly FairnessRow[]): Block[] {
  const chart = fairnessSpec({ ...result, fairness: shown });
  if (chart === null) return [];
  return [
    {
      kind: 'figure',
      id: 'fairness-figure',
      title: fairnessTitle(result),
      caption: 'Observed over expected by group on later waves, with 95% intervals and the bounds 0.8 to 1.25',
      description: chart.rows.map(({ label, text }) => `${label}: ${text}`).join('; '),
      chart,
      data: {
        columns: [
          { label: 'Group', align: 'start' },
          { label: 'Observed over expected', align: 'end' },
        ],
        rows: chart.rows.map(({ label, text }) => ({ cells: [textCell(label), textCell(text)] })),
        notes: [],
      },
    },
  ];
}

/** Which groups are too small, by characteristic: that nothing is said of them is said. */
function withheldGroups(rows: readonly FairnessRow[]): Block[] {
  const groups = Map.groupBy(
    rows.filter(({ verdict }) => verdict === 'withheld'),
    ({ group }) => group,
  );
  if (groups.size === 0) return [];
  const words = [...groups].map(([group, held]) => `${group} (${held.map(({ level }) => level).join(', ')})`);
  return [
    {
      kind: 'paragraph',
      text: `Too small to show, or withheld to protect one that is: ${words.join('; ')}. The model was found neither fair to them nor unfair; nothing is known.`,
    },
  ];
}

function fairnessTable(rows: readonly FairnessRow[]): Block {
  return {
    kind: 'table',
    id: 'fairness-table',
    caption: 'By group, on later waves',
    columns: [
      { label: 'Group', align: 'start' },
      { label: 'Verdict', align: 'start' },
      { label: 'Screenings', align: 'end' },
      { label: 'Cases', align: 'end' },
      { label: 'AUC', align: 'end' },
      { label: 'p', unit: 'Holm', align: 'end' },
    ],
    rows: rows.map((row) => ({
      cells: [
        textCell(`${row.group}: ${row.level}`),
        textCell(verdictWords(row)),
        countCell(row.landmarks),
        countCell(row.events),
        textCell(estimateWords(row.auc)),
        textCell(row.pHolm === null ? '–' : row.pHolm < 0.001 ? 'under 0.001' : formatNumber(row.pHolm, 3)),
      ],
    })),
    notes: ['A p value is given where a group has 50 cases or more, adjusted by Holm over all of them.'],
    threshold,
  };
}

function thresholdTable(rows: readonly FairnessRow[]): Block {
  return {
    kind: 'table',
    caption: 'By group, at the threshold that capacity sets',
    columns: [
      { label: 'Group', align: 'start' },
      { label: 'Cases reached', unit: 'share', align: 'end' },
      { label: 'Offers that reach a case', unit: 'share', align: 'end' },
    ],
    rows: rows.map(({ group, level, sensitivity, positivePredictiveValue }) => ({
      cells: [`${group}: ${level}`, estimateWords(sensitivity), estimateWords(positivePredictiveValue)].map(textCell),
    })),
    notes: [],
  };
}

function driftBlocks(result: EarlyWarningResult): Block[] {
  const chart = driftSpec(result);
  if (chart === null) {
    return [{ kind: 'paragraph', text: 'No later wave could be compared with the training waves.' }];
  }
  return [
    {
      kind: 'figure',
      id: 'drift-figure',
      title: driftTitle(result),
      caption:
        'Observed over expected at each later wave by the model of the first wave tested, kept as it was, with 95% intervals; and the stability index of the predicted chance',
      description: chart.rows.map(({ label, text }) => `${label}: ${text}`).join('; '),
      chart,
      data: driftData(result.drift),
    },
    { kind: 'list', ordered: false, items: result.drift.map(({ wave, words }) => `${wave}: ${words}`) },
    ...predictorDrift(result),
  ];
}

function driftData(drift: readonly DriftRow[]) {
  return {
    columns: [
      { label: 'Wave', align: 'start' as const },
      { label: 'Screenings', align: 'end' as const },
      { label: 'Cases', align: 'end' as const },
      { label: 'Stability index', align: 'end' as const },
      { label: 'Observed over expected', align: 'end' as const },
      { label: 'Drifted', align: 'start' as const },
    ],
    rows: drift.map((row) => ({
      cells: [
        textCell(row.wave),
        countCell(row.landmarks),
        countCell(row.events),
        row.stability === null
          ? ({ kind: 'not-assessable' } as const)
          : ({ kind: 'number', value: row.stability, decimals: 2 } as const),
        textCell(estimateWords(row.observedExpected)),
        textCell(row.drifted === null ? 'not judged' : row.drifted ? 'yes' : 'no'),
      ],
    })),
    notes: ['Stability index: under 0.1 little has moved, from 0.25 the people screened are others.'],
    threshold,
  };
}

function predictorDrift({ drift }: EarlyWarningResult): Block[] {
  const latest = drift.findLast(({ predictors }) => predictors.length > 0);
  if (latest === undefined) return [];
  return [
    {
      kind: 'table',
      id: 'predictor-drift',
      caption: `How far each predictor has moved by ${latest.wave}`,
      columns: [
        { label: 'Predictor', align: 'start' },
        { label: 'Stability index', align: 'end' },
        { label: 'In a word', align: 'start' },
      ],
      rows: latest.predictors.map(({ words, stability }) => ({
        cells: [
          textCell(`${words.charAt(0).toUpperCase()}${words.slice(1)}`),
          { kind: 'number', value: stability, decimals: 2 },
          textCell(stability >= 0.25 ? 'shifted' : stability >= 0.1 ? 'some change' : 'stable'),
        ],
      })),
      notes: [
        'A predictor may shift because people do, because recording does, or because time passes: first screenings become fewer as screening goes on. A shift is a reason to look, and does not by itself make the chances wrong.',
      ],
    },
  ];
}
