import { describe, expect, it } from 'vitest';
import { compileScheme } from '#main/analysis/exposure/scheme-weights.ts';
import countV1 from '#resources/schemes/count-v1.json' with { type: 'json' };
import tieredV1 from '#resources/schemes/tiered-v1.json' with { type: 'json' };
import { type Scheme, schemeSchema } from '#shared/domain/scheme.ts';
import { schemeProblems } from '#shared/domain/scheme-problems.ts';

const tiered = schemeSchema.parse(tieredV1);

function words(change: Partial<Scheme>): string {
  return schemeProblems({ ...tiered, ...change })
    .map(({ part, words: text }) => `${part}: ${text}`)
    .join('\n');
}

describe('what is wrong with a scheme', () => {
  it('is nothing for the built-in ones', () => {
    expect(schemeProblems(countV1)).toEqual([]);
    expect(schemeProblems(tieredV1)).toEqual([]);
  });

  it('names a category that does not exist, and one in two tiers', () => {
    const { A, B } = tiered.tiers as { A: Scheme['tiers'][string]; B: Scheme['tiers'][string] };
    expect(words({ tiers: { A: { weight: 3, categories: ['TERRORS'] } }, review_triggers: [] })).toContain(
      'tiers: tier “A” lists “TERRORS”, which is no category',
    );
    const twice = { A, B: { ...B, categories: [...B.categories, 'TERROR'] } };
    expect(words({ tiers: twice })).toContain('“TERROR” is listed in tier “A” and again in tier “B”');
    expect(words({ tiers: { A: { ...A, categories: ['TERROR', 'TERROR'] } } })).toContain('twice in tier “A”');
    expect(words({ tiers: { A: { ...A, categories: [] } } })).toContain('tier “A” holds no category');
  });

  it('is a weight that rises from one tier to the next, whatever the order of the document', () => {
    const { A, B, C } = tiered.tiers as Record<'A' | 'B' | 'C', Scheme['tiers'][string]>;
    expect(words({ tiers: { C: { ...C, weight: 2.5 }, B, A } })).toContain(
      'tier “C” weighs 2.5, more than tier “B” before it (2)',
    );
    expect(words({ tiers: { A, B: { ...B, weight: 3 }, C } })).toBe('');
  });

  it('is a rule about a tier that is not there, one written otherwise, and one written twice', () => {
    expect(words({ review_triggers: [{ rule: 'D>=2 in 28d' }] })).toContain('no tier of that name');
    expect(words({ review_triggers: [{ rule: 'count>8' }] })).toContain('it is none of');
    expect(words({ review_triggers: [{ rule: 'count>=8 in 180d' }, { rule: 'count>=8 in 180d' }] })).toContain('twice');
    expect(words({ review_triggers: [{ rule: 'single:NOBODY' }] })).toContain('no category has that code');
  });

  it('is a half-life, a cap, a window, a word or a day that cannot be', () => {
    expect(words({ recency: { ...tiered.recency, value: 0.5 } })).toContain('recency: the half-life is 1 to');
    expect(words({ cap_per_day: 2 })).toContain('cap: the cap of a day (2) is below the weight of a single event (3)');
    expect(words({ windows_days: [28, 28] })).toContain('a window is named twice');
    expect(words({ proximity: { near: 1 } })).toContain('“near” is no proximity');
    expect(words({ attribution: { guessed: 1 } })).toContain('“guessed” is no attribution');
    expect(words({ effective_from: '2026-02-30' })).toContain('no date');
    expect(words({ basis: [' '] })).toContain('names no evidence');
    expect(words({ tiers: { count: { weight: 1, categories: ['TERROR'] } } })).toContain('may not be called “count”');
    expect(words({ tiers: { 'A"; x': { weight: 1, categories: ['TERROR'] } } })).toContain('no name for a tier');
  });

  it('says which field of a document does not fit, and never throws', () => {
    expect(schemeProblems({ ...tiered, cooldown_days: -1 })[0]?.words).toContain('“cooldown_days” does not fit');
    for (const document of [null, 1, 'x', [], {}]) expect(schemeProblems(document).length).toBeGreaterThan(0);
  });

  it('is at least whatever keeps a scheme from being compiled', () => {
    const changes: Partial<Scheme>[] = [
      { tiers: { single: { weight: 1, categories: [] } } },
      { tiers: { A: { weight: 1, categories: ['NO'] } }, review_triggers: [] },
      { proximity: { far: 1 } },
      { review_triggers: [{ rule: 'pctile>=101 within role in 180d' }] },
      { review_triggers: [{ rule: 'count>=1 in 0d' }] },
    ];
    for (const change of changes) {
      expect(compileScheme({ ...tiered, ...change }).ok).toBe(false);
      expect(schemeProblems({ ...tiered, ...change })).not.toEqual([]);
    }
  });
});
