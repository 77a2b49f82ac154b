import { firstPage, journalWords, lastPage, plainDoi, surnames } from './citation.ts';
import { isCutOff, plainTitle } from './plain-title.ts';
import { letterPairs } from './title-likeness.ts';
import { titleMarks } from './title-marks.ts';

/** What is known of a record; '' where it is not. */
export type ReferenceFacts = {
  readonly id: number;
  readonly title: string;
  readonly year: number | null;
  readonly authors: string;
  readonly doi: string;
  readonly journal: string;
  readonly volume: string;
  readonly pages: string;
  readonly type: string;
  readonly pmid: string;
};

/** A record in the form in which it is compared. */
export type KnownReference = {
  readonly id: number;
  readonly title: string;
  /** The title without spaces: breaks of lines and hyphens put some in. */
  readonly compact: string;
  /** As `letterPairs` gives them. */
  readonly letterPairs: Uint32Array;
  readonly isCutOff: boolean;
  readonly marks: string;
  readonly year: number | null;
  readonly authors: readonly string[];
  readonly doi: string;
  readonly pmid: string;
  readonly journal: readonly string[];
  readonly volume: string;
  readonly firstPage: string;
  readonly lastPage: string;
  readonly type: string;
};

export function knownReference(facts: ReferenceFacts): KnownReference {
  const title = plainTitle(facts.title);
  return {
    id: facts.id,
    title,
    compact: title.replaceAll(' ', ''),
    letterPairs: letterPairs(title),
    isCutOff: isCutOff(facts.title),
    marks: titleMarks(title),
    year: facts.year,
    authors: surnames(facts.authors),
    doi: plainDoi(facts.doi),
    pmid: /\d{4,9}/.exec(facts.pmid)?.[0] ?? '',
    journal: journalWords(facts.journal),
    volume: facts.volume.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ''),
    firstPage: firstPage(facts.pages),
    lastPage: lastPage(facts.pages),
    type: facts.type,
  };
}
