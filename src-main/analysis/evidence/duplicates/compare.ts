import { isSameJournal } from './citation.ts';
import type { KnownReference } from './known-reference.ts';
import { titleLikeness } from './title-likeness.ts';

export type Comparison = {
  /** `same` is certain; `asked` is for a person to say. */
  readonly verdict: 'same' | 'asked';
  /** What they have in common that says so. */
  readonly by: 'identifier' | 'citation';
  /** In words. */
  readonly why: string;
};

/** Equal, different, or not known of one of them. */
type Likeness = 'equal' | 'different' | 'unknown';

function likeness(one: string, other: string): Likeness {
  if (one === '' || other === '') return 'unknown';
  return one === other ? 'equal' : 'different';
}

/** Titles as alike as this are the same but for slips. */
const nearlyTheSame = 0.9;
/** Shorter titles, such as “Police stress”, are had by many papers. */
const fewestWords = 5;
const fewestLetters = 25;
/** A title that is cut off says at least so much. */
const fewestLettersOfPart = 40;

type Titles = 'equal' | 'cut off' | 'near' | 'different' | 'unknown';

function compareTitles(one: KnownReference, other: KnownReference): Titles {
  if (one.compact === '' || other.compact === '') return 'unknown';
  if (one.compact === other.compact) return 'equal';
  const [short, long] = one.compact.length < other.compact.length ? [one, other] : [other, one];
  if (short.compact.length >= fewestLettersOfPart && long.compact.startsWith(short.compact)) return 'cut off';
  return titleLikeness(one.letterPairs, other.letterPairs, nearlyTheSame) >= nearlyTheSame ? 'near' : 'different';
}

/** Whether the authors can be those of one paper: the same first author, or the same people in another order. */
function compareAuthors(one: KnownReference, other: KnownReference): Likeness {
  const [first] = one.authors;
  const [second] = other.authors;
  if (first === undefined || second === undefined) return 'unknown';
  if (first === second) return 'equal';
  const isAmong = one.authors.includes(second) && other.authors.includes(first);
  return isAmong ? 'equal' : 'different';
}

type Facts = {
  readonly titles: Titles;
  readonly marks: Likeness;
  readonly authors: Likeness;
  readonly doi: Likeness;
  readonly pmid: Likeness;
  readonly journal: Likeness;
  readonly volume: Likeness;
  readonly pages: Likeness;
  readonly type: Likeness;
  /** Years between them; null where one is not known. */
  readonly yearsApart: number | null;
};

function comparePages(one: KnownReference, other: KnownReference): Likeness {
  const first = likeness(one.firstPage, other.firstPage);
  return first === 'equal' && likeness(one.lastPage, other.lastPage) === 'different' ? 'different' : first;
}

function yearsBetween(one: KnownReference, other: KnownReference): number | null {
  return one.year === null || other.year === null ? null : Math.abs(one.year - other.year);
}

function factsOf(one: KnownReference, other: KnownReference): Facts {
  const journal = isSameJournal(one.journal, other.journal);
  return {
    titles: compareTitles(one, other),
    marks: one.marks === other.marks ? 'equal' : 'different',
    authors: compareAuthors(one, other),
    doi: likeness(one.doi, other.doi),
    pmid: likeness(one.pmid, other.pmid),
    journal: journal === null ? 'unknown' : journal ? 'equal' : 'different',
    volume: likeness(one.volume, other.volume),
    pages: comparePages(one, other),
    type: likeness(one.type, other.type),
    yearsApart: yearsBetween(one, other),
  };
}

/** What ends most comparisons before the titles are compared letter by letter. */
function areApart(one: KnownReference, other: KnownReference): boolean {
  // Two numbers of PubMed are two papers.
  if (likeness(one.pmid, other.pmid) === 'different') return true;
  return compareAuthors(one, other) === 'different' || (yearsBetween(one, other) ?? 0) > 3;
}

/**
 * Whether two records are one paper. An identifier that both have decides where the titles do not speak against it; without one the
 * title, the authors, the year and the place of publication have to agree. Whatever speaks against it makes a question of it.
 * @returns null where nobody need look at them
 */
export function compareReferences(one: KnownReference, other: KnownReference): Comparison | null {
  const isIdentified = likeness(one.doi, other.doi) === 'equal' || likeness(one.pmid, other.pmid) === 'equal';
  if (isIdentified) return byIdentifier(factsOf(one, other));
  if (areApart(one, other)) return null;
  const titles = compareTitles(one, other);
  if (titles === 'different' || titles === 'unknown') return null;
  // What says that it is cut off may have lost what marks it.
  const mayLackMarks = titles === 'cut off' && (one.isCutOff || other.isCutOff);
  if (one.marks !== other.marks && !mayLackMarks) return null;
  return byCitation(factsOf(one, other), Math.min(one.compact.length, other.compact.length), wordsOf(one, other));
}

function wordsOf(one: KnownReference, other: KnownReference): number {
  return Math.min(one.title.split(' ').length, other.title.split(' ').length);
}

function byIdentifier({ titles, marks, doi, pmid, authors }: Facts): Comparison {
  const name = doi === 'equal' ? 'DOI' : 'PubMed number';
  const against = [
    ...(titles === 'different' ? ['the titles differ'] : []),
    ...(titles !== 'unknown' && marks === 'different' ? ['the titles say that they are of another kind or part'] : []),
    ...(doi === 'different' ? ['the DOIs differ'] : []),
    ...(pmid === 'different' ? ['the PubMed numbers differ'] : []),
    ...(titles === 'unknown' && authors === 'different' ? ['the authors differ'] : []),
  ];
  // A title and its translation have both identifiers in common.
  const isTranslated = doi === 'equal' && pmid === 'equal' && titles === 'different' && marks === 'equal';
  if (against.length === 0 || isTranslated) return { verdict: 'same', by: 'identifier', why: `The same ${name}.` };
  return { verdict: 'asked', by: 'identifier', why: `The same ${name}, but ${against.join(' and ')}.` };
}

function byCitation(facts: Facts, letters: number, words: number): Comparison | null {
  const { titles, authors, journal, volume, pages, type, doi, yearsApart } = facts;
  const placed = [journal, volume, pages].filter((one) => one === 'equal').length;
  const isSpeaking = letters >= fewestLetters && words >= fewestWords;
  const against = [
    ...(facts.marks === 'different' ? ['what is left of the titles may differ'] : []),
    ...(yearsApart === null ? ['a year is missing'] : []),
    ...(yearsApart !== null && yearsApart > 0 && !(yearsApart === 1 && pages === 'equal' && placed >= 2)
      ? ['the years differ']
      : []),
    ...(authors === 'unknown' && !(pages === 'equal' && placed === 3) ? ['the authors of one are missing'] : []),
    ...(doi === 'different' ? ['the DOIs differ'] : []),
    ...(journal === 'different' ? ['the journals differ'] : []),
    ...(volume === 'different' ? ['the volumes differ'] : []),
    ...(pages === 'different' ? ['the pages differ'] : []),
    ...(type === 'different' && pages !== 'equal' ? ['they are of different kinds'] : []),
    ...(titles === 'equal' && placed === 0 ? ['nothing says that they were published in one place'] : []),
    ...(titles !== 'equal' && !(pages === 'equal' && placed >= 2) ? ['the titles differ a little'] : []),
    ...(!isSpeaking && placed < 2 ? ['the title is short'] : []),
  ];
  if (against.length === 0) return { verdict: 'same', by: 'citation', why: certain[titles] };
  // Little in common and much against it is no question worth asking.
  const isLikely = authors === 'equal' ? against.length <= 4 && (isSpeaking || placed > 0) : placed >= 2;
  if (!isLikely) return null;
  return { verdict: 'asked', by: 'citation', why: `${alike[titles]}, but ${against.join(' and ')}.` };
}

const certain: Readonly<Record<Titles, string>> = {
  equal: 'The same title, authors, year and place of publication.',
  'cut off': 'The same authors, year, journal and pages, and a title that is cut off.',
  near: 'The same authors, year, journal and pages, and nearly the same title.',
  different: '',
  unknown: '',
};

const alike: Readonly<Record<Titles, string>> = {
  equal: 'The same title',
  'cut off': 'A title that is the beginning of the other',
  near: 'Nearly the same title',
  different: 'Different titles',
  unknown: 'No title',
};

/** Whether two records that a third is like cannot be one paper. */
export function contradict(one: KnownReference, other: KnownReference): boolean {
  const isCut = one.isCutOff || other.isCutOff;
  return (
    likeness(one.doi, other.doi) === 'different' ||
    likeness(one.pmid, other.pmid) === 'different' ||
    comparePages(one, other) === 'different' ||
    likeness(one.volume, other.volume) === 'different' ||
    Math.abs((one.year ?? other.year ?? 0) - (other.year ?? one.year ?? 0)) > 1 ||
    (one.marks !== other.marks && !isCut)
  );
}
