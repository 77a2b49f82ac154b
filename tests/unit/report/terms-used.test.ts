import { describe, expect, it } from 'vitest';
import glossary from '#resources/glossary.json' with { type: 'json' };
import { termsUsed } from '#shared/report/terms-used.ts';

const entries = [
  { term: 'SD', words: ['SD'], meaning: 'm', source: null },
  { term: 'Median', words: ['median', 'medians'], meaning: 'm', source: 'Book' },
  { term: 'Withheld', words: ['withheld'], meaning: 'm', source: null },
];
const terms = (text: string): readonly string[] =>
  termsUsed([{ id: 'a', heading: 'H', blocks: [{ kind: 'paragraph', text }] }], entries).map(({ term }) => term);

describe('termsUsed', () => {
  it('finds whole words, in the order of the alphabet', () => {
    expect(terms('Withheld: the Median, and its SD.')).toEqual(['Median', 'SD', 'Withheld']);
    expect(terms('Immediate and sdx; comedians.')).toEqual([]);
    expect(terms('medians')).toEqual(['Median']);
  });

  it('takes an abbreviation only as it is written', () => {
    expect(terms('The sd of it')).toEqual([]);
  });

  it('reads what is said and not how it is set', () => {
    const cells = [{ kind: 'withheld', reason: 'primary' } as const];
    const block = { kind: 'table', caption: 'C', columns: [], rows: [{ cells }], notes: [] } as const;
    expect(termsUsed([{ id: 'median', heading: 'H', blocks: [block] }], entries)).toEqual([]);
  });
});

describe('the glossary', () => {
  it('has every term once, found by its own name, with a meaning in a sentence or more', () => {
    expect(new Set(glossary.terms.map(({ term }) => term)).size).toBe(glossary.terms.length);
    for (const { term, words, meaning } of glossary.terms) {
      expect(
        words.map((word) => word.toLowerCase()).some((word) => term.toLowerCase().includes(word)),
        term,
      ).toBe(true);
      expect(meaning, term).toMatch(/^[A-Z].{20,}\.$/);
    }
  });
});
