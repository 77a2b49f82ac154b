import { riskDifference } from '#main/stats/contingency/two-by-two-effects.ts';
import { type ChangeState, changeState } from '#main/stats/measurement/reliable-change.ts';
import type { PilotArm, PilotChangeOfArm, PilotReliableChange, PilotRisk } from '#shared/domain/pilot-evaluation.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { plainShare } from '../../exposure/words.ts';
import { type ChangeNorms, changeRuleWords, changeThreshold, ruleOfChange } from './change-norms.ts';
import { followUpOf, type PilotPerson, type PilotScores } from './people.ts';
import { mayTellPart } from './tell.ts';

const confidence = 0.95;

type Counts = { readonly n: number; readonly improved: number; readonly deteriorated: number };

/**
 * How many of each arm changed by more than measurement error lets expect, and by how much the shares differ. Of people with both scores;
 * deterioration is told as improvement is.
 * @param designEffect by which counts are divided for the limits where people were allocated in clusters
 * @throws ExpectedError REFUSED_MODEL without norms, or where nobody has both scores
 */
export function reliableChangeByArm(
  people: readonly PilotPerson[],
  scores: PilotScores,
  minimum: number,
  designEffect = 1,
): PilotReliableChange {
  const { norms } = scores;
  if (norms === null) throw refused('There are no norms of the instrument, so nobody can be called changed.');
  const arms = (['offered', 'comparison'] as const).map((arm) => ({ arm, ...countsOf(people, scores, norms, arm) }));
  const told = arms.filter(({ n }) => n >= minimum);
  const present = arms.filter(({ n }) => n > 0);
  if (told.length === 0 || told.length < present.length) {
    throw refused(`Fewer than ${minimum} people of an arm have a score before and after.`);
  }
  const improvedTold = told.every(({ n, improved }) => mayTellPart(improved, n, minimum));
  const deterioratedTold = told.every(
    ({ n, improved, deteriorated }) =>
      mayTellPart(deteriorated, n, minimum) && (!improvedTold || n - improved - deteriorated >= minimum),
  );
  return {
    threshold: changeThreshold(norms),
    rule: changeRuleWords(norms),
    arms: told.map(
      ({ arm, n, improved, deteriorated }): PilotChangeOfArm => ({
        ...{ arm, n },
        improved: improvedTold ? improved : null,
        deteriorated: deterioratedTold ? deteriorated : null,
      }),
    ),
    improvement: improvedTold ? riskOf(told, ({ improved }) => improved, designEffect, 'improved reliably') : null,
    deterioration: deterioratedTold
      ? riskOf(told, ({ deteriorated }) => deteriorated, designEffect, 'deteriorated reliably')
      : null,
    withheld: [
      ...(improvedTold ? [] : [withheldWords('improved reliably', minimum)]),
      ...(deterioratedTold ? [] : [withheldWords('deteriorated reliably', minimum)]),
    ],
  };
}

function withheldWords(what: string, minimum: number): string {
  return `How many ${what} is withheld: in an arm it is fewer than ${minimum}, or leaves fewer than ${minimum}.`;
}

function countsOf(people: readonly PilotPerson[], scores: PilotScores, norms: ChangeNorms, arm: PilotArm): Counts {
  const rule = ruleOfChange(norms, scores.better);
  const after = followUpOf(scores);
  const states = people.flatMap(({ offered }, at): ChangeState[] => {
    const [pre, post] = [scores.baseline[at] ?? null, after[at] ?? null];
    return offered !== (arm === 'offered') || pre === null || post === null ? [] : [changeState(pre, post, rule)];
  });
  const count = (wanted: ChangeState): number => states.filter((state) => state === wanted).length;
  return { n: states.length, improved: count('improved'), deteriorated: count('deteriorated') };
}

function riskOf(
  arms: readonly Counts[],
  of: (counts: Counts) => number,
  designEffect: number,
  what: string,
): PilotRisk | null {
  const [offered, comparison] = arms;
  if (!offered || !comparison) return null;
  const [a, c] = [of(offered), of(comparison)];
  const cells = { a, b: offered.n - a, c, d: comparison.n - c };
  const worth = Object.fromEntries(Object.entries(cells).map(([cell, count]) => [cell, count / designEffect]));
  return riskFrom(riskDifference(worth as typeof cells, confidence), what);
}

/** How many have to be offered the pilot for one more, or fewer, of whom something is so, from a difference of shares. */
export function riskFrom(
  { estimate, low, high }: { readonly estimate: number; readonly low: number; readonly high: number },
  what: string,
): PilotRisk {
  const ended = low > 0 || high < 0;
  const needed = [1 / Math.abs(low), 1 / Math.abs(high)].sort((one, other) => one - other);
  return {
    ...{ difference: estimate, low, high },
    numberNeeded: estimate === 0 ? null : 1 / Math.abs(estimate),
    numberNeededLow: ended ? (needed[0] ?? null) : null,
    numberNeededHigh: ended ? (needed[1] ?? null) : null,
    words: riskWords({ estimate, low, high }, ended, what),
  };
}

function riskWords(
  { estimate, low, high }: { readonly estimate: number; readonly low: number; readonly high: number },
  ended: boolean,
  what: string,
): string {
  const share = `Of those offered the pilot, ${plainShare(Math.abs(estimate))} ${estimate < 0 ? 'fewer' : 'more'} ${what} (95% interval of the difference ${plainShare(low)} to ${plainShare(high)})`;
  if (!ended)
    return `${share}: there may be no difference at all, so how many have to be offered it for one has no end.`;
  const people = Math.ceil(1 / Math.abs(estimate));
  return `${share}: ${people} have to be offered it for one ${estimate < 0 ? 'fewer' : 'more'} who ${what}.`;
}

function refused(message: string): ExpectedError {
  return new ExpectedError('REFUSED_MODEL', message, 'The difference of the scores stands.');
}
