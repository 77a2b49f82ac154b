import type { OverviewFacts } from '#main/workers/kept-overview.ts';
import { exposureCategories, notTraumatic } from '#shared/domain/exposure-categories.ts';

const countable: ReadonlySet<string> = new Set(exposureCategories.map((category) => category.code));

/** Whether exposures of a category enter counts and loads. */
export function isCountable(category: string): boolean {
  return countable.has(category);
}

/** Rows of imported exposures whose category nobody knows, by category. */
export function unmappedCategoriesOf({ byCategory }: OverviewFacts): OverviewFacts['byCategory'] {
  return byCategory.filter((entry) => !countable.has(entry.code) && entry.code !== notTraumatic);
}

/** Codes without a rule, of exposures and of attendances, with the rows that they keep from being counted; most first. */
export function unmappedCodesOf(facts: OverviewFacts): readonly { readonly code: string; readonly rows: number }[] {
  // A code that stands in both is one code.
  const codes = new Map<string, number>();
  for (const { code, rows } of [...unmappedCategoriesOf(facts), ...(facts.attendances?.unmappedCodes ?? [])]) {
    codes.set(code, (codes.get(code) ?? 0) + rows);
  }
  return [...codes].map(([code, rows]) => ({ code, rows })).sort((a, b) => b.rows - a.rows);
}
