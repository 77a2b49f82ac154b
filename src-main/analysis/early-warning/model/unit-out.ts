import { type ChosenRidge, fitChosenRidge, linearPredictor } from '#main/stats/regression/ridge-logistic.ts';
import type { EarlyWarningResult, Estimate } from '#shared/domain/early-warning.ts';
import type { LandmarkTable } from '../landmark-table.ts';
import type { Training } from './fit-model.ts';
import { type Predictions, performanceOf, type Resampling, singlePerformance } from './performance.ts';

/** A unit with fewer cases says nothing alone; its people still count in the whole. */
const fewestCases = 10;
const nearTolerance = 1e-6;

/**
 * Each unit tested by a model that no outcome of its landmarks has trained: they weigh nothing in it. The weights for response and the
 * standardisation of the predictors are those of the whole, in which no outcome has a part.
 */
export function leaveOneUnitOut(
  table: LandmarkTable,
  training: Training,
  whole: ChosenRidge,
  resampling: Resampling,
): EarlyWarningResult['validation']['leaveOneUnitOut'] {
  const { data, weights, landmarks } = training;
  const person = landmarks.map((row) => table.person[row] ?? 0);
  const unit = landmarks.map((row) => table.unit[row] ?? 0);
  const logits = new Float64Array(data.rows);
  const tested = new Uint8Array(data.rows);
  const units: { readonly unit: string; readonly auc: Estimate | null; readonly observedExpected: Estimate | null }[] =
    [];
  if (new Set(unit).size < 2) return { overall: null, units: [] };
  table.units.forEach((name, index) => {
    const own = [...unit.keys()].filter((row) => unit[row] === index);
    const others = weights.map((weight, row) => (unit[row] === index ? 0 : weight));
    if (own.length === 0 || !isTeachable(data.y, others)) return;
    const found = linearPredictor(data, fitChosenRidge(data, others, whole.coefficients, nearTolerance).coefficients);
    for (const row of own) {
      logits[row] = found[row] ?? 0;
      tested[row] = 1;
    }
    const part = partOf({ landmarks, person, logits, y: data.y }, Uint32Array.from(own));
    const { events, nonEvents, auc, observedExpected } = singlePerformance(part);
    if (Math.min(events ?? 0, nonEvents ?? 0) >= fewestCases) units.push({ unit: name, auc, observedExpected });
  });
  const rows = Uint32Array.from(tested.keys()).filter((row) => tested[row] === 1);
  if (rows.length === 0) return { overall: null, units: [] };
  return { overall: performanceOf(partOf({ landmarks, person, logits, y: data.y }, rows), resampling), units };
}

/** Whether enough of both outcomes are left. */
function isTeachable(y: Uint8Array, weights: Float64Array): boolean {
  let [cases, others] = [0, 0];
  for (let row = 0; row < y.length; row += 1) {
    if (weights[row] === 0) continue;
    if (y[row] === 1) cases += 1;
    else others += 1;
  }
  return Math.min(cases, others) >= fewestCases;
}

function partOf({ landmarks, person, logits, y }: Predictions, rows: Uint32Array): Predictions {
  return {
    landmarks: rows.map((row) => landmarks[row] ?? 0),
    person: rows.map((row) => person[row] ?? 0),
    logits: Float64Array.from(rows, (row) => logits[row] ?? 0),
    y: Uint8Array.from(rows, (row) => y[row] ?? 0),
  };
}
