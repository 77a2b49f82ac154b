import type { ModelFrame } from '../../formula/model-frame.ts';
import { type Balance, balanceOf, hasTwoValues } from '../../quasi-experiments/iptw/balance.ts';
import type { Estimand } from '../../quasi-experiments/iptw/propensity-weights.ts';
import { orNull } from '../shared/or-null.ts';

type Nullable = { readonly [Key in keyof Balance]: number | null };
export type BalanceRow = { readonly covariate: string } & Nullable;

/** A difference larger than this is usually called imbalance. */
const tolerated = 0.1;

/** A row for each numeric variable of the formula and each level of each factor. */
export function balanceRows(
  frame: ModelFrame,
  treated: Float64Array,
  weights: Float64Array,
  estimand: Estimand,
): { readonly rows: readonly BalanceRow[]; readonly warnings: readonly string[] } {
  const standard = estimand === 'ATT' ? 'treated' : 'pooled';
  const rows: BalanceRow[] = [];
  const undefinedIn: string[] = [];
  const add = (covariate: string, values: Float64Array): void => {
    const found = balanceOf(values, treated, weights, standard);
    const shown = Object.fromEntries(Object.entries(found).map(([key, value]) => [key, orNull(value)])) as Nullable;
    if (shown.before === null || (shown.varianceRatioBefore === null && !hasTwoValues(values)))
      undefinedIn.push(covariate);
    rows.push({ covariate, ...shown });
  };
  for (const variable of frame.variables) {
    if (variable.kind === 'numeric') add(variable.name, variable.values);
    else {
      variable.levels.forEach((level, code) => {
        add(
          `${variable.name}${level}`,
          Float64Array.from(variable.codes, (own) => (own === code ? 1 : 0)),
        );
      });
    }
  }
  const uneven = rows.filter((row) => row.after !== null && Math.abs(row.after) > tolerated);
  return {
    rows,
    warnings: [
      ...(uneven.length > 0
        ? [
            `Still unlike after weighting (standardised difference above ${tolerated}): ${uneven
              .slice(0, 8)
              .map((row) => `${row.covariate} ${(row.after as number).toFixed(2)}`)
              .join(', ')}${uneven.length > 8 ? ' …' : ''}. The effect may be due to them.`,
          ]
        : []),
      ...(undefinedIn.length > 0
        ? [
            `Without spread in an arm, so that a standardised difference or variance ratio does not exist: ${undefinedIn.join(', ')}.`,
          ]
        : []),
    ],
  };
}
