import { describe, expect, it } from 'vitest';
import tieredV1 from '../../resources/schemes/tiered-v1.json' with { type: 'json' };
import {
  copyOf,
  fieldsOf,
  newRule,
  nextTierName,
  numberTyped,
  ruleInWords,
  ruleOf,
  withoutTier,
  withTier,
  withWeight,
} from '../../src-renderer/features/schemes/draft.ts';
import { type Scheme, schemeSchema } from '../../src-shared/domain/scheme.ts';
import { schemeProblems } from '../../src-shared/domain/scheme-problems.ts';

const tiered: Scheme = schemeSchema.parse(tieredV1);

describe('a draft of a scheme', () => {
  it('begins as a copy that nobody has approved and that has no name yet', () => {
    expect(copyOf(tiered)).toMatchObject({ id: '', status: 'draft', approved_by: null, effective_from: null });
    expect(schemeProblems({ ...copyOf(tiered), id: 'named' })).toEqual([]);
  });

  it('gives a new tier the first letter that is free', () => {
    expect(nextTierName({})).toBe('A');
    expect(nextTierName(tiered.tiers)).toBe('D');
    expect(nextTierName(withoutTier(tiered.tiers, 'B'))).toBe('B');
  });

  it('changes one tier and leaves the others and their order alone', () => {
    const changed = withTier(tiered.tiers, 'B', { name: 'X', weight: 2.5 });
    expect(Object.keys(changed)).toEqual(['A', 'X', 'C']);
    expect(changed['X']).toEqual({ weight: 2.5, categories: tiered.tiers['B']?.categories });
    expect(changed['A']).toEqual(tiered.tiers['A']);
  });

  it('leaves a weight out where its field is empty', () => {
    expect(withWeight({ direct: 1, remote: 0.5 }, 'remote', null)).toEqual({ direct: 1 });
    expect(withWeight({ direct: 1 }, 'remote', 0)).toEqual({ direct: 1, remote: 0 });
    expect([numberTyped(''), numberTyped('1.5'), numberTyped('-'), numberTyped(0)]).toEqual([null, 1.5, null, 0]);
  });

  it('writes every rule back as it was read', () => {
    for (const { rule } of tiered.review_triggers) {
      const fields = fieldsOf(rule, tiered.tiers, tiered.cooldown_days);
      expect(fields === null ? null : ruleOf(fields)).toBe(rule);
    }
    // A tier that has gone keeps its rule, so that it can be put right.
    expect(fieldsOf('Z>=2 in 28d', tiered.tiers, 28)).toMatchObject({ kind: 'tier', tier: 'Z', least: 2 });
    expect(fieldsOf('count>2', tiered.tiers, 28)).toBeNull();
    expect(schemeProblems({ ...tiered, review_triggers: [{ rule: ruleOf(newRule) }] })).toEqual([]);
  });

  it('says a rule in words', () => {
    expect(tiered.review_triggers.map(({ rule }) => ruleInWords(rule, tiered))).toEqual([
      '2 or more exposures of tier A in 28 days',
      '8 or more exposures in 180 days',
      'More exposure in 180 days than at least 95% of people in the same role',
      'Death after police contact: each time, whatever came before',
    ]);
  });
});
