import { ok, type Result } from '#shared/domain/result.ts';
import type { FeasibleRange } from './count-network.ts';
import { rounded, type SystemRules } from './count-system.ts';
import { type CrossTable, systemOfTable } from './cross-table.ts';
import { type EarlierRelease, withEarlier } from './earlier-release.ts';
import { suppressCounts, type WithheldReason } from './suppress-counts.ts';
import { type SystemDecision, suppressSystem } from './suppress-system.ts';
import { networkOfList, networkOfTable } from './suppress-table.ts';

export type CrossCell = {
  readonly row: string;
  readonly column: string;
  readonly value: number;
  /** The count as it may be shown, rounded where that was asked for; null where it is withheld. */
  readonly published: number | null;
  readonly reason: WithheldReason | null;
};

export type CrossAudit = FeasibleRange & {
  readonly row: string;
  readonly column: string;
  /** The same for a reader who knows the threshold, and that zeros are never withheld. */
  readonly knowingRules: FeasibleRange;
};

export type SuppressedCrossTable = {
  readonly cells: readonly CrossCell[];
  readonly audit: readonly CrossAudit[];
  readonly method: 'network' | 'linear-programming';
};

/**
 * One two-way table or list is a network, whose withheld counts are chosen by shortest paths and largest flows; margins may
 * be withheld too. Null for any other structure.
 */
function chosenByNetwork(table: CrossTable, rules: SystemRules): Result<readonly boolean[]> | null {
  const isNested = [...table.rows, ...table.columns].some((position) => position.kind === 'subtotal');
  if (isNested || rules.rounding > 1 || rules.threshold < 2) return null;
  const network =
    table.columns.length === 1
      ? networkOfList(
          table.counts.map((row) => row[0] ?? 0),
          false,
        )
      : networkOfTable(table.counts, false);
  const decided = suppressCounts(network, rules);
  return decided.ok ? ok(decided.value.map((reason) => reason !== null)) : decided;
}

/**
 * Disclosure control of one table, one-way, two-way or nested on either side, given what was released before.
 * @returns errors: `DISCLOSURE` where no choice of cells is safe; `BAD_SPEC` where an earlier release contradicts it.
 */
export async function suppressCrossTable(
  table: CrossTable,
  rules: SystemRules,
  earlier: readonly EarlierRelease[] = [],
): Promise<Result<SuppressedCrossTable>> {
  const joined = withEarlier(table, systemOfTable(table), earlier);
  if (!joined.ok) return joined;
  const chosen = earlier.length === 0 ? chosenByNetwork(table, rules) : null;
  if (chosen !== null && !chosen.ok) return chosen;
  const decided = await suppressSystem(joined.value, rules, chosen?.value ?? null);
  if (!decided.ok) return decided;
  return ok({
    ...resultOf(table, rules, decided.value, joined.value.cells),
    method: chosen ? 'network' : 'linear-programming',
  });
}

function resultOf(
  { rows, columns }: CrossTable,
  { rounding }: SystemRules,
  { reasons, audit }: SystemDecision,
  values: readonly { readonly value: number | null }[],
): { cells: CrossCell[]; audit: CrossAudit[] } {
  const width = columns.length;
  const labelled = (index: number) => ({
    row: rows[Math.floor(index / width)]?.label ?? '',
    column: columns[index % width]?.label ?? '',
  });
  const cells = rows.flatMap((_, row) =>
    columns.map((__, column): CrossCell => {
      const index = row * width + column;
      const value = values[index]?.value ?? 0;
      const reason = reasons[index] ?? null;
      return { ...labelled(index), value, published: reason === null ? rounded(value, rounding) : null, reason };
    }),
  );
  return {
    cells,
    audit: audit
      .filter(({ index }) => index < cells.length && reasons[index] !== null)
      .map(({ index, plain, knowingRules }) => ({ ...labelled(index), ...plain, knowingRules })),
  };
}
