import { describe, expect, it } from 'vitest';
import { ancova } from '#main/analysis/pilots/evaluation/ancova.ts';
import { complierEffect } from '#main/analysis/pilots/evaluation/complier-effect.ts';
import { missingScores } from '#main/analysis/pilots/evaluation/missing-scores.ts';
import type { EvaluationOptions, PilotScores } from '#main/analysis/pilots/evaluation/people.ts';
import { evaluateRandomised } from '#main/analysis/pilots/evaluation/randomised.ts';
import { readEvaluation } from '#main/analysis/pilots/evaluation/reading.ts';
import { reliableChangeByArm } from '#main/analysis/pilots/evaluation/reliable-change-by-arm.ts';
import { subgroupEffects } from '#main/analysis/pilots/evaluation/subgroups.ts';
import { randomStream } from '#shared/domain/random.ts';
import { type DrawnPilot, drawRandomisedPilot } from '#tests/fixtures/drawn-pilots.ts';

const options: EvaluationOptions & { readonly clustered: boolean } = {
  minimum: 10,
  minimumTakingPart: 5,
  deltas: [0, 2, 4],
  subgroups: ['shift'],
  clustered: false,
};

function pilot(people: number, effect: number, seed = 1): DrawnPilot {
  return drawRandomisedPilot(randomStream(seed, 'a pilot'), people, effect);
}

/** The first people of the two arms alone. */
function smaller({ people, scores }: DrawnPilot, count: number): DrawnPilot {
  const first = <Value>(values: readonly Value[]) => values.slice(0, count);
  return {
    people: first(people),
    scores: {
      ...scores,
      baseline: first(scores.baseline),
      waves: scores.waves.map(({ wave, scores: values }) => ({ wave, scores: first(values) })),
    },
  };
}

describe('a pilot whose people were allocated by chance', () => {
  const { people, scores } = pilot(400, -5);
  const result = evaluateRandomised(people, scores, [], options);

  it('finds the effect that was planted, by allocation and in those who took part', () => {
    const [waves, complier] = result.further.map(({ found }) => found);
    expect(result.primary.low).toBeLessThan(-3.75);
    expect(result.primary.high).toBeGreaterThan(-3.75);
    expect(waves).toMatchObject({ method: expect.stringContaining('unstructured') });
    if (!complier || 'refused' in complier) throw new Error('nothing of those who took part');
    expect(complier.low).toBeLessThan(-5);
    expect(complier.high).toBeGreaterThan(-5);
    // Three of four took part.
    expect(complier.estimate / result.primary.estimate).toBeGreaterThan(1.2);
  });

  it('says whether it is for the better, and how much that is beside the change that one person needs', () => {
    const { absolute, standardised } = result.primary;
    expect(absolute.direction).toBe('better');
    // 1.96 · √2 · 5 · √0.15
    expect(absolute.threshold).toBeCloseTo(5.3677, 3);
    expect(absolute.shareOfThreshold).toBeCloseTo(Math.abs(result.primary.estimate) / 5.3677, 3);
    expect(standardised?.estimate).toBeCloseTo(result.primary.estimate / (standardised?.sd ?? 1), 12);
    expect(absolute.words).toMatch(/points lower .* which is better/);
  });

  it('is the other way round where high is better', () => {
    const high: PilotScores = { ...scores, better: 'high' };
    expect(evaluateRandomised(people, high, [], options).primary.absolute.direction).toBe('worse');
  });

  it('counts who improved and how many have to be offered it for one more', () => {
    if ('refused' in result.change) throw new Error(result.change.refused);
    const { arms, improvement } = result.change;
    const [offered, comparison] = arms.map(({ n, improved }) => (improved ?? 0) / (n ?? 1));
    expect(improvement?.difference).toBeCloseTo((offered ?? 0) - (comparison ?? 0), 12);
    expect(improvement?.numberNeeded).toBeCloseTo(1 / (improvement?.difference ?? 0), 12);
    expect(improvement?.numberNeededLow).toBeCloseTo(1 / (improvement?.high ?? 0), 12);
    expect(improvement?.words).toMatch(/have to be offered it for one more who improved reliably/);
  });

  it('reads as plain sentences, limits last', () => {
    const words = readEvaluation(result);
    expect(words[0]).toMatch(/^PHQ-9: On average, PHQ-9 with the pilot was .* points lower than without it/);
    expect(words.join(' ')).toContain('to explore only');
    expect(words.at(-1)).toBe(result.limits.at(-1));
    expect(words.join(' ')).not.toMatch(/NaN|undefined|null/);
  });

  it('says days where the outcome is days', () => {
    const { primary } = evaluateRandomised(people, { ...scores, unit: 'days', norms: null }, [], options);
    expect(primary.absolute.words).toMatch(/days fewer than without it/);
  });

  it('explores subgroups without concluding', () => {
    const [shift] = result.subgroups;
    expect(shift).toMatchObject({ subgroup: 'shift', exploratory: true, withheld: null });
    expect(shift && 'levels' in shift ? shift.levels.map(({ level }) => level) : null).toEqual(['days', 'nights']);
  });

  it('states where the design stands, and what R needs for the same numbers', () => {
    expect(result.standards.maryland.level).toBe(5);
    expect(result.standards.emmie.map(({ dimension }) => dimension)).toHaveLength(5);
    expect(result.r).toContain('read.csv("people.csv"');
    expect(result.r).toContain('ivreg');
    // What needs rows is a recipe; the rest is base R and reads nothing.
    expect(result.r).not.toMatch(/^[^#]*(read\.csv\("|library\(|::)/m);
  });
});

describe('missing scores', () => {
  it('move the estimate in a line as they are taken to be worse, and tip the finding where its interval reaches 0', () => {
    const { people, scores } = pilot(400, -3);
    const { deltas, tippingPoint } = missingScores(people, scores, { ...options, deltas: [0, 2, 4] });
    const offered = deltas.filter(({ missingOf }) => missingOf === 'offered').map(({ found }) => found);
    const [none, two, four] = offered.map(({ estimate }) => estimate) as [number, number, number];
    expect(none).toBeCloseTo(ancova(people, scores).estimate.estimate, 10);
    expect(two).toBeGreaterThan(none);
    expect(four - two).toBeCloseTo(two - none, 10);
    const at = missingScores(people, scores, { ...options, deltas: [tippingPoint ?? 0] });
    const tipped = at.deltas.find(({ missingOf }) => missingOf === 'offered')?.found;
    expect(tipped?.high).toBeCloseTo(0, 9);
  });

  it('take nothing away where there is no finding', () => {
    const { people, scores } = pilot(80, 0);
    const { tippingPoint, words } = missingScores(people, scores, options);
    expect(tippingPoint).toBeNull();
    expect(words).toContain('no finding');
  });
});

describe('several outcomes', () => {
  it('have p-values by Holm over those that have an estimate', () => {
    const { people, scores } = pilot(200, -3);
    const others = [1, 2, 3].map((factor) => ({
      ...scores,
      name: `outcome ${factor}`,
      waves: scores.waves.map((wave, at) => ({
        ...wave,
        scores: wave.scores.map((value, person) =>
          factor === 3 && person > 5 ? null : value === null ? null : value + (factor * ((person * 7) % 5)) / (at + 1),
        ),
      })),
    }));
    const { secondaries } = evaluateRandomised(people, scores, others, options);
    const [first, second, third] = secondaries;
    if (!first || !second || 'refused' in first.found || 'refused' in second.found) throw new Error('no estimate');
    const sorted = [first.found.p, second.found.p].sort((a, b) => a - b);
    const least = first.found.p < second.found.p ? first : second;
    expect(least.adjustedP).toBeCloseTo(2 * (sorted[0] ?? 0), 12);
    expect(third).toMatchObject({ adjustedP: null, found: { refused: expect.stringContaining('Fewer than 10') } });
  });
});

describe('few people', () => {
  it('an arm of fewer than ten with a score is refused', () => {
    const { people, scores } = smaller(pilot(200, -3), 18);
    expect(() => evaluateRandomised(people, scores, [], options)).toThrow(/Fewer than 10 people/);
  });

  it('counts of fewer than ten are withheld, and what they would follow from', () => {
    const drawn = smaller(pilot(400, -3), 60);
    const estimate = reliableChangeByArm(drawn.people, drawn.scores, 10);
    const bare = reliableChangeByArm(drawn.people, drawn.scores, 0);
    for (const of of ['improved', 'deteriorated'] as const) {
      const few = bare.arms.some((arm) => (arm[of] ?? 0) < 10 || (arm.n ?? 0) - (arm[of] ?? 0) < 10);
      expect(few, of).toBe(true);
      expect(estimate.arms.map((arm) => arm[of])).toEqual([null, null]);
      expect(estimate.withheld.some((words) => words.includes(of))).toBe(true);
    }
    expect(estimate.improvement).toBeNull();
    const { flow, missing } = evaluateRandomised(drawn.people, drawn.scores, [], options);
    for (const { steps } of flow) {
      const told = steps.flatMap(({ count }) => (count === null ? [] : [count]));
      told.slice(1).forEach((count, at) => {
        const lost = (told[at] ?? 0) - count;
        expect(lost === 0 || lost >= 5).toBe(true);
      });
    }
    if ('refused' in missing) throw new Error(missing.refused);
    expect(missing.patterns.every(({ people }) => people === null)).toBe(true);
  });

  it('the effect in those who took part is withheld where so few did, or did not, that the number would follow', () => {
    const { people, scores } = pilot(200, -3);
    const main = scores.waves[1]?.scores ?? [];
    const offered = people.flatMap((person, at) => (person.offered && main[at] != null ? [at] : []));
    const took = (count: number) =>
      people.map((person, at) => ({ ...person, adhered: offered.indexOf(at) >= 0 && offered.indexOf(at) < count }));
    for (const [count, words] of [
      [4, /Fewer than 5 people offered the pilot took part/],
      [offered.length - 4, /Fewer than 5 people offered the pilot did not take part/],
    ] as const) {
      expect(() => complierEffect(took(count), scores, 5)).toThrow(words);
    }
    expect(complierEffect(took(offered.length), scores, 5).estimate.estimate).toBeCloseTo(
      ancova(people, scores).estimate.estimate,
      9,
    );
  });

  it('a level of a subgroup with few in an arm is left out, and one level alone is refused', () => {
    const { people, scores } = pilot(200, -3);
    const grouped = people.map((person, at) => ({
      ...person,
      subgroups: { rank: at < 12 ? 'chief' : at % 3 === 0 ? 'sergeant' : 'constable' },
    }));
    const effects = subgroupEffects(grouped, scores, 'rank', { minimum: 10, clustered: false });
    expect(effects.levels.map(({ level }) => level)).toEqual(['constable', 'sergeant']);
    expect(effects.withheld).toContain('fewer than 10');
    const alike = people.map((person) => ({ ...person, subgroups: { rank: 'constable' } }));
    expect(() => subgroupEffects(alike, scores, 'rank', { minimum: 10, clustered: false })).toThrow(
      /Fewer than two groups/,
    );
  });
});
