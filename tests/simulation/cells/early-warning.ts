import type { LandmarkTable } from '#main/analysis/early-warning/landmark-table.ts';
import { calibrationTest } from '#main/analysis/early-warning/model/fairness.ts';
import { landmarksWhere, trainingOf } from '#main/analysis/early-warning/model/fit-model.ts';
import { unpenalisedTerms } from '#main/analysis/early-warning/model/model-terms.ts';
import { predictors } from '#main/analysis/early-warning/predictors.ts';
import type { RandomStream } from '#shared/domain/random.ts';
import { normalDraws } from '../../statistics/draws.ts';
import type { SimulationCell } from '../cell.ts';

/** Log odds per unit, in the order of the predictors. */
const slopes = [0.3, -0.2, 0.4, 0.5, 0, 0.1, 0.2, -0.1, 0, 0.3, 0, 0.15];
const intercept = -1.6;
const [people, waves] = [300, 4];

/**
 * People seen four times, each with predictors of their own that last; an outcome is the likelier to be known the higher the first predictor, so
 * that the weights have something to do.
 */
function landmarks(stream: RandomStream): { readonly table: LandmarkTable; readonly logits: Float64Array } {
  const count = people * waves;
  const values = predictors.map(() => {
    const lasting = normalDraws(stream, people);
    return Float64Array.from(normalDraws(stream, count), (own, row) => 0.6 * lasting[row % people]! + 0.8 * own);
  });
  const logits = Float64Array.from({ length: count }, (_none, row) =>
    values.reduce((sum, column, at) => sum + slopes[at]! * column[row]!, intercept),
  );
  const outcome = Int8Array.from(logits, (logit, row) => {
    const event = stream.nextUniform() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
    return stream.nextUniform() < 1 / (1 + Math.exp(-1.2 - 0.5 * values[0]![row]!)) ? event : -1;
  });
  const byRow = (of: (row: number) => number): number[] => Array.from({ length: count }, (_none, row) => of(row));
  const table = {
    count,
    predictors,
    values,
    pseudonyms: Array.from({ length: people }, (_none, who) => `p${who}`),
    person: Uint32Array.from(byRow((row) => row % people)),
    day: Int32Array.from(byRow((row) => 18_000 + 210 * Math.floor(row / people))),
    waves: [],
    wave: new Uint16Array(count),
    units: ['A'],
    unit: new Uint16Array(count),
    outcome,
    caseness: outcome,
    spell: outcome,
    complete: new Uint8Array(count).fill(1),
    groups: [],
  };
  return { table, logits };
}

export const earlyWarningCells: readonly SimulationCell[] = [
  {
    name: `early warning: ${predictors.length} planted coefficients before shrinkage, ${people} people seen ${waves} times, a quarter of outcomes not known`,
    replicate: (stream) => {
      const { table } = landmarks(stream);
      const training = trainingOf(
        table,
        landmarksWhere(table, () => true),
      );
      const terms = training && unpenalisedTerms(table, training);
      if (!terms || terms.some((term) => term === null || term.low === null || term.high === null)) return null;
      return terms.map((term, at) => ({
        parameter: predictors[at]!.code,
        low: term!.low!,
        high: term!.high!,
        truth: slopes[at]!,
      }));
    },
  },
  {
    name: `early warning: test of a group’s calibration by people, chances as they are, ${people} people seen ${waves} times`,
    replicate: (stream) => {
      const { table, logits } = landmarks(stream);
      const rows = Uint32Array.from(table.outcome.keys()).filter((row) => table.outcome[row] !== -1);
      const y = Uint8Array.from(rows, (row) => table.outcome[row]!);
      const person = rows.map((row) => table.person[row]!);
      const own = Float64Array.from(rows, (row) => logits[row]!);
      const { p } = calibrationTest({ landmarks: rows, person, logits: own, y }, Uint32Array.from(rows.keys()));
      return [{ parameter: 'observed against expected', p }];
    },
  },
];
