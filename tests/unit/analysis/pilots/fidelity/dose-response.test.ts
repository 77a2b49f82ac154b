import { describe, expect, it } from 'vitest';
import { type DoseAndOutcome, doseResponse, notByChance } from '#main/analysis/pilots/fidelity/dose-response.ts';
import { randomStream } from '#shared/domain/random.ts';

/** Half a point less for each session, whatever the score before; a little noise. */
function made(count: number, clusters: number | null): DoseAndOutcome[] {
  const random = randomStream(7, 'dose');
  return Array.from({ length: count }, (_, person) => {
    const baseline = 10 + random.nextBelow(10);
    const sessions = random.nextBelow(9);
    const outcome = 2 + 0.8 * baseline - 0.5 * sessions + random.nextUniform() - 0.5;
    return { sessions, baseline, outcome, cluster: clusters === null ? null : `C${person % clusters}` };
  });
}

describe('dose and outcome', () => {
  it('finds the planted slope, with errors by cluster where there are several, and says that it is no effect', () => {
    for (const clusters of [null, 12]) {
      const { estimate } = doseResponse(made(240, clusters));
      expect(estimate.estimate).toBeCloseTo(-0.5, 1);
      expect(estimate.low).toBeLessThan(-0.5);
      expect(estimate.high).toBeGreaterThan(-0.5);
      expect(estimate.method).toContain(notByChance);
      expect(estimate.method).toContain(clusters === null ? 'robust errors' : 'errors by cluster');
    }
  });

  it('leaves out whoever lacks a score, and tells nothing of how many they are', () => {
    const people = made(60, null).map((one, index) => (index < 10 ? { ...one, outcome: null } : one));
    const { estimate } = doseResponse(people);
    expect(estimate).toEqual(doseResponse(people.slice(10)).estimate);
    expect(estimate.method).toContain('everybody with both scores');
  });

  it('refuses few people, and people who all came as often', () => {
    expect(() => doseResponse(made(29, null))).toThrow('Fewer than 30 people');
    expect(() => doseResponse(made(60, null).map((one) => ({ ...one, sessions: 4 })))).toThrow();
  });
});
