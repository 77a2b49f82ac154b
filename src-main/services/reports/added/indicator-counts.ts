import type { IndicatorDefinition } from '#main/analysis/indicators/definition.ts';
import type { Indicator } from '#main/analysis/indicators/evaluate.ts';
import { type CountedAs, type CountToRelease, type KeyedSum, keyOf } from '#main/disclosure/released-counts.ts';
import { isoOfDay, lastDayOfMonth, monthIndexOfIso } from '#shared/domain/dates.ts';
import { printed } from './added-part.ts';

/** Measures whose numerator is some of the people of the denominator. */
const countsPeople: ReadonlySet<IndicatorDefinition['measure']> = new Set([
  'over-threshold',
  'screening-uptake',
  'caseness',
  'long-term-absence',
  'return-sustained',
  'offer-uptake',
  'peer-response',
]);

export function isShareOfPeople({ definition }: Indicator): boolean {
  return countsPeople.has(definition.measure);
}

/** Shares of people as the bundles that forces share count them, so that the two are judged together. */
export function shareCounts({ id, chart }: Indicator): { readonly cells: CountToRelease[]; readonly sums: KeyedSum[] } {
  const cells: CountToRelease[] = [];
  const sums: KeyedSum[] = [];
  for (const { month, numerator, denominator } of chart.points) {
    if (numerator === null || denominator === null) continue;
    const period = { from: `${month}-01`, to: isoOfDay(lastDayOfMonth(monthIndexOfIso(month) ?? 0)) };
    const as = (what: string): CountedAs => ({ group: `indicator|${id}|${what}`, ...period });
    const count = (what: string, value: number): CountToRelease => printed(as(what).group, period, value);
    cells.push(count('those', numerator), count('all', denominator));
    cells.push({ ...count('others', denominator - numerator), loss: 0, shown: false });
    sums.push({ total: keyOf(as('all')), parts: [keyOf(as('those')), keyOf(as('others'))] });
  }
  return { cells, sums };
}
