import { describe, expect, it } from 'vitest';
import type { ReleasedCounts } from '#main/disclosure/released-counts.ts';
import { placesOf, sharedWith } from '#main/services/reports/release/leaving.ts';
import type { KeptRelease } from '#main/store/release-records.ts';

const none: ReleasedCounts = { cells: [], sums: [], threshold: 10 };

function counts(group: string, value: number, to = '2026-03-31'): ReleasedCounts {
  const cell = { group, from: '2026-01-01', to, value, published: true, shown: true };
  return { cells: [cell], sums: [], threshold: 5 };
}

function kept(title: string, withdrawn = false): KeptRelease {
  return {
    ...{ id: 1, kind: 'report', title, releasedAt: '2026-04-01T09:00:00Z', releasedBy: 'a', purpose: '' },
    ...{ marking: 'OFFICIAL', manifestHash: '', counts: 1, withheld: 0 },
    withdrawn: withdrawn ? { at: '', user: 'a', reason: 'a wrong period' } : null,
  };
}

describe('what would leave with a report', () => {
  it('counts places with a number, withheld or not, and no words, headings or dates', () => {
    const section = {
      id: 's',
      heading: 'Teams',
      blocks: [
        { kind: 'paragraph' as const, text: '12 people' },
        {
          ...{ kind: 'table' as const, caption: 'Teams', columns: [], notes: [] },
          rows: [
            {
              cells: [
                { kind: 'text' as const, text: 'A' },
                { kind: 'number' as const, value: 12, decimals: 0 },
              ],
            },
            {
              cells: [
                { kind: 'text' as const, text: 'B' },
                { kind: 'withheld' as const, reason: 'primary' as const },
              ],
            },
            { cells: [{ kind: 'date' as const, iso: '2026-03-31' }, { kind: 'not-assessable' as const }] },
          ],
        },
      ],
    };
    expect(placesOf(section)).toEqual({ section: 'Teams', places: 2, withheld: 1 });
  });

  it('names the earlier releases that share a measure and group, withdrawn ones too, and no others', () => {
    const body = { workforce: counts('people', 40), clinical: none };
    const found = sharedWith(body, [
      { record: kept('Shorter', true), body: { workforce: counts('people', 30, '2026-02-28'), clinical: none } },
      { record: kept('Of others'), body: { workforce: counts('exposures', 40), clinical: counts('people', 40) } },
    ]);
    expect(found.together.map(({ title, withdrawn }) => [title, withdrawn])).toEqual([['Shorter', true]]);
    expect(found.changed).toEqual([]);
  });

  it('sets apart a release of which a count has changed since', () => {
    const body = { workforce: counts('people', 40), clinical: none };
    const old = { record: kept('Before the correction'), body: { workforce: counts('people', 41), clinical: none } };
    const found = sharedWith(body, [old]);
    expect([found.together, found.changed.map(({ title }) => title)]).toEqual([[], ['Before the correction']]);
  });
});
