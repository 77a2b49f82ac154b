import { at, columnOf, type Matrix, matrixOf } from '../linear-algebra/matrix.ts';
import { dot, sumOfSquares } from '../numeric/sums.ts';
import { type LeastSquares, leastSquares } from '../regression/least-squares.ts';
import { type MediationDiagram, type MediationStructure, mediationDiagram } from './mediation-effects.ts';

export type MediationData = {
  readonly x: Float64Array;
  readonly mediators: readonly Float64Array[];
  readonly y: Float64Array;
  /** Numeric columns, none a combination of the others and x. */
  readonly covariates: readonly Float64Array[];
};

/** One regression: outcome node on nodes, then the covariates. */
export type MediationEquation = {
  readonly outcome: number;
  /** Nodes in the order of the design's columns, after the intercept; the covariates follow them. */
  readonly regressors: readonly number[];
  /** Without the decomposition, which is as large as the data. */
  readonly fit: Pick<LeastSquares, 'coefficients' | 'unscaledCovariance' | 'residuals' | 'residualSumOfSquares'>;
  readonly dfResidual: number;
  /** Of the outcome about its mean. */
  readonly totalSumOfSquares: number;
};

export type MediationFit = {
  readonly diagram: MediationDiagram;
  /** One a mediator, then y's, then y on x without the mediators (the total effect). */
  readonly equations: readonly MediationEquation[];
  /** In the order of `diagram.paths`. */
  readonly coefficients: Float64Array;
  /** Covariance of the path coefficients, divisor of residual variances the residual degrees of freedom. */
  readonly covariance: Matrix;
  readonly dfs: readonly number[];
  readonly total: { readonly estimate: number; readonly se: number; readonly df: number };
};

/**
 * Paths of a mediation diagram by ordinary least squares, one regression for each mediator and for y, and the total effect from
 * y on x alone (Baron and Kenny 1986, JPSP 51:1173). Across equations the coefficients of parallel mediators covary as their
 * residuals do (Preacher and Hayes 2008, Behavior Research Methods 40:879); residuals of y's equation and of a later serial
 * mediator's are orthogonal to those before by construction. As R's `lm`.
 */
export function fitMediation(data: MediationData, structure: MediationStructure): MediationFit {
  const k = data.mediators.length;
  const diagram = mediationDiagram(structure, k);
  const nodes = [data.x, ...data.mediators, data.y];
  const upTo = (count: number): number[] => Array.from({ length: count }, (_none, node) => node);
  const equations = [
    ...upTo(k).map((index) => equation(data, nodes, index + 1, structure === 'serial' ? upTo(index + 1) : [0])),
    equation(data, nodes, k + 1, upTo(k + 1)),
    equation(data, nodes, k + 1, [0]),
  ];
  const places = diagram.paths.map(({ from, to }) => {
    const which = to - 1;
    return { which, column: 1 + (equations[which] as MediationEquation).regressors.indexOf(from) };
  });
  const covariance = matrixOf(places.length, places.length);
  const coefficients = new Float64Array(places.length);
  places.forEach((one, i) => {
    const own = equations[one.which] as MediationEquation;
    coefficients[i] = own.fit.coefficients[one.column] as number;
    places.forEach((other, j) => {
      if (other.which !== one.which && (structure === 'serial' || one.which >= k || other.which >= k)) return;
      const residual = dot(own.fit.residuals, (equations[other.which] as MediationEquation).fit.residuals);
      covariance.data[j * places.length + i] =
        (residual / own.dfResidual) * at(own.fit.unscaledCovariance, one.column, other.column);
    });
  });
  const last = equations[k + 1] as MediationEquation;
  return {
    diagram,
    equations,
    coefficients,
    covariance,
    dfs: places.map(({ which }) => (equations[which] as MediationEquation).dfResidual),
    total: { estimate: last.fit.coefficients[1] as number, se: standardError(last, 1), df: last.dfResidual },
  };
}

export function standardError({ fit, dfResidual }: MediationEquation, column: number): number {
  return Math.sqrt((fit.residualSumOfSquares / dfResidual) * at(fit.unscaledCovariance, column, column));
}

function equation(
  { covariates }: MediationData,
  nodes: readonly Float64Array[],
  outcome: number,
  regressors: readonly number[],
): MediationEquation {
  const columns = [...regressors.map((node) => nodes[node] as Float64Array), ...covariates];
  const target = nodes[outcome] as Float64Array;
  const n = target.length;
  const design = matrixOf(n, columns.length + 1);
  columnOf(design, 0).fill(1);
  columns.forEach((values, index) => {
    columnOf(design, index + 1).set(values);
  });
  const { coefficients, unscaledCovariance, residuals, residualSumOfSquares } = leastSquares(design, target);
  return {
    outcome,
    regressors,
    fit: { coefficients, unscaledCovariance, residuals, residualSumOfSquares },
    dfResidual: n - design.columns,
    totalSumOfSquares: sumOfSquares(target),
  };
}
