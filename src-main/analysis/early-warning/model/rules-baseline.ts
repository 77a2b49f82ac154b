import type { CaseDefinition } from '../case-definition.ts';
import type { LandmarkTable } from '../landmark-table.ts';
import type { PredictorCode } from '../predictors.ts';

/** Points that anybody can count by hand: what a model has to beat. */
export type RulesBaseline = { readonly words: readonly string[]; readonly points: Uint8Array };

/** The score that is in the worst quarter of those at risk. */
const worstShare = 0.25;

/** One point for each rule that holds at a landmark. */
export function rulesBaseline(table: LandmarkTable, definition: CaseDefinition): RulesBaseline {
  const column = (code: PredictorCode): Float64Array =>
    table.values[table.predictors.findIndex((predictor) => predictor.code === code)] ?? new Float64Array(table.count);
  const [recent, earlier] = [column('exposures-28'), column('exposures-29-180')];
  const psychological = column('psychological-365');
  const score = column('last-score');
  const higherIsWorse = definition.isCase(Number.MAX_VALUE);
  const sorted = score.slice().sort();
  const place = Math.floor((higherIsWorse ? 1 - worstShare : worstShare) * Math.max(0, sorted.length - 1));
  const limit = sorted[place] ?? Number.NaN;
  const rules: readonly { readonly words: string; readonly holds: (row: number) => boolean }[] = [
    { words: '3 or more exposures in 28 days', holds: (row) => (recent[row] ?? 0) >= 3 },
    {
      words: '8 or more exposures in 180 days',
      holds: (row) => (recent[row] ?? 0) + (earlier[row] ?? 0) >= 8,
    },
    { words: 'a psychological absence in the last year', holds: (row) => (psychological[row] ?? 0) > 0 },
    {
      words: `a last score in the worst quarter (${Number.isFinite(limit) ? limit.toLocaleString('en-GB') : '?'} or ${higherIsWorse ? 'more' : 'less'})`,
      holds: (row) => (higherIsWorse ? (score[row] ?? 0) >= limit : (score[row] ?? 0) <= limit),
    },
  ];
  const points = Uint8Array.from({ length: table.count }, (_, row) =>
    rules.reduce((sum, { holds }) => sum + (holds(row) ? 1 : 0), 0),
  );
  return { words: rules.map(({ words }) => words), points };
}

/**
 * The chance that goes with each number of points, as the logit of the share of cases among those who had them in training, half a case and
 * half another added, and never falling with more points (pooled adjacent violators).
 */
export function pointLogits(points: Uint8Array, rows: Uint32Array, outcome: Int8Array, most: number): Float64Array {
  const blocks: { events: number; others: number; size: number }[] = [];
  for (let count = 0; count <= most; count += 1) {
    let [events, others] = [0.5, 0.5];
    for (const row of rows) {
      if (points[row] !== count) continue;
      if (outcome[row] === 1) events += 1;
      else others += 1;
    }
    blocks.push({ events, others, size: 1 });
    for (let last = blocks.length - 1; last > 0; last -= 1) {
      const [before, here] = [blocks[last - 1], blocks[last]];
      if (!before || !here || before.events * here.others <= here.events * before.others) break;
      blocks.splice(last - 1, 2, {
        events: before.events + here.events,
        others: before.others + here.others,
        size: before.size + here.size,
      });
    }
  }
  return Float64Array.from(
    blocks.flatMap(({ events, others, size }) => Array.from({ length: size }, () => Math.log(events / others))),
  );
}
