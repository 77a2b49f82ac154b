import type { GlossaryTerm } from './appendix-blocks.ts';
import type { ReportSection } from './document.ts';

export type GlossaryEntry = GlossaryTerm & {
  /** How the term stands in a text; a capital in it has to be one there too. */
  readonly words: readonly string[];
};

/** Fields of a document that say how it is set and not what it says. */
const settings: ReadonlySet<string> = new Set([
  'kind',
  'id',
  'align',
  'role',
  'tone',
  'emphasis',
  'reason',
  'chart',
  'to',
]);

/** Of the entries those whose words stand anywhere in the sections, in the order of the alphabet. */
export function termsUsed(
  sections: readonly ReportSection[],
  entries: readonly GlossaryEntry[],
): readonly GlossaryTerm[] {
  const text = textsOf(sections).join('\n');
  return entries
    .filter(({ words }) => words.some((word) => stands(word, text)))
    .map(({ term, meaning, source }) => ({ term, meaning, source }))
    .sort((a, b) => a.term.localeCompare(b.term, 'en-GB'));
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, field]) => (settings.has(key) ? [] : textsOf(field)));
}

function stands(word: string, text: string): boolean {
  const literal = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const flags = word === word.toLowerCase() && word.length > 1 ? 'iu' : 'u';
  return new RegExp(`(?<![\\p{L}\\p{N}-])${literal}(?![\\p{L}\\p{N}-])`, flags).test(text);
}
