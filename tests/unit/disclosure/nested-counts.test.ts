import { describe, expect, it } from 'vitest';
import { type NestedCount, nestedToShow } from '#main/disclosure/nested-counts.ts';
import { guesses, type Printed } from './attacker.ts';
import { generator, whole } from './random-tables.ts';

const threshold = 10;
const isSafe = (count: number): boolean => count === 0 || count >= threshold;

/** A chain of up to six steps, its differences often small or none. */
function drawChain(random: () => number): NestedCount[] {
  const steps = Array.from({ length: whole(random, 1, 6) }, () => (random() < 0.3 ? 0 : whole(random, 1, 25)));
  return steps.map((_, at) => ({
    count: steps.slice(at).reduce((sum, step) => sum + step, 0),
    worth: whole(random, 1, 9),
  }));
}

function worthOf(chain: readonly NestedCount[], shown: readonly boolean[]): number {
  return chain.reduce((sum, { worth }, at) => sum + (shown[at] === true ? worth : 0), 0);
}

function isSafeChoice(chain: readonly NestedCount[], shown: readonly boolean[]): boolean {
  const counts = chain.filter((_, at) => shown[at]).map(({ count }) => count);
  return counts.every((count, at) => isSafe(count) && (at === 0 || isSafe(counts[at - 1]! - count)));
}

/** Each step is what lies within the next and what was left out on the way there. */
function printedOf(chain: readonly NestedCount[], shown: readonly boolean[]): Printed[] {
  const parts = chain.map((_, at) => chain.slice(at).map((_part, inner) => `left out ${at + inner}`));
  return [
    ...parts.map((of, at) => ({ of, published: shown[at] === true ? chain[at]!.count : null, rounding: 0 })),
    ...chain.map((_, at) => ({ of: [`left out ${at}`], published: null, rounding: 0 })),
  ];
}

describe('the steps of a flow that are shown', () => {
  it('are all of an ordinary survey', () => {
    const survey = [300, 280, 268, 268, 250, 150].map((count) => ({ count, worth: 1 }));
    expect(nestedToShow(survey, threshold)).toEqual(survey.map(() => true));
  });

  it('leave out the step between two others rather than one of those, and the least worth of two', () => {
    const near = [300, 297, 290, 290, 285, 150].map((count, at) => ({ count, worth: [8, 3, 4, 6, 5, 100][at]! }));
    expect(nestedToShow(near, threshold)).toEqual([true, false, true, true, false, true]);
    expect(nestedToShow([{ count: 7, worth: 9 }], threshold)).toEqual([false]);
    expect(
      nestedToShow(
        [
          { count: 12, worth: 1 },
          { count: 0, worth: 1 },
        ],
        threshold,
      ),
    ).toEqual([true, true]);
    expect(nestedToShow([], threshold)).toEqual([]);
  });

  it('are safe, and worth as much as any safe choice', () => {
    const random = generator(11);
    for (let round = 0; round < 400; round += 1) {
      const chain = drawChain(random);
      const shown = nestedToShow(chain, threshold);
      expect(isSafeChoice(chain, shown), JSON.stringify(chain)).toBe(true);
      const choices = Array.from({ length: 2 ** chain.length }, (_, bits) =>
        chain.map((_step, at) => Math.floor(bits / 2 ** at) % 2 === 1),
      );
      const most = Math.max(...choices.filter((one) => isSafeChoice(chain, one)).map((one) => worthOf(chain, one)));
      expect(worthOf(chain, shown)).toBe(most);
    }
  });

  it('let a reader with a solver narrow no small step, and nobody left out between two steps, to under ten', async () => {
    const random = generator(12);
    for (let round = 0; round < 25; round += 1) {
      const chain = drawChain(random);
      const shown = nestedToShow(chain, threshold);
      for (const { low, high } of await guesses(printedOf(chain, shown), false, threshold)) {
        expect(low > 0 && high < threshold, JSON.stringify({ chain, shown, low, high })).toBe(false);
        expect(high - low >= threshold || low === high || low === 0, JSON.stringify({ chain, low, high })).toBe(true);
      }
    }
  });
});
