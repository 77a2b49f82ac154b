import type { Matrix } from '../../linear-algebra/matrix.ts';
import { durbinWatsonP, durbinWatsonStatistic, mostExactRows } from '../../quasi-experiments/its/durbin-watson.ts';
import type { ErrorKind, SeriesFit } from '../../quasi-experiments/its/fit-series.ts';
import {
  autocorrelations,
  breuschGodfrey,
  breuschPagan,
  ljungBox,
  partialAutocorrelations,
} from '../../quasi-experiments/its/residual-diagnostics.ts';

/** How many lags the tests of residuals look at: one period, or a fifth of the series up to 10. */
export function testedLags(n: number, period: number | null): number {
  const wanted = period === null ? Math.min(10, Math.floor(n / 5)) : Math.round(period);
  return Math.max(1, Math.min(wanted, Math.floor(n / 2)));
}

/** What the residuals still tell: of least squares themselves, of ar1 the innovations, of counts Pearson's. */
export function itsDiagnostics(
  x: Matrix,
  fit: SeriesFit,
  kind: ErrorKind,
  period: number | null,
): { readonly found: Readonly<Record<string, unknown>>; readonly warnings: readonly string[] } {
  const n = x.rows;
  const lags = testedLags(n, period);
  const autocorrelation = autocorrelations(fit.residuals, lags);
  const statistic = durbinWatsonStatistic(fit.residuals);
  const box = ljungBox(autocorrelation, n);
  const rank = fit.estimable.length;
  const exact = fit.qr !== null && n <= mostExactRows && n - rank >= 3;
  const p = exact && fit.qr ? durbinWatsonP(statistic, fit.qr) : null;
  const warnings: string[] = [];
  if (kind === 'model' && (p ?? box.p) < 0.05) {
    warnings.push(
      'Neighbouring residuals correlate, which these errors do not allow for. Use newey-west or ar1 errors.',
    );
  }
  if (kind === 'ar1' && box.p < 0.01) {
    warnings.push(
      `The residuals still correlate after ar1 (Ljung–Box over ${lags} lags, p = ${box.p.toPrecision(2)}): seasonality or a longer memory is not modelled.`,
    );
  }
  return {
    found: {
      durbinWatson: fit.qr === null ? { statistic } : { statistic, ...(p === null ? {} : { p }) },
      autocorrelation,
      partialAutocorrelation: partialAutocorrelations(autocorrelation),
      ljungBox: box,
      ...(fit.qr && n - rank > lags ? { breuschGodfrey: breuschGodfrey(x, fit.residuals, lags) } : {}),
      ...(fit.qr ? { breuschPagan: breuschPagan(x, fit.residuals) } : {}),
    },
    warnings,
  };
}
