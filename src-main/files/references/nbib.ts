import { doiOf, listOf, oneLine, type ReferenceParser, yearOf } from './reference.ts';
import { studyTypeOf } from './study-types.ts';
import { allOf, firstOf, type TaggedFields, TaggedRecords } from './tagged-records.ts';

/** References as PubMed exports them (.nbib, or MEDLINE as .txt). */
export function nbibParser(): ReferenceParser {
  return new TaggedRecords({
    split: (line) => {
      const match = /^([A-Z]{2,4}) {0,2}- ?(.*)$/s.exec(line);
      // The dash stands in the fifth column.
      if (match?.[1] === undefined || line.charAt(4) !== '-') return null;
      return [match[1], match[2] ?? ''];
    },
    begins: 'PMID',
    ends: null,
    read,
  });
}

function read(fields: TaggedFields): Record<string, string> {
  const full = allOf(fields, 'FAU');
  const identifiers = [...allOf(fields, 'LID'), ...allOf(fields, 'AID')];
  return {
    title: oneLine(firstOf(fields, 'TI', 'BTI', 'TT')).replace(/(?<![.\s])\.$/, ''),
    year: yearOf(firstOf(fields, 'DP'), firstOf(fields, 'DEP'), firstOf(fields, 'EDAT')),
    authors: listOf([...(full.length > 0 ? full : allOf(fields, 'AU', 'FED', 'ED')), ...allOf(fields, 'CN')]),
    doi: doiOf(...identifiers.filter((identifier) => /\[doi\]\s*$/i.test(identifier))),
    journal: oneLine(firstOf(fields, 'JT', 'TA', 'CTI')),
    volume: oneLine(firstOf(fields, 'VI')),
    issue: oneLine(firstOf(fields, 'IP')),
    pages: oneLine(firstOf(fields, 'PG')),
    abstract: oneLine(firstOf(fields, 'AB')),
    keywords: listOf([...allOf(fields, 'MH'), ...allOf(fields, 'OT')].map((keyword) => keyword.replaceAll('*', ''))),
    type: typeOf(allOf(fields, 'PT')),
    pmid: oneLine(firstOf(fields, 'PMID')),
    url: '',
    source_db: 'PubMed',
    language: oneLine(firstOf(fields, 'LA')),
  };
}

function typeOf(types: readonly string[]): string {
  const known = types.map((type) => studyTypeOf(type)).find((type) => type !== null);
  return known ?? (types[0] === undefined ? '' : oneLine(types[0].toLowerCase()));
}
