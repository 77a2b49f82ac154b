import type { EarlyWarningResult } from '#shared/domain/early-warning.ts';
import type { LandmarkTable } from '../landmark-table.ts';
import { type FittedModel, fitModel, landmarksWhere } from './fit-model.ts';
import { type Predictions, performanceOf, type Resampling, singlePerformance } from './performance.ts';
import { scoreLandmarks } from './score.ts';
import { joined, predictionsOf } from './temporal.ts';

/** A unit with fewer cases says nothing alone; its people still count in the whole. */
const fewestCases = 10;

/** Each unit tested by a model that none of its landmarks has trained. */
export function leaveOneUnitOut(
  table: LandmarkTable,
  whole: FittedModel,
  resampling: Resampling,
): EarlyWarningResult['validation']['leaveOneUnitOut'] {
  const parts: Predictions[] = [];
  const units: {
    unit: string;
    auc: ReturnType<typeof singlePerformance>['auc'];
    observedExpected: ReturnType<typeof singlePerformance>['observedExpected'];
  }[] = [];
  if (table.units.length < 2) return { overall: null, units: [] };
  table.units.forEach((unit, index) => {
    const tested = landmarksWhere(table, (row) => table.unit[row] === index);
    if (tested.length === 0) return;
    const model = fitModel(
      table,
      landmarksWhere(table, (row) => table.unit[row] !== index),
      whole,
    );
    if (!model) return;
    const logits = scoreLandmarks(model, table);
    const predictions = predictionsOf(table, tested, (row) => logits[row] ?? 0);
    parts.push(predictions);
    const { events, nonEvents, auc, observedExpected } = singlePerformance(predictions);
    if (Math.min(events, nonEvents) >= fewestCases) units.push({ unit, auc, observedExpected });
  });
  const all = joined(parts);
  return { overall: all.y.length === 0 ? null : performanceOf(all, resampling), units };
}
