import { ExpectedError } from '#shared/domain/result.ts';
import { categoriesIn, completeRows, type DataTable, numbersIn } from '../../data/table.ts';
import { at, type Matrix, matrixOf, subMatrix } from '../../linear-algebra/matrix.ts';
import { type JointTest, testD1, testD2 } from '../../multiple-imputation/joint-tests.ts';
import { poolEstimates } from '../../multiple-imputation/pool-estimates.ts';
import type { Outcome, Procedure, RunContext } from '../procedure.ts';
import { poolScript } from './script.ts';
import { type Imputations, type PoolSpec, poolSchema } from './spec.ts';

function badSpec(message: string, hint: string): ExpectedError {
  return new ExpectedError('BAD_SPEC', message, `Nothing was computed. ${hint}`);
}

function fromColumns(table: DataTable, spec: PoolSpec): Imputations {
  const { estimates, variances, by } = spec;
  if (typeof estimates !== 'string' || typeof variances !== 'string') {
    throw badSpec('Estimates and variances must both be columns, or both be lists.', 'Give both in the same form.');
  }
  const rows = completeRows(table, [estimates, variances, ...(by === undefined ? [] : [by])]);
  const y = numbersIn(table, estimates, rows);
  const v = numbersIn(table, variances, rows);
  const excluded = table.rows - rows.length;
  if (by === undefined) {
    return { names: [estimates], estimates: [y], variances: [v], covariances: null, excluded };
  }
  const { codes, levels } = categoriesIn(table, by, rows, spec.factors[by]);
  const of = (values: Float64Array, level: number): Float64Array =>
    values.filter((_value, row) => codes[row] === level);
  return {
    names: levels,
    estimates: levels.map((_name, level) => of(y, level)),
    variances: levels.map((_name, level) => of(v, level)),
    covariances: null,
    excluded,
  };
}

function fromLists(spec: PoolSpec): Imputations {
  const estimates = spec.estimates as number[] | number[][];
  const variances = spec.variances as number[] | number[][] | number[][][];
  if (spec.by !== undefined)
    throw badSpec('“by” is a column, but the estimates are lists.', 'Leave “by” out, or give columns.');
  const rows = estimates.map((value) => (typeof value === 'number' ? [value] : value));
  const q = rows[0]?.length ?? 0;
  const m = rows.length;
  if (rows.some((row) => row.length !== q))
    throw badSpec('The imputed data sets have different numbers of estimates.', 'Give as many for each.');
  if (variances.length !== m) {
    throw badSpec(
      `There are ${m} imputed data sets with estimates, but ${variances.length} with variances.`,
      'Give as many of each.',
    );
  }
  const matrices = variances.map((value) => covarianceOf(value, q));
  const whole = variances.every((value) => Array.isArray(value) && Array.isArray(value[0]));
  const names = spec.names ?? (q === 1 ? ['estimate'] : Array.from({ length: q }, (_none, j) => `parameter ${j + 1}`));
  if (names.length !== q || new Set(names).size !== q) {
    throw badSpec(`${q} parameters need ${q} different names.`, 'Correct “names”, or leave it out.');
  }
  const places = Array.from({ length: q }, (_none, j) => j);
  return {
    names,
    estimates: places.map((j) => Float64Array.from(rows, (row) => row[j] as number)),
    variances: places.map((j) => Float64Array.from(matrices, (matrix) => at(matrix, j, j))),
    covariances: whole || q === 1 ? matrices : null,
    excluded: 0,
  };
}

/** A variance, a list of them, or a covariance matrix, as a matrix. */
function covarianceOf(value: number | readonly number[] | readonly (readonly number[])[], q: number): Matrix {
  const result = matrixOf(q, q);
  if (typeof value === 'number') {
    if (q !== 1)
      throw badSpec(
        'There is one variance for several estimates.',
        'Give a list, or a matrix, for each imputed data set.',
      );
    result.data[0] = value;
    return result;
  }
  if (value.length !== q)
    throw badSpec(`There are ${q} estimates, but ${value.length} variances.`, 'Give as many of each.');
  value.forEach((row, i) => {
    if (typeof row === 'number') result.data[i * q + i] = row;
    else if (row.length !== q)
      throw badSpec('A covariance matrix is not square.', 'Give one row and one column for each estimate.');
    else for (const [j, cell] of row.entries()) result.data[j * q + i] = cell;
  });
  for (let i = 0; i < q; i += 1) {
    for (let j = 0; j < i; j += 1) {
      const gap = Math.abs(at(result, i, j) - at(result, j, i));
      if (gap > 1e-8 * Math.sqrt(Math.abs(at(result, i, i) * at(result, j, j)))) {
        throw badSpec('A covariance matrix is not symmetric.', 'Give the matrix as the analysis does.');
      }
    }
  }
  return result;
}

function run(table: DataTable, spec: PoolSpec, context: RunContext): Outcome {
  const lists = Array.isArray(spec.estimates) || Array.isArray(spec.variances);
  if (lists && (typeof spec.estimates === 'string' || typeof spec.variances === 'string')) {
    throw badSpec('Estimates and variances must both be columns, or both be lists.', 'Give both in the same form.');
  }
  const found = lists ? fromLists(spec) : fromColumns(table, spec);
  const dfComplete = spec.dfComplete ?? Number.POSITIVE_INFINITY;
  const warnings: string[] = [];
  const terms = found.names.map((term, j) => {
    const y = found.estimates[j] as Float64Array;
    const v = found.variances[j] as Float64Array;
    refuse(term, y, v);
    const pooled = poolEstimates(y, v, dfComplete, spec.confidence);
    if (pooled.between === 0)
      warnings.push(`The estimates of “${term}” do not differ between imputations, as if nothing had been missing.`);
    return { term, m: y.length, ...pooled };
  });
  for (const term of terms) refuseUnrepresentable(term);
  const [first] = terms;
  const joint = found.names.length > 1 ? jointTests(found, spec, dfComplete, warnings) : {};
  const { term: _name, ...single } = first as (typeof terms)[number];
  return {
    n: first?.m ?? 0,
    excluded: found.excluded,
    ...(terms.length === 1 ? single : { terms, ...joint }),
    warnings,
    r: poolScript(table, spec, found, dfComplete, testedPlaces(found, spec), context),
  };
}

function refuse(term: string, estimates: Float64Array, variances: Float64Array): void {
  const refused = (what: string, hint: string): ExpectedError =>
    new ExpectedError('REFUSED_MODEL', what, `Nothing was computed. ${hint}`);
  if (estimates.length < 2) {
    throw refused(
      `“${term}” has ${estimates.length} imputed data set, which cannot show how much is missing.`,
      'Give the estimates of at least two imputed data sets.',
    );
  }
  variances.forEach((value, index) => {
    if (!(value > 0)) {
      throw refused(`Variance ${index + 1} of “${term}” is ${value}, not above 0.`, 'Give squared standard errors.');
    }
  });
}

function refuseUnrepresentable(term: Readonly<Record<string, unknown>>): void {
  if (Object.values(term).every((value) => typeof value !== 'number' || Number.isFinite(value))) return;
  throw new ExpectedError(
    'REFUSED_MODEL',
    `The estimates or variances of “${String(term['term'])}” are too large or too small to be computed with.`,
    'Nothing was computed. Use other units.',
  );
}

function testedPlaces(found: Imputations, spec: PoolSpec): number[] {
  return (spec.tested ?? found.names).map((name) => {
    const place = found.names.indexOf(name);
    if (place < 0)
      throw badSpec(`There is no parameter “${name}” to test.`, `The parameters are: ${found.names.join(', ')}.`);
    return place;
  });
}

function jointTests(
  found: Imputations,
  spec: PoolSpec,
  dfComplete: number,
  warnings: string[],
): Readonly<Record<string, unknown>> {
  const places = testedPlaces(found, spec);
  if (!found.covariances) {
    if (spec.tested) warnings.push('A joint test needs the covariance matrix of each imputed data set.');
    return {};
  }
  const covariances = found.covariances.map((matrix) => subMatrix(matrix, places, places));
  const vectors = covariances.map((_matrix, l) => Float64Array.from(places, (j) => found.estimates[j]?.[l] as number));
  const d1 = testD1(vectors, covariances, Number.POSITIVE_INFINITY);
  const reiter = dfComplete === Number.POSITIVE_INFINITY ? null : testD1(vectors, covariances, dfComplete);
  const d2 = testD2(vectors, covariances);
  if (!d1 || !d2) warnings.push('A covariance matrix is singular, so the parameters cannot be tested together.');
  if (d1 && !reiter && dfComplete !== Number.POSITIVE_INFINITY) {
    warnings.push(`With ${dfComplete} degrees of freedom the test D1 has no correction for a small sample.`);
  }
  const row = (name: string, test: JointTest): Readonly<Record<string, unknown>> => ({
    name,
    statistic: test.statistic,
    df: test.df.map((value) => (Number.isFinite(value) ? value : null)),
    p: test.p,
    riv: test.riv,
  });
  return {
    tests: [
      ...(d1 ? [row('D1', d1)] : []),
      ...(reiter ? [row('D1, small sample', reiter)] : []),
      ...(d2 ? [row('D2', d2)] : []),
    ],
  };
}

export const pool: Procedure<PoolSpec> = {
  name: 'pool',
  summary: 'Pools estimates of multiply imputed data sets by Rubin’s rules.',
  schema: poolSchema,
  columns: (spec) =>
    [spec.estimates, spec.variances, spec.by].filter((name): name is string => typeof name === 'string'),
  run,
  example: {
    question: 'What do five imputed data sets say together, of an analysis that would have 148 degrees of freedom?',
    data: null,
    spec: { estimates: [2.31, 2.58, 2.12, 2.44, 2.6], variances: [0.41, 0.38, 0.45, 0.4, 0.37], dfComplete: 148 },
  },
};
