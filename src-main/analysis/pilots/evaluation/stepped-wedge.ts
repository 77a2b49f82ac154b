import { lmm } from '#main/stats/procedures/lmm/lmm.ts';
import type { PilotEstimate, PilotEvaluation, PilotFlowOfArm, PilotFurther } from '#shared/domain/pilot-evaluation.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { categories, numbers, runOn, tableOf } from '../../absence/model-table.ts';
import { effectWith } from './absolute-effect.ts';
import { type MixedDf, mixedDfFor, mixedDfWords } from './cluster-estimates.ts';
import { estimateOf, orRefused, termOf } from './estimate.ts';
import { otherDesigns } from './other-designs.ts';
import type { EvaluationOptions, Found, OutcomeNamed } from './people.ts';
import { type ToldEvaluation, withScript } from './r-script.ts';
import { secondaryOutcomes } from './secondaries.ts';
import { spreadWithin, standardisedBy } from './standardised.ts';
import { standardsOf } from './standards.ts';
import { toldSteps } from './tell.ts';
import { likenessWords, wedgeLikeness } from './wedge-likeness.ts';

/** A score of one person in one period; clusters begin one after the other, and stay. */
export type WedgeScore = {
  readonly cluster: string;
  /** From 1, in order of time. */
  readonly period: number;
  /** Whether the cluster had begun. */
  readonly exposed: boolean;
  /** The same in every period; null where people are not followed from one period to the next. */
  readonly person: string | null;
  readonly score: number;
};

export type WedgeOutcome = OutcomeNamed & { readonly rows: readonly WedgeScore[] };

const file = 'scores.csv';

const limits = [
  'All teams had the pilot in the end, so that the comparison is partly one of earlier with later: a change in the force that comes at the same pace as the pilot cannot be told from it.',
  'Teams are taken to change alike from period to period but for chance, and the effect to be there at once and to stay.',
  'Few teams were allocated: chance makes the order fair on average only.',
];

/**
 * Scores with an effect of each period, and random effects of clusters, of clusters in a period and of people who answer several times
 * (Hooper et al. 2016, Statistics in Medicine 35:4718).
 * @param sinceStart adds how many periods ago the cluster began, whose slope is the estimate
 * @param planned degrees of freedom that the plan chooses; null where it leaves them open
 * @throws ExpectedError REFUSED_MODEL
 */
export function wedgeEffect(
  rows: readonly WedgeScore[],
  sinceStart = false,
  planned: MixedDf | null = null,
): Found<PilotEstimate> {
  refuseTurningBack(rows);
  const people = rows.map(({ person }) => person);
  const followed = people.every((person) => person !== null) && new Set(people).size < people.length;
  const clusters = new Set(rows.map(({ cluster }) => cluster)).size;
  const df = mixedDfFor(clusters, planned);
  const table = tableOf(rows.length, [
    numbers(
      'score',
      rows.map(({ score }) => score),
    ),
    numbers(
      'exposed',
      rows.map(({ exposed }) => (exposed ? 1 : 0)),
    ),
    ...(sinceStart ? [numbers('since', periodsSince(rows))] : []),
    categories(
      'period',
      rows.map(({ period }) => String(period).padStart(3, '0')),
    ),
    categories(
      'cluster',
      rows.map(({ cluster }) => cluster),
    ),
    categories(
      'cell',
      rows.map(({ cluster, period }) => `${cluster} ${period}`),
    ),
    // Numbers, because a script names the levels of text, and these are people.
    ...(followed ? [numbers('person', numbered(people))] : []),
  ]);
  const random = ['cluster', 'cell', ...(followed ? ['person'] : [])].map((group) => `(1|${group})`).join(' + ');
  const formula = `score ~ exposed${sinceStart ? ' + since' : ''} + period + ${random}`;
  const found = runOn(lmm, { formula, df }, table, file);
  const model = `linear mixed model with an effect of each period, and random effects of ${clusters} clusters, of clusters in a period${followed ? ' and of people' : ''}; ${mixedDfWords(df)}. ${likenessWords(wedgeLikeness(found))}`;
  const method = `${sinceStart ? 'How much the difference grows with each further period' : 'With the pilot less without it'}: ${model}`;
  return {
    estimate: estimateOf(termOf(found, sinceStart ? 'since' : 'exposed'), method),
    warnings: found.warnings,
    r: found.r,
  };
}

/** Each value as the number of its first appearance. */
function numbered(values: readonly (string | null)[]): number[] {
  const places = new Map([...new Set(values)].map((value, place) => [value, place]));
  return values.map((value) => places.get(value) ?? 0);
}

/** Periods since the one in which the cluster began; 0 in that and before. */
function periodsSince(rows: readonly WedgeScore[]): number[] {
  const begun = new Map<string, number>();
  for (const { cluster, period, exposed } of rows) {
    if (exposed) begun.set(cluster, Math.min(period, begun.get(cluster) ?? period));
  }
  return rows.map(({ cluster, period }) => Math.max(0, period - (begun.get(cluster) ?? period)));
}

function refuseTurningBack(rows: readonly WedgeScore[]): void {
  const first = new Map<string, number>();
  for (const { cluster, period, exposed } of rows) {
    if (exposed) first.set(cluster, Math.min(period, first.get(cluster) ?? period));
  }
  if (
    rows.every(({ cluster, period, exposed }) => exposed || period < (first.get(cluster) ?? Number.POSITIVE_INFINITY))
  )
    return;
  throw new ExpectedError(
    'REFUSED_MODEL',
    'Some team has scores without the pilot in or after the period in which it began.',
    'Nothing was computed. Look at when the teams began.',
  );
}

/**
 * A pilot that teams or areas began one after the other, in an order that chance gave.
 * @throws ExpectedError REFUSED_MODEL where the estimate cannot be had or may not be told
 */
export function evaluateSteppedWedge(
  outcome: WedgeOutcome,
  secondaries: readonly WedgeOutcome[],
  { minimum }: Pick<EvaluationOptions, 'minimum'>,
  df: MixedDf | null = null,
): PilotEvaluation {
  const { rows } = outcome;
  refuseFew(outcome, minimum);
  const main = wedgeEffect(rows, false, df);
  const growing = orRefused(() => wedgeEffect(rows, true, df));
  const primary = effectWith(
    main.estimate,
    outcome,
    standardisedBy(main.estimate, spreadWithin(scoresWithout(rows)), 'of scores within a period, without the pilot'),
  );
  const further: PilotFurther[] = [
    {
      name: 'By time since the start',
      question: 'Does the effect grow or fade with the periods since a team began?',
      found: 'refused' in growing ? growing : growing.estimate,
    },
  ];
  const fits = [main, growing].flatMap((part) => ('refused' in part ? [] : [part]));
  const told: ToldEvaluation = {
    outcome: outcome.name,
    flow: flowOfScores(rows, minimum),
    ...otherDesigns,
    ...{ primary, further },
    change: {
      refused: 'Every team has the pilot in the end, so that no two arms of people can be compared person by person.',
    },
    missing: {
      refused: 'Scores that are missing are taken to be like those of the same team, period and person that are not.',
    },
    secondaries: secondaryOutcomes(secondaries, (other) => {
      refuseFew(other, minimum);
      return wedgeEffect(other.rows, false, df).estimate;
    }),
    subgroups: [],
    standards: standardsOf('stepped-wedge', {
      effect: primary.absolute.words,
      ...{ subgroups: 0, fidelityRecorded: false },
    }),
    limits,
    warnings: [...new Set(fits.flatMap(({ warnings }) => warnings))],
  };
  return withScript(told, fits);
}

function refuseFew({ name, rows }: WedgeOutcome, minimum: number): void {
  for (const arm of [true, false]) {
    const own = rows.filter(({ exposed }) => exposed === arm);
    // Where people are not followed, each score is taken to be of another person of its period.
    if (Math.min(own.length, peopleIn(own) ?? own.length) >= minimum) continue;
    throw new ExpectedError(
      'REFUSED_MODEL',
      `Fewer than ${minimum} people have a score of ${name} ${arm ? 'with' : 'without'} the pilot.`,
      'Nothing was computed, because a figure of so few could tell of one of them.',
    );
  }
}

function peopleIn(rows: readonly WedgeScore[]): number | null {
  return rows.some(({ person }) => person === null) ? null : new Set(rows.map(({ person }) => person)).size;
}

function flowOfScores(rows: readonly WedgeScore[], minimum: number): PilotFlowOfArm[] {
  return (['offered', 'comparison'] as const).map((arm) => {
    const own = rows.filter(({ exposed }) => exposed === (arm === 'offered'));
    const people = peopleIn(own);
    const steps = [
      { step: 'scores in the model', count: own.length },
      ...(people === null ? [] : [{ step: 'people with them', count: people }]),
    ];
    const told = toldSteps(
      steps.map(({ count }) => count),
      minimum,
    );
    return { arm, steps: steps.map(({ step }, at) => ({ step, count: told[at] ?? null })) };
  });
}

/** Scores of one period without the pilot, period by period. */
function scoresWithout(rows: readonly WedgeScore[]): Iterable<readonly number[]> {
  const before = rows.filter(({ exposed }) => !exposed);
  const periods = Map.groupBy(before, ({ period }) => period);
  return [...periods.values()].map((own) => own.map(({ score }) => score));
}
