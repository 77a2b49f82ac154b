import { summarise } from '#main/stats/group-comparison/sample-summary.ts';
import type { FamilyChildren, FamilyMeasure } from '#shared/domain/family-impact.ts';
import { instrumentNamed } from '../instruments/registry.ts';
import { fewerThanTen, leastPeople, type ShowCount, toldRows, tooNear } from './counts.ts';
import { type Household, scoreIn } from './households.ts';

/** Which of these counts may be told, so that none that is withheld follows from the others and their total. */
export type ShowParts = (names: readonly string[], counts: readonly number[]) => readonly boolean[];

/** Totals that parents gave of children: one a household, never a child. */
export function childrenOf(
  households: readonly Household[],
  measure: FamilyMeasure,
  show: ShowCount,
  showParts: ShowParts,
): FamilyChildren {
  const answered = households.map((household) => totalOf(household, measure)).filter((total) => !Number.isNaN(total));
  const none = { measure, households: null, mean: null, sd: null, bands: [] };
  if (answered.length === 0) return { ...none, withheld: 'nobody was asked about children' };
  const totals = toldRows(answered, show);
  if (totals === null) return { ...none, withheld: answered.length < leastPeople ? fewerThanTen : tooNear };
  const { mean, sd } = summarise(Float64Array.from(totals));
  return { measure, households: totals.length, mean, sd, bands: bandsOf(totals, measure, showParts), withheld: null };
}

/** As the partner said, else the officer, else another parent. */
function totalOf(household: Household, measure: FamilyMeasure): number {
  for (const member of ['partner', 'officer', 'parent'] as const) {
    const total = scoreIn(household, member, measure);
    if (!Number.isNaN(total)) return total;
  }
  return Number.NaN;
}

function bandsOf(totals: readonly number[], measure: FamilyMeasure, showParts: ShowParts): FamilyChildren['bands'] {
  const set = instrumentNamed(measure.instrument)?.bands.find(
    ({ scale, enabled }) => enabled && scale === measure.scale,
  );
  if (!set) return [];
  const names = set.bands.map(({ name }) => name);
  const counts = set.bands.map(
    ({ from }, at) =>
      totals.filter((total) => total >= from && total < (set.bands[at + 1]?.from ?? Number.POSITIVE_INFINITY)).length,
  );
  const shown = showParts(names, counts);
  return names.map((band, at) => {
    const count = counts[at] ?? 0;
    if (shown[at]) return { band, count, withheld: null };
    return {
      band,
      count: null,
      withheld: count < leastPeople ? fewerThanTen : 'withheld: another band would follow from it',
    };
  });
}
