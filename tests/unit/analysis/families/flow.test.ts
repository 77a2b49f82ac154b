import { describe, expect, it } from 'vitest';
import type { FamilyRow } from '#main/analysis/families/family-answers.ts';
import { familiesFrom, familyImpactOf, surveyDay } from '../../../fixtures/family-answers.ts';

const { rows, events } = familiesFrom(7, 300);

/** Which couple a row is of. */
function coupleOf({ household }: FamilyRow): number {
  return Number(household.slice(1));
}

function flowOf(change: (row: FamilyRow, couple: number) => FamilyRow | null) {
  const found = familyImpactOf({ rows: rows.flatMap((row) => change(row, coupleOf(row)) ?? []), events });
  if (!found.ok) throw new Error(found.error.message);
  return found.value.result.flow;
}

describe('who is in the figures of families', () => {
  it('is told step by step in an ordinary survey', () => {
    const flow = flowOf((row, couple) => {
      if (couple < 20) return { ...row, consentedOn: surveyDay + 2 };
      if (couple < 32) return { ...row, withdrawnOn: surveyDay + 30 };
      if (couple < 50 && row.member === 'partner') return null;
      return couple < 150 && row.member === 'partner' && row.instrument === 'RAS' ? null : row;
    });
    expect(flow.map(({ count }) => count)).toEqual([300, 280, 268, 268, 250, 150]);
    expect(flow.map(({ withheld }) => withheld)).toEqual([null, null, null, null, null, null]);
  });

  it('leaves out the step between two others where few are lost on the way, and says so', () => {
    const flow = flowOf((row, couple) => {
      if (couple < 3) return { ...row, consentedOn: surveyDay + 2 };
      if (couple < 10) return { ...row, withdrawnOn: surveyDay + 30 };
      return couple < 150 && row.member === 'partner' && row.instrument === 'RAS' ? null : row;
    });
    expect(flow.map(({ count }) => count)).toEqual([300, null, 290, 290, 290, 150]);
    expect(flow[1]?.withheld).toBe('withheld: fewer than 10 apart from another count');
  });
});
