import { mean } from '#main/stats/numeric/sums.ts';
import type { PilotEvaluation, PilotFurther } from '#shared/domain/pilot-evaluation.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { effectWith } from './absolute-effect.ts';
import {
  type DifferenceRow,
  eventStudy,
  groupTimeEffect,
  twoByTwo,
  twoByTwoOfFewUnits,
} from './difference-in-differences.ts';
import { orRefused } from './estimate.ts';
import { otherDesigns } from './other-designs.ts';
import type { EvaluationOptions, OutcomeNamed } from './people.ts';
import { type ToldEvaluation, withScript } from './r-script.ts';
import { secondaryOutcomes } from './secondaries.ts';
import { spreadWithin, standardisedBy } from './standardised.ts';
import { standardsOf } from './standards.ts';

/** A score of somebody of a team or area in one period. */
export type AreaScore = { readonly unit: string; readonly period: number; readonly score: number };

export type AreaOutcome = OutcomeNamed & { readonly rows: readonly AreaScore[] };

/** Period in which each unit began; null where it never did. */
export type Begins = ReadonlyMap<string, number | null>;

const limits = [
  'Chance did not decide which teams or areas had the pilot. The difference is its effect only if all would have changed alike without it, which no data can show.',
  'Whatever else began in the same areas at the same time is in the difference.',
  'With few areas, one of them can carry the result.',
];

/**
 * A pilot that some teams or areas had and others had not, before and after: two periods as two groups before and after, more by when each
 * unit began.
 * @param fewUnits whether the plan chooses errors for few units, of two periods
 * @throws ExpectedError REFUSED_MODEL where the estimate cannot be had or may not be told
 */
export function evaluateComparedAreas(
  outcome: AreaOutcome,
  begins: Begins,
  secondaries: readonly AreaOutcome[],
  { minimum }: Pick<EvaluationOptions, 'minimum'>,
  fewUnits = false,
): PilotEvaluation {
  refuseFew(outcome, begins, minimum);
  const twoTimes = new Set(outcome.rows.map(({ period }) => period)).size === 2;
  const [inTwoTimes, inOtherErrors] = fewUnits ? [twoByTwoOfFewUnits, twoByTwo] : [twoByTwo, twoByTwoOfFewUnits];
  const estimator = twoTimes
    ? ({ rows }: AreaOutcome) => ({ ...inTwoTimes(asTwoByTwo(rows, begins)), events: [], movedAlikeP: null })
    : ({ rows }: AreaOutcome) => groupTimeEffect(unitMeans(rows), begins);
  const main = estimator(outcome);
  const other = orRefused(() =>
    twoTimes ? inOtherErrors(asTwoByTwo(outcome.rows, begins)) : eventStudy(unitMeans(outcome.rows), begins),
  );
  const primary = effectWith(
    main.estimate,
    outcome,
    standardisedBy(
      main.estimate,
      spreadWithin(scoresBefore(outcome.rows, begins)),
      'of scores within an area and period, without the pilot',
    ),
  );
  const further: PilotFurther[] = [
    {
      ...(twoTimes ? otherErrors(fewUnits) : eventStudyQuestion),
      found: 'refused' in other ? other : other.estimate,
    },
  ];
  const fits = [main, other].flatMap((part) => ('refused' in part ? [] : [part]));
  const told: ToldEvaluation = {
    outcome: outcome.name,
    flow: [],
    ...{ primary, further },
    ...otherDesigns,
    events: twoTimes ? null : { periods: main.events, movedAlikeP: main.movedAlikeP },
    change: { refused: 'People are not followed from before to after, so nobody can be called changed.' },
    missing: {
      refused: 'Scores that are missing are taken to be like those of the same area and period that are not.',
    },
    secondaries: secondaryOutcomes(secondaries, (second) => {
      refuseFew(second, begins, minimum);
      return estimator(second).estimate;
    }),
    subgroups: [],
    standards: standardsOf('difference-in-differences', {
      effect: primary.absolute.words,
      ...{ subgroups: 0, fidelityRecorded: false },
    }),
    limits,
    warnings: [...new Set(fits.flatMap(({ warnings }) => warnings))],
  };
  return withScript(told, fits);
}

const eventStudyQuestion = {
  name: 'Event study',
  question: 'Does the finding stand in a model of all units and periods at once?',
};

function otherErrors(fewUnits: boolean) {
  return fewUnits
    ? { name: 'Errors by unit', question: 'Does the finding stand with errors clustered by unit as they are for many?' }
    : {
        name: 'Errors for few units',
        question: 'Does the finding stand with errors that hold for few teams or areas?',
      };
}

/** Mean of each unit and period, one row each. */
export function unitMeans(rows: readonly AreaScore[]): { unit: string; period: number; value: number }[] {
  return cellsOf(rows).map((own) => {
    const { unit, period } = own[0] as AreaScore;
    return { unit, period, value: mean(Float64Array.from(own, ({ score }) => score)) };
  });
}

function asTwoByTwo(rows: readonly AreaScore[], begins: Begins): DifferenceRow[] {
  const last = Math.max(...new Set(rows.map(({ period }) => period)));
  return rows.map(({ unit, period, score }) => ({
    ...{ unit, value: score },
    offered: (begins.get(unit) ?? null) !== null,
    after: period === last,
  }));
}

function isAfter({ unit, period }: AreaScore, begins: Begins): boolean {
  return period >= (begins.get(unit) ?? Number.POSITIVE_INFINITY);
}

/** In every unit and period, because each stands in the figures by itself. */
function refuseFew({ name, rows }: AreaOutcome, begins: Begins, minimum: number): void {
  for (const own of cellsOf(rows)) {
    if (own.length >= minimum) continue;
    throw new ExpectedError(
      'REFUSED_MODEL',
      `Some team or area has fewer than ${minimum} scores of ${name} in a period.`,
      'Nothing was computed, because a figure of so few could tell of one of them. Join small areas, or take longer periods.',
    );
  }
  if (rows.some((row) => isAfter(row, begins))) return;
  throw new ExpectedError('REFUSED_MODEL', 'No area has scores after it began.', 'Nothing was computed.');
}

/** Scores of one area in one period before it began, one after the other. */
function scoresBefore(rows: readonly AreaScore[], begins: Begins): Iterable<readonly number[]> {
  return cellsOf(rows.filter((row) => !isAfter(row, begins))).map((own) => own.map(({ score }) => score));
}

/** Scores of each area and period. */
function cellsOf(rows: readonly AreaScore[]): AreaScore[][] {
  return [...Map.groupBy(rows, ({ unit, period }) => JSON.stringify([unit, period])).values()];
}
