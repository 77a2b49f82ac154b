/** Whether an adverse event was serious, in the sense of good clinical practice: death, danger to life, hospital, lasting harm. */
export const seriousnesses = ['serious', 'not serious', 'not clear'] as const;
export type Seriousness = (typeof seriousnesses)[number];

const notSerious = /^(?:no|n|0|none)$|\b(?:not|non)\b|\bnon-?serious|minor|mild|moderate|trivial/;
const serious = /^(?:yes|y|1)$|serious|\bsae\b|severe|life|death|died|fatal|hospital|disab/;

/** What the words of an extract mean; in doubt nearer to serious, and never taken for harmless. */
export function seriousnessOf(words: string): Seriousness {
  const plain = words.trim().toLowerCase().replaceAll('_', ' ');
  if (notSerious.test(plain)) return 'not serious';
  return serious.test(plain) ? 'serious' : 'not clear';
}
