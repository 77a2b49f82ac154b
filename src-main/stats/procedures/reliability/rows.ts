import { chiSquaredUpperTail } from '../../distributions/chi-squared.ts';
import { normalQuantile } from '../../distributions/normal.ts';
import { at, type Matrix } from '../../linear-algebra/matrix.ts';
import type { ItemMoments } from '../../measurement/item-covariance.ts';
import type { Adequacy, ItemStatistic } from '../../measurement/item-statistics.ts';
import { type Omega, omegaTotal } from '../../measurement/omega-total.ts';
import { orNull } from '../shared/or-null.ts';

export type ItemRowsInput = {
  readonly items: readonly string[];
  readonly reverse: readonly string[];
  /** Places of the items that vary: what the coefficients are of. */
  readonly varying: readonly number[];
  readonly moments: ItemMoments;
  readonly statistics: readonly ItemStatistic[];
  readonly omega: Omega | null;
  readonly adequacy: Adequacy | null;
};

export function itemRows(input: ItemRowsInput): readonly Readonly<Record<string, unknown>>[] {
  const { items, reverse, varying, moments, statistics, omega, adequacy } = input;
  return items.map((item, i) => {
    const place = varying.indexOf(i);
    const statistic = place < 0 ? null : (statistics[place] as ItemStatistic);
    return {
      item,
      reversed: reverse.includes(item),
      mean: moments.means[i] as number,
      sd: Math.sqrt(at(moments.covariance, i, i)),
      itemTotal: statistic ? orNull(statistic.itemTotal) : null,
      itemRest: statistic ? orNull(statistic.itemRest) : null,
      alphaIfDropped: statistic ? orNull(statistic.alphaIfDropped) : null,
      loading: omega && place >= 0 ? (omega.loadings[place] as number) : null,
      standardisedLoading: omega && place >= 0 ? (omega.standardised.loadings[place] as number) : null,
      uniqueness: omega && place >= 0 ? (omega.uniquenesses[place] as number) : null,
      msa: adequacy && place >= 0 ? orNull(adequacy.msa[place] as number) : null,
    };
  });
}

export function warnItems(
  names: readonly string[],
  statistics: readonly { readonly itemRest: number }[],
  alpha: number,
  warnings: string[],
): void {
  const against = names.filter((_name, i) => (statistics[i]?.itemRest ?? 0) < 0);
  if (against.length > 0) {
    warnings.push(
      `${against.map((name) => `“${name}”`).join(', ')} ${against.length === 1 ? 'goes' : 'go'} against the other items: should it be reversed?`,
    );
  }
  if (alpha < 0) warnings.push('Alpha is negative: the items do not measure one thing in one direction.');
}

export function omegaOf(covariance: Matrix, n: number, warnings: string[]): Omega | null {
  if (covariance.rows < 3) {
    warnings.push('Two items do not tell a common factor from their own shares, so there is no omega.');
    return null;
  }
  const omega = omegaTotal(covariance, n);
  if (!omega) {
    warnings.push(
      'Some item is a sum of others, or there are too few people: the factor model and omega are not available.',
    );
    return null;
  }
  if (!omega.standardised.converged) {
    warnings.push('The factor model did not converge, so there is no omega.');
    return null;
  }
  if (omega.standardised.heywood.length > 0) {
    warnings.push(
      'A Heywood case: the factor would explain all of some item; its uniqueness was held at 0.005, and omega is doubtful.',
    );
  }
  return omega;
}

export function omegaKeys(omega: Omega | null, confidence: number): Readonly<Record<string, unknown>> {
  if (!omega) {
    return {
      omegaTotal: null,
      omegaLow: null,
      omegaHigh: null,
      omegaSe: null,
      omegaObserved: null,
      averageVarianceExtracted: null,
      factorModel: null,
    };
  }
  const width = normalQuantile(1 - (1 - confidence) / 2) * omega.se;
  const { loadings } = omega.standardised;
  return {
    omegaTotal: omega.omega,
    omegaLow: orNull(omega.omega - width),
    omegaHigh: orNull(omega.omega + width),
    omegaSe: orNull(omega.se),
    omegaObserved: omega.omegaObserved,
    averageVarianceExtracted: loadings.reduce((total, value) => total + value ** 2, 0) / loadings.length,
    factorModel:
      omega.df > 0
        ? { statistic: omega.statistic, df: omega.df, p: chiSquaredUpperTail(omega.statistic, omega.df) }
        : { statistic: null, df: 0, p: null },
  };
}

export function adequacyKeys(adequacy: Adequacy | null, warnings: string[]): Readonly<Record<string, unknown>> {
  if (!adequacy) {
    warnings.push('The correlations are singular, so lambda 6, KMO and Bartlett’s test are not available.');
    return { kmo: null, bartlett: null, eigenvalues: null };
  }
  return { kmo: orNull(adequacy.kmo), bartlett: adequacy.bartlett, eigenvalues: adequacy.eigenvalues };
}
