import { describe, expect, it } from 'vitest';
import { safetyContent } from '#main/workers/import/safety-content.ts';

describe('what a clinician is told of a safety answer', () => {
  it('is of one length and holds the answer, however long the reference is', () => {
    for (const reference of [
      '',
      'PC 1',
      'x'.repeat(200),
      '"'.repeat(200),
      '\u0001'.repeat(500),
      'é🐟'.repeat(10_000),
    ]) {
      for (const answer of ['raised', 'clear', 'not seen'] as const) {
        const content = safetyContent({ answer, value: 3, row: 12_345_678, reference });
        expect(content).toHaveLength(512);
        const read = JSON.parse(content.toString('utf8')) as {
          answer: string;
          value: number;
          row: number;
          reference: string;
        };
        expect([read.answer, read.value, read.row]).toEqual([answer, 3, 12_345_678]);
        expect(reference.startsWith(read.reference)).toBe(true);
        // A reference that a sound row can have is whole.
        if (reference.length <= 200) expect(read.reference).toBe(reference);
      }
    }
  });
});
