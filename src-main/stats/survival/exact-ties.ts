import { ExpectedError } from '#shared/domain/result.ts';
import { coxPredictor, symmetric } from './cox-fit.ts';
import type { CoxSample } from './cox-sample.ts';
import { type Evaluation, type Maximum, maximise } from './newton.ts';

const mostWork = 3e9;

/**
 * The exact partial likelihood of discrete times (Cox 1972, §6; Kalbfleisch and Prentice 2002, eq. 4.20): which d of those at risk
 * have the event, given that d do. The sum over all choices is an elementary symmetric polynomial, built up person by person with
 * its derivatives (Gail, Lubin and Rubinstein 1981, Biometrika 68:703). As `coxph(ties = "exact")`; with strata for matched sets it
 * is conditional logistic regression.
 * @throws ExpectedError REFUSED_MODEL where that many ties would take too long.
 */
export function fitExactCox(sample: CoxSample): Maximum {
  const sets = tiedSets(sample);
  const work = sets.reduce((total, set) => total + set.places.length * set.deaths, 0) * (sample.x.p + 1) ** 2;
  if (work > mostWork) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      'There are too many tied events for the exact likelihood.',
      'Nothing was computed. Use “efron”, which comes close to it.',
    );
  }
  return maximise(sample.x.p, (beta) => exactLikelihood(sample, sets, beta));
}

type TiedSet = { readonly places: Int32Array; readonly deaths: number };

/** Who is at risk at each event time; those dying then come first. */
function tiedSets({ time, entry, status, strata }: CoxSample): TiedSet[] {
  const sets: TiedSet[] = [];
  for (let s = 0; s + 1 < strata.length; s += 1) {
    const to = strata[s + 1] as number;
    for (let start = strata[s] as number; start < to; ) {
      const now = time[start] as number;
      const dying: number[] = [];
      const others: number[] = [];
      let end = start;
      for (; end < to && time[end] === now; end += 1) (status[end] === 1 ? dying : others).push(end);
      if (dying.length > 0) {
        for (let place = end; place < to; place += 1) {
          if (!entry || (entry[place] as number) < now) others.push(place);
        }
        sets.push({ places: Int32Array.from([...dying, ...others]), deaths: dying.length });
      }
      start = end;
    }
  }
  return sets;
}

function exactLikelihood(sample: CoxSample, sets: readonly TiedSet[], beta: Float64Array): Evaluation {
  const { p, values } = sample.x;
  const eta = coxPredictor(sample, beta);
  const score = new Float64Array(p);
  const lower = new Float64Array(p * p);
  let logLik = 0;
  for (const { places, deaths } of sets) {
    const sums = symmetricSums(sample, eta, places, deaths);
    logLik -= sums.logTotal;
    for (let k = 0; k < deaths; k += 1) {
      const place = places[k] as number;
      logLik += eta[place] as number;
      for (let j = 0; j < p; j += 1) score[j] = (score[j] as number) + (values[place * p + j] as number);
    }
    for (let j = 0; j < p; j += 1) {
      const mean = sums.first[j] as number;
      score[j] = (score[j] as number) - mean;
      for (let m = 0; m <= j; m += 1) {
        const at = j * p + m;
        lower[at] = (lower[at] as number) + (sums.second[at] as number) - mean * (sums.first[m] as number);
      }
    }
  }
  return { logLik, score, information: symmetric(p, lower) };
}

/**
 * log of the sum over all choices of `deaths` of exp(Σ η), and its first and second moments of Σ x. The risks are scaled so that the
 * polynomials of every order stay within what doubles hold.
 */
function symmetricSums({ x }: CoxSample, eta: Float64Array, places: Int32Array, deaths: number) {
  const { p, values } = x;
  let largest = Number.NEGATIVE_INFINITY;
  for (const place of places) largest = Math.max(largest, eta[place] as number);
  let risks = 0;
  for (const place of places) risks += Math.exp((eta[place] as number) - largest);
  const shift = largest + Math.log(risks / deaths) + 1;
  const size = 1 + p + p * p;
  const sums = new Float64Array((deaths + 1) * size);
  sums[0] = 1;
  places.forEach((place, seen) => {
    const risk = Math.exp((eta[place] as number) - shift);
    for (let k = Math.min(deaths, seen + 1); k >= 1; k -= 1) {
      const from = (k - 1) * size;
      const to = k * size;
      const before = sums[from] as number;
      for (let j = 0; j < p; j += 1) {
        const value = values[place * p + j] as number;
        const first = (sums[from + 1 + j] as number) + value * before;
        for (let m = 0; m <= j; m += 1) {
          const at = 1 + p + j * p + m;
          // (S + x)(S + x)ᵀ = SSᵀ + xSᵀ + (S + x)xᵀ.
          sums[to + at] =
            (sums[to + at] as number) +
            risk *
              ((sums[from + at] as number) +
                value * (sums[from + 1 + m] as number) +
                first * (values[place * p + m] as number));
        }
      }
      for (let j = 0; j < p; j += 1) {
        const value = values[place * p + j] as number;
        sums[to + 1 + j] = (sums[to + 1 + j] as number) + risk * ((sums[from + 1 + j] as number) + value * before);
      }
      sums[to] = (sums[to] as number) + risk * before;
    }
  });
  const top = deaths * size;
  const total = sums[top] as number;
  return {
    logTotal: Math.log(total) + deaths * shift,
    first: sums.slice(top + 1, top + 1 + p).map((value) => value / total),
    second: sums.slice(top + 1 + p, top + size).map((value) => value / total),
  };
}
