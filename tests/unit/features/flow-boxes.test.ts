import { describe, expect, it } from 'vitest';
import type { ReviewFlow } from '#shared/domain/review-flow.ts';
import { flowSteps } from '../../../src-renderer/features/evidence/flow/flow-boxes.ts';

const flow: ReviewFlow = {
  identified: { records: 100, databases: 90, registers: 10, others: 0, bySearch: [] },
  removed: { duplicates: 18, unreadable: 2 },
  screened: { records: 80, excluded: 50, kept: 20, waiting: 7, conflicts: 3 },
  sought: { reports: 20, notRetrieved: 2, retrieved: 15, waiting: 3 },
  assessed: {
    ...{ reports: 15, excluded: 6, included: 8, waiting: 1, conflicts: 0 },
    byReason: [
      { reason: 'wrong-population', words: 'No police.', reports: 6 },
      { reason: 'no-outcome', words: 'No outcome.', reports: 0 },
    ],
  },
  included: { studies: 7, reports: 8 },
};

describe('the boxes of the flow', () => {
  const steps = flowSteps(flow);

  it('lead down: what a step has is what leaves it and what the next one has, with what still waits', () => {
    const [identified, screened, sought, assessed, included] = steps;
    expect(identified?.main.count).toBe((identified?.leaves?.count ?? 0) + (screened?.main.count ?? 0));
    for (const step of [screened, sought, assessed]) {
      const stays = step?.main.parts.reduce((sum, { count }) => sum + count, 0) ?? 0;
      expect(step?.main.count).toBe((step?.leaves?.count ?? 0) + stays);
    }
    expect(included?.main).toMatchObject({ count: 7, parts: [{ label: 'reports of them', count: 8 }] });
  });

  it('leave out lines of none', () => {
    expect(steps[0]?.main.parts.map(({ label }) => label)).toEqual(['databases', 'registers']);
    expect(steps[3]?.leaves?.parts).toEqual([{ label: 'No police.', count: 6 }]);
  });
});
