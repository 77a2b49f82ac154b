import { cholesky, solveCholesky } from '../linear-algebra/cholesky.ts';
import { at, type Matrix, matrixOf, multiply, multiplyVector, subMatrix, transpose } from '../linear-algebra/matrix.ts';
import { dot, mean, sum, sumOfSquares } from '../numeric/sums.ts';
import { actorPartnerLayout, type Layout, parametersOf } from './actor-partner-structure.ts';
import { type Constraints, constraintsOf, covarianceAt, fitConstrained } from './fit-constrained.ts';
import { groupByPattern, type MissingPattern } from './missing-patterns.ts';
import { fitSaturated } from './saturated-normal.ts';

/** One value a couple; NaN where it is missing. */
export type ActorPartnerData = {
  readonly x1: Float64Array;
  readonly x2: Float64Array;
  readonly y1: Float64Array;
  readonly y2: Float64Array;
  /** Of the couple, acting on both outcomes. */
  readonly covariates: readonly Float64Array[];
};

export type Restriction =
  | 'equal actors'
  | 'equal partners'
  | 'equal actors and partners'
  | 'no partner effects'
  | 'actor 1 equals partner 2→1'
  | 'actor 2 equals partner 1→2'
  | 'indistinguishable';

/** Parameters in the order of the layout, in the data's units. */
export type ActorPartnerEstimates = {
  readonly theta: Float64Array;
  /** Null where the information is singular. */
  readonly covariance: Matrix | null;
  readonly logLik: number;
  readonly parameters: number;
  readonly converged: boolean;
};

export type ActorPartnerFit = ActorPartnerEstimates & {
  readonly layout: Layout;
  readonly couples: number;
  /** Couples with every value. */
  readonly complete: number;
  /** The first variable (x1, x2, covariates, y1, y2) that those before it determine; null where there is none. */
  readonly redundant: number | null;
  /** The same model under a restriction. */
  readonly restricted: (restriction: Restriction) => ActorPartnerEstimates;
};

/**
 * The actor–partner interdependence model of distinguishable dyads (Kenny, Kashy and Cook 2006, Dyadic Data Analysis, ch. 7):
 * y1 = α1 + a1·x1 + p21·x2 + e1, y2 = α2 + p12·x1 + a2·x2 + e2, residuals and predictors free to covary. Maximum likelihood with
 * divisor n; with missing values the likelihood of all that is observed under joint normality (missing at random), with standard
 * errors from the observed information; restricted models of complete data have those of the expected information. As lavaan's
 * `sem(…, meanstructure = TRUE, fixed.x = FALSE)`, and `missing = "fiml"`. Couples without any value do not count.
 */
export function fitActorPartner(data: ActorPartnerData, missing: 'omit' | 'fiml'): ActorPartnerFit {
  const layout = actorPartnerLayout(data.covariates.length);
  const columns = [data.x1, data.x2, ...data.covariates, data.y1, data.y2];
  const scales = scalesOf(columns);
  const { patterns } = groupByPattern(
    columns.map((values, v) => {
      const { centre, unit } = scales[v] as Scale;
      return values.map((value) => (value - centre) / unit);
    }),
  );
  const information = missing === 'fiml' ? 'observed' : 'expected';
  const saturated = fitSaturated(patterns, layout.variables);
  const theta = parametersOf(layout, saturated.moments) ?? new Float64Array(layout.parameters).fill(Number.NaN);
  const none = constraintsOf(layout.parameters, []);
  const unscaled = toDataUnits(layout, scales, patterns);
  return {
    ...unscaled({
      theta,
      logLik: saturated.logLik,
      covariance: covarianceAt(patterns, layout, none, theta, information),
      converged: saturated.converged,
      parameters: layout.parameters,
    }),
    layout,
    couples: patterns.reduce((total, { n }) => total + n, 0),
    complete: patterns.find(({ observed }) => observed.length === layout.variables)?.n ?? 0,
    redundant: redundantVariable(saturated.moments.covariance),
    restricted: (restriction) => {
      const constraints = restrictionOf(layout, restriction);
      const found = fitConstrained(patterns, layout, constraints, theta, information);
      return unscaled({ ...found, parameters: constraints.count });
    },
  };
}

const leastShare = 1e-9;

function redundantVariable(covariance: Matrix): number | null {
  for (let v = 0; v < covariance.rows; v += 1) {
    const before = Array.from({ length: v }, (_none, place) => place);
    const factor = cholesky(subMatrix(covariance, before, before));
    const across = subMatrix(covariance, before, [v]).data;
    const explained = factor ? dot(across, solveCholesky(factor, across)) : 0;
    if (!(at(covariance, v, v) - explained > leastShare * at(covariance, v, v))) return v;
  }
  return null;
}

function restrictionOf(layout: Layout, restriction: Restriction): Constraints {
  const { slope, intercept, residual, mean: location, spread, parameters, predictors } = layout;
  const actors = [slope(0, 0), slope(1, 1)];
  const partners = [slope(0, 1), slope(1, 0)];
  switch (restriction) {
    case 'equal actors':
      return constraintsOf(parameters, [actors]);
    case 'equal partners':
      return constraintsOf(parameters, [partners]);
    case 'equal actors and partners':
      return constraintsOf(parameters, [actors, partners]);
    case 'no partner effects':
      return constraintsOf(parameters, [], partners);
    case 'actor 1 equals partner 2→1':
      return constraintsOf(parameters, [[slope(0, 0), slope(0, 1)]]);
    case 'actor 2 equals partner 1→2':
      return constraintsOf(parameters, [[slope(1, 1), slope(1, 0)]]);
    case 'indistinguishable': {
      const covariates = Array.from({ length: predictors - 2 }, (_none, index) => index + 2);
      return constraintsOf(parameters, [
        actors,
        partners,
        [intercept(0), intercept(1)],
        [residual(0, 0), residual(1, 1)],
        [location(0), location(1)],
        [spread(0, 0), spread(1, 1)],
        // Of a covariate of the couple, the two must not differ in what it does to them either.
        ...covariates.flatMap((z) => [
          [slope(0, z), slope(1, z)],
          [spread(z, 0), spread(z, 1)],
        ]),
      ]);
    }
  }
}

type Scale = { readonly centre: number; readonly unit: number };

/** x1 and x2 share a scale, and so do y1 and y2, because a restriction that ties the two must mean the same on it. */
function scalesOf(columns: readonly Float64Array[]): Scale[] {
  const seen = columns.map((values) => values.filter((value) => !Number.isNaN(value)));
  const last = columns.length - 1;
  const xs = scaleOf([seen[0] as Float64Array, seen[1] as Float64Array]);
  const ys = scaleOf([seen[last - 1] as Float64Array, seen[last] as Float64Array]);
  return columns.map((_values, v) => (v < 2 ? xs : v >= last - 1 ? ys : scaleOf([seen[v] as Float64Array])));
}

function scaleOf(lists: readonly Float64Array[]): Scale {
  const parts = lists
    .filter((values) => values.length > 0)
    .map((values) => ({ n: values.length, values, mean: mean(values) }));
  const n = sum(parts.map((part) => part.n));
  const centre = sum(parts.map((part) => (part.n / n) * part.mean));
  const squares = sum(parts.map((part) => sumOfSquares(part.values, part.mean) + part.n * (part.mean - centre) ** 2));
  return { centre, unit: squares > 0 ? Math.sqrt(squares / n) : 1 };
}

/** Carries estimates from the common scales to the data's units; the map of parameters is linear. */
function toDataUnits(
  layout: Layout,
  scales: readonly Scale[],
  patterns: readonly MissingPattern[],
): (found: ActorPartnerEstimates) => ActorPartnerEstimates {
  const { predictors: r, parameters, slope, intercept, residual, mean: location, spread } = layout;
  const map = matrixOf(parameters, parameters);
  const origin = new Float64Array(parameters);
  const set = (to: number, from: number, value: number): void => {
    map.data[from * parameters + to] = value;
  };
  const y = scales[r] as Scale;
  for (let j = 0; j < 2; j += 1) {
    set(intercept(j), intercept(j), y.unit);
    origin[intercept(j)] = y.centre;
    for (let l = 0; l <= j; l += 1) set(residual(j, l), residual(j, l), y.unit ** 2);
    for (let i = 0; i < r; i += 1) {
      const { unit, centre } = scales[i] as Scale;
      set(slope(j, i), slope(j, i), y.unit / unit);
      set(intercept(j), slope(j, i), (-y.unit / unit) * centre);
    }
  }
  for (let i = 0; i < r; i += 1) {
    const { unit, centre } = scales[i] as Scale;
    set(location(i), location(i), unit);
    origin[location(i)] = centre;
    for (let k = 0; k <= i; k += 1) set(spread(i, k), spread(i, k), unit * (scales[k] as Scale).unit);
  }
  let logUnits = 0;
  for (const { observed, n } of patterns) for (const v of observed) logUnits += n * Math.log((scales[v] as Scale).unit);
  return (found) => ({
    ...found,
    theta: multiplyVector(map, found.theta).map((value, place) => value + (origin[place] as number)),
    covariance: found.covariance ? multiply(multiply(map, found.covariance), transpose(map)) : null,
    logLik: found.logLik - logUnits,
  });
}

/** A contrast of parameters with its standard error. */
export function contrast(
  { theta, covariance }: ActorPartnerEstimates,
  one: number,
  other: number,
): { readonly estimate: number; readonly se: number } {
  const variance = covariance
    ? at(covariance, one, one) + at(covariance, other, other) - 2 * at(covariance, one, other)
    : Number.NaN;
  return { estimate: (theta[one] as number) - (theta[other] as number), se: Math.sqrt(variance) };
}
