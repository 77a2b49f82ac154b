import { type Matrix, matrixOf } from '../../linear-algebra/matrix.ts';
import type { GroupTimeCell, GroupTimeResult } from './group-time.ts';

/** An average of effects with its influence function, one value a unit. */
export type Aggregate = { readonly effect: number; readonly influence: Float64Array };

export type Aggregates = {
  /** All treated cells, each weighing as much as its cohort. */
  readonly simple: Aggregate;
  /** Mean of the cohorts' own means, by size of cohort. */
  readonly group: Aggregate;
  /** Mean over periods since treatment. */
  readonly dynamic: Aggregate;
  /** Mean over calendar periods. */
  readonly calendar: Aggregate;
  readonly groups: ReadonlyMap<number, Aggregate>;
  /** By periods since treatment began: 0 the first treated one; −1, the base, left out. */
  readonly events: ReadonlyMap<number, Aggregate>;
  readonly periods: ReadonlyMap<number, Aggregate>;
};

/** Averages of group-time effects (Callaway and Sant'Anna 2021, table 1 and §4.2); R's `did::aggte`. */
export function aggregateGroupTime(result: GroupTimeResult): Aggregates {
  const cells = result.cells.filter((cell) => !cell.base && !Number.isNaN(cell.effect));
  const treated = cells.filter((cell) => cell.period >= cell.group);
  const groups = new Map(
    result.groups.flatMap((g) => {
      const own = treated.filter((cell) => cell.group === g);
      return own.length === 0 ? [] : [[g, plainMean(own.map(asAggregate))] as const];
    }),
  );
  const events = byKey(cells, (cell) => cell.period - cell.group, result);
  const periods = byKey(treated, (cell) => cell.period, result);
  return {
    simple: bySize(
      treated,
      treated.map((cell) => cell.group),
      result,
    ),
    group: bySize([...groups.values()], [...groups.keys()], result),
    dynamic: plainMean([...events].filter(([event]) => event >= 0).map(([, value]) => value)),
    calendar: plainMean([...periods.values()]),
    groups,
    events,
    periods,
  };
}

function asAggregate(cell: GroupTimeCell): Aggregate {
  return { effect: cell.effect, influence: cell.influence };
}

function byKey(
  cells: readonly GroupTimeCell[],
  key: (cell: GroupTimeCell) => number,
  result: GroupTimeResult,
): ReadonlyMap<number, Aggregate> {
  const keys = [...new Set(cells.map(key))].sort((a, b) => a - b);
  return new Map(
    keys.map((value) => {
      const own = cells.filter((cell) => key(cell) === value);
      return [
        value,
        bySize(
          own,
          own.map((cell) => cell.group),
          result,
        ),
      ] as const;
    }),
  );
}

function plainMean(parts: readonly Aggregate[]): Aggregate {
  const length = parts[0]?.influence.length ?? 0;
  const influence = new Float64Array(length);
  let effect = 0;
  for (const part of parts) {
    effect += part.effect / parts.length;
    for (let i = 0; i < length; i += 1) {
      influence[i] = (influence[i] as number) + (part.influence[i] as number) / parts.length;
    }
  }
  return { effect: parts.length === 0 ? Number.NaN : effect, influence };
}

/** A mean weighted by the sizes of cohorts; that the sizes are estimated from the same units is part of its influence. */
function bySize(parts: readonly Aggregate[], groups: readonly number[], result: GroupTimeResult): Aggregate {
  const n = result.group.length;
  const influence = new Float64Array(n);
  if (parts.length === 0) return { effect: Number.NaN, influence };
  const sizes = new Map<number, number>();
  for (const g of result.group) sizes.set(g, (sizes.get(g) ?? 0) + 1 / n);
  const total = groups.reduce((sum, g) => sum + (sizes.get(g) as number), 0);
  let effect = 0;
  parts.forEach((part, k) => {
    const weight = (sizes.get(groups[k] as number) as number) / total;
    effect += weight * part.effect;
    for (let i = 0; i < n; i += 1) influence[i] = (influence[i] as number) + weight * (part.influence[i] as number);
  });
  const fromSizes = new Map<number, number>();
  parts.forEach((part, k) => {
    const g = groups[k] as number;
    fromSizes.set(g, (fromSizes.get(g) ?? 0) + (part.effect - effect) / total);
  });
  for (let i = 0; i < n; i += 1) {
    influence[i] = (influence[i] as number) + (fromSizes.get(result.group[i] as number) ?? 0);
  }
  return { effect, influence };
}

/** Covariance of averages from their influence functions, summed within clusters: Σ_c S_c·S_cᵀ/n². */
export function influenceCovariance(parts: readonly Aggregate[], clusters: Int32Array, count: number): Matrix {
  const k = parts.length;
  const n = clusters.length;
  const sums = parts.map(({ influence }) => {
    const totals = new Float64Array(count);
    for (let i = 0; i < n; i += 1) {
      const place = clusters[i] as number;
      totals[place] = (totals[place] as number) + (influence[i] as number);
    }
    return totals;
  });
  const covariance = matrixOf(k, k);
  for (let a = 0; a < k; a += 1) {
    for (let b = 0; b <= a; b += 1) {
      let total = 0;
      const left = sums[a] as Float64Array;
      const right = sums[b] as Float64Array;
      for (let c = 0; c < count; c += 1) total += (left[c] as number) * (right[c] as number);
      covariance.data[a * k + b] = total / (n * n);
      covariance.data[b * k + a] = total / (n * n);
    }
  }
  return covariance;
}

/** Standard error of one average. */
export function influenceError(part: Aggregate, clusters: Int32Array, count: number): number {
  return Math.sqrt(influenceCovariance([part], clusters, count).data[0] as number);
}
