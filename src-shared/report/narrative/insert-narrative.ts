import type { Narrative, Passage } from '../../contract/narrative.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { Block, NarrativeBlock, ReportDocument, ReportSection } from '../document.ts';
import { placedFacts } from '../document-facts.ts';
import { narrativeBlock } from './narrative-block.ts';
import { printedNumbers } from './printed-numbers.ts';
import { type NumberRead, readPassage } from './read-passage.ts';

export type PassageRead = { readonly passage: Passage; readonly numbers: readonly NumberRead[] };

export type Narrated = { readonly document: ReportDocument; readonly passages: readonly PassageRead[] };

/**
 * A report with the words of its author in it, at the start or the end of the sections that they name, and what became of the
 * numbers that they quote.
 * @returns BAD_SPEC where the report has no such section, or is a sheet that has room for nothing else
 */
export function insertNarrative(document: ReportDocument, narrative: Narrative): Result<Narrated> {
  if (document.layout === 'sheet') {
    return fail(
      'BAD_SPEC',
      'A sheet of one page has no room for words of your own.',
      'Nothing was built. Take “narrative” out, or build the report in full.',
    );
  }
  const ids = document.sections.map(({ id }) => id);
  const unknown = narrative.find(({ section }) => !ids.includes(section));
  if (unknown !== undefined) {
    return fail(
      'BAD_SPEC',
      `The report has no section “${unknown.section}” for your words.`,
      `Nothing was built. Its sections are ${ids.join(', ')}.`,
    );
  }
  const printed = printedNumbers(placedFacts(document));
  const passages = narrative.map((passage) => ({ passage, numbers: readPassage(passage, printed) }));
  const sections = document.sections.map((section) => withWords(section, passages));
  return ok({ document: { ...document, sections }, passages });
}

function withWords(section: ReportSection, passages: readonly PassageRead[]): ReportSection {
  const at = (place: Passage['place']): readonly NarrativeBlock[] =>
    passages
      .filter(({ passage }) => passage.section === section.id && passage.place === place)
      .map(({ passage, numbers }) => narrativeBlock(passage, numbers));
  const [start, end] = [at('start'), at('end')];
  if (start.length === 0 && end.length === 0) return section;
  const { blocks } = section;
  const isContent = ({ kind }: Block): boolean => kind !== 'page-break';
  const first = blocks.findIndex(isContent);
  const last = blocks.findLastIndex(isContent);
  if (first === -1) return { ...section, blocks: [...start, ...end, ...blocks] };
  return {
    ...section,
    blocks: [...blocks.slice(0, first), ...start, ...blocks.slice(first, last + 1), ...end, ...blocks.slice(last + 1)],
  };
}
