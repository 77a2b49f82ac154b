import { chiSquaredUpperTail } from '#main/stats/distributions/chi-squared.ts';
import { type ActorPartnerData, type ActorPartnerFit, fitActorPartner } from '#main/stats/dyads/actor-partner-model.ts';
import { resampleRatios } from '#main/stats/dyads/resample-effects.ts';
import { at } from '#main/stats/linear-algebra/matrix.ts';
import { bootstrapSummary } from '#main/stats/resampling/bootstrap-limits.ts';
import { drawnResamples } from '#main/stats/resampling/row-resamples.ts';
import type { RandomStream } from '#shared/domain/random.ts';
import { normalDraws } from '../../statistics/draws.ts';
import type { Reading, SimulationCell } from '../cell.ts';

type Truth = { readonly a1: number; readonly a2: number; readonly p12: number; readonly p21: number };
const truth: Truth = { a1: 0.5, a2: 0.4, p12: 0.25, p21: 0.15 };
const alike: Truth = { a1: 0.4, a2: 0.4, p12: 0.2, p21: 0.2 };

/** Predictors and residuals correlate by 0.3; intercepts are 1 and 2 times `differ`. */
function couples(stream: RandomStream, n: number, { a1, a2, p12, p21 }: Truth, differ = true): ActorPartnerData {
  const [x1, x2, y1, y2] = Array.from({ length: 4 }, () => Float64Array.from(normalDraws(stream, n))) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const other = Math.sqrt(1 - 0.3 ** 2);
  for (let row = 0; row < n; row += 1) {
    const e1 = y1[row] as number;
    const e2 = 0.3 * e1 + other * (y2[row] as number);
    const one = x1[row] as number;
    const two = 0.3 * one + other * (x2[row] as number);
    x2[row] = two;
    y1[row] = 1 + a1 * one + p21 * two + e1;
    y2[row] = (differ ? 2 : 1) + p12 * one + a2 * two + (differ ? 1.2 : 1) * e2;
  }
  return { x1, x2, y1, y2, covariates: [] };
}

function effectReadings({ layout, theta, covariance }: ActorPartnerFit): Reading[] | null {
  if (!covariance) return null;
  const { slope, intercept } = layout;
  const z = 1.959963984540054;
  const reading = (parameter: string, place: number, value: number): Reading => {
    const width = z * Math.sqrt(at(covariance, place, place));
    const estimate = theta[place] as number;
    return { parameter, low: estimate - width, high: estimate + width, truth: value };
  };
  return [
    reading('actor 1', slope(0, 0), truth.a1),
    reading('actor 2', slope(1, 1), truth.a2),
    reading('partner 1→2', slope(1, 0), truth.p12),
    reading('partner 2→1', slope(0, 1), truth.p21),
    reading('intercept 1', intercept(0), 1),
    reading('intercept 2', intercept(1), 2),
  ];
}

const complete: SimulationCell = {
  name: 'apim: 80 complete couples',
  replicate: (stream) => effectReadings(fitActorPartner(couples(stream, 80, truth), 'omit')),
};

/** y2 is missing the more often the higher y1 is, and x2 the more often the higher x1 is: at random, given what is seen. */
function withMissing(data: ActorPartnerData, stream: RandomStream): ActorPartnerData {
  const gone = (values: Float64Array, by: Float64Array, centre: number): Float64Array =>
    values.map((value, row) =>
      stream.nextUniform() < 0.5 / (1 + Math.exp(-1.5 * ((by[row] as number) - centre))) ? Number.NaN : value,
    );
  return { ...data, y2: gone(data.y2, data.y1, 1), x2: gone(data.x2, data.x1, 0) };
}

const incomplete: SimulationCell = {
  name: 'apim: 200 couples, full information, a quarter of one partner’s values missing at random',
  replicate: (stream) => {
    const fit = fitActorPartner(withMissing(couples(stream, 200, truth), stream), 'fiml');
    return fit.converged ? effectReadings(fit) : null;
  },
};

const tests: SimulationCell = {
  name: 'apim: 100 couples, nothing tells the partners apart',
  replicate: (stream) => {
    const fit = fitActorPartner(couples(stream, 100, alike, false), 'omit');
    return (['equal actors', 'equal partners', 'indistinguishable'] as const).map((name) => {
      const found = fit.restricted(name);
      return {
        parameter: name,
        p: chiSquaredUpperTail(2 * (fit.logLik - found.logLik), fit.parameters - found.parameters),
      };
    });
  },
};

const ratios: SimulationCell = {
  name: 'apim: 120 couples, k by 499 resamples of couples',
  replicate: (stream) => {
    const data = couples(stream, 120, truth);
    const { k1, k2 } = resampleRatios(
      data,
      drawnResamples(120, 499, () => stream),
      'omit',
    );
    return [
      { parameter: 'k1', ...bootstrapSummary(0, k1, 0.95, null).percentile, truth: truth.p21 / truth.a1 },
      { parameter: 'k2', ...bootstrapSummary(0, k2, 0.95, null).percentile, truth: truth.p12 / truth.a2 },
    ];
  },
};

export const dyadCells: readonly SimulationCell[] = [complete, incomplete, tests, ratios];
