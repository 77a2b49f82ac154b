import { ExpectedError } from '#shared/domain/result.ts';
import { categoriesIn, type DataTable, numbersIn } from '../../data/table.ts';
import { type Design, designMatrix } from '../../formula/design.ts';
import { parseFormula } from '../../formula/formula.ts';
import { modelFrame } from '../../formula/model-frame.ts';
import { formulaError } from '../../formula/parse.ts';
import { columnOf, type Matrix, matrixOf } from '../../linear-algebra/matrix.ts';
import { binomialResponse, type GlmResponse, plainResponse } from '../../regression/glm-response.ts';
import { distributionOf, type GlmSpec } from './glm-spec.ts';

/** The arrays of a regression, rows of weight 0 left out. */
export type GlmData = {
  readonly design: Design;
  readonly y: Float64Array;
  /** Prior weights times trials. */
  readonly weights: Float64Array;
  readonly weighted: boolean;
  readonly trials: Float64Array | null;
  readonly offset: Float64Array | null;
  readonly intercept: boolean;
  readonly event: string | null;
  readonly other: string | null;
  readonly clusters: { readonly codes: Int32Array; readonly count: number } | null;
  readonly n: number;
  readonly excluded: number;
  readonly warnings: string[];
};

export type GlmDataSpec = Pick<GlmSpec, 'formula' | 'family' | 'factors'> & {
  readonly weights?: string | undefined;
  /** Column of groups of rows: clusters, or the folds of a cross-validation. */
  readonly cluster?: string | undefined;
};

/** @throws ExpectedError as the formula, the response and the weights do. */
export function glmData(table: DataTable, spec: GlmDataSpec): GlmData {
  const formula = parseFormula(spec.formula);
  const random = formula.random[0];
  if (random) throw formulaError(spec.formula, random.at, 'a random term needs the procedure lmm or gee');
  if (formula.strata.length > 0) throw formulaError(spec.formula, 0, 'strata() has no meaning here');
  if (formula.cluster) {
    throw formulaError(spec.formula, formula.cluster.at, 'cluster() has no meaning here; name the column in “cluster”');
  }
  const beside = [spec.weights, spec.cluster].filter((name) => name !== undefined);
  const frame = modelFrame(table, formula, { factors: spec.factors, alsoUsed: beside });
  const distribution = distributionOf(spec.family);
  const response =
    distribution === 'binomial'
      ? binomialResponse(frame)
      : plainResponse(
          frame,
          distribution === 'gaussian' ? 'any' : distribution === 'gamma' ? 'positive' : 'not-negative',
        );
  const design = designMatrix(frame);
  for (const [j, name] of design.names.entries()) refuseExtreme(columnOf(design.matrix, j), name);
  if (distribution !== 'binomial') refuseExtreme(response.y, 'the response');
  if (response.trials) refuseExtreme(response.trials, 'cbind(successes, failures)');
  if (frame.offset) refuseExtreme(frame.offset, 'the offset');
  const given = spec.weights === undefined ? null : numbersIn(table, spec.weights, frame.rows);
  if (given) refuseExtreme(given, 'the weights');
  if (given && spec.weights !== undefined) refuseNegative(given, spec.weights, frame.rows);
  const clusters = spec.cluster === undefined ? null : categoriesIn(table, spec.cluster, frame.rows).codes;
  const warnings: string[] = [];
  const whole = whatCounts({ design, response, given, offset: frame.offset, clusters }, warnings);
  const present = whole.clusters ? renumbered(whole.clusters) : null;
  if (present && present.count < 2) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      `“${spec.cluster}” makes one group only, so nothing can be said about how groups differ.`,
      'Nothing was computed. Use another column.',
    );
  }
  return {
    ...whole,
    clusters: present,
    weighted: given !== null,
    intercept: formula.intercept,
    event: response.event,
    other: response.other,
    n: whole.y.length,
    excluded: frame.excluded,
    warnings,
  };
}

/** Products of larger or smaller numbers leave the range of doubles. */
const largest = 1e100;

function refuseExtreme(values: Float64Array, name: string): void {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  if (most === 0 || (most <= largest && most >= 1 / largest)) return;
  throw new ExpectedError(
    'BAD_COLUMN',
    `The largest value of ${name} is ${most}, too ${most > 1 ? 'large' : 'small'} to compute with.`,
    'Nothing was computed. Correct the value, or use another unit.',
  );
}

function refuseNegative(weights: Float64Array, name: string, rows: Int32Array): void {
  const at = weights.findIndex((weight) => weight < 0);
  if (at < 0) return;
  throw new ExpectedError(
    'BAD_COLUMN',
    `The weights “${name}” must not be negative, but row ${(rows[at] as number) + 1} holds ${weights[at]}.`,
    'Nothing was computed. Correct the file.',
    { column: name, row: (rows[at] as number) + 1 },
  );
}

type Parts = {
  readonly design: Design;
  readonly response: GlmResponse;
  readonly given: Float64Array | null;
  readonly offset: Float64Array | null;
  readonly clusters: Int32Array | null;
};

type Whole = Pick<GlmData, 'design' | 'y' | 'weights' | 'trials' | 'offset'> & { readonly clusters: Int32Array | null };

function whatCounts({ design, response, given, offset, clusters }: Parts, warnings: string[]): Whole {
  const { y, trials } = response;
  const weights = new Float64Array(y.length).fill(1);
  for (let i = 0; i < weights.length; i += 1) {
    weights[i] = (trials ? (trials[i] as number) : 1) * (given ? (given[i] as number) : 1);
  }
  const empty = weights.reduce((count, weight) => count + (weight === 0 ? 1 : 0), 0);
  if (empty === 0) return { design, y, weights, trials, offset, clusters };
  if (empty === y.length) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      'Every row has a weight of 0.',
      'Nothing was computed. Check the weights.',
    );
  }
  warnings.push(
    `${empty} ${empty === 1 ? 'row has' : 'rows have'} a weight of 0 and ${empty === 1 ? 'does' : 'do'} not count.`,
  );
  const keep = (values: Float64Array): Float64Array => values.filter((_value, i) => weights[i] !== 0);
  return {
    design: { ...design, matrix: keepRows(design.matrix, weights) },
    y: keep(y),
    weights: keep(weights),
    trials: trials && keep(trials),
    offset: offset && keep(offset),
    clusters: clusters?.filter((_code, i) => weights[i] !== 0) ?? null,
  };
}

function keepRows(x: Matrix, weights: Float64Array): Matrix {
  const kept = Array.from({ length: x.columns }, (_none, j) => columnOf(x, j).filter((_value, i) => weights[i] !== 0));
  const rows = weights.reduce((count, weight) => count + (weight === 0 ? 0 : 1), 0);
  const result = matrixOf(rows, x.columns);
  kept.forEach((column, j) => {
    result.data.set(column, j * rows);
  });
  return result;
}

function renumbered(codes: Int32Array): { readonly codes: Int32Array; readonly count: number } {
  const places = new Map<number, number>();
  const result = codes.map((code) => {
    const known = places.get(code);
    if (known !== undefined) return known;
    places.set(code, places.size);
    return places.size - 1;
  });
  return { codes: result, count: places.size };
}
