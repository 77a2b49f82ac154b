import { columnOf, type Matrix, multiplyVector } from '../../linear-algebra/matrix.ts';
import type { PropensityWeights } from './propensity-weights.ts';

export type WeightedEffect = {
  readonly treatedMean: number;
  readonly treatedSe: number;
  readonly controlMean: number;
  readonly controlSe: number;
  readonly effect: number;
  readonly se: number;
  /** As if the weights were known: HC0 of the weighted regression on treatment. */
  readonly seKnownWeights: number;
};

/**
 * Difference of weighted means (Hájek's, weights normalised within arms) with standard errors that allow for the propensity having been
 * estimated: stacked estimating equations of the logistic scores and both means, solved as an M-estimator (Lunceford and Davidian 2004,
 * Statistics in Medicine 23:2937, §3; Stefanski and Boos 2002, The American Statistician 56:29). No correction for small samples.
 * @param x n × p design of the propensity, columns independent
 * @param information (XᵀWX)⁻¹ of the logistic fit
 * @param propensities fitted
 */
export function weightedEffect(
  x: Matrix,
  information: Matrix,
  propensities: Float64Array,
  { weights, slopes }: PropensityWeights,
  treated: Float64Array,
  y: Float64Array,
): WeightedEffect {
  const n = y.length;
  const arms = ([0, 1] as const).map((arm) => {
    const { mean, total } = weightedMean(y, weights, treated, arm);
    const gradient = new Float64Array(x.columns);
    for (let j = 0; j < x.columns; j += 1) {
      const column = columnOf(x, j);
      let sum = 0;
      for (let i = 0; i < n; i += 1) {
        if (treated[i] === arm) sum += (column[i] as number) * (slopes[i] as number) * ((y[i] as number) - mean);
      }
      gradient[j] = sum / total;
    }
    return { mean, total, direction: multiplyVector(information, gradient) };
  });
  const [control, on] = arms as [(typeof arms)[number], (typeof arms)[number]];
  const controlScore = multiplyVector(x, control.direction);
  const treatedScore = multiplyVector(x, on.direction);
  const squares = { control: 0, treated: 0, effect: 0, known: 0 };
  for (let i = 0; i < n; i += 1) {
    const left = (treated[i] as number) - (propensities[i] as number);
    const isOn = treated[i] === 1;
    const arm = isOn ? on : control;
    const own = ((weights[i] as number) * ((y[i] as number) - arm.mean)) / arm.total;
    const ofTreated = (isOn ? own : 0) + left * (treatedScore[i] as number);
    const ofControl = (isOn ? 0 : own) + left * (controlScore[i] as number);
    squares.control += ofControl * ofControl;
    squares.treated += ofTreated * ofTreated;
    squares.effect += (ofTreated - ofControl) ** 2;
    squares.known += own * own;
  }
  return {
    treatedMean: on.mean,
    treatedSe: Math.sqrt(squares.treated),
    controlMean: control.mean,
    controlSe: Math.sqrt(squares.control),
    effect: on.mean - control.mean,
    se: Math.sqrt(squares.effect),
    seKnownWeights: Math.sqrt(squares.known),
  };
}

/** Mean of one arm, taken about its first value so that a distant origin costs no digits. */
function weightedMean(
  y: Float64Array,
  weights: Float64Array,
  treated: Float64Array,
  arm: 0 | 1,
): { readonly mean: number; readonly total: number } {
  const origin = y[treated.indexOf(arm)] as number;
  let sum = 0;
  let total = 0;
  for (let i = 0; i < y.length; i += 1) {
    if (treated[i] !== arm) continue;
    sum += (weights[i] as number) * ((y[i] as number) - origin);
    total += weights[i] as number;
  }
  return { mean: origin + sum / total, total };
}
