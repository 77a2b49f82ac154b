import { apim } from '#main/stats/procedures/apim/apim.ts';
import type { TermResult, TestResult } from '#main/stats/procedures/term.ts';
import type {
  FamilyArrow,
  FamilyCrossover,
  FamilyImpactResult,
  FamilyRatio,
  FamilyRefused,
  FamilyTest,
} from '#shared/domain/family-impact.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { numbers, runOn, tableOf } from '../absence/model-table.ts';
import { plainRate } from '../exposure/words.ts';
import { arrowSentence, intervalWords, named } from './arrow-words.ts';
import { fewCouples, leastCouples, leastPeople, type ShowCount, toldRows } from './counts.ts';
import { distressNode } from './spillover.ts';

type Measures = FamilyImpactResult['measures'];

/** One value a couple; NaN where it is missing. */
export type CoupleColumns = {
  readonly officerDistress: readonly number[];
  readonly partnerDistress: readonly number[];
  readonly officerOutcome: readonly number[];
  readonly partnerOutcome: readonly number[];
};

export type CrossoverInput = {
  readonly couples: CoupleColumns;
  readonly complete: number;
  readonly measures: Measures;
  readonly samples: number;
  readonly seed: number;
  readonly show: ShowCount;
};

type Wald = { readonly estimate: number; readonly low: number; readonly high: number; readonly p: number };
type Moments = {
  readonly means: readonly Wald[];
  readonly matrix: readonly (readonly number[])[];
  readonly correlation: Wald;
};
type ActorPartner = {
  readonly n: number;
  readonly terms: readonly (TermResult & Wald & { readonly parameter: string })[];
  readonly residualCovariance: { readonly matrix: readonly (readonly number[])[]; readonly correlation: Wald };
  readonly predictors: Moments;
  readonly rSquared: readonly number[];
  readonly tests: readonly TestResult[];
  readonly k: readonly {
    readonly estimate: number | null;
    readonly low: number | null;
    readonly high: number | null;
  }[];
};

/** What the model found, beside what is told of it: the moments that the script for R starts from. */
export type CrossoverFound = { readonly told: FamilyCrossover; readonly moments: CrossoverMoments };
export type CrossoverMoments = {
  readonly means: readonly number[];
  /** Of officer's and partner's distress, officer's and partner's outcome, divisor n. */
  readonly covariance: readonly (readonly number[])[];
};

const tests: Readonly<Record<FamilyTest['name'], string>> = {
  'equal actors': 'Does own distress go with the own outcome to the same degree in officers and partners?',
  'equal partners': 'Does the other’s distress go with the own outcome to the same degree in officers and partners?',
  'equal actors and partners': 'Are both the same in officers and partners?',
  'no partner effects': 'Would the data look like this if nothing crossed over?',
  indistinguishable: 'Could officers and partners be told apart by these answers at all?',
};

/**
 * Actor–partner interdependence of couples: the outcome of each on the distress of both, by full-information maximum likelihood, k with an interval
 * from resampled couples. Refused, not thrown, under 30 complete couples.
 */
export function crossoverOf(input: CrossoverInput): CrossoverFound | FamilyRefused {
  const { complete, measures, show } = input;
  const told = show(complete);
  const kept = toldRows(fullestFirst(input.couples), show);
  if (complete < leastCouples || told === null || kept === null) return tooFewCouples('Crossover', told ?? 0);
  try {
    const couples = couplesAt(input.couples, kept);
    const found = fitCouples(couples, { samples: input.samples, seed: input.seed });
    return {
      told: {
        refused: null,
        complete: told,
        couples: found.n,
        fewCouples: complete < fewCouples,
        missing: 'fiml',
        diagram: diagramOf(found, measures),
        tests: testsOf(found),
        k: found.k.map((ratio, at) => ratioOf(ratio, at === 0 ? 'officer' : 'partner')),
        correlations: {
          predictors: found.predictors.correlation.estimate,
          residuals: found.residualCovariance.correlation.estimate,
        },
        rSquared: { officer: found.rSquared[0] as number, partner: found.rSquared[1] as number },
      },
      moments: momentsOf(found),
    };
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    return { refused: 'Crossover was not computed: the answers of these couples do not vary enough to tell.' };
  }
}

/** @param told couples that may be told of; fewer than ten are none */
export function tooFewCouples(what: string, told: number): FamilyRefused {
  const there = told < leastPeople ? `fewer than ${leastPeople} couples` : `${told} couples`;
  return { refused: `${what} was not computed: ${there} are complete for it, and it needs ${leastCouples}.` };
}

/** Places of the couples with any value, those with all four first. */
function fullestFirst(couples: CoupleColumns): readonly number[] {
  const columns = Object.values(couples);
  const values = couples.officerDistress.map(
    (_none, row) => columns.filter((column) => !Number.isNaN(column[row] ?? Number.NaN)).length,
  );
  const withValues = (wanted: (count: number) => boolean): number[] =>
    values.flatMap((count, row) => (wanted(count) ? [row] : []));
  return [
    ...withValues((count) => count === columns.length),
    ...withValues((count) => count > 0 && count < columns.length),
  ];
}

function couplesAt(couples: CoupleColumns, places: readonly number[]): CoupleColumns {
  const kept = new Set(places);
  const at = (column: readonly number[]): number[] => column.filter((_value, row) => kept.has(row));
  return {
    officerDistress: at(couples.officerDistress),
    partnerDistress: at(couples.partnerDistress),
    officerOutcome: at(couples.officerOutcome),
    partnerOutcome: at(couples.partnerOutcome),
  };
}

/** The model itself, on one row a couple. @throws ExpectedError REFUSED_MODEL */
export function fitCouples(
  couples: CoupleColumns,
  resampling: { readonly samples: number; readonly seed: number },
): ActorPartner {
  const { officerDistress, partnerDistress, officerOutcome, partnerOutcome } = couples;
  const columns = { officerDistress, partnerDistress, officerOutcome, partnerOutcome };
  const table = tableOf(
    officerDistress.length,
    Object.entries(columns).map(([name, values]) => numbers(name, values)),
  );
  const spec = {
    x1: 'officerDistress',
    x2: 'partnerDistress',
    y1: 'officerOutcome',
    y2: 'partnerOutcome',
    names: ['officer', 'partner'],
    missing: 'fiml',
    ...resampling,
  };
  return runOn(apim, spec, table, 'couples.csv') as unknown as ActorPartner;
}

const roles = ['officer', 'partner'] as const;

function momentsOf({ terms, predictors, residualCovariance }: ActorPartner): CrossoverMoments {
  const value = (parameter: string): number =>
    terms.find((term) => term.parameter === parameter)?.estimate ?? Number.NaN;
  const slopes = [
    [value('actor 1'), value('partner 2→1')],
    [value('partner 1→2'), value('actor 2')],
  ];
  const x = predictors.matrix;
  const at = (m: readonly (readonly number[])[], i: number, j: number): number => m[i]?.[j] ?? Number.NaN;
  const sum = (of: (k: number) => number): number => of(0) + of(1);
  const across = [0, 1].map((j) => [0, 1].map((i) => sum((k) => at(slopes, j, k) * at(x, k, i))));
  const outcomes = [0, 1].map((j) =>
    [0, 1].map((l) => sum((k) => at(across, j, k) * at(slopes, l, k)) + at(residualCovariance.matrix, j, l)),
  );
  const centre = predictors.means.map(({ estimate }) => estimate);
  return {
    means: [
      ...centre,
      ...[0, 1].map((j) => value(`intercept ${j + 1}`) + sum((k) => at(slopes, j, k) * (centre[k] ?? Number.NaN))),
    ],
    covariance: [
      ...[0, 1].map((i) => [at(x, i, 0), at(x, i, 1), at(across, 0, i), at(across, 1, i)]),
      ...[0, 1].map((j) => [at(across, j, 0), at(across, j, 1), at(outcomes, j, 0), at(outcomes, j, 1)]),
    ],
  };
}

const arrows = [
  { parameter: 'actor 1', from: 0, to: 0 },
  { parameter: 'actor 2', from: 1, to: 1 },
  { parameter: 'partner 1→2', from: 0, to: 1 },
  { parameter: 'partner 2→1', from: 1, to: 0 },
] as const;

function diagramOf(found: ActorPartner, measures: Measures): FamilyCrossover['diagram'] {
  const { covariance } = momentsOf(found);
  const spread = (at: number): number => Math.sqrt(covariance[at]?.[at] ?? Number.NaN);
  return {
    nodes: [
      ...roles.map((role) => distressNode(role, measures)),
      ...roles.map((role) => ({
        id: `${role}-outcome`,
        label: `${role === 'officer' ? 'Officer’s' : 'Partner’s'} ${measures.outcome.name}`,
        member: role,
        measure: measures.outcome,
      })),
    ],
    arrows: arrows.map(({ parameter, from, to }): FamilyArrow => {
      const term = found.terms.find((one) => one.parameter === parameter);
      if (!term) throw new ExpectedError('REFUSED_MODEL', `There is no ${parameter}.`, 'Nothing was computed.');
      const { estimate, low, high, p } = term;
      const scale = spread(from) / spread(2 + to);
      return {
        id: `${roles[from]}-${roles[to]}`,
        from: `${roles[from]}-distress`,
        to: `${roles[to]}-outcome`,
        kind: from === to ? 'actor' : 'partner',
        estimate,
        low,
        high,
        p,
        standardised: Number.isFinite(scale) ? estimate * scale : null,
        sentence: arrowSentence(
          named(roles[from], 'distress', measures.distress),
          `the ${roles[to]}’s ${measures.outcome.name}`,
          { estimate, low, high },
          `among couples in which ${named(roles[1 - from] as 'officer' | 'partner', 'distress', measures.distress)} was the same`,
        ),
      };
    }),
  };
}

function testsOf(found: ActorPartner): FamilyTest[] {
  return Object.entries(tests).flatMap(([name, words]) => {
    const test = found.tests.find((one) => one.name === name);
    return test?.statistic == null || test.p === null || typeof test.df !== 'number'
      ? []
      : [{ name: name as FamilyTest['name'], words, statistic: test.statistic, df: test.df, p: test.p }];
  });
}

function ratioOf(ratio: ActorPartner['k'][number], member: FamilyRatio['member']): FamilyRatio {
  const { estimate, low, high } = ratio;
  if (estimate === null) {
    const withheld = `not given: what goes with the ${member}’s own distress is not distinguishable from nothing, and a ratio to nothing says nothing`;
    return { member, estimate, low, high, withheld, sentence: `k of the ${member} is ${withheld}.` };
  }
  const found = { estimate, low, high };
  return {
    member,
    ...found,
    withheld: null,
    sentence: `k of the ${member} is ${plainRate(estimate)} (${intervalWords(found)}): ${meaningOf(low, high)}. 1 is a couple in step, 0 is each for themselves, −1 a contrast.`,
  };
}

/** The patterns of a couple that the interval of k allows (Kenny and Ledermann 2010). */
function meaningOf(low: number | null, high: number | null): string {
  if (low === null || high === null) return 'without an interval it says little';
  const holds = (value: number): boolean => low <= value && value <= high;
  const patterns = [
    ...(holds(1) ? ['the other’s distress counts as much as the own'] : []),
    ...(holds(0) ? ['the own distress alone counts'] : []),
    ...(holds(-1) ? ['the two run against each other'] : []),
  ];
  if (patterns.length === 0) return 'none of the three plain patterns fits';
  return patterns.length === 1 ? `it fits that ${patterns[0]}` : `it cannot tell whether ${patterns.join(' or ')}`;
}
