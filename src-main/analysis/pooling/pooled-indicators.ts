import type { BundleBody, BundleDefinition, BundleIndicator, CountedKind } from '#shared/domain/bundle.ts';
import { type ForceCount, type ForceFunnel, forceFunnel } from './force-funnel.ts';
import { type ForceEstimate, type PooledMean, pooledMean } from './pooled-mean.ts';

export type PooledMonth = {
  readonly month: string;
  readonly numerator: number;
  readonly denominator: number;
  readonly value: number;
  /** That tell the month. */
  readonly forces: number;
};

export type PooledIndicator = {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly counted: CountedKind;
  /** What it is told per. */
  readonly times: number;
  readonly months: readonly PooledMonth[];
  readonly forces: readonly (ForceCount & {
    readonly value: number;
    readonly months: number;
    readonly monthsWithheld: number;
    /** Whether it is in the mean and the funnel: which months are withheld depends on what was counted in them. */
    readonly compared: boolean;
  })[];
  /** All that was told, added up. */
  readonly all: { readonly numerator: number; readonly denominator: number; readonly value: number } | null;
  /** Of the average force among those compared; null where nothing tells how exact a force’s own figure is. */
  readonly mean: PooledMean | null;
  readonly funnel: ForceFunnel | null;
};

type OwnMonths = { readonly force: string; readonly months: BundleIndicator['months'] };

function monthsTold(own: readonly OwnMonths[], times: number): PooledMonth[] {
  const sums = new Map<string, { numerator: number; denominator: number; forces: number }>();
  for (const { months } of own) {
    for (const { month, numerator, denominator } of months) {
      if (numerator === null || denominator === null) continue;
      const sum = sums.get(month) ?? { numerator: 0, denominator: 0, forces: 0 };
      sums.set(month, {
        numerator: sum.numerator + numerator,
        denominator: sum.denominator + denominator,
        forces: sum.forces + 1,
      });
    }
  }
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([month, sum]) =>
      sum.denominator > 0 ? [{ month, ...sum, value: (times * sum.numerator) / sum.denominator }] : [],
    );
}

/** Of a force’s months, for it to be compared with others. */
const mostWithheld = 0.1;

function countOf({ force, months }: OwnMonths) {
  let [numerator, denominator, told] = [0, 0, 0];
  for (const one of months) {
    if (one.numerator === null || one.denominator === null) continue;
    numerator += one.numerator;
    denominator += one.denominator;
    told += 1;
  }
  const monthsWithheld = months.length - told;
  return {
    force,
    numerator,
    denominator,
    months: told,
    monthsWithheld,
    compared: monthsWithheld <= mostWithheld * months.length,
  };
}

/** Log rate with Poisson error, or logit of a share with binomial error; ½ is added where nothing, or everything, was counted. */
function estimateOf({ force, numerator, denominator }: ForceCount, isRate: boolean): ForceEstimate {
  if (isRate) {
    const events = Math.max(numerator, 0.5);
    return { force, estimate: Math.log(events / denominator), variance: 1 / events };
  }
  const others = denominator - numerator;
  const add = numerator === 0 || others === 0 ? 0.5 : 0;
  const [a, b] = [numerator + add, others + add];
  return { force, estimate: Math.log(a / b), variance: 1 / a + 1 / b };
}

/** An indicator over the forces that tell it. Nothing is put in for what is withheld. */
export function pooledIndicator(
  { id, says }: BundleDefinition,
  bundles: readonly BundleBody[],
  confidence: number,
): PooledIndicator {
  const times = Number(says['times'] ?? 1);
  const counted = String(says['counted']) as CountedKind;
  const own = bundles.flatMap(({ force, indicators }): OwnMonths[] => {
    const indicator = indicators.find(({ definition }) => definition === id);
    return indicator ? [{ force, months: indicator.months }] : [];
  });
  const forces = own
    .map(countOf)
    .filter(({ denominator }) => denominator > 0)
    .map((count) => ({ ...count, value: (times * count.numerator) / count.denominator }));
  const numerator = forces.reduce((total, force) => total + force.numerator, 0);
  const denominator = forces.reduce((total, force) => total + force.denominator, 0);
  const isRate = counted === 'events';
  // Days lost come in spells: nothing in a sum of days says how far chance alone would move it.
  const compared = counted === 'days' ? [] : forces.filter((force) => force.compared);
  const estimates = compared.map((force) => estimateOf(force, isRate));
  return {
    id,
    title: String(says['title'] ?? id),
    unit: String(says['unit'] ?? ''),
    counted,
    times,
    months: monthsTold(own, times),
    forces,
    all: denominator > 0 ? { numerator, denominator, value: (times * numerator) / denominator } : null,
    mean:
      compared.length > 0
        ? pooledMean(estimates, { name: id, scale: isRate ? 'log' : 'logit', times, confidence })
        : null,
    funnel: compared.length > 0 ? forceFunnel(compared, isRate ? 'ratio' : 'proportion', times) : null,
  };
}
