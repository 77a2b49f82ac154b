import { normalQuantile, normalUpperTail } from '../distributions/normal.ts';
import type { Sides } from './t-test-power.ts';

/**
 * Power of the comparison of two proportions without continuity correction, n in the first group and ratio·n in the second: variance pooled
 * under the null hypothesis, separate under the alternative (Fleiss, Levin and Paik 2003, Statistical Methods for Rates and Proportions, eq. 4.14);
 * with ratio 1 as R's `power.prop.test`.
 */
export function proportionsPower(
  n: number,
  p1: number,
  p2: number,
  alpha: number,
  { sides, strict }: Sides,
  ratio = 1,
): number {
  const pooled = (p1 + ratio * p2) / (1 + ratio);
  const underNull = Math.sqrt(pooled * (1 - pooled) * (1 + 1 / ratio));
  const own = Math.sqrt(p1 * (1 - p1) + (p2 * (1 - p2)) / ratio);
  const critical = -normalQuantile(alpha / sides) * underNull;
  const distance = Math.sqrt(n) * Math.abs(p1 - p2);
  const right = normalUpperTail((critical - distance) / own);
  return strict && sides === 2 ? right + normalUpperTail((critical + distance) / own) : right;
}
