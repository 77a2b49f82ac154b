import { ExpectedError } from '#shared/domain/result.ts';
import { type DataTable, numbersIn } from '../data/table.ts';

/** @throws ExpectedError BAD_COLUMN at a number that is no probability, naming the row. */
export function probabilitiesIn(table: DataTable, name: string, rows: Int32Array): Float64Array {
  const values = numbersIn(table, name, rows);
  const at = values.findIndex((value) => value < 0 || value > 1);
  if (at < 0) return values;
  throw new ExpectedError(
    'BAD_COLUMN',
    `“${name}” must hold probabilities from 0 to 1, but row ${(rows[at] as number) + 1} holds ${values[at]}.`,
    'Nothing was computed. Give predicted probabilities, not scores, logits or percentages.',
    { column: name, row: (rows[at] as number) + 1 },
  );
}

/** Probabilities in rising order, with their events; sorted by outcome and merged, which is much faster than sorting places. */
export function sortByProbability(
  probabilities: Float64Array,
  outcomes: Uint8Array,
): { readonly sorted: Float64Array; readonly events: Uint8Array } {
  const positive = probabilities.filter((_p, row) => outcomes[row] === 1).sort();
  const negative = probabilities.filter((_p, row) => outcomes[row] === 0).sort();
  const sorted = new Float64Array(probabilities.length);
  const events = new Uint8Array(probabilities.length);
  let [i, j] = [0, 0];
  for (let row = 0; row < sorted.length; row += 1) {
    const event = i < positive.length && (j >= negative.length || (positive[i] as number) <= (negative[j] as number));
    sorted[row] = (event ? positive[i] : negative[j]) as number;
    events[row] = event ? 1 : 0;
    if (event) i += 1;
    else j += 1;
  }
  return { sorted, events };
}
