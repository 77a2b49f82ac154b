import { plainTitle } from './plain-title.ts';

/** Names of the authors as one list of surnames without accents, in order: “;” between them, or “,” where initials stand last. */
export function surnames(authors: string): readonly string[] {
  return namesIn(authors.replace(/[;,]?\s*et al\.?\s*$/i, '')).flatMap((name) => {
    const comma = name.indexOf(',');
    const plain = plainTitle(comma >= 0 ? name.slice(0, comma) : surnameWithoutComma(name)).replaceAll(' ', '');
    return plain === '' ? [] : [plain];
  });
}

function isInitials(word: string): boolean {
  return /^(?:\p{Lu}\.?-?){1,3}$/u.test(word);
}

/** Tables of PubMed and Scopus have `Smith JA, Jones B.` */
function namesIn(authors: string): readonly string[] {
  const parts = authors
    .replace(/\.$/, '')
    .split(',')
    .map((part) => part.trim());
  const isListed = parts.every((part) => /\s/.test(part) && isInitials(part.split(/\s+/).at(-1) ?? ''));
  return authors.includes(';') || !isListed ? authors.split(';') : parts;
}

/** `Smith JA` and `J. A. Smith` both have their surname where no initial is. */
function surnameWithoutComma(author: string): string {
  const words = author.trim().split(/\s+/);
  const last = words.at(-1) ?? '';
  if (words.length > 1 && isInitials(last)) return words.filter((word) => !isInitials(word)).join(' ');
  return last;
}

/** First page or article number, whichever dash stands behind it: `737–47`, `pp. 737-747` and `737` are one. */
export function firstPage(pages: string): string {
  const [first = ''] = pages.replace(/^\s*(?:pp?\.?|pages?|article|art\.?)\s*/i, '').split(/[-‐‑‒–—−,;+]/);
  return first
    .trim()
    .toLowerCase()
    .replace(/^0+(?=\d)/, '')
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

/** The last page with the digits that its short form leaves out; '' where there is none. */
export function lastPage(pages: string): string {
  const parts = pages.replace(/^\s*(?:pp?\.?|pages?)\s*/i, '').split(/[-‐‑‒–—−]+/);
  const first = firstPage(pages);
  const last = (parts[1] ?? '').trim().toLowerCase();
  if (!/^\d+$/.test(last) || !/^\d+$/.test(first) || last.length >= first.length) return last;
  return first.slice(0, first.length - last.length) + last;
}

const smallWords = new Set([
  'the',
  'of',
  'and',
  'in',
  'for',
  'on',
  'a',
  'an',
  'de',
  'la',
  'le',
  'der',
  'die',
  'und',
  'et',
]);

/** Words by which a journal is told; small ones and what stands behind a colon or bracket are left out. */
export function journalWords(journal: string): readonly string[] {
  const [name = ''] = journal.split(/[(:=]/);
  return plainTitle(name)
    .split(' ')
    .filter((word) => word !== '' && !smallWords.has(word));
}

/**
 * Whether two names, as `journalWords` takes them, can be those of one journal: `J Occup Health` and `Journal of Occupational Health`, or capitals alone. Null where
 * one of them is missing.
 */
export function isSameJournal(first: readonly string[], second: readonly string[]): boolean | null {
  if (first.length === 0 || second.length === 0) return null;
  if (first.join(' ') === second.join(' ')) return true;
  const [short, long] = first.join('').length < second.join('').length ? [first, second] : [second, first];
  if (short.length === long.length) return short.every((word, place) => shortens(word, long[place] ?? ''));
  return short.length === 1 && short[0] === long.map((word) => word[0]).join('');
}

/** `occup` shortens `occupational`, and `jnl` `journal`, by letters left out behind the first. */
function shortens(short: string, long: string): boolean {
  if (long.startsWith(short)) return true;
  if (short.length < 2 || short[0] !== long[0]) return false;
  let place = 0;
  for (const letter of long) if (letter === short[place]) place += 1;
  return place === short.length && short.length <= 4;
}

/** A DOI in lower case without a resolver before it; '' where there is none. */
export function plainDoi(doi: string): string {
  const found = /10\.\d{4,9}\/\S+/.exec(doi.toLowerCase())?.[0] ?? '';
  return found.replace(/[.,;)\]}]+$/, '');
}
