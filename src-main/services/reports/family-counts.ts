import { countsApart } from '#main/disclosure/counts-apart.ts';
import { type CountedAs, keyOf, type ReleasedCounts } from '#main/disclosure/released-counts.ts';
import type { Shown } from './published-cells.ts';

/** Of clinical and family measures, whatever is asked. */
export const familyThreshold = 10;

/** A count of households of one wave, as its analysis tells it: null where it is withheld there. */
export type FamilyCount = { readonly of: string; readonly count: number | null };

/** A wave of the family survey, on the day of its last answer. */
export type FamilyWave = { readonly wave: string; readonly day: string };

export type JudgedFamilyCounts = {
  readonly shown: ReadonlyMap<string, Shown>;
  readonly released: ReleasedCounts;
};

function prefixOf({ wave }: FamilyWave): string {
  return `families of wave ${wave}|`;
}

function countedAs(wave: FamilyWave, of: string): CountedAs {
  return { group: `${prefixOf(wave)}${of}`, from: wave.day, to: wave.day };
}

/** A release of which a count has changed since is about other answers. */
function agrees(release: ReleasedCounts, counts: ReadonlyMap<string, number | null>): boolean {
  return release.cells.every((cell) => {
    const now = counts.get(keyOf(cell));
    return now === undefined || now === null || now === cell.value;
  });
}

/**
 * Which counts of households may be let out beside those of earlier releases of the same wave. The analysis has withheld what is
 * small, or near another of its own counts; here goes what is near, and not equal, to one that is out already, because a reader
 * may lay the two releases side by side.
 */
export function judgeFamilyCounts(
  wave: FamilyWave,
  counts: readonly FamilyCount[],
  earlier: readonly ReleasedCounts[],
): JudgedFamilyCounts {
  const told = new Map(counts.map(({ of, count }) => [keyOf(countedAs(wave, of)), count]));
  const out = earlier
    .filter((release) => agrees(release, told))
    .flatMap(({ cells }) => cells.filter((cell) => cell.group.startsWith(prefixOf(wave)) && cell.to === wave.day))
    .filter(({ published }) => published)
    .map(({ value }) => value);
  const show = countsApart(familyThreshold, out);
  const shown = new Map(
    counts.map(({ of, count }): [string, Shown] => {
      const value = count === null ? null : show(count);
      return [of, { value, reason: value === null ? 'complementary' : null }];
    }),
  );
  const cells = [...shown].flatMap(([of, { value }]) =>
    value === null ? [] : [{ ...countedAs(wave, of), value, published: true, shown: true }],
  );
  return { shown, released: { cells, sums: [], threshold: familyThreshold } };
}
