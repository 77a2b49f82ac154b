import { z } from 'zod';
import { ExpectedError } from '#shared/domain/result.ts';
import { type DataTable, numbersIn } from '../../data/table.ts';
import { twoSidedNormal } from '../../distributions/normal.ts';
import { twoSidedT } from '../../distributions/student-t.ts';
import { designMatrix } from '../../formula/design.ts';
import { columnsOfFormula, parseFormula } from '../../formula/formula.ts';
import { type ModelFrame, modelFrame, numericResponse } from '../../formula/model-frame.ts';
import { subMatrix } from '../../linear-algebra/matrix.ts';
import { fitSeries, type SeriesErrors, type SeriesFit } from '../../quasi-experiments/its/fit-series.ts';
import { counterfactual, criticalValue, effectAt } from '../../quasi-experiments/its/intervention-effect.ts';
import { usualLag } from '../../quasi-experiments/its/newey-west.ts';
import {
  refuseUnidentified,
  type SegmentedDesign,
  segmentedDesign,
} from '../../quasi-experiments/its/segmented-design.ts';
import { type TimeAxis, timeAxis } from '../../quasi-experiments/its/time-axis.ts';
import { columnSpec, commonSpec } from '../common-spec.ts';
import type { Outcome, Procedure, RunContext } from '../procedure.ts';
import { covariatesSpec, covariateText, responseText } from '../shared/covariate-terms.ts';
import { refuseExtremes } from '../shared/refuse-extremes.ts';
import { notEstimable, type TermResult, waldTerm } from '../term.ts';
import { itsDiagnostics } from './diagnostics.ts';
import { itsScript } from './script.ts';

const kinds = z.enum(['newey-west', 'ar1', 'model']);
const schema = z.strictObject({
  ...commonSpec,
  /** A column, or a function of one such as `log(count)`. */
  y: columnSpec,
  /** Numbers, or text in order; without it, the order of the rows. */
  time: columnSpec.optional(),
  /** The first time under the intervention. */
  start: z.union([z.number(), z.string().min(1)]),
  /** Denominator of a count: its logarithm is the offset. */
  offset: columnSpec.optional(),
  family: z.enum(['gaussian', 'poisson', 'quasipoisson', 'negative-binomial']).default('gaussian'),
  seasonality: z
    .strictObject({ period: z.number().gt(1).max(1e6), harmonics: z.number().int().min(1).max(1_000).optional() })
    .optional(),
  errors: z
    .union([
      kinds.transform((kind) => ({ kind })),
      z.strictObject({
        kind: kinds.optional(),
        lag: z.number().int().min(0).max(1e6).optional(),
        /** Times n/(n − k), with t(n − k). */
        adjust: z.boolean().optional(),
        /** Of ar1. */
        method: z.enum(['REML', 'ML']).optional(),
      }),
    ])
    .optional(),
  covariates: covariatesSpec,
  /** Points into the intervention at which its effect is asked; 1 is the first. */
  horizons: z.array(z.number().int().min(1).max(1e6)).min(1).max(1_000).optional(),
});
export type ItsSpec = z.output<typeof schema>;

function formulaOf(spec: ItsSpec): ReturnType<typeof parseFormula> {
  const terms = covariateText(spec.covariates);
  return parseFormula(`${responseText(spec.y)} ~ ${terms === '' ? '1' : terms}`);
}

function otherColumns(spec: ItsSpec): string[] {
  return [...(spec.time === undefined ? [] : [spec.time]), ...(spec.offset === undefined ? [] : [spec.offset])];
}

function columnsOf(spec: ItsSpec): string[] {
  return [...columnsOfFormula(formulaOf(spec)), ...otherColumns(spec)];
}

/** A segmented regression of one series. */
function run(table: DataTable, spec: ItsSpec, context: RunContext): Outcome {
  const frame = modelFrame(table, formulaOf(spec), { factors: spec.factors, alsoUsed: otherColumns(spec) });
  const axis = timeAxis(table, spec.time, spec.start, frame.rows, spec.time ? spec.factors[spec.time] : []);
  const places = placesOf(frame.rows, axis.rows, table.rows);
  const response = numericResponse(frame);
  const y = Float64Array.from(places, (place) => response[place] as number);
  refuseExtremes(y, spec.y);
  const design = designOfSeries(frame, spec, axis, places);
  const offset = offsetOf(table, spec, axis);
  refuseCounts(spec, y, axis);
  const errors = errorsOf(spec, y.length);
  const fit = fitSeries(design.matrix, y, spec.family, offset, axis.steps, errors);
  refuseUnidentified(axis, design, fit.estimable);
  const diagnostics = itsDiagnostics(design.matrix, fit, errors.kind, spec.seasonality?.period ?? null);
  const warnings = [
    ...axis.warnings,
    ...warningsOf(spec, errors, axis, design, fit),
    ...fit.warnings,
    ...diagnostics.warnings,
  ];
  return {
    n: y.length,
    excluded: frame.excluded,
    terms: termsOf(design, fit, spec.confidence),
    ...effectsOf(spec, axis, design, fit, y),
    errors: { kind: errors.kind, ...detailOf(errors) },
    fit: fit.fit,
    residuals: diagnostics.found,
    series: Array.from(axis.t, (_t, i) => ({ time: axis.labels[i], observed: y[i], fitted: fit.fitted[i] })),
    warnings,
    r: itsScript(table, { ...spec, family: fittedFamily(spec, fit) }, columnsOf(spec), axis, errors, context),
  };
}

/** Without an estimate of theta, negative binomial counts are fitted as Poisson's. */
function fittedFamily(spec: ItsSpec, fit: SeriesFit): ItsSpec['family'] {
  return spec.family === 'negative-binomial' && fit.fit['theta'] === null ? 'poisson' : spec.family;
}

function placesOf(unsorted: Int32Array, sorted: Int32Array, rows: number): Int32Array {
  const place = new Int32Array(rows);
  for (let i = 0; i < unsorted.length; i += 1) place[unsorted[i] as number] = i;
  return sorted.map((row) => place[row] as number);
}

function designOfSeries(frame: ModelFrame, spec: ItsSpec, axis: TimeAxis, places: Int32Array): SegmentedDesign {
  const seasonality = spec.seasonality
    ? {
        period: spec.seasonality.period,
        harmonics: spec.seasonality.harmonics ?? Math.min(2, Math.floor(spec.seasonality.period / 2)),
      }
    : null;
  if (seasonality && 2 * seasonality.harmonics > seasonality.period) {
    throw new ExpectedError(
      'BAD_SPEC',
      `A period of ${seasonality.period} has ${Math.floor(seasonality.period / 2)} harmonics at most, not ${seasonality.harmonics}.`,
      'Nothing was computed. Give fewer harmonics.',
    );
  }
  if (spec.covariates.length === 0) return segmentedDesign(axis, seasonality, null);
  const other = designMatrix(frame);
  const all = Array.from({ length: other.matrix.columns }, (_none, place) => place);
  return segmentedDesign(axis, seasonality, { ...other, matrix: subMatrix(other.matrix, Array.from(places), all) });
}

function offsetOf(table: DataTable, spec: ItsSpec, axis: TimeAxis): Float64Array | null {
  if (spec.offset === undefined) return null;
  if (spec.family === 'gaussian') {
    throw new ExpectedError(
      'BAD_SPEC',
      '“offset” is the denominator of a count, so it needs a family of counts.',
      'Nothing was computed. Choose poisson, quasipoisson or negative-binomial, or divide y by it and model the rate.',
    );
  }
  const values = numbersIn(table, spec.offset, axis.rows);
  const bad = values.findIndex((value) => !(value > 0));
  if (bad >= 0) {
    throw new ExpectedError(
      'BAD_COLUMN',
      `“${spec.offset}” is a denominator and must be above 0, but row ${(axis.rows[bad] as number) + 1} holds ${values[bad]}.`,
      'Nothing was computed. Correct the value, or leave it empty so that the row is left out.',
    );
  }
  return values.map(Math.log);
}

function refuseCounts(spec: ItsSpec, y: Float64Array, axis: TimeAxis): void {
  if (spec.family === 'gaussian') return;
  const bad = y.findIndex((value) => value < 0);
  if (bad >= 0) {
    throw new ExpectedError(
      'BAD_COLUMN',
      `Counts cannot be negative, but “${spec.y}” is ${y[bad]} in row ${(axis.rows[bad] as number) + 1}.`,
      'Nothing was computed. Correct the value, or use the gaussian family.',
    );
  }
  if (y.every((value) => value === 0)) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      `“${spec.y}” is 0 throughout, so there is nothing to explain.`,
      'Nothing was computed. Look at whether the right column was chosen.',
    );
  }
}

function errorsOf(spec: ItsSpec, n: number): SeriesErrors {
  const given = (spec.errors ?? {}) as Partial<SeriesErrors>;
  const kind = given.kind ?? (spec.family === 'gaussian' && n < 120 && given.lag === undefined ? 'ar1' : 'newey-west');
  if (kind === 'ar1' && spec.family !== 'gaussian') {
    throw new ExpectedError(
      'BAD_SPEC',
      'ar1 errors are those of a gaussian series.',
      'Nothing was computed. For counts choose newey-west, or model the logarithm of the rate.',
    );
  }
  const lag = given.lag ?? usualLag(n);
  if (kind === 'newey-west' && lag >= n) {
    throw new ExpectedError(
      'BAD_SPEC',
      `The lag of ${lag} is not below the number of points, ${n}.`,
      'Nothing was computed. Give a smaller lag.',
    );
  }
  return { kind, lag, adjust: given.adjust ?? true, method: given.method ?? 'REML' };
}

function detailOf(errors: SeriesErrors): Record<string, unknown> {
  if (errors.kind === 'newey-west') return { lag: errors.lag, adjust: errors.adjust };
  return errors.kind === 'ar1' ? { method: errors.method } : {};
}

function termsOf(design: SegmentedDesign, fit: SeriesFit, confidence: number): TermResult[] {
  return design.names.map((name, place) => {
    const own = fit.estimable.indexOf(place);
    if (own < 0) return notEstimable(name);
    const variance = fit.covariance.data[own * fit.covariance.rows + own] as number;
    return waldTerm(name, fit.coefficients[place] as number, Math.sqrt(variance), fit.df, confidence);
  });
}

function effectsOf(
  spec: ItsSpec,
  axis: TimeAxis,
  design: SegmentedDesign,
  fit: SeriesFit,
  y: Float64Array,
): Record<string, unknown> {
  const rows = Array.from(axis.t, (_t, i) => i).filter((i) => (axis.t[i] as number) >= axis.start);
  const quantile = criticalValue(fit.df, spec.confidence);
  const logLink = spec.family !== 'gaussian';
  const relative = logLink || /^log\(/.test(spec.y);
  const last = (axis.t.at(-1) as number) - axis.start + 1;
  const { points, total } = counterfactual(fit, design.matrix, rows, logLink, quantile);
  return {
    effects: (spec.horizons ?? [1, last]).map((horizon) => {
      const { estimate, se } = effectAt(fit, horizon);
      const statistic = estimate / se;
      const [low, high] = [estimate - quantile * se, estimate + quantile * se];
      return {
        horizon,
        estimate,
        se,
        statistic,
        df: fit.df,
        p: fit.df === null ? twoSidedNormal(statistic) : twoSidedT(statistic, fit.df),
        low,
        high,
        ...(relative ? { percent: percent(estimate), percentLow: percent(low), percentHigh: percent(high) } : {}),
      };
    }),
    counterfactual: points.map((point, i) => ({
      time: axis.labels[rows[i] as number],
      observed: y[rows[i] as number],
      ...point,
    })),
    total,
  };
}

function percent(logRatio: number): number {
  return 100 * Math.expm1(logRatio);
}

function warningsOf(
  spec: ItsSpec,
  errors: SeriesErrors,
  axis: TimeAxis,
  design: SegmentedDesign,
  fit: SeriesFit,
): string[] {
  const after = axis.t.filter((t) => t >= axis.start).length;
  const before = axis.t.length - after;
  const lost = design.names.filter((_name, place) => !fit.estimable.includes(place));
  return [
    ...(Math.min(before, after) < 8
      ? [
          `There are only ${before} points before the start and ${after} from it on; with fewer than 8 on either side, trends are uncertain and the intervals may be too narrow.`,
        ]
      : []),
    ...(errors.kind === 'newey-west' && axis.t.length < 120 && errors.lag > 0
      ? [
          `Newey–West intervals cover too little in a series of ${axis.t.length} points; with fewer than 120, ar1 errors are safer${spec.family === 'gaussian' ? '' : ' (of a gaussian series)'}.`,
        ]
      : []),
    ...(lost.length > 0 ? [`Not estimable beside the other terms: ${lost.join(', ')}.`] : []),
  ];
}

const exampleRates = [
  20.1, 21.4, 20.8, 22.0, 21.7, 21.1, 22.6, 22.9, 22.2, 23.4, 23.1, 24.0, 20.2, 19.6, 19.9, 18.8, 19.2, 18.1, 18.4,
  17.2, 17.9, 16.8, 17.1, 16.0,
];

export const its: Procedure<ItsSpec> = {
  name: 'its',
  summary: 'Interrupted time series: the change of level and of trend of one series when something began.',
  schema,
  columns: columnsOf,
  run,
  example: {
    question: 'Did the monthly rate change level or trend from month 13 on?',
    data: `month,rate\n${exampleRates.map((rate, i) => `${i + 1},${rate}`).join('\n')}\n`,
    spec: { y: 'rate', time: 'month', start: 13 },
  },
};
