import { describe, expect, it } from 'vitest';
import { reviewProtocolSchema } from '#shared/domain/review.ts';
import { markParts, termsOf } from '../../../src-renderer/features/evidence/screening/marked-terms.ts';
import { reviewProtocol } from '../../fixtures/review-protocol.ts';

describe('the words of a protocol that are marked in a record', () => {
  const terms = termsOf(reviewProtocolSchema.parse(reviewProtocol()));

  it('are those that it asks for, and those that only its reasons for exclusion name', () => {
    expect(terms.inclusion).toEqual(['police', 'officers', 'staff', 'brief', 'mindfulness', 'strain', 'absence']);
    expect(terms.exclusion).toEqual([]);
    const other = reviewProtocolSchema.parse(
      reviewProtocol({ exclusion: [{ code: 'wrong', words: 'Students or nurses, not police.' }] }),
    );
    expect(termsOf(other).exclusion).toEqual(['students', 'nurses']);
  });

  it('are found in one and in many, by whole words, and nothing of the text is lost', () => {
    const text = 'An officer’s strain: police officers, officership and PoliceStaff.';
    const parts = markParts(text, { inclusion: ['officers', 'police'], exclusion: ['strain'] });
    expect(parts.map((part) => part.text).join('')).toBe(text);
    expect(parts.filter(({ mark }) => mark === 'inclusion').map((part) => part.text)).toEqual([
      'officer',
      'police',
      'officers',
    ]);
    expect(parts.filter(({ mark }) => mark === 'exclusion').map((part) => part.text)).toEqual(['strain']);
  });

  it('may hold signs that mean something to a search', () => {
    expect(markParts('C++ (or not)', { inclusion: ['c++'], exclusion: [] })[0]).toEqual({
      text: 'C++',
      mark: 'inclusion',
    });
    expect(markParts('police', { inclusion: [], exclusion: [] })).toEqual([{ text: 'police', mark: null }]);
  });
});
