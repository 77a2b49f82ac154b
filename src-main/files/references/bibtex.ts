import { type Creator, type Entry, parse } from '@retorquere/bibtex-parser';
import { rowProblem } from '../csv-tokeniser.ts';
import { BibtexBlocks } from './bibtex-blocks.ts';
import { brokenReference, doiOf, listOf, oneLine, type Reference, type ReferenceParser, yearOf } from './reference.ts';
import { studyTypeOf } from './study-types.ts';
import { isProse, texPieces } from './tex-pieces.ts';

const mostStrings = 10_000;
/** Longer entries have their values made into text in pieces. */
const longEntry = 12 * 1024;

/** Stand for what is meant as it is written while the parser, for which it would be TeX, works; private to this file. */
const standIns: readonly (readonly [written: string, standIn: string])[] = [
  ['<', '\ue000'],
  ['>', '\ue001'],
  ['%', '\ue002'],
  ['$', '\ue003'],
];

/** Strings that the month names and the like would shadow are the file's own. */
type Strings = Record<string, string>;

/** References in BibTeX and BibLaTeX, LaTeX made into text. Cross-references are left as they are. */
export function bibtexParser(): ReferenceParser {
  const strings: Strings = {};
  let found: Reference[] = [];
  const blocks = new BibtexBlocks(({ type, text, broken, problem }) => {
    if (type === 'comment' || type === 'preamble') return;
    if (type === 'string') takeStrings(text, strings);
    else found.push(broken ? brokenReference({}, problem) : referenceOf(text, strings, problem));
  });
  return {
    line: blocks.line,
    end: blocks.end,
    take: () => {
      const taken = found;
      found = [];
      return taken;
    },
  };
}

function parsed(text: string, strings: Strings, raw = false) {
  return parse(text, {
    raw,
    sentenceCase: false,
    english: false,
    caseProtection: false,
    unsupported: 'ignore',
    applyCrossRef: false,
    strings,
  });
}

function takeStrings(text: string, strings: Strings): void {
  if (Object.keys(strings).length >= mostStrings) return;
  try {
    Object.assign(strings, parsed(withStandIns(text), strings).strings);
  } catch {
    // Entries that name a string which cannot be read say so themselves by what they lack.
  }
}

/** A dollar sign begins mathematics only where what follows looks like it; else it is money. */
function withStandIns(text: string): string {
  const plain = text.replace(/\\[$%]|[<>%]/g, (written) => standInOf(written));
  return plain.replace(/\\\$|\$([^$]{1,80})\$|\$/g, (written, inner: string | undefined) => {
    if (written === '\\$' || (inner !== undefined && looksLikeMathematics(inner))) return written;
    return written.replaceAll('$', standInOf('$'));
  });
}

function looksLikeMathematics(text: string): boolean {
  return /[\\^_=]/.test(text) || /^\s*[A-Za-z]\s*$/.test(text);
}

function standInOf(written: string): string {
  return standIns.find(([character]) => character === written)?.[1] ?? written;
}

/** Text without the mark-up that the parser makes of TeX, and with what stood in for itself. */
function plainText(text: string): string {
  let plain = text
    .replace(/<[^<>]*>/g, '')
    .replace(/ı(?=\p{M})/gu, 'i')
    .replace(/ȷ(?=\p{M})/gu, 'j');
  for (const [character, standIn] of standIns) plain = plain.replaceAll(standIn, character);
  return oneLine(plain.normalize('NFC'));
}

function referenceOf(text: string, strings: Strings, problem: number): Reference {
  try {
    const isLong = text.length > longEntry;
    const { entries, errors } = parsed(withStandIns(text), strings, isLong);
    const [entry] = entries;
    const toText = isLong ? textOfPieces : plainText;
    if (!entry || errors.length > 0) return brokenReference(entry ? fieldsOf(entry, toText) : {}, problem);
    return { fields: fieldsOf(entry, toText), problem };
  } catch {
    // The parser throws whatever it comes upon: nothing but this record is lost.
    return brokenReference({}, problem | rowProblem.badRecord);
  }
}

/** Text of a value that the parser has left as TeX. */
function textOfPieces(tex: string): string {
  const texts = texPieces(tex).map((piece) => {
    if (!isProse(piece)) return plainText(piece);
    const { entries, errors } = parsed(`@misc{k, note = {${piece}}}`, {});
    const note = entries[0]?.fields['note'];
    return plainText(errors.length === 0 && note !== undefined ? note : piece.replace(/[{}]/g, ''));
  });
  return texts.join(' ');
}

function fieldsOf({ type, fields }: Entry, toText: (written: string) => string): Record<string, string> {
  const text = (...names: readonly string[]): string => {
    for (const name of names) {
      const value: unknown = fields[name as keyof typeof fields];
      const written = Array.isArray(value) ? value.filter((part) => typeof part === 'string').join(', ') : value;
      const plain = typeof written === 'string' ? toText(written) : '';
      if (plain !== '') return plain;
    }
    return '';
  };
  const subtitle = text('subtitle');
  const title = text('title', 'booktitle');
  const isPubMed = /pubmed/i.test(text('eprinttype', 'archiveprefix'));
  return {
    title: subtitle === '' ? title : `${title}: ${subtitle}`,
    year: yearOf(text('year'), text('date'), text('issued')),
    authors: listOf(namesOf(fields.author ?? fields.editor, toText)),
    doi: doiOf(text('doi'), text('url')),
    journal: text('journal', 'journaltitle', 'booktitle', 'series', 'shortjournal'),
    volume: text('volume'),
    issue: text('number', 'issue'),
    pages: text('pages', 'article-number', 'eid').replace(/\s*[-–—]+\s*/g, '-'),
    abstract: text('abstract'),
    keywords: listOf(keywordsOf(fields.keywords, text('author_keywords'), toText)),
    type: studyTypeOf(type) ?? type,
    pmid: text('pmid', ...(isPubMed ? ['eprint'] : [])).replace(/^PMID:?\s*/i, ''),
    url: text('url'),
    source_db: text('source', 'database'),
    language: text('language', 'langid'),
  };
}

function keywordsOf(keywords: unknown, others: string, toText: (written: string) => string): string[] {
  const listed = Array.isArray(keywords) ? keywords.filter((keyword) => typeof keyword === 'string') : [];
  const words = typeof keywords === 'string' ? keywords.split(/[;,]/) : listed;
  const joined = toText(words.join(' ; '));
  return [...joined.split(';'), ...others.split(';')];
}

function namesOf(creators: unknown, toText: (written: string) => string): string[] {
  if (!Array.isArray(creators)) return [];
  const names = (creators as readonly Creator[]).flatMap((creator) => {
    const last = [creator.prefix, creator.lastName, creator.suffix].filter((part) => part).join(' ');
    const name = creator.name ?? [last, creator.firstName].filter((part) => part).join(', ');
    return name === 'others' ? [] : [name.replaceAll(';', ',')];
  });
  return toText(names.join(' ; ')).split(';');
}
