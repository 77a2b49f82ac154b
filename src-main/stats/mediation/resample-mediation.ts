import { matrixOf } from '../linear-algebra/matrix.ts';
import {
  momentFactor,
  type RowMoments,
  regressionFromFactor,
  rowMoments,
  visitMoments,
  visitMomentsWithoutRow,
} from '../resampling/row-moments.ts';
import type { RowResamples } from '../resampling/row-resamples.ts';
import type { MediationData } from './fit-mediation.ts';
import { effectOf, type MediationDiagram } from './mediation-effects.ts';

/** Effects of x on y in each resample that has them. */
export type ResampledEffects = {
  readonly count: number;
  /** Resamples in which a variable did not vary or repeated others, so that there is no estimate. */
  readonly failed: number;
  /** One list for each specific indirect effect. */
  readonly specific: readonly Float64Array[];
  readonly indirect: Float64Array;
  readonly direct: Float64Array;
  readonly total: Float64Array;
};

/**
 * Effects of every resample from its moments: one Cholesky factor of the covariance matrix in the order covariates, x,
 * mediators, y holds all of the diagram's regressions, so nothing is refitted. Equal to least squares on the resampled rows.
 */
export function resampleEffects(
  data: MediationData,
  diagram: MediationDiagram,
  resamples: RowResamples,
): ResampledEffects {
  const source = momentsOf(data);
  const collect = collector(data, diagram, source, resamples.count);
  visitMoments(source, resamples, collect.take);
  return collect.found();
}

/** The same without each row in turn. */
export function jackknifeEffects(data: MediationData, diagram: MediationDiagram): ResampledEffects {
  const source = momentsOf(data);
  const collect = collector(data, diagram, source, source.n);
  visitMomentsWithoutRow(source, collect.take);
  return collect.found();
}

function momentsOf({ covariates, x, mediators, y }: MediationData): RowMoments {
  return rowMoments([...covariates, x, ...mediators, y]);
}

type Collector = {
  readonly take: (covariance: ReturnType<typeof matrixOf>) => void;
  readonly found: () => ResampledEffects;
};

function collector(data: MediationData, diagram: MediationDiagram, source: RowMoments, count: number): Collector {
  const { width } = source;
  const x = data.covariates.length;
  const k = data.mediators.length;
  const factor = matrixOf(width, width);
  const coefficients = new Float64Array(width);
  const paths = new Float64Array(diagram.paths.length);
  const unit = (source.deviations[width - 1] as number) / (source.deviations[x] as number);
  const lists = Array.from({ length: diagram.effects.length + 3 }, () => new Float64Array(count));
  const [indirect, direct, total] = lists.slice(diagram.effects.length) as [Float64Array, Float64Array, Float64Array];
  let done = 0;
  let failed = 0;
  const solve = (outcome: number, regressors: number): void => {
    regressionFromFactor(factor, outcome, regressors, coefficients);
  };
  const readPaths = (): void => {
    diagram.paths.forEach(({ from, to }, place) => {
      const known = diagram.structure === 'parallel' && to <= k ? x + 1 : x + to;
      // Paths into one node share a regression; it is solved at the first of them.
      if (place === 0 || diagram.paths[place - 1]?.to !== to) solve(x + to, known);
      paths[place] = coefficients[x + from] as number;
    });
  };
  const take = (covariance: ReturnType<typeof matrixOf>): void => {
    if (!momentFactor(covariance, factor)) {
      failed += 1;
      return;
    }
    readPaths();
    let sum = 0;
    diagram.effects.forEach((effect, index) => {
      const value = effectOf(effect, paths) * unit;
      (lists[index] as Float64Array)[done] = value;
      sum += value;
    });
    indirect[done] = sum;
    direct[done] = (paths[paths.length - 1] as number) * unit;
    solve(x + k + 1, x + 1);
    total[done] = (coefficients[x] as number) * unit;
    done += 1;
  };
  const cut = (list: Float64Array): Float64Array => list.subarray(0, done);
  return {
    take,
    found: () => ({
      count: done,
      failed,
      specific: lists.slice(0, diagram.effects.length).map(cut),
      indirect: cut(indirect),
      direct: cut(direct),
      total: cut(total),
    }),
  };
}
