import { agreedRows, type FamilyRow, withoutWithdrawn } from './family-answers.ts';
import { eachCoupleOnce, type Household, hasAnswered, householdsOf, type ScaleName, scoreIn } from './households.ts';

/** Households of one wave that may be used, and how many there were at each step on the way. */
export type FamiliesOfWave = {
  readonly wave: string;
  readonly lastDay: number;
  readonly households: readonly Household[];
  readonly flow: {
    readonly households: number;
    readonly agreed: number;
    readonly notWithdrawn: number;
    readonly once: number;
    readonly linked: number;
    readonly complete: number;
  };
};

export type CoupleMeasures = {
  readonly distress: ScaleName;
  readonly conflict: ScaleName;
  readonly outcome: ScaleName;
};

/** The four values that crossover needs of a couple: distress and outcome of each. */
export function coupleValues(household: Household, { distress, outcome }: CoupleMeasures): readonly number[] {
  return [
    scoreIn(household, 'officer', distress),
    scoreIn(household, 'partner', distress),
    scoreIn(household, 'officer', outcome),
    scoreIn(household, 'partner', outcome),
  ];
}

export function isLinked(household: Household): boolean {
  return hasAnswered(household, 'officer') && hasAnswered(household, 'partner');
}

/** Every wave, in the order of their first answers. */
export function familiesByWave(rows: readonly FamilyRow[], measures: CoupleMeasures): FamiliesOfWave[] {
  const byWave = new Map<string, FamilyRow[]>();
  for (const row of rows) {
    const held = byWave.get(row.wave);
    if (held) held.push(row);
    else byWave.set(row.wave, [row]);
  }
  return [...byWave]
    .map(([wave, own]) => ({ first: Math.min(...own.map(({ takenOn }) => takenOn)), wave, own }))
    .sort((a, b) => a.first - b.first || (a.wave < b.wave ? -1 : 1))
    .map(({ wave, own }) => familiesOf(wave, own, rows, measures));
}

function familiesOf(
  wave: string,
  own: readonly FamilyRow[],
  all: readonly FamilyRow[],
  measures: CoupleMeasures,
): FamiliesOfWave {
  const agreed = agreedRows(own);
  const usable = householdsOf(withoutWithdrawn(agreed, all));
  const held = (values: readonly number[]): number => values.filter((value) => !Number.isNaN(value)).length;
  const once = eachCoupleOnce(usable, (household) => held(coupleValues(household, measures)));
  const linked = once.filter(isLinked);
  return {
    wave,
    lastDay: Math.max(...own.map(({ takenOn }) => takenOn)),
    households: once,
    flow: {
      households: householdsOf(own).length,
      agreed: householdsOf(agreed).length,
      notWithdrawn: usable.length,
      once: once.length,
      linked: linked.length,
      complete: linked.filter((household) => held(coupleValues(household, measures)) === 4).length,
    },
  };
}

/** The wave with the most complete couples, else with the most households; the latest of several. */
export function fullestWave(waves: readonly FamiliesOfWave[]): FamiliesOfWave | null {
  return waves.reduce<FamiliesOfWave | null>((best, wave) => {
    if (best === null) return wave;
    const more = wave.flow.complete - best.flow.complete || wave.flow.once - best.flow.once;
    return more >= 0 ? wave : best;
  }, null);
}
