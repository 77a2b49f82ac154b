import { ExpectedError } from '#shared/domain/result.ts';
import { categoriesIn, type DataTable } from '../../data/table.ts';
import { designMatrix } from '../../formula/design.ts';
import { parseFormula } from '../../formula/formula.ts';
import { type ModelFrame, modelFrame } from '../../formula/model-frame.ts';
import { formulaError } from '../../formula/parse.ts';
import type { Clusters } from '../../gee/working-correlation.ts';
import { columnOf, type Matrix, matrixOf } from '../../linear-algebra/matrix.ts';
import { binomialResponse, plainResponse } from '../../regression/glm-response.ts';
import type { GeeSpec } from './spec.ts';

/** Rows sorted by cluster, and by wave within clusters. */
export type GeeData = {
  readonly frame: ModelFrame;
  readonly x: Matrix;
  readonly names: readonly string[];
  readonly y: Float64Array;
  readonly event: string | null;
  readonly offset: Float64Array | null;
  readonly clusters: Clusters;
};

export function geeData(table: DataTable, spec: GeeSpec): GeeData {
  const formula = parseFormula(spec.formula);
  const [random] = formula.random;
  if (random) throw formulaError(spec.formula, random.at, 'a random term needs the procedure lmm');
  if (formula.strata.length > 0) throw formulaError(spec.formula, 0, 'strata() has no meaning in gee');
  if (formula.cluster) {
    throw formulaError(spec.formula, formula.cluster.at, 'cluster() has no meaning in gee; name the column in “id”');
  }
  const alsoUsed = spec.waves === undefined ? [spec.id] : [spec.id, spec.waves];
  const frame = modelFrame(table, formula, { factors: spec.factors, alsoUsed });
  const response =
    spec.family === 'binomial'
      ? binomialResponse(frame)
      : plainResponse(
          frame,
          spec.family === 'gaussian' ? 'any' : spec.family === 'gamma' ? 'positive' : 'not-negative',
        );
  const { y, trials } = response;
  if (trials) {
    throw formulaError(
      spec.formula,
      formula.response?.at ?? 0,
      'gee takes no cbind(): give one row for each trial, with 1 for an event and 0 otherwise',
    );
  }
  const ids = categoriesIn(table, spec.id, frame.rows);
  if (ids.levels.length < 2) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      `“${spec.id}” makes one cluster only, so nothing can be said about how clusters vary.`,
      'Nothing was computed. Name the column that tells people or units apart.',
    );
  }
  const waves = spec.waves === undefined ? null : categoriesIn(table, spec.waves, frame.rows).codes;
  const order = sortedRows(ids.codes, waves);
  const design = designMatrix(frame);
  const pick = (values: Float64Array): Float64Array => Float64Array.from(order, (row) => values[row] as number);
  const x = matrixOf(frame.n, design.names.length);
  for (let j = 0; j < x.columns; j += 1) x.data.set(pick(columnOf(design.matrix, j)), j * x.rows);
  return {
    frame,
    x,
    names: design.names,
    y: pick(y),
    event: response.event,
    offset: frame.offset && pick(frame.offset),
    clusters: clustersOf(order, ids.codes, waves, spec),
  };
}

function sortedRows(ids: Int32Array, waves: Int32Array | null): Int32Array {
  const order = Int32Array.from({ length: ids.length }, (_none, row) => row);
  return order.sort(
    (a, b) =>
      (ids[a] as number) - (ids[b] as number) || (waves ? (waves[a] as number) - (waves[b] as number) : 0) || a - b,
  );
}

function clustersOf(order: Int32Array, ids: Int32Array, waves: Int32Array | null, spec: GeeSpec): Clusters {
  const starts: number[] = [];
  const at = new Int32Array(order.length);
  for (let place = 0; place < order.length; place += 1) {
    const row = order[place] as number;
    const fresh = place === 0 || ids[row] !== ids[order[place - 1] as number];
    if (fresh) starts.push(place);
    if (!waves) {
      at[place] = fresh ? 1 : (at[place - 1] as number) + 1;
      continue;
    }
    at[place] = waves[row] as number;
    if (!fresh && at[place] === at[place - 1] && spec.correlation === 'ar1') {
      throw new ExpectedError(
        'BAD_COLUMN',
        `Two rows of one “${spec.id}” have the same “${spec.waves}”, so there is no order between them.`,
        'Nothing was computed. Correct the file, or use “exchangeable”.',
      );
    }
  }
  starts.push(order.length);
  return { starts: Int32Array.from(starts), waves: at };
}
