import { formatNumber } from '../../ui/format.ts';

/** `£1,250`, and pence below a hundred pounds: `£42.50`. */
export function poundWords(gbp: number): string {
  return `£${formatNumber(gbp, gbp < 100 && !Number.isInteger(gbp) ? 2 : 0)}`;
}
