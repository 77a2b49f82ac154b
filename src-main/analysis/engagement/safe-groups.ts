import type { EngagementInput } from './input.ts';
import { fewestForShare } from './spec.ts';

/**
 * Groups that may be shown beside the whole: no cell is few or follows from the others, and, as shares are shown of them, none has
 * fewer than ten people or could be told as one that has.
 */
export function groupsToShow(
  names: readonly string[],
  table: readonly (readonly number[])[],
  { rowsToShow, minimum }: Pick<EngagementInput, 'rowsToShow' | 'minimum'>,
): readonly boolean[] {
  const people = table.map((row) => [row.reduce((sum, count) => sum + count, 0)]);
  const byCell = rowsToShow(names, table, minimum);
  const byPeople = rowsToShow(names, people, Math.max(minimum, fewestForShare));
  return names.map((_, at) => byCell[at] === true && byPeople[at] === true);
}
