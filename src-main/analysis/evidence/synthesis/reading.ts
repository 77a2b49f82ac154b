import { spelledEffect, spelledLimits } from '#shared/domain/evidence/effect-words.ts';
import {
  isRefused,
  type Pooled,
  type ReviewSynthesis,
  type SynthesisInterval,
} from '#shared/domain/evidence/synthesis.ts';
import { counted, plainNumber } from '../../exposure/words.ts';
import { holds } from './leave-one-out.ts';

/** What was found, in plain words, with its limits. */
export function readReviewSynthesis(result: ReviewSynthesis): string[] {
  const { pooled, directions, subgroups, leaveOneOut, smallStudies, absolute, grade, reviews } = result;
  const pooledWords = isRefused(pooled) ? [pooled.refused] : readPooled(result, pooled);
  const influential = leaveOneOut.filter(({ isInfluential }) => isInfluential);
  return [
    ...pooledWords,
    ...(absolute === null
      ? []
      : [
          `That is ${spelledLimits(absolute, absolute.per === 'points' ? 1 : 0)} ${absolute.per === 'points' ? 'points' : 'in 1,000 people'}. ${absolute.words}`,
        ]),
    ...(directions !== null && isRefused(pooled) ? [directions.words] : []),
    ...(subgroups === null
      ? []
      : isRefused(subgroups)
        ? [subgroups.refused]
        : [
            `Between subgroups by ${subgroups.by} the difference is ${pWords(subgroups.between.p)}: ${subgroups.levels.map((level) => `${level.level} ${spelledEffect(result.measure, level)}`).join('; ')}. Subgroups show what to look into, not what is so.`,
          ]),
    ...influential.map(({ study, words }) => `The finding hangs on ${study}: ${(words ?? '').toLowerCase()}`),
    isRefused(smallStudies)
      ? smallStudies.refused
      : `Small studies against large ones: ${pWords(smallStudies.p)} (Egger). Where they differ, small studies with other findings may be missing.`,
    ...(reviews.length === 0
      ? []
      : [
          `${counted(reviews.length, 'result', 'results')} of other reviews ${reviews.length === 1 ? 'stands' : 'stand'} beside it and ${reviews.length === 1 ? 'is' : 'are'} not pooled: ${reviews.map((row) => `${row.title} ${spelledEffect(result.measure, row)}`).join('; ')}.`,
        ]),
    `By the numbers alone the certainty is ${grade.certainty}; a person’s rating, with its reasons, goes before it.`,
  ];
}

function readPooled(result: ReviewSynthesis, pooled: Pooled): string[] {
  const { studies, effects, people, studiesWithoutPeople, measure, confidence, none, fixed } = result;
  const who = people === null ? '' : ` with ${counted(people, 'person', 'people')}`;
  const untold = studiesWithoutPeople === 0 ? '' : ` (${studiesWithoutPeople} do not tell how many)`;
  const several = effects > studies ? `, ${effects} findings` : '';
  const clear = none === null ? '' : holds(pooled, none) ? ' It may be that there is no difference.' : '';
  return [
    `${counted(studies, 'study', 'studies')}${several}${who}${untold}: the ${result.measureWords} is ${spelledEffect(measure, pooled)}, ${Number((100 * confidence).toFixed(4))}% limits.${clear}`,
    spreadWords(pooled, measure),
    ...(pooled.cautious === null
      ? []
      : [
          `The studies differ less than chance lets expect; limits that do not count on that are ${spelledLimits({ estimate: null, ...pooled.cautious }, 2)}.`,
        ]),
    ...(fixed === null || pooled.model === 'fixed'
      ? []
      : [`If all studies had one and the same effect it would be ${spelledEffect(measure, fixed)}.`]),
  ];
}

function spreadWords(
  { i2, predictionLow, predictionHigh, model }: Pooled,
  measure: ReviewSynthesis['measure'],
): string {
  if (model === 'fixed')
    return `It supposes that all studies have the same effect; I² is ${plainNumber(Math.round(i2))}%.`;
  const next: Pick<SynthesisInterval, 'low' | 'high'> & { readonly estimate: null } = {
    ...{ estimate: null, low: predictionLow, high: predictionHigh },
  };
  return `${plainNumber(Math.round(i2))}% of the spread is more than chance (I²). The effect in a further study like these may lie anywhere from ${spelledEffect(measure, next)}.`;
}

function pWords(p: number | null): string {
  if (p === null) return 'not known';
  return p < 0.001 ? 'p under 0.001' : `p = ${p.toFixed(3)}`;
}

/** What to keep in mind, by what went in. */
export function reviewSynthesisWarnings(result: ReviewSynthesis): string[] {
  const { pooled, leftOut, rows } = result;
  const own = rows.filter(({ isOwnPilot }) => isOwnPilot).length;
  const df = isRefused(pooled) ? null : pooled.df;
  return [
    ...(leftOut.length === 0
      ? []
      : [`${counted(leftOut.length, 'finding was', 'findings were')} left out; each with its reason.`]),
    ...(own === 0
      ? []
      : [
          `${counted(own, 'finding is', 'findings are')} of this force’s own pilots, which are not published and nobody else has reviewed.`,
        ]),
    ...(!isRefused(pooled) && pooled.isRobust && df !== null && df < 4
      ? [
          `Errors by study have only ${plainNumber(df)} degrees of freedom: with fewer than 4, limits are not to be trusted.`,
        ]
      : []),
    ...(rows.length > 0 && rows.length < 5
      ? ['With fewer than five studies, how much they differ is hardly known.']
      : []),
  ];
}
