import { ExpectedError } from '#shared/domain/result.ts';
import { trendTest } from '../../contingency/chi-squared-tests.ts';
import { columnTotals, rowTotals } from '../../contingency/cross-table.ts';
import { at } from '../../linear-algebra/matrix.ts';
import type { ContingencyData } from './data.ts';
import type { ContingencySpec } from './spec.ts';

/** Which side of the table holds the ordered groups of the test for trend; null where neither side has two levels. */
export function groupsOfTrend({ table }: ContingencyData): 'rows' | 'columns' | null {
  if (table.columns.length === 2) return 'rows';
  return table.rows.length === 2 ? 'columns' : null;
}

/**
 * Cochran–Armitage: share of the event over the rows, or of the first row over the columns.
 * @throws ExpectedError BAD_SPEC where the scores are not one a group
 */
export function trendOf(data: ContingencyData, spec: ContingencySpec) {
  const side = groupsOfTrend(data);
  if (side === null) return null;
  const { counts, rows, columns } = data.table;
  const groups = side === 'rows' ? rows : columns;
  if (spec.scores && spec.scores.length !== groups.length) {
    throw new ExpectedError(
      'BAD_SPEC',
      `There are ${spec.scores.length} scores for ${groups.length} groups.`,
      `Nothing was computed. Give one score for each of: ${groups.slice(0, 20).join(', ')}.`,
    );
  }
  const scores = spec.scores ?? groups.map((_group, g) => g + 1);
  const events = groups.map((_group, g) => (side === 'rows' ? at(counts, g, 0) : at(counts, 0, g)));
  const test = trendTest(events, side === 'rows' ? rowTotals(counts) : columnTotals(counts), scores);
  return test && { name: 'Cochran–Armitage', ...test, scores };
}
