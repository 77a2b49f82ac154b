import type { Estimand } from '../../quasi-experiments/iptw/propensity-weights.ts';
import type { GlmFit } from '../../regression/fit-glm.ts';
import { refusedModel } from '../shared/did-messages.ts';

const hint =
  'Leave out the covariate or level that only one arm has, restrict the data to where both arms are, or use ATO, which weighs such units by 0.';
const edge = 1e-8;

/**
 * Where the covariates determine the treatment of some units, an average over those units is not in the data (Hernán and Robins 2020,
 * Causal Inference, §3.3, positivity).
 * @throws ExpectedError REFUSED_MODEL
 */
export function refuseNoOverlap(fit: GlmFit, treated: Float64Array, estimand: Estimand): void {
  let undecided = 0;
  let alwaysOn = 0;
  let neverOn = 0;
  for (let i = 0; i < treated.length; i += 1) {
    const e = fit.fitted[i] as number;
    if (e > 1 - edge) alwaysOn += 1;
    else if (e < edge) neverOn += 1;
    else undecided += 1;
  }
  if (undecided === 0) {
    throw refusedModel(
      'The covariates tell without error who is treated, so no untreated unit is like any treated one.',
      'Use fewer covariates, or a comparison group that is more alike.',
    );
  }
  const lacking =
    estimand === 'ATE' ? alwaysOn + neverOn : estimand === 'ATT' ? alwaysOn : estimand === 'ATC' ? neverOn : 0;
  if (lacking > 0) {
    const what = estimand === 'ATT' ? 'treated' : estimand === 'ATC' ? 'untreated' : '';
    throw refusedModel(
      `The covariates determine the treatment of ${lacking} ${what === '' ? '' : `${what} `}unit${lacking === 1 ? '' : 's'}, to which no unit of the other arm is alike, so the ${estimand} cannot be estimated.`,
      hint,
    );
  }
}

export function weightWarnings(
  { estimand, truncate }: { readonly estimand: Estimand; readonly truncate?: readonly number[] | undefined },
  fit: GlmFit,
  treated: Float64Array,
  weights: Float64Array,
  effectiveN: { readonly treated: number; readonly control: number },
  names: readonly string[],
): string[] {
  const lost = names.filter((_name, place) => !fit.estimable.includes(place));
  const counts = { treated: 0, control: 0 };
  const largest = { treated: 0, control: 0 };
  const sums = { treated: 0, control: 0 };
  let extreme = 0;
  let decided = 0;
  for (let i = 0; i < treated.length; i += 1) {
    const arm = treated[i] === 1 ? 'treated' : 'control';
    const weight = weights[i] as number;
    const e = fit.fitted[i] as number;
    counts[arm] += 1;
    sums[arm] += weight;
    largest[arm] = Math.max(largest[arm], weight);
    if (e < 0.01 || e > 0.99) extreme += 1;
    if (e < edge || e > 1 - edge) decided += 1;
  }
  return [
    ...(fit.converged ? [] : [`The propensity model had not settled after ${fit.iterations} rounds.`]),
    ...(lost.length > 0 ? [`Not estimable in the propensity model beside the other terms: ${lost.join(', ')}.`] : []),
    ...(decided > 0
      ? [
          `The covariates determine the treatment of ${decided} units; they have no weight, so the effect is not about them.`,
        ]
      : []),
    ...(extreme > decided && estimand !== 'ATO'
      ? [
          `${extreme} units have a propensity below 0.01 or above 0.99: treated and untreated hardly overlap there. ATO leans least on such units.`,
        ]
      : []),
    ...(['treated', 'control'] as const).flatMap((arm) => {
      const name = arm === 'treated' ? 'treated' : 'untreated';
      const share = largest[arm] / sums[arm];
      return [
        ...(share > 0.05 && share > 3 / counts[arm]
          ? [
              `One ${name} unit holds ${(100 * share).toFixed(0)}% of its arm’s weight (${largest[arm].toPrecision(3)}).`,
            ]
          : []),
        ...(effectiveN[arm] < counts[arm] / 2 && estimand !== 'ATO'
          ? [
              `The ${counts[arm]} ${name} units tell as much as ${effectiveN[arm].toFixed(1)} equally weighted ones: the weights are very unequal.`,
            ]
          : []),
      ];
    }),
    ...(truncate
      ? [
          'Extreme propensities were held at quantiles, which trades bias for precision; the errors take those quantiles as known.',
        ]
      : []),
    ...(Math.min(counts.treated, counts.control) < 50
      ? [
          `There are only ${Math.min(counts.treated, counts.control)} units in one arm; the errors are for large samples and may be too small.`,
        ]
      : []),
  ];
}
