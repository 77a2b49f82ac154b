import { summarise } from '#main/stats/group-comparison/sample-summary.ts';
import { mean } from '#main/stats/numeric/sums.ts';
import { tTest } from '#main/stats/procedures/t-test.ts';
import type { TermResult } from '#main/stats/procedures/term.ts';
import type {
  PilotEstimate,
  PilotEvaluation,
  PilotFurther,
  PilotRefused,
  PilotStandardised,
} from '#shared/domain/pilot-evaluation.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { categories, numbers, runOn, tableOf } from '../../absence/model-table.ts';
import { plainRate } from '../../exposure/words.ts';
import { effectWith } from './absolute-effect.ts';
import { estimateOf, orRefused } from './estimate.ts';
import { flowOf } from './flow.ts';
import { otherDesigns } from './other-designs.ts';
import {
  type EvaluationOptions,
  type Found,
  followUpOf,
  isKnown,
  orMissing,
  type PilotPerson,
  type PilotScores,
} from './people.ts';
import { type ToldEvaluation, withScript } from './r-script.ts';
import { reliableChangeByArm } from './reliable-change-by-arm.ts';
import { secondaryOutcomes } from './secondaries.ts';
import { standardsOf } from './standards.ts';

const limits = [
  'Without a comparison nothing says what would have happened anyway: time, other changes and answering twice are all in the difference.',
  'People who join when they feel worst tend to feel better later whatever is done (regression to the mean).',
  'Only those who answered twice are in the difference; those who left may have fared otherwise.',
];

/** Mean of followup less baseline over people with both, in points and standardised. @throws ExpectedError REFUSED_MODEL */
export function pairedChange(
  scores: PilotScores,
  minimum: number,
): Found<PilotEstimate> & { readonly standardised: PilotStandardised | null; readonly dAverage: number | null } {
  const followUp = followUpOf(scores);
  const pairs = scores.baseline.filter((value, person) => isKnown(value) && isKnown(followUp[person])).length;
  if (pairs < minimum) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      `Fewer than ${minimum} people have a score of ${scores.name} before and after.`,
      'Nothing was computed, because a figure of so few could tell of one of them.',
    );
  }
  const table = tableOf(followUp.length, [
    numbers('followup', orMissing(followUp)),
    numbers('baseline', orMissing(scores.baseline)),
  ]);
  const found = runOn(tTest, { paired: ['followup', 'baseline'] }, table, 'people.csv');
  const change = estimateOf(
    found as unknown as Omit<TermResult, 'term'>,
    `Paired difference of “${scores.primaryWave}” less baseline, over everybody with both scores.`,
  );
  const { d, low, high, dAverage } = found['effect'] as Readonly<
    Record<'d' | 'low' | 'high' | 'dAverage', number | null>
  >;
  const average =
    dAverage === null ? '' : ` Over the mean of both standard deviations (d_av) it is ${plainRate(dAverage)}.`;
  return {
    estimate: change,
    warnings: found.warnings,
    r: found.r,
    dAverage,
    standardised:
      d === null || low === null || high === null
        ? null
        : {
            ...{ estimate: d, low, high, sd: change.se * Math.sqrt(pairs) },
            words: `The mean change over the standard deviation of the changes (d_z), with noncentral limits.${average}`,
          },
  };
}

/** Points by which the mean would move towards that of everybody without anything being done: (1 − r)·(expected − observed). */
export function regressionToTheMean(
  baseline: readonly (number | null)[],
  norms: { readonly mean: number; readonly reliability: number },
): number {
  return (1 - norms.reliability) * (norms.mean - mean(Float64Array.from(baseline.filter(isKnown))));
}

/** Those who answered again against those who did not, at baseline. @throws ExpectedError REFUSED_MODEL */
function completersAgainstLost(scores: PilotScores, minimum: number): Found<PilotEstimate> {
  const followUp = followUpOf(scores);
  const rows = scores.baseline.flatMap((value, person) =>
    value === null ? [] : [{ value, stayed: isKnown(followUp[person]) }],
  );
  const stayed = rows.filter((row) => row.stayed).length;
  if (Math.min(stayed, rows.length - stayed) < minimum) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      `Fewer than ${minimum} people answered only before, or both times.`,
      'Nothing is told of so few.',
    );
  }
  const table = tableOf(rows.length, [
    numbers(
      'baseline',
      rows.map(({ value }) => value),
    ),
    categories(
      'answered',
      rows.map((row) => (row.stayed ? 'both times' : 'only before')),
    ),
  ]);
  const found = runOn(tTest, { y: 'baseline', group: 'answered' }, table, 'baseline.csv');
  const method = 'Baseline of those with both scores less that of those with the first alone (Welch).';
  return {
    estimate: estimateOf(found as unknown as Omit<TermResult, 'term'>, method),
    warnings: found.warnings,
    r: found.r,
  };
}

/**
 * One group before and after. Everybody counts as offered the pilot; nothing is compared.
 * @param normMean mean of the instrument among people like these, to tell regression to the mean; null where it is not known
 * @throws ExpectedError REFUSED_MODEL where fewer than the minimum have both scores
 */
export function evaluatePrePost(
  people: readonly PilotPerson[],
  scores: PilotScores,
  secondaries: readonly PilotScores[],
  options: EvaluationOptions,
  normMean: number | null,
): PilotEvaluation {
  const { minimum, minimumTakingPart } = options;
  const main = pairedChange(scores, minimum);
  const lost = orRefused(() => completersAgainstLost(scores, minimum));
  const change = orRefused(() => reliableChangeByArm(people, scores, minimum));
  const { sd } = summarise(Float64Array.from(scores.baseline.filter(isKnown)));
  const primary = effectWith(main.estimate, scores, main.standardised);
  const further: PilotFurther[] = [
    {
      name: 'Those lost',
      question: 'Did those who answered again differ at the beginning from those who did not?',
      found: 'refused' in lost ? lost : lost.estimate,
    },
  ];
  const fits = [main, lost].flatMap((part: Found<PilotEstimate> | PilotRefused) => ('refused' in part ? [] : [part]));
  const told: ToldEvaluation = {
    outcome: scores.name,
    flow: flowOf(people, scores, minimumTakingPart),
    ...otherDesigns,
    primary,
    further,
    change,
    missing: { refused: 'With one group, missing scores are judged by how those lost differed at the beginning.' },
    secondaries: secondaryOutcomes(secondaries, (other) => pairedChange(other, minimum).estimate),
    subgroups: options.subgroups.map((subgroup) => ({
      subgroup,
      refused: 'With one group nothing says whether the pilot did more for some than for others.',
    })),
    standards: standardsOf('pre-post', {
      effect: primary.absolute.words,
      subgroups: 0,
      fidelityRecorded: people.some(({ adhered }) => isKnown(adhered)),
    }),
    limits,
    warnings: [...main.warnings, ...regressionWords(scores, normMean, sd)],
  };
  return withScript(told, fits);
}

function regressionWords(scores: PilotScores, normMean: number | null, sd: number): string[] {
  const reliability = scores.norms?.reliability ?? null;
  if (normMean === null || reliability === null) {
    return [
      'How much of the change is regression to the mean cannot be told without the mean of the instrument among people like these.',
    ];
  }
  const expected = regressionToTheMean(scores.baseline, { mean: normMean, reliability });
  if (Math.abs(expected) < 0.05 * sd) return [];
  return [
    `At the beginning these people scored so far from others like them that ${plainRate(expected)} points of change are to be expected without anything being done (regression to the mean).`,
  ];
}
