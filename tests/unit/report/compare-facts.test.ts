import { describe, expect, it } from 'vitest';
import { compareFacts } from '#main/report/compare-facts.ts';
import type { Block, ReportDocument } from '#shared/report/document.ts';
import { documentFacts, readFacts } from '#shared/report/document-facts.ts';
import { sampleDocument } from './sample-document.ts';

const text = (value: string) => ({ kind: 'text' as const, text: value });
const number = (value: number) => ({ kind: 'number' as const, value, decimals: 0 });

function documentOf(...blocks: readonly Block[]): ReportDocument {
  return {
    title: 'Exposure',
    subtitle: '1 Apr 2025 to 31 Mar 2026',
    marking: 'OFFICIAL-SENSITIVE',
    language: 'en-GB',
    dataTo: '2026-03-31',
    about: 'What was recorded.',
    sections: [{ id: 'where', heading: 'Where it fell', blocks }],
  };
}

const unitTable = (north: number): Block => ({
  kind: 'table',
  caption: 'Exposures by unit',
  columns: [
    { label: 'Unit', align: 'start' },
    { label: 'Exposures', align: 'end' },
  ],
  rows: [{ cells: [text('North'), number(north)] }, { cells: [text('South'), number(88)] }],
  notes: [],
});

const compared = (kept: ReportDocument, again: ReportDocument) =>
  compareFacts(documentFacts(kept), documentFacts(again), 'the report');

describe('two documents', () => {
  it('do not differ where they say the same', () => {
    expect(compared(sampleDocument, structuredClone(sampleDocument))).toEqual([]);
  });

  it('differ in the very cell, by the heads of its row and column', () => {
    expect(compared(documentOf(unitTable(1204)), documentOf(unitTable(1205)))).toEqual([
      {
        where: 'Where it fell › “Exposures by unit” › North › Exposures',
        what: '“1,204” in the report, “1,205” when run again.',
      },
    ]);
  });

  it('differ where one says what the other does not', () => {
    const paragraph: Block = { kind: 'paragraph', text: 'Nobody was in post.' };
    expect(compared(documentOf(paragraph), documentOf())).toEqual([
      { where: 'Where it fell › text', what: '“Nobody was in post.” in the report, nothing when run again.' },
    ]);
    expect(compared(documentOf(), documentOf(paragraph))).toEqual([
      { where: 'Where it fell › text', what: 'Nothing in the report, “Nobody was in post.” when run again.' },
    ]);
  });

  it('show of a long text the part that differs', () => {
    const long = (at: string): Block => ({ kind: 'paragraph', text: `${'a '.repeat(200)}${at}${' b'.repeat(200)}` });
    const [difference] = compared(documentOf(long('one')), documentOf(long('two')));
    expect(difference?.what).toMatch(/^“….*one.*…” in the report, “….*two.*…” when run again\.$/);
  });

  it('name a hundred figures and how many more there are', () => {
    const many = (add: number) =>
      documentOf(...Array.from({ length: 130 }, (_, at): Block => ({ kind: 'paragraph', text: `${at + add}` })));
    const differences = compared(many(0), many(1000));
    expect(differences).toHaveLength(101);
    expect(differences.at(-1)).toEqual({ where: 'the report', what: '30 more figures differ.' });
  });

  it('have every part of a report among their facts, each under a place of its own', () => {
    const facts = documentFacts(sampleDocument);
    expect(new Set(facts.map(({ where }) => where)).size).toBe(facts.length);
    const said = facts.map(({ says }) => says).join('\n');
    for (const { heading } of sampleDocument.sections) expect(said).toContain(heading);
    // In words, never as the document is kept.
    expect(said).not.toContain('"kind"');
  });

  it('are kept as they are printed, and read back; anything else is not taken for facts', () => {
    const facts = documentFacts(documentOf(unitTable(1204.4)));
    expect(facts).toContainEqual({ where: 'Where it fell › “Exposures by unit” › North › Exposures', says: '1,204' });
    expect(readFacts(JSON.stringify(facts))).toEqual(facts);
    for (const text of ['', '{}', 'null', '[{"where": 1}]', '[[]]']) expect(readFacts(text)).toBeNull();
  });
});
