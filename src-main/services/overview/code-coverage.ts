import type { OverviewFacts } from '#main/workers/kept-overview.ts';
import { todayOf, type VaultContext } from '../call-context.ts';
import { unmappedCategoriesOf, unmappedCodesOf } from './unmapped-codes.ts';

/** How much of the exposure rows and attendances the code rules know, in rows. */
export type CodesHeld = {
  readonly all: number;
  readonly covered: number;
  /** Attendances of incidents that are not imported: no rule can know them. */
  readonly notImported: number;
  /** Codes without a rule, most rows first. */
  readonly unmapped: readonly { readonly code: string; readonly rows: number }[];
};

export function codesHeldIn(facts: OverviewFacts): CodesHeld {
  const rows = facts.byCategory.reduce((sum, entry) => sum + entry.rows, 0);
  const unmapped = unmappedCategoriesOf(facts).reduce((sum, entry) => sum + entry.rows, 0);
  const attended = facts.attendances?.coverage.attendances;
  return {
    all: rows + (attended?.all ?? 0),
    covered: rows - unmapped + (attended ? attended.traumatic + attended.notTraumatic : 0),
    notImported: attended?.notImported ?? 0,
    unmapped: unmappedCodesOf(facts),
  };
}

export async function codesHeld(context: VaultContext): Promise<CodesHeld> {
  return codesHeldIn(await context.vault.analysis.overview(todayOf(context), context.signal));
}
