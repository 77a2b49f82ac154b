import { describe, expect, it } from 'vitest';
import { CodeBook } from '#main/workers/import/code-book.ts';

const known = {
  codes: [[3, 'role', 'Response'] as const],
  persons: [[7, 'AAAA'] as const],
  aliases: [],
  erased: [],
  listedPersons: [[7, null, null] as const],
};

describe('the code book', () => {
  it('numbers what is new behind what the store knows, list by list', () => {
    const book = new CodeBook(known);
    expect(book.code('role', 'Response')).toBe(3);
    expect(book.code('unit', 'Response')).toBe(4);
    expect(book.code('role', 'response')).toBe(5);
    expect(book.code('unit', 'Response')).toBe(4);
    expect([book.person('AAAA'), book.person('BBBB'), book.person('BBBB')]).toEqual([7, 8, 8]);
    expect([book.textOf(3), book.textOf(4), book.textOf(99)]).toEqual(['Response', 'Response', '']);
  });

  it('hands over once, and only what a kept row names', () => {
    const book = new CodeBook(known);
    expect(book.waiting).toBe(false);
    const unit = book.code('unit', 'North');
    const slipped = book.code('unit', 'A Name');
    const person = book.person('BBBB');
    book.person('CCCC');
    expect(book.waiting).toBe(true);
    expect(book.takeNew()).toEqual({ codes: [], persons: [] });
    book.keepCode(unit);
    book.keepCode(unit);
    book.keepCode(3);
    book.keepCode(Number.NaN);
    book.keepPerson(person);
    book.keepPerson(7);
    expect(book.takeNew()).toEqual({ codes: [[unit, 'unit', 'North']], persons: [[person, 'BBBB']] });
    expect(book.takeNew()).toEqual({ codes: [], persons: [] });
    book.keepCode(slipped);
    expect(book.takeNew().codes).toEqual([[slipped, 'unit', 'A Name']]);
  });
});
