import { countLedger } from '#main/analysis/early-warning/counts/count-ledger.ts';
import { withholdCounts } from '#main/analysis/early-warning/counts/withhold-counts.ts';
import { documented, type EarlyWarningInput } from '#main/analysis/early-warning/early-warning.ts';
import { rowsOfSafeTable } from '#main/disclosure/safe-rows.ts';
import { suppressList } from '#main/disclosure/suppress-table.ts';
import { unionsToShow } from '#main/disclosure/unions-to-show.ts';
import type { EarlyWarningResult } from '#shared/domain/early-warning.ts';

/** Of clinical measures, whatever is asked. */
const threshold = 10;

/** The result as it may leave: counts that are few, or from which such a one could be told, are withheld in figures and in words. */
export async function disclosedResult(
  result: EarlyWarningResult,
  { table, spec, definition }: Pick<EarlyWarningInput, 'table' | 'spec' | 'definition'>,
): Promise<EarlyWarningResult> {
  const tested = result.validation.folds.map(({ testWave }) => table.waves.findIndex(({ name }) => name === testWave));
  const { sizes, counts } = countLedger(table, spec, tested);
  const given = await unionsToShow(sizes, counts, threshold);
  const withheld = withholdCounts(result, { mayGive: (name) => given.has(name), mayGiveParts, threshold });
  return withheld.model === null ? withheld : documented(withheld, spec, definition);
}

/** Which levels of a characteristic may be shown, from the cases and others of each, beside the whole. */
export function levelsToShow(levels: readonly string[], counts: readonly (readonly number[])[]): readonly boolean[] {
  return levels.length === 0 ? [] : rowsOfSafeTable(levels, counts, threshold);
}

function mayGiveParts(rows: readonly string[], counts: readonly number[]): readonly boolean[] {
  const checked = suppressList({ rows, counts, threshold });
  return rows.map((_, at) => checked.ok && checked.value.cells[at]?.published === true);
}
