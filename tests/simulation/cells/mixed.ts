import { tQuantile, twoSidedT } from '#main/stats/distributions/student-t.ts';
import { columnOf, type Matrix, matrixOf } from '#main/stats/linear-algebra/matrix.ts';
import { fitLmm } from '#main/stats/mixed/fit-lmm.ts';
import { fitMmrm } from '#main/stats/mixed/fit-mmrm.ts';
import { kenwardRoger } from '#main/stats/mixed/lmm-kenward-roger.ts';
import { mmrmKenwardRoger, mmrmSatterthwaite } from '#main/stats/mixed/mmrm-degrees.ts';
import { satterthwaite } from '#main/stats/mixed/satterthwaite.ts';
import type { CovarianceName } from '#main/stats/mixed/visit-covariance.ts';
import type { RandomStream } from '#shared/domain/random.ts';
import { normalDraws } from '../../statistics/draws.ts';
import type { Reading, SimulationCell } from '../cell.ts';

type Estimates = { readonly coefficients: Float64Array; readonly covariance: Matrix; readonly degrees: Float64Array };

/** The interval of every coefficient, and the test of those whose truth is 0. */
function readings(names: readonly string[], truth: readonly number[], found: Estimates): Reading[] {
  const p = names.length;
  return names.flatMap((parameter, j): Reading[] => {
    const estimate = found.coefficients[j] as number;
    const se = Math.sqrt(found.covariance.data[j * p + j] as number);
    const df = found.degrees[j] as number;
    const width = tQuantile(0.975, df) * se;
    const wanted = truth[j] as number;
    const interval = { parameter, low: estimate - width, high: estimate + width, truth: wanted };
    return wanted === 0 ? [interval, { parameter, p: twoSidedT(estimate / se, df) }] : [interval];
  });
}

type Clustered = {
  readonly clusters: number;
  readonly size: number;
  readonly slope: number;
  readonly method: 'satterthwaite' | 'kenward-roger';
};

const clusteredNames = ['(Intercept)', 'within', 'between clusters', 'within by between'];
const clusteredTruth = [2, 0.5, 0, 0];

/** Half of the clusters treated; sizes from half to one and a half times `size`. */
function clustered(stream: RandomStream, { clusters, size, slope, method }: Clustered): Reading[] | null {
  const codes: number[] = [];
  const rows: number[][] = [];
  const y: number[] = [];
  for (let cluster = 0; cluster < clusters; cluster += 1) {
    const [start = 0, rise = 0] = normalDraws(stream, 2);
    const arm = cluster % 2;
    const count = Math.round(size * (0.5 + stream.nextUniform()));
    const draws = normalDraws(stream, 2 * count);
    for (let member = 0; member < count; member += 1) {
      const x = draws[2 * member] as number;
      const row = [1, x, arm, arm * x];
      codes.push(cluster);
      rows.push(row);
      const mean = row.reduce((sum, value, j) => sum + value * (clusteredTruth[j] as number), 0);
      y.push(mean + 0.7 * start + slope * rise * x + (draws[2 * member + 1] as number));
    }
  }
  const design = fromRows(rows);
  const effects = matrixOf(y.length, slope > 0 ? 2 : 1, design.data.slice(0, y.length * (slope > 0 ? 2 : 1)));
  const levels = Array.from({ length: clusters }, (_none, cluster) => String(cluster));
  const structure = {
    factors: [{ label: 'cluster', codes: Int32Array.from(codes), levels }],
    terms: [{ name: 'cluster', factor: 0, effects: ['(Intercept)', 'x'].slice(0, effects.columns), columns: effects }],
  };
  const fit = fitLmm(design, Float64Array.from(y), structure, true);
  if (typeof fit === 'string') return null;
  if (method === 'satterthwaite') return readings(clusteredNames, clusteredTruth, { ...fit, ...satterthwaite(fit) });
  const adjusted = kenwardRoger(fit);
  return typeof adjusted === 'number' ? null : readings(clusteredNames, clusteredTruth, { ...fit, ...adjusted });
}

function fromRows(rows: readonly (readonly number[])[]): Matrix {
  const result = matrixOf(rows.length, rows[0]?.length ?? 0);
  for (let j = 0; j < result.columns; j += 1) columnOf(result, j).set(rows.map((row) => row[j] as number));
  return result;
}

type Visited = {
  readonly people: number;
  readonly covariance: CovarianceName;
  readonly method: 'satterthwaite' | 'kenward-roger';
};

const visitNames = ['visit 1', 'visit 2', 'visit 3', 'visit 4', 'arm at 1', 'arm at 2', 'arm at 3', 'arm at 4'];
const visitTruth = [10, 11, 12, 12.5, 0, 0, 0.8, 0];

/** Four visits whose covariance is of the kind fitted; a sixth of the visits after the first is missed at random. */
function repeated(stream: RandomStream, { people, covariance, method }: Visited): Reading[] | null {
  const ids: number[] = [];
  const visits: number[] = [];
  const rows: number[][] = [];
  const y: number[] = [];
  for (let person = 0; person < people; person += 1) {
    const errors = visitErrors(stream, covariance);
    for (let visit = 0; visit < 4; visit += 1) {
      if (visit > 0 && stream.nextUniform() < 1 / 6) continue;
      const row: number[] = visitNames.map((_name, j) => (j % 4 === visit && (j < 4 || person % 2 === 1) ? 1 : 0));
      ids.push(person);
      visits.push(visit);
      rows.push(row);
      y.push((errors[visit] as number) + row.reduce((sum, value, j) => sum + value * (visitTruth[j] as number), 0));
    }
  }
  const fit = fitMmrm(
    fromRows(rows),
    Float64Array.from(y),
    { codes: Int32Array.from(ids), count: people },
    { codes: Int32Array.from(visits), count: 4 },
    covariance,
    true,
  );
  if ('why' in fit) return null;
  const found = method === 'satterthwaite' ? mmrmSatterthwaite(fit) : mmrmKenwardRoger(fit);
  return readings(visitNames, visitTruth, { ...fit, ...found });
}

function visitErrors(stream: RandomStream, covariance: CovarianceName): number[] {
  const [shared = 0, ...own] = normalDraws(stream, 5);
  switch (covariance) {
    case 'cs':
      return own.map((value) => shared + value);
    case 'unstructured':
      return own.map((value, visit) => shared * (1 + visit / 4) + value * (1 - visit / 8));
    case 'ar1': {
      const result: number[] = [shared];
      for (let visit = 1; visit < 4; visit += 1) {
        result.push(0.6 * (result[visit - 1] as number) + 0.8 * (own[visit] as number));
      }
      return result;
    }
  }
}

/** Linear mixed models and models for repeated measures, at sizes where degrees of freedom matter. */
export const mixedCells: readonly SimulationCell[] = [
  {
    name: 'lmm: 30 clusters, random intercept, Satterthwaite',
    replicate: (stream) => clustered(stream, { clusters: 30, size: 8, slope: 0, method: 'satterthwaite' }),
  },
  {
    name: 'lmm: 30 clusters, random slope, Satterthwaite',
    replicate: (stream) => clustered(stream, { clusters: 30, size: 10, slope: 0.4, method: 'satterthwaite' }),
  },
  {
    name: 'lmm: 10 clusters, random intercept, Kenward and Roger',
    replicate: (stream) => clustered(stream, { clusters: 10, size: 8, slope: 0, method: 'kenward-roger' }),
  },
  {
    name: 'mmrm: 50 people, unstructured, Satterthwaite',
    replicate: (stream) => repeated(stream, { people: 50, covariance: 'unstructured', method: 'satterthwaite' }),
  },
  {
    name: 'mmrm: 24 people, unstructured, Kenward and Roger',
    replicate: (stream) => repeated(stream, { people: 24, covariance: 'unstructured', method: 'kenward-roger' }),
  },
  {
    name: 'mmrm: 30 people, compound symmetry, Satterthwaite',
    replicate: (stream) => repeated(stream, { people: 30, covariance: 'cs', method: 'satterthwaite' }),
  },
  {
    name: 'mmrm: 30 people, autoregressive, Satterthwaite',
    replicate: (stream) => repeated(stream, { people: 30, covariance: 'ar1', method: 'satterthwaite' }),
  },
];
