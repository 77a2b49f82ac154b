import { describe, expect, it } from 'vitest';
import type { CodeCoverage, CodeRule, CodeRules } from '#shared/contract/code-rules.ts';
import {
  changesOf,
  decide,
  decisionsOf,
  ruleKey,
  withoutRule,
  withRule,
} from '../../src-renderer/features/codes/draft.ts';
import { coverageSentences } from '../../src-renderer/features/codes/text.ts';

const kept: CodeRule = { code: 'TH1', category: 'NOT_TRAUMATIC' };
const dated: CodeRule = { code: 'SD1', category: 'DEATH_SUDDEN_NONSUS', from: '2026-01-01', match: 'any' };
const inForce: CodeRules = { name: 'Ours', rules: [kept, dated] };

describe('a draft of code rules', () => {
  it('takes decisions on codes, changes them and takes them back, and leaves what is in force alone', () => {
    const first = decide(inForce, inForce, ['X1', ' y2'], (code) => (code === 'X1' ? 'RTC_FATAL' : 'NOT_TRAUMATIC'));
    expect(first.rules).toEqual([
      kept,
      dated,
      { code: 'X1', category: 'RTC_FATAL' },
      { code: ' y2', category: 'NOT_TRAUMATIC' },
    ]);
    expect([...decisionsOf(first, inForce)]).toEqual([
      ['X1', 'RTC_FATAL'],
      ['Y2', 'NOT_TRAUMATIC'],
    ]);
    const changed = decide(first, inForce, ['x1', 'Y2'], (code) => (code === 'x1' ? 'RTC_SERIOUS' : null));
    expect(changed.rules).toEqual([kept, dated, { code: 'x1', category: 'RTC_SERIOUS' }]);
    expect(changesOf(changed, inForce)).toEqual({ added: 1, removed: 0 });
    // A code that has a rule for other days keeps it.
    expect(decide(inForce, inForce, ['SD1'], () => 'SUICIDE_COMPLETED').rules).toHaveLength(3);
    expect(changed.name).toBe('Ours');
  });

  it('adds, replaces and takes out rules, and knows the same rule however it is spelt', () => {
    expect(ruleKey(dated)).toBe(ruleKey({ code: ' sd1', category: 'DEATH_SUDDEN_NONSUS', from: '2026-01-01' }));
    const until: CodeRule = { ...dated, to: '2026-06-30' };
    const replaced = withRule(inForce, until, dated);
    expect(replaced.rules).toEqual([kept, until]);
    expect(changesOf(replaced, inForce)).toEqual({ added: 1, removed: 1 });
    expect(withRule(inForce, until, null).rules).toEqual([kept, dated, until]);
    expect(withRule(inForce, kept, null).rules).toEqual([dated, kept]);
    expect(withoutRule(inForce, dated).rules).toEqual([kept]);
  });
});

describe('coverage in words', () => {
  it('says what is not counted and why, and nothing where all is', () => {
    const coverage: CodeCoverage = {
      incidents: { all: 3, traumatic: 1, notTraumatic: 1, unmapped: 1 },
      attendances: { all: 1_000, traumatic: 1, notTraumatic: 989, unmapped: 6, notImported: 4 },
      exposures: 2,
      alreadyDirect: 1,
      coverage: 0.99,
    };
    expect(coverageSentences(coverage)).toEqual([
      '99.0% of 1,000 attendances belong to incidents whose codes have a rule.',
      'Not counted: 6 belong to incidents whose codes have no rule; 4 name an incident that is not imported.',
      '1 attendance of a traumatic incident makes 2 exposures, one a person, incident and category; 1 more was imported directly and counts once.',
    ]);
    const all = { ...coverage.attendances, traumatic: 0, unmapped: 0, notImported: 0 };
    expect(coverageSentences({ ...coverage, attendances: all, coverage: 1 })).toEqual([
      '100% of 1,000 attendances belong to incidents whose codes have a rule.',
      'No attendance makes an exposure yet.',
    ]);
  });
});
