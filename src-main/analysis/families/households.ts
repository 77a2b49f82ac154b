import type { FamilyMember } from '#shared/domain/family-impact.ts';
import { compareCodePoints } from '../exposure/person-frame.ts';
import type { FamilyRow } from './family-answers.ts';

export type ScaleName = { readonly instrument: string; readonly scale: string };

/** What one household answered in one wave. */
export type Household = {
  readonly token: string;
  readonly rows: readonly FamilyRow[];
  /** Those of the force who are named in it. */
  readonly people: ReadonlySet<number>;
};

export function householdsOf(rows: readonly FamilyRow[]): Household[] {
  const byToken = new Map<string, FamilyRow[]>();
  for (const row of rows) {
    const held = byToken.get(row.household);
    if (held) held.push(row);
    else byToken.set(row.household, [row]);
  }
  return [...byToken]
    .sort(([a], [b]) => compareCodePoints(a, b))
    .map(([token, own]) => ({
      token,
      rows: own,
      people: new Set(
        own.flatMap(({ person, partnerPerson }) => [person, partnerPerson]).filter((one) => one !== null),
      ),
    }));
}

/** Score of a member on a scale; NaN where there is none. */
export function scoreIn({ rows }: Household, member: FamilyMember, { instrument, scale }: ScaleName): number {
  for (const row of rows) {
    if (row.member !== member || row.instrument !== instrument) continue;
    const value = row.scores[scale] ?? null;
    if (value !== null) return value;
  }
  return Number.NaN;
}

export function hasAnswered({ rows }: Household, member: FamilyMember): boolean {
  return rows.some((row) => row.member === member);
}

/**
 * Couples who both serve may have answered under two households, each as the officer of one; they are one couple. The household that holds
 * more of what is looked at stays, the first by token of two alike.
 */
export function eachCoupleOnce(
  households: readonly Household[],
  valuesOf: (household: Household) => number,
): Household[] {
  const fullest = households
    .map((household) => ({ household, values: valuesOf(household) }))
    .sort((a, b) => b.values - a.values);
  const seen = new Set<number>();
  const kept = new Set<Household>();
  for (const { household } of fullest) {
    if ([...household.people].some((person) => seen.has(person))) continue;
    for (const person of household.people) seen.add(person);
    kept.add(household);
  }
  return households.filter((household) => kept.has(household));
}
