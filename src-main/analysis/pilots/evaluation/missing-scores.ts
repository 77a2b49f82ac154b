import { tQuantile } from '#main/stats/distributions/student-t.ts';
import { designMatrix } from '#main/stats/formula/design.ts';
import { parseFormula } from '#main/stats/formula/formula.ts';
import { modelFrame } from '#main/stats/formula/model-frame.ts';
import { rootBeyond } from '#main/stats/numeric/root.ts';
import { waldTerm } from '#main/stats/procedures/term.ts';
import { type MeanScore, meanScore } from '#main/stats/regression/mean-score.ts';
import type { PilotDelta, PilotMissing, PilotMissingPattern } from '#shared/domain/pilot-evaluation.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { categories } from '../../absence/model-table.ts';
import { plainRate } from '../../exposure/words.ts';
import { tableOfPeople } from './ancova.ts';
import { clustersOf } from './cluster-estimates.ts';
import { estimateOf } from './estimate.ts';
import {
  type EvaluationOptions,
  followUpOf,
  isKnown,
  orMissing,
  type PilotPerson,
  type PilotScores,
  signOfBetter,
} from './people.ts';

const confidence = 0.95;

/**
 * Who is missing what, and what the finding would be if the missing scores were worse than those of people alike who answered: the estimate
 * at each of the plan's deltas, and the delta at which the finding is no longer one.
 * @throws ExpectedError REFUSED_MODEL
 */
export function missingScores(
  people: readonly PilotPerson[],
  scores: PilotScores,
  {
    minimumTakingPart,
    deltas,
    clustered,
  }: Pick<EvaluationOptions, 'minimumTakingPart' | 'deltas'> & { readonly clustered: boolean },
): PilotMissing {
  const patterns = patternsOf(people, scores, minimumTakingPart);
  const missing = [true, false].map((arm) => missingIn(people, scores, arm));
  if (missing.every((count) => count === 0)) {
    return { patterns, deltas: [], tippingPoint: null, words: 'Nobody lacks the score of the main estimate.' };
  }
  if (missing.some((count) => count > 0 && count < minimumTakingPart)) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      `Fewer than ${minimumTakingPart} people of an arm lack the score of the main estimate: what it would be with them is withheld, because their number follows from it.`,
      'So few can hardly change it.',
    );
  }
  const worse = -signOfBetter(scores);
  const clusters = clustered ? clustersOf(people) : null;
  const ofOffered = shifted(people, scores, clusters, ({ offered }) => (offered ? worse : 0));
  const ofBoth = shifted(people, scores, clusters, () => worse);
  const rows = deltas.flatMap((delta): PilotDelta[] => [
    deltaOf(ofOffered, delta, 'offered'),
    deltaOf(ofBoth, delta, 'both arms'),
  ]);
  const tippingPoint = tippingPointOf(ofOffered);
  return { patterns, deltas: rows, tippingPoint, words: wordsOf(ofOffered, tippingPoint) };
}

function missingIn(people: readonly PilotPerson[], scores: PilotScores, arm: boolean): number {
  const followUp = followUpOf(scores);
  return people.filter(({ offered }, at) => offered === arm && !isKnown(followUp[at])).length;
}

function shifted(
  people: readonly PilotPerson[],
  scores: PilotScores,
  clusters: readonly string[] | null,
  shiftOf: (person: PilotPerson) => number,
): MeanScore {
  const { table, adjustment } = tableOfPeople(people, scores);
  const design = designMatrix(modelFrame(table, parseFormula(`~ ${['offered', ...adjustment.terms].join(' + ')}`)));
  const found = meanScore(
    design.matrix,
    Float64Array.from(orMissing(followUpOf(scores))),
    Float64Array.from(people, shiftOf),
    design.names.indexOf('offered'),
    clusters === null ? null : categories('cluster', clusters).codes,
  );
  if (found) return found;
  throw new ExpectedError(
    'REFUSED_MODEL',
    'The people with a score do not determine the model, so nothing is said of missing scores.',
    'Use fewer covariates.',
  );
}

function deltaOf(score: MeanScore, delta: number, missingOf: PilotDelta['missingOf']): PilotDelta {
  const { estimate, se } = score.at(delta);
  const row = waldTerm('offered', estimate, se, score.df, confidence);
  const whose = missingOf === 'offered' ? 'of those offered the pilot' : 'of both arms';
  const method = `Missing scores ${whose} taken as ${plainRate(delta)} points worse than those of people alike who answered (mean-score method, robust errors).`;
  return { delta, missingOf, found: estimateOf(row, method) };
}

/** Where the interval first holds 0; null where it does at once, or never does. */
function tippingPointOf(score: MeanScore): number | null {
  const quantile = tQuantile(1 - (1 - confidence) / 2, score.df);
  const sign = Math.sign(score.at(0).estimate);
  const distance = (delta: number): number => {
    const { estimate, se } = score.at(delta);
    return sign * estimate - quantile * se;
  };
  return distance(0) <= 0 ? null : rootBeyond(distance, 0, 0.01 * score.at(0).se);
}

function wordsOf(score: MeanScore, tippingPoint: number | null): string {
  const { estimate, se } = score.at(0);
  if (Math.abs(estimate) <= tQuantile(1 - (1 - confidence) / 2, score.df) * se) {
    return 'The interval of the main estimate holds 0 already, so there is no finding that missing scores could take away.';
  }
  if (tippingPoint === null || tippingPoint > 1e6) {
    return 'However much worse the missing scores of those offered the pilot were, the finding would stand.';
  }
  return `The finding would be gone if the missing scores of those offered the pilot were ${plainRate(tippingPoint)} points worse than those of people alike who answered.`;
}

/** The patterns of an arm add up to it, so one that is few hides all of the arm. */
function patternsOf(people: readonly PilotPerson[], scores: PilotScores, minimum: number): PilotMissingPattern[] {
  return (['offered', 'comparison'] as const).flatMap((arm) => {
    const counts = new Map<string, { answered: string[]; people: number }>();
    people.forEach(({ offered }, person) => {
      if (offered !== (arm === 'offered')) return;
      const answered = scores.waves.flatMap(({ wave, scores: values }) => (isKnown(values[person]) ? [wave] : []));
      const key = answered.join('\n');
      const seen = counts.get(key) ?? { answered, people: 0 };
      counts.set(key, { answered, people: seen.people + 1 });
    });
    const rows = [...counts.values()].sort((a, b) => b.people - a.people);
    const told = rows.every(({ people: count }) => count >= minimum);
    return rows.map(({ answered, people: count }) => ({ arm, answered, people: told ? count : null }));
  });
}
