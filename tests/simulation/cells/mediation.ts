import { at } from '#main/stats/linear-algebra/matrix.ts';
import { fitMediation, type MediationData } from '#main/stats/mediation/fit-mediation.ts';
import { monteCarloEffects } from '#main/stats/mediation/monte-carlo.ts';
import { jackknifeEffects, resampleEffects } from '#main/stats/mediation/resample-mediation.ts';
import { waldTerm } from '#main/stats/procedures/term.ts';
import { bootstrapSummary, type Limits } from '#main/stats/resampling/bootstrap-limits.ts';
import { drawnResamples } from '#main/stats/resampling/row-resamples.ts';
import type { RandomStream } from '#shared/domain/random.ts';
import { normalDraws } from '../../statistics/draws.ts';
import type { Reading, SimulationCell } from '../cell.ts';

const people = 200;
const resamples = 799;

/** One mediator: x → m by `a`, m → y by `b`, x → y directly by 0.2. */
function drawSingle(stream: RandomStream, a: number, b: number): MediationData {
  const [x, m, y] = [0, 1, 2].map(() => Float64Array.from(normalDraws(stream, people))) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let row = 0; row < people; row += 1) {
    m[row] = (m[row] as number) + a * (x[row] as number);
    y[row] = (y[row] as number) + b * (m[row] as number) + 0.2 * (x[row] as number);
  }
  return { x, mediators: [m], y, covariates: [] };
}

type Bounds = {
  readonly percentile: Limits;
  readonly bca: Limits;
  readonly monteCarlo: Limits;
  readonly direct: Limits;
  readonly total: Limits;
  readonly directT: Limits;
  readonly totalT: Limits;
};

function wald(estimate: number, se: number, df: number): Limits {
  const { low, high } = waldTerm('', estimate, se, df, 0.95);
  return { low: low as number, high: high as number };
}

function boundsOf(data: MediationData, stream: RandomStream): Bounds | null {
  const fit = fitMediation(data, 'parallel');
  const found = resampleEffects(
    data,
    fit.diagram,
    drawnResamples(people, resamples, () => stream),
  );
  const direct = fit.coefficients[2] as number;
  const indirect = (fit.coefficients[0] as number) * (fit.coefficients[1] as number);
  const without = jackknifeEffects(data, fit.diagram);
  const summary = bootstrapSummary(indirect, found.indirect, 0.95, without.indirect);
  const drawn = monteCarloEffects(fit, 2_000, stream);
  if (!summary.bca || !drawn) return null;
  const percentile = (estimate: number, values: Float64Array): Limits =>
    bootstrapSummary(estimate, values, 0.95, null).percentile;
  return {
    percentile: summary.percentile,
    bca: summary.bca,
    monteCarlo: percentile(indirect, drawn.indirect),
    direct: percentile(direct, found.direct),
    total: percentile(fit.total.estimate, found.total),
    directT: wald(direct, Math.sqrt(at(fit.covariance, 2, 2)), fit.dfs[2] as number),
    totalT: wald(fit.total.estimate, fit.total.se, fit.total.df),
  };
}

/** 0 where the interval excludes no effect, as a p-value that says so. */
function rejects(parameter: string, { low, high }: Limits): Reading {
  return { parameter, p: low <= 0 && 0 <= high ? 1 : 0 };
}

const planted: SimulationCell = {
  name: 'mediation: 200 people, 799 resamples, paths 0.4 and 0.4',
  replicate: (stream) => {
    const bounds = boundsOf(drawSingle(stream, 0.4, 0.4), stream);
    if (!bounds) return null;
    return [
      { parameter: 'indirect, percentile', ...bounds.percentile, truth: 0.16 },
      { parameter: 'indirect, BCa', ...bounds.bca, truth: 0.16 },
      { parameter: 'indirect, Monte Carlo', ...bounds.monteCarlo, truth: 0.16 },
      { parameter: 'direct, t', ...bounds.directT, truth: 0.2 },
      { parameter: 'total, t', ...bounds.totalT, truth: 0.36 },
      { parameter: 'direct, percentile', ...bounds.direct, truth: 0.2 },
      { parameter: 'total, percentile', ...bounds.total, truth: 0.36 },
    ];
  },
};

const oneStrongPath: SimulationCell = {
  name: 'mediation: 200 people, 799 resamples, a of 0.6 and b of 0',
  replicate: (stream) => {
    const bounds = boundsOf(drawSingle(stream, 0.6, 0), stream);
    return (
      bounds && [
        rejects('indirect, percentile', bounds.percentile),
        rejects('indirect, Monte Carlo', bounds.monteCarlo),
      ]
    );
  },
};

const nothing: SimulationCell = {
  name: 'mediation: 200 people, 799 resamples, both paths 0',
  replicate: (stream) => {
    const bounds = boundsOf(drawSingle(stream, 0, 0), stream);
    return (
      bounds && [
        rejects('indirect, percentile', bounds.percentile),
        rejects('indirect, Monte Carlo', bounds.monteCarlo),
      ]
    );
  },
  bars: {
    rejected: [0, 0.05],
    why: 'A product whose factors are both 0 is rejected far less often than 5%, because both have to look unlike 0 at once.',
  },
};

const serial: SimulationCell = {
  name: 'mediation: 300 people, 499 resamples, two serial mediators with a covariate',
  replicate: (stream) => {
    const n = 300;
    const [x, z, m1, m2, y] = Array.from({ length: 5 }, () => Float64Array.from(normalDraws(stream, n))) as [
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    for (let row = 0; row < n; row += 1) {
      x[row] = (x[row] as number) + 0.4 * (z[row] as number);
      m1[row] = (m1[row] as number) + 0.5 * (x[row] as number) + 0.3 * (z[row] as number);
      m2[row] = (m2[row] as number) + 0.3 * (x[row] as number) + 0.4 * (m1[row] as number);
      y[row] = (y[row] as number) + 0.2 * (x[row] as number) + 0.3 * (m1[row] as number) + 0.5 * (m2[row] as number);
    }
    const data = { x, mediators: [m1, m2], y, covariates: [z] };
    const fit = fitMediation(data, 'serial');
    const found = resampleEffects(
      data,
      fit.diagram,
      drawnResamples(n, 499, () => stream),
    );
    const limits = (values: Float64Array | undefined): Limits =>
      bootstrapSummary(0, values as Float64Array, 0.95, null).percentile;
    return [
      { parameter: 'x → m1 → y', ...limits(found.specific[0]), truth: 0.15 },
      { parameter: 'x → m2 → y', ...limits(found.specific[1]), truth: 0.15 },
      { parameter: 'x → m1 → m2 → y', ...limits(found.specific[2]), truth: 0.1 },
      { parameter: 'all indirect', ...limits(found.indirect), truth: 0.4 },
    ];
  },
};

export const mediationCells: readonly SimulationCell[] = [planted, oneStrongPath, nothing, serial];
