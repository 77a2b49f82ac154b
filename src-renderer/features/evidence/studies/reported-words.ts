import { spelledLimits } from '#shared/domain/evidence/effect-words.ts';
import type { Reported } from '#shared/domain/evidence/numbers.ts';
import { formatNumber } from '../../../ui/format.ts';

const two = (value: number): string => formatNumber(value, 2);

/** What a paper reports of an outcome, as it is printed there. */
export function reportedWords(reported: Reported): string {
  switch (reported.of) {
    case 'means':
      return `${two(reported.mean1)} (n = ${reported.n1}) against ${two(reported.mean2)} (n = ${reported.n2})`;
    case 'change':
      return `${two(reported.meanBefore)} before, ${two(reported.meanAfter)} after (n = ${reported.n})`;
    case 'events':
      return `${reported.events1} of ${reported.n1} against ${reported.events2} of ${reported.n2}`;
    case 'effect':
      return `${reported.measure} ${spelledLimits(reported, 2)}`;
    case 'correlation':
      return `r = ${two(reported.r)} (n = ${reported.n})`;
    case 'proportion':
      return `${reported.events} of ${reported.n}`;
    case 'share': {
      const percent = (value: number | null): number | null => (value === null ? null : 100 * value);
      const { share, low, high } = reported;
      return spelledLimits({ estimate: percent(share), low: percent(low), high: percent(high) }, 1, '%');
    }
    case 'direction':
      return reported.direction;
  }
}
