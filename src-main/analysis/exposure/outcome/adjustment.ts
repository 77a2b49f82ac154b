import { compareCodePoints } from '../person-frame.ts';
import type { OutcomeData } from './outcome-model.ts';
import type { ExposureOutcomeSpec } from './outcome-spec.ts';
import type { ScreeningPair } from './screening-pairs.ts';

/** What a role needs to have a term of its own. */
const leastPairs = 10;
const leastOfEach = 5;

export type Adjustment = {
  readonly adjusted: OutcomeData['adjusted'];
  /** Roles as they enter, the reference first; empty where there is no more than one. */
  readonly roles: readonly string[];
  /** Roles with too few pairs, or too few of either outcome, that were joined. */
  readonly joined: readonly string[];
};

export const otherRoles = 'other roles';

/** Columns for role, service and the earlier score. Roles with little to say are joined, or a logistic model has no estimate. */
export function adjustmentOf(
  pairs: readonly ScreeningPair[],
  outcome: Float64Array,
  { adjust, outcome: kind }: ExposureOutcomeSpec,
): Adjustment {
  const columns: { name: string; values: Float64Array }[] = [];
  const { roles, nameOf, joined } = adjust.includes('role')
    ? rolesOf(pairs, outcome, kind === 'case')
    : { roles: [], nameOf: new Map<string, string>(), joined: [] };
  for (const role of roles.slice(1)) {
    const values = Float64Array.from(pairs, (pair) => (nameOf.get(pair.role) === role ? 1 : 0));
    columns.push({ name: `role ${role}`, values });
  }
  if (adjust.includes('service')) {
    columns.push({ name: 'service years', values: Float64Array.from(pairs, ({ serviceYears }) => serviceYears) });
  }
  if (adjust.includes('prior')) {
    columns.push({ name: 'earlier score', values: Float64Array.from(pairs, ({ prior }) => prior) });
  }
  return { adjusted: columns, roles: roles.length > 1 ? roles : [], joined };
}

function rolesOf(pairs: readonly ScreeningPair[], outcome: Float64Array, cases: boolean) {
  const tally = new Map<string, { pairs: number; cases: number }>();
  pairs.forEach(({ role }, row) => {
    const own = tally.get(role) ?? { pairs: 0, cases: 0 };
    tally.set(role, { pairs: own.pairs + 1, cases: own.cases + (cases ? (outcome[row] ?? 0) : 0) });
  });
  const enough = (own: { readonly pairs: number; readonly cases: number }): boolean =>
    own.pairs >= leastPairs && (!cases || Math.min(own.cases, own.pairs - own.cases) >= leastOfEach);
  const names = [...tally.keys()].sort(compareCodePoints);
  const sizeOf = (role: string): number => tally.get(role)?.pairs ?? 0;
  const joined = names.filter((role) => !enough(tally.get(role) ?? { pairs: 0, cases: 0 }));
  const together = (): { pairs: number; cases: number } =>
    joined.reduce(
      (sum, role) => ({ pairs: sum.pairs + sizeOf(role), cases: sum.cases + (tally.get(role)?.cases ?? 0) }),
      { pairs: 0, cases: 0 },
    );
  // Those that were joined may still be too few: the smallest of the others then joins them.
  while (joined.length > 0 && joined.length < names.length && !enough(together())) {
    const others = names.filter((role) => !joined.includes(role));
    joined.push(others.reduce((least, role) => (sizeOf(role) < sizeOf(least) ? role : least)));
  }
  const nameOf = new Map(names.map((role) => [role, joined.includes(role) ? otherRoles : role]));
  return {
    roles: [...new Set(nameOf.values())].sort(compareCodePoints),
    nameOf,
    joined: joined.sort(compareCodePoints),
  };
}
