import { type DataTable, numbersIn } from '../../data/table.ts';
import { quotedName } from '../../formula/syntax.ts';
import { columnOf, type Matrix, matrixOf } from '../../linear-algebra/matrix.ts';
import { type DidErrors, type DidRegression, didRegression } from '../../quasi-experiments/did/did-regression.ts';
import { isUntreated, type Panel } from '../../quasi-experiments/did/panel.ts';
import { clusterWarnings, refusedModel } from '../shared/did-messages.ts';
import { notEstimable, type TermResult, waldTerm } from '../term.ts';
import { binaryColumn, type DidFound, type DidInput } from './input.ts';
import { twoByTwoScript } from './script.ts';

/** Regression of the outcome on period, arm, covariates and period by arm, whose coefficient is the effect. */
export function twoByTwoOutcome(input: DidInput): DidFound {
  const { spec, y, frame } = input;
  const arms = input.panel ? armsOfPanel(input.panel) : armsOfColumns(input.table, input, frame.rows);
  const means = cellMeans(y, arms.post, arms.treated);
  const { matrix, names } = designOf(input, arms);
  const errors = errorsOf(input);
  const fit = didRegression(matrix, y, errors);
  const last = matrix.columns - 1;
  if (!fit.estimable.includes(last)) {
    throw refusedModel('The effect cannot be told apart from the covariates.', 'Leave out a covariate.');
  }
  const terms = names.map((name, place) => termOf(name, place, fit, spec.confidence));
  const att = terms[last] as TermResult;
  refuseWithoutError(att);
  const treatedClusters = input.clusters ? countTreated(input.clusters.codes, arms.treated) : 0;
  const { term: _term, ...interval } = att;
  return {
    att: interval,
    terms,
    means,
    periods: [],
    preTrend: null,
    fit: { rSquared: fit.rSquared, df: fit.df },
    ...(input.clusters ? { clusters: input.clusters.count } : {}),
    warnings: [
      ...(input.clusters
        ? clusterWarnings(input.clusters.count, treatedClusters, spec.cluster as string)
        : input.panel
          ? ['The rows of a unit belong together, which these errors do not allow for. Name the unit under “cluster”.']
          : []),
      ...lostWarnings(terms),
      'Whether both groups moved alike before cannot be tested with 2x2; event-study and group-time test it where there are several times before.',
    ],
    r: twoByTwoScript(input),
  };
}

type Arms = {
  readonly post: Float64Array;
  readonly treated: Float64Array;
  readonly postName: string;
  readonly treatedName: string;
};

function armsOfColumns(table: DataTable, { spec }: DidInput, rows: Int32Array): Arms {
  const postName = spec.post as string;
  const treatedName = spec.treated as string;
  return {
    post: binaryColumn(postName, numbersIn(table, postName, rows), rows),
    treated: binaryColumn(treatedName, numbersIn(table, treatedName, rows), rows),
    postName: quotedName(postName),
    treatedName: quotedName(treatedName),
  };
}

function armsOfPanel(panel: Panel): Arms {
  const starts = new Set<number>();
  for (let u = 0; u < panel.units; u += 1) if (!isUntreated(panel, u)) starts.add(panel.treatedFrom[u] as number);
  if (starts.size > 1) {
    throw refusedModel(
      `Units become treated at ${starts.size} different times, which a 2x2 comparison cannot hold.`,
      'Use group-time.',
    );
  }
  const start = [...starts][0];
  if (start === undefined) throw refusedModel('No unit is treated.', 'Look at “treatedFrom”.');
  return {
    post: Float64Array.from(panel.period, (period) => (period >= start ? 1 : 0)),
    treated: Float64Array.from(panel.unit, (unit) => (isUntreated(panel, unit) ? 0 : 1)),
    postName: 'post',
    treatedName: 'treated',
  };
}

/** Mean of each arm before and after; each must have rows. */
function cellMeans(
  y: Float64Array,
  post: Float64Array,
  treated: Float64Array,
): { readonly treated: number; readonly post: number; readonly n: number; readonly mean: number }[] {
  return [0, 1].flatMap((arm) =>
    [0, 1].map((time) => {
      let n = 0;
      let sum = 0;
      for (let i = 0; i < y.length; i += 1) {
        if (post[i] !== time || treated[i] !== arm) continue;
        n += 1;
        sum += y[i] as number;
      }
      if (n === 0) {
        throw refusedModel(
          `There are no rows of the ${arm === 1 ? 'treated' : 'comparison'} group ${time === 1 ? 'after' : 'before'} the start.`,
          'All four of treated and comparison, before and after, are needed.',
        );
      }
      return { treated: arm, post: time, n, mean: sum / n };
    }),
  );
}

/** Columns in the order that R gives `post * treated + covariates`. */
function designOf(input: DidInput, arms: Arms): { readonly matrix: Matrix; readonly names: readonly string[] } {
  const { design, y } = input;
  const n = y.length;
  const covariates = design.names.map((_name, place) => place).filter((place) => design.assign[place] !== 0);
  const matrix = matrixOf(n, covariates.length + 4);
  columnOf(matrix, 0).fill(1);
  columnOf(matrix, 1).set(arms.post);
  columnOf(matrix, 2).set(arms.treated);
  covariates.forEach((place, index) => {
    columnOf(matrix, 3 + index).set(columnOf(design.matrix, place));
  });
  columnOf(matrix, matrix.columns - 1).set(arms.post.map((value, i) => value * (arms.treated[i] as number)));
  return {
    matrix,
    names: [
      '(Intercept)',
      arms.postName,
      arms.treatedName,
      ...covariates.map((place) => design.names[place] as string),
      `${arms.postName}:${arms.treatedName}`,
    ],
  };
}

function errorsOf({ spec, clusters }: DidInput): DidErrors {
  if (clusters) return { kind: 'clustered', clusters: clusters.codes, count: clusters.count };
  if (spec.robust === 'none') return { kind: 'plain' };
  return { kind: 'heteroscedastic', type: spec.robust ?? 'HC1' };
}

export function termOf(name: string, place: number, fit: DidRegression, confidence: number): TermResult {
  const own = fit.estimable.indexOf(place);
  if (own < 0) return notEstimable(name);
  const variance = fit.covariance.data[own * fit.covariance.rows + own] as number;
  if (!(variance > 0)) return { ...notEstimable(name), estimate: fit.coefficients[place] as number };
  return waldTerm(name, fit.coefficients[place] as number, Math.sqrt(variance), fit.df, confidence);
}

export function refuseWithoutError(att: TermResult): void {
  if (att.se !== null && att.se > 0) return;
  throw refusedModel(
    'The effect has no standard error: there are too few clusters, or they do not differ.',
    'Use a finer cluster.',
  );
}

export function lostWarnings(terms: readonly TermResult[]): string[] {
  const lost = terms.filter((term) => term.estimate === null).map((term) => term.term);
  const bare = terms.filter((term) => term.estimate !== null && term.se === null).map((term) => term.term);
  return [
    ...(lost.length === 0 ? [] : [`Not estimable beside the other terms: ${lost.join(', ')}.`]),
    ...(bare.length === 0 ? [] : [`There are too few clusters for standard errors of: ${bare.join(', ')}.`]),
  ];
}

function countTreated(clusters: Int32Array, treated: Float64Array): number {
  const seen = new Set<number>();
  for (let i = 0; i < clusters.length; i += 1) if (treated[i] === 1) seen.add(clusters[i] as number);
  return seen.size;
}
