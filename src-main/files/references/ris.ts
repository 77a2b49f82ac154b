import { doiOf, listOf, oneLine, type ReferenceParser, yearOf } from './reference.ts';
import { studyTypeOf } from './study-types.ts';
import { allOf, firstOf, type TaggedFields, TaggedRecords } from './tagged-records.ts';

/** Tags that are taken with one space too, as some programs write them: a word of two letters and a dash is text else. */
const knownTags = new Set(
  'TY ER TI T1 T2 T3 AU A1 A2 A3 A4 PY Y1 DA AB N1 N2 KW JO JF JA J1 J2 VL IS SP EP DO UR LA DB DP AN ID SN PB CY M1 M3 C1 C2 C7 L1 L2 L3 LK ST U1'.split(
    ' ',
  ),
);

/** References in RIS as EndNote, Scopus, Web of Science, Zotero, Mendeley and Ovid write them. */
export function risParser(): ReferenceParser {
  return new TaggedRecords({
    split: (line) => {
      const match = /^\s{0,3}([A-Z][A-Z0-9])( {1,2})-(?: (.*)|)$/s.exec(line);
      const tag = match?.[1];
      if (!match || tag === undefined || (match[2] === ' ' && !knownTags.has(tag))) return null;
      return [tag, match[3] ?? ''];
    },
    begins: 'TY',
    ends: 'ER',
    read,
  });
}

function read(fields: TaggedFields): Record<string, string> {
  const type = firstOf(fields, 'TY').toUpperCase();
  const titleTags = ['TI', 'T1', 'CT', ...(type === 'BOOK' || type === 'EDBOOK' ? ['BT', 'T2'] : []), 'ST'];
  const link = firstOf(fields, 'UR', 'LK');
  return {
    title: oneLine(firstOf(fields, ...titleTags)),
    year: yearOf(firstOf(fields, 'PY'), firstOf(fields, 'Y1'), firstOf(fields, 'DA')),
    authors: listOf(allOf(fields, 'AU', 'A1', 'A2', 'ED')),
    doi: doiOf(firstOf(fields, 'DO'), firstOf(fields, 'DI'), firstOf(fields, 'L3'), firstOf(fields, 'M3'), link),
    journal: oneLine(firstOf(fields, 'JF', 'T2', 'JO', 'BT', 'JA', 'J1', 'J2')),
    volume: oneLine(firstOf(fields, 'VL')),
    issue: oneLine(firstOf(fields, 'IS', 'CP')),
    pages: pagesOf(fields),
    abstract: oneLine(firstOf(fields, 'AB', 'N2')),
    // EndNote writes one keyword a line, with a tag before the first only.
    keywords: listOf((fields.get('KW') ?? []).flat().flatMap((line) => line.split(';'))),
    type: studyTypeOf(type) ?? oneLine(type.toLowerCase()),
    pmid: pmidOf(fields),
    url: oneLine(link),
    source_db: oneLine(firstOf(fields, 'DB', 'DP')),
    language: oneLine(firstOf(fields, 'LA')),
  };
}

function pagesOf(fields: TaggedFields): string {
  const first = oneLine(firstOf(fields, 'SP'));
  const last = oneLine(firstOf(fields, 'EP'));
  if (first === '' || last === '' || first === last || /[-–]/.test(first))
    return first || last || oneLine(firstOf(fields, 'C7'));
  return `${first}-${last}`;
}

function pmidOf(fields: TaggedFields): string {
  const named = ['U1', 'N1', 'AN', 'C2', 'M1', 'ID'].flatMap((tag) => allOf(fields, tag));
  for (const text of named) {
    const found = /(?:^|\b)PMID:?\s*(\d{4,9})\b|^(\d{4,9})\s*\[pmid\]/i.exec(text.slice(0, 2_000));
    if (found) return found[1] ?? found[2] ?? '';
  }
  const isPubMed = /pubmed|medline/i.test(`${firstOf(fields, 'DB')} ${firstOf(fields, 'DP')}`);
  const accession = firstOf(fields, 'AN');
  return isPubMed && /^\d{4,9}$/.test(accession) ? accession : '';
}
