import { chiSquaredUpperTail } from '../../distributions/chi-squared.ts';
import {
  type ActorPartnerEstimates,
  type ActorPartnerFit,
  contrast,
  type Restriction,
} from '../../dyads/actor-partner-model.ts';
import type { Layout } from '../../dyads/actor-partner-structure.ts';
import { cholesky, solveCholesky } from '../../linear-algebra/cholesky.ts';
import { at, rowsOf, subMatrix } from '../../linear-algebra/matrix.ts';
import { type TestResult, waldTerm } from '../term.ts';
import type { ApimLabels } from './spec.ts';

type Row = Readonly<Record<string, unknown>>;

/** The named paths and intercepts, with the place of each among the parameters. */
export function pathPlaces(
  layout: Layout,
  covariates: readonly string[],
): { readonly parameter: string; readonly place: number }[] {
  return [
    { parameter: 'actor 1', place: layout.slope(0, 0) },
    { parameter: 'actor 2', place: layout.slope(1, 1) },
    { parameter: 'partner 1→2', place: layout.slope(1, 0) },
    { parameter: 'partner 2→1', place: layout.slope(0, 1) },
    { parameter: 'intercept 1', place: layout.intercept(0) },
    { parameter: 'intercept 2', place: layout.intercept(1) },
    ...covariates.flatMap((name, index) =>
      [0, 1].map((j) => ({ parameter: `${name} ${j + 1}`, place: layout.slope(j, index + 2) })),
    ),
  ];
}

/** A label with roles for numbers; only the last word of it speaks of roles. */
export function labelled(parameter: string, [one, two]: readonly [string, string]): string {
  const cut = parameter.lastIndexOf(' ') + 1;
  const role: Readonly<Record<string, string>> = { 1: one, 2: two, '1→2': `${one}→${two}`, '2→1': `${two}→${one}` };
  return `${parameter.slice(0, cut)}${role[parameter.slice(cut)] ?? parameter.slice(cut)}`;
}

/** Paths and intercepts, residual covariance, predictors: everything the model estimates. */
export function estimateRows(
  found: ActorPartnerEstimates,
  layout: Layout,
  labels: ApimLabels,
  confidence: number,
): Row {
  const row = (place: number): Row => {
    const {
      term: _term,
      df: _df,
      ...numbers
    } = waldTerm('', found.theta[place] as number, errorOf(found, place), null, confidence);
    return numbers;
  };
  const terms = pathPlaces(layout, labels.covariates).map(({ parameter, place }) => ({
    ...waldTerm(
      labelled(parameter, labels.roles),
      found.theta[place] as number,
      errorOf(found, place),
      null,
      confidence,
    ),
    parameter,
  }));
  const { residual, spread, mean } = layout;
  return {
    terms,
    residualCovariance: {
      variances: [row(residual(0, 0)), row(residual(1, 1))],
      covariance: row(residual(1, 0)),
      correlation: correlationRow(found, [residual(0, 0), residual(1, 0), residual(1, 1)], confidence),
      matrix: matrixRows(found, [residual(0, 0), residual(1, 0), residual(1, 1)]),
    },
    predictors: {
      means: [row(mean(0)), row(mean(1))],
      variances: [row(spread(0, 0)), row(spread(1, 1))],
      covariance: row(spread(1, 0)),
      correlation: correlationRow(found, [spread(0, 0), spread(1, 0), spread(1, 1)], confidence),
      matrix: matrixRows(found, [spread(0, 0), spread(1, 0), spread(1, 1)]),
    },
  };
}

function errorOf({ covariance }: ActorPartnerEstimates, place: number): number {
  return covariance ? Math.sqrt(at(covariance, place, place)) : Number.NaN;
}

type Three = readonly [number, number, number];

function matrixRows({ theta }: ActorPartnerEstimates, [first, both, second]: Three): number[][] {
  return [
    [theta[first] as number, theta[both] as number],
    [theta[both] as number, theta[second] as number],
  ];
}

/** c/√(v1·v2) with its standard error by the delta method. */
function correlationRow({ theta, covariance }: ActorPartnerEstimates, places: Three, confidence: number): Row {
  const [v1, c, v2] = places.map((place) => theta[place] as number) as [number, number, number];
  const estimate = c / Math.sqrt(v1 * v2);
  const gradient = [-estimate / (2 * v1), 1 / Math.sqrt(v1 * v2), -estimate / (2 * v2)];
  let variance = 0;
  places.forEach((a, i) => {
    places.forEach((b, j) => {
      variance += (gradient[i] as number) * (gradient[j] as number) * (covariance ? at(covariance, a, b) : Number.NaN);
    });
  });
  const { term: _term, df: _df, ...numbers } = waldTerm('', estimate, Math.sqrt(variance), null, confidence);
  return numbers;
}

/** Covariances of the four effects, in the order of the terms. */
export function pathCovariance(fit: ActorPartnerFit, roles: readonly [string, string]): Row {
  const places = pathPlaces(fit.layout, []).slice(0, 4);
  const at4 = places.map(({ place }) => place);
  return {
    terms: places.map(({ parameter }) => labelled(parameter, roles)),
    matrix: fit.covariance ? rowsOf(subMatrix(fit.covariance, at4, at4)) : null,
  };
}

const restrictions: readonly Restriction[] = [
  'equal actors',
  'equal partners',
  'equal actors and partners',
  'no partner effects',
  'actor 1 equals partner 2→1',
  'actor 2 equals partner 1→2',
  'indistinguishable',
];

/** Models shown with their estimates, because they are what is reported where the test does not speak against them. */
const shown: readonly Restriction[] = ['equal actors and partners', 'indistinguishable'];

/** Likelihood-ratio tests of restrictions against the model, Wald tests of equality, and the restricted models. */
export function testRows(
  fit: ActorPartnerFit,
  labels: ApimLabels,
  confidence: number,
  warnings: string[],
): { readonly tests: readonly Row[]; readonly models: readonly Row[] } {
  const models: Row[] = [];
  const ratios = restrictions.map((name) => {
    const found = fit.restricted(name);
    const df = fit.parameters - found.parameters;
    if (!found.converged) warnings.push(`The model “${name}” did not converge, so its test is not given.`);
    // Rounding may leave a hair below zero where the restriction holds exactly.
    const statistic = found.converged ? Math.max(0, 2 * (fit.logLik - found.logLik)) : null;
    if (shown.includes(name) && found.converged) {
      models.push({
        name,
        logLik: found.logLik,
        parameters: found.parameters,
        ...estimateRows(found, fit.layout, labels, confidence),
      });
    }
    return {
      ...test(name, statistic, df),
      method: 'likelihood ratio',
      logLik: found.converged ? found.logLik : null,
    };
  });
  return { tests: [...ratios, ...waldTests(fit)], models };
}

function test(name: string, statistic: number | null, df: number): TestResult {
  return { name, statistic, df, p: statistic === null ? null : chiSquaredUpperTail(statistic, df) };
}

function waldTests(fit: ActorPartnerFit): Row[] {
  const { slope } = fit.layout;
  const actors = [slope(0, 0), slope(1, 1)] as const;
  const partners = [slope(0, 1), slope(1, 0)] as const;
  const one = (name: string, [a, b]: readonly [number, number]): Row => {
    const { estimate, se } = contrast(fit, a, b);
    return { ...test(name, (estimate / se) ** 2, 1), method: 'Wald', difference: estimate, se };
  };
  return [
    one('equal actors, Wald', actors),
    one('equal partners, Wald', partners),
    { ...test('equal actors and partners, Wald', jointWald(fit, [actors, partners]), 2), method: 'Wald' },
  ];
}

function jointWald(
  { theta, covariance }: ActorPartnerFit,
  pairs: readonly (readonly [number, number])[],
): number | null {
  if (!covariance) return null;
  const difference = pairs.map(([a, b]) => (theta[a] as number) - (theta[b] as number));
  const between = pairs.map(([a, b]) =>
    pairs.map(([c, d]) => at(covariance, a, c) - at(covariance, a, d) - at(covariance, b, c) + at(covariance, b, d)),
  );
  const factor = cholesky({ rows: pairs.length, columns: pairs.length, data: Float64Array.from(between.flat()) });
  if (!factor) return null;
  const solved = solveCholesky(factor, difference);
  return difference.reduce((total, value, i) => total + value * (solved[i] as number), 0);
}
