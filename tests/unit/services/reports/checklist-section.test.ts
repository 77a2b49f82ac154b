import { describe, expect, it } from 'vitest';
import { checklistSection } from '#main/services/reports/appendices/checklist-section.ts';

function itemsOf(added: readonly string[]) {
  const block = checklistSection(added).blocks.find(({ kind }) => kind === 'checklist');
  return block?.kind === 'checklist' ? block.items : [];
}

describe('the reporting checklist', () => {
  it('answers each of the 22 items of STROBE, or says why not', () => {
    const items = itemsOf(['support']);
    expect(items.map(({ number }) => Number(number))).toEqual(Array.from({ length: 22 }, (_, index) => index + 1));
    for (const { answer } of items) {
      if ('not' in answer) expect(answer.not).toMatch(/\.$/);
      else expect(answer.answered.length + (answer.note ?? '').length).toBeGreaterThan(0);
    }
  });

  it('counts sections of other places as other analyses, where there are any', () => {
    expect(itemsOf(['families'])[16]?.answer).toEqual({ answered: ['families'] });
    expect(itemsOf([])[16]?.answer).toHaveProperty('not');
  });
});
