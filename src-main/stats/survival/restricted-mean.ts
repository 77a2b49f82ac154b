import type { SurvivalCurve } from './kaplan-meier.ts';

/**
 * Mean time lived up to a horizon: the area under the survival curve, with the variance of Klein and Moeschberger (2003,
 * Survival Analysis, eq. 4.5.2). Past the last time the curve is carried on flat, as `print(survfit, rmean = )` does.
 */
export function restrictedMean(curve: SurvivalCurve, horizon: number): { readonly mean: number; readonly se: number } {
  const last = curve.time.findLastIndex((time) => time <= horizon);
  let area = 0;
  let before = Math.min(0, curve.time[0] ?? 0);
  let alive = 1;
  for (let k = 0; k <= last; k += 1) {
    area += alive * ((curve.time[k] as number) - before);
    before = curve.time[k] as number;
    alive = curve.survival[k] as number;
  }
  const mean = area + alive * (horizon - before) + Math.min(0, curve.time[0] ?? 0);
  let after = 0;
  let variance = 0;
  let next = horizon;
  for (let k = last; k >= 0; k -= 1) {
    const time = curve.time[k] as number;
    after += (curve.survival[k] as number) * (next - time);
    next = time;
    const n = curve.atRisk[k] as number;
    const d = curve.events[k] as number;
    if (n > d) variance += (after * after * d) / (n * (n - d));
  }
  return { mean, se: Math.sqrt(variance) };
}
