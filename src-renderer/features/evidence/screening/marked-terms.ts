import type { ReviewProtocol } from '#shared/domain/review.ts';

/** Words that speak for a record and against it, in small letters. */
export type MarkedTerms = { readonly inclusion: readonly string[]; readonly exclusion: readonly string[] };

export type MarkedPart = { readonly text: string; readonly mark: keyof MarkedTerms | null };

const leastLetters = 4;

/** Words of protocols that say nothing about what a paper is about. */
const common = new Set(
  `about above after against alone also among another anybody anyone before being both does each either every
  everybody from have here into itself least less like made measured more most neither nobody none nothing only
  other others over same some such than that their them then there these they this those under usual very were
  what when where which while who whom with within without works work working does done study studies paper papers
  people person persons part parts member members time times`.split(/\s+/),
);

/** What the protocol asks for, and what its reasons for exclusion name beside that. */
export function termsOf({ question, inclusion, exclusion }: ReviewProtocol): MarkedTerms {
  const { framework: _framework, comparison: _comparison, ...asked } = question;
  const wanted = wordsOf([...Object.values(asked), ...inclusion.map(({ words }) => words)]);
  const unwanted = wordsOf(exclusion.map(({ words }) => words)).filter((word) => !wanted.includes(word));
  return { inclusion: wanted, exclusion: unwanted };
}

function wordsOf(sentences: readonly string[]): string[] {
  const words = sentences.flatMap((sentence) => sentence.toLowerCase().match(/\p{L}[\p{L}-]*/gu) ?? []);
  return [...new Set(words.filter((word) => word.length >= leastLetters && !common.has(word)))];
}

/** A text in parts, so that words that begin as a term does are marked: `officer` marks `officers`. */
export function markParts(text: string, terms: MarkedTerms): MarkedPart[] {
  const marks = new Map<string, keyof MarkedTerms>([
    ...terms.exclusion.map((term) => [stemOf(term), 'exclusion'] as const),
    ...terms.inclusion.map((term) => [stemOf(term), 'inclusion'] as const),
  ]);
  const stems = [...marks.keys()].filter((stem) => stem !== '').sort((a, b) => b.length - a.length);
  if (stems.length === 0) return [{ text, mark: null }];
  const pattern = new RegExp(`(?<!\\p{L})(${stems.map(escaped).join('|')})\\p{L}{0,3}(?!\\p{L})`, 'giu');
  const parts: MarkedPart[] = [];
  let end = 0;
  for (const found of text.matchAll(pattern)) {
    if (found.index > end) parts.push({ text: text.slice(end, found.index), mark: null });
    parts.push({ text: found[0], mark: marks.get((found[1] ?? '').toLowerCase()) ?? null });
    end = found.index + found[0].length;
  }
  if (end < text.length) parts.push({ text: text.slice(end), mark: null });
  return parts;
}

function stemOf(term: string): string {
  const plain = term.trim().toLowerCase();
  return plain.length > leastLetters && plain.endsWith('s') && !plain.endsWith('ss') ? plain.slice(0, -1) : plain;
}

function escaped(words: string): string {
  return words.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
