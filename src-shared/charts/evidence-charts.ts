import { spelledEffect } from '../domain/evidence/effect-words.ts';
import { isRatioMeasure, isRefused, type ReviewSynthesis, type SynthesisRow } from '../domain/evidence/synthesis.ts';
import type { MetaForestSpec, StudyFunnelSpec } from './evidence-specs.ts';

type ForestRow = MetaForestSpec['rows'][number];

/** The forest plot of a synthesis. Its words are those of the table: both write a row by `spelledEffect`. */
export function forestOfSynthesis(result: ReviewSynthesis): MetaForestSpec {
  const { measure, rows, pooled, fixed, reviews, confidence, better, none } = result;
  const scale = scaleOf(result);
  const place = ({ estimate, low, high }: Pick<SynthesisRow, 'estimate' | 'low' | 'high'>) => ({
    ...{ estimate: scale(estimate), low: low === null ? null : scale(low), high: high === null ? null : scale(high) },
  });
  const studyRow = (row: SynthesisRow): ForestRow => ({
    kind: 'study',
    label: row.finding === '' || !isRepeated(row, rows) ? row.title : `${row.title}, ${row.finding}`,
    ...place(row),
    text: spelledEffect(measure, row),
    weight: row.weight,
  });
  const pooledRows: ForestRow[] = isRefused(pooled)
    ? []
    : [
        {
          kind: 'pooled',
          label: pooled.model === 'random' ? 'Pooled, random effects' : 'Pooled, one effect',
          ...place(pooled),
          text: spelledEffect(measure, pooled),
          weight: null,
        },
        ...(pooled.predictionLow === null
          ? []
          : [predictionRow(measure, place, pooled.estimate, pooled.predictionLow, pooled.predictionHigh)]),
        ...(fixed === null || pooled.model === 'fixed'
          ? []
          : [
              {
                kind: 'pooled' as const,
                label: 'If one effect for all',
                ...place(fixed),
                text: spelledEffect(measure, fixed),
                weight: null,
              },
            ]),
      ];
  const [good, bad] = ['better with it', 'worse with it'];
  return {
    kind: 'meta-forest',
    measure: axisWords(result),
    ratio: isRatioMeasure(measure),
    heads: { effect: `Effect (${Number((100 * confidence).toFixed(4))}% limits)`, weight: 'Weight' },
    rows: [
      ...rows.map(studyRow),
      ...pooledRows,
      ...reviews.map((row) => ({
        ...{
          kind: 'review' as const,
          label: row.title,
          ...place(row),
          text: spelledEffect(measure, row),
          weight: null,
        },
      })),
    ],
    none,
    sides:
      none === null || measure === 'ZCOR'
        ? null
        : better === 'low'
          ? { left: good, right: bad }
          : { left: bad, right: good },
  };
}

function isRepeated({ study }: SynthesisRow, rows: readonly SynthesisRow[]): boolean {
  return rows.filter((row) => row.study === study).length > 1;
}

function predictionRow(
  measure: ReviewSynthesis['measure'],
  place: (interval: Pick<SynthesisRow, 'estimate' | 'low' | 'high'>) => Pick<ForestRow, 'estimate' | 'low' | 'high'>,
  estimate: number,
  low: number,
  high: number | null,
): ForestRow {
  const written = { estimate: null, low, high };
  return {
    ...{ kind: 'prediction', label: 'A further study' },
    ...{ ...place({ estimate, low, high }), text: spelledEffect(measure, written), weight: null },
  };
}

/** Shares are drawn in per cent. */
function scaleOf({ measure }: ReviewSynthesis): (value: number) => number {
  return measure === 'PLO' ? (value) => 100 * value : (value) => value;
}

function axisWords({ measure, measureWords }: ReviewSynthesis): string {
  const words = `${measureWords.charAt(0).toUpperCase()}${measureWords.slice(1)}`;
  return measure === 'PLO' ? 'Per cent of people' : words;
}

/** The funnel plot of a synthesis; null where nothing is pooled, or where a share is. */
export function funnelOfSynthesis(result: ReviewSynthesis): StudyFunnelSpec | null {
  const { pooled, rows, measure } = result;
  if (isRefused(pooled) || measure === 'PLO' || measure === 'ZCOR') return null;
  return {
    kind: 'study-funnel',
    measure: axisWords(result),
    ratio: isRatioMeasure(measure),
    points: rows.map(({ title, estimate, se }) => ({ label: title, effect: estimate, se })),
    pooled: pooled.estimate,
  };
}
