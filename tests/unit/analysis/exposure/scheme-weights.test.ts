import { describe, expect, it } from 'vitest';
import { compileScheme, eventWeights } from '#main/analysis/exposure/scheme-weights.ts';
import type { Scheme } from '#shared/domain/scheme.ts';
import { compiled, countV1, event, packedOf, person, randomForce, tieredV1 } from './force.ts';
import { weight } from './oracle.ts';

function weightsOf(events: ReturnType<typeof event>[], scheme: Scheme): number[] {
  return Array.from(eventWeights(packedOf({ people: [person('A')], events }), compiled(scheme)) ?? []);
}

describe('compileScheme', () => {
  it('takes both built-in schemes, and knows that count-v1 only counts', () => {
    expect(compiled(countV1).countsOnly).toBe(true);
    expect(compiled(tieredV1).countsOnly).toBe(false);
  });

  it.each([
    ['a tier', { tiers: { A: { weight: 2, categories: ['TERROR'] } } }],
    ['a proximity', { proximity: { remote: 0.5 } }],
    ['an attribution', { attribution: { oic_only: 0.3 } }],
    ['a first-on-scene weight', { modifiers: { first_on_scene: 1.25 } }],
    ['minutes', { modifiers: { minutes_on_scene: { cap: 60, per_hour: 0.1 } } }],
    ['a cap', { cap_per_day: 6 }],
  ] as const)('sees that a scheme with %s does more than count', (_, change) => {
    const scheme = { ...countV1, ...change };
    expect(compiled(scheme as unknown as Scheme).countsOnly).toBe(false);
  });

  it.each([
    ['not a scheme', null, 'the document'],
    ['a missing part', { ...countV1, recency: undefined }, '"recency"'],
    ['an extra part', { ...countV1, verdict: true }, 'verdict'],
    ['a negative weight', { ...countV1, proximity: { direct: -1 } }, 'proximity.direct'],
    ['a category that does not exist', { ...countV1, tiers: { A: { weight: 1, categories: ['RAIN'] } } }, '"RAIN"'],
    [
      'a category in two tiers',
      { ...countV1, tiers: { A: { weight: 1, categories: ['TERROR'] }, B: { weight: 2, categories: ['TERROR'] } } },
      'tier "A" and again in tier "B"',
    ],
    [
      'a category twice in one tier',
      { ...countV1, tiers: { A: { weight: 1, categories: ['TERROR', 'TERROR'] } } },
      'again in tier "A"',
    ],
    ['a tier with a reserved name', { ...countV1, tiers: { count: { weight: 1, categories: [] } } }, '"count"'],
    ['an unknown proximity', { ...countV1, proximity: { near: 1 } }, '"near"'],
    ['an unknown attribution', { ...countV1, attribution: { guessed: 1 } }, '"guessed"'],
    ['a bad trigger', { ...countV1, review_triggers: [{ rule: 'count>8 in 180d' }] }, '"count>8 in 180d"'],
  ])('refuses %s in words', (_, document, words) => {
    const result = compileScheme(document);
    expect(result.ok ? null : result.error.code).toBe('BAD_SPEC');
    expect(result.ok ? '' : result.error.message).toContain(words);
  });
});

describe('eventWeights', () => {
  it('multiplies tier, proximity, attribution and modifiers', () => {
    const busy = event('A', '2025-01-01', 'RTC_FATAL', {
      proximity: 'remote',
      attribution: 'oic_only',
      first: true,
      known: true,
      minutes: 120,
    });
    expect(weightsOf([busy], tieredV1)[0]).toBeCloseTo(2 * 0.5 * 0.3 * 1.25 * 1.5 * 1.1, 12);
  });

  it('weighs an event 1 in what is absent, unlisted or "no"', () => {
    const plain = event('A', '2025-01-01', 'DOG_ANIMAL', { first: false, known: false, minutes: 0 });
    expect(weightsOf([plain], tieredV1)).toEqual([1]);
  });

  it('counts minutes up to the cap only', () => {
    const [short, long] = [480, 2_000].map((minutes) => event('A', '2025-01-01', 'DOG_ANIMAL', { minutes }));
    expect(weightsOf([short!], tieredV1)[0]).toBeCloseTo(1.4, 12);
    expect(weightsOf([long!], tieredV1)[0]).toBeCloseTo(1.4, 12);
  });

  it('puts the capped sum of a day on its first event', () => {
    const day = ['TERROR', 'TERROR', 'TERROR'].map((category) => event('A', '2025-01-01', category));
    expect(weightsOf([...day, event('A', '2025-01-02', 'TERROR')], tieredV1)).toEqual([6, 0, 0, 3]);
  });

  it('agrees with the plain product for every kind of event', () => {
    const uncapped = { ...tieredV1, cap_per_day: null };
    for (const one of randomForce(3, { people: 1, events: 400 }).events) {
      expect(weightsOf([{ ...one, person: 'A' }], uncapped)[0]).toBeCloseTo(weight(one, uncapped), 12);
    }
  });
});
