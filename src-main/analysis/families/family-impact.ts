import type { FamilyImpactResult, FamilyMeasure, FamilyRefused, FamilyScores } from '#shared/domain/family-impact.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { childrenOf, type ShowParts } from './children.ts';
import { fewerThanTen, leastCouples, leastPeople, type ShowCount } from './counts.ts';
import { type CrossoverFound, crossoverOf } from './crossover.ts';
import { differenceOf } from './differences.ts';
import { coupleValues, type FamiliesOfWave, familiesByWave, fullestWave, isLinked } from './families-of-wave.ts';
import type { FamilyRow } from './family-answers.ts';
import { flowOf, type ShowNested } from './flow.ts';
import { type MediationFound, mediationOf } from './mediation.ts';
import { type ExposureInput, familyValues } from './officer-exposure.ts';
import { scoresOf } from './scores.ts';
import { type FamilyImpactSpec, measureOf } from './spec.ts';
import { spilloverOf } from './spillover.ts';

export type FamilyImpactInput = {
  readonly rows: readonly FamilyRow[];
  readonly exposure: Omit<ExposureInput, 'windowDays'>;
  readonly spec: FamilyImpactSpec;
  /** Asked of the counts that matter most first. */
  readonly show: ShowCount;
  readonly showNested: ShowNested;
  readonly showParts: ShowParts;
};

export type FamilyImpactFound = {
  readonly result: FamilyImpactResult;
  /** Day of the last answer of the wave. */
  readonly lastDay: number;
  readonly crossover: CrossoverFound['moments'] | null;
  readonly mediation: MediationFound['moments'] | null;
};

/**
 * What officers' exposure and strain go with in their families. Every count in the result has been put to `show`, no mean or estimate is of
 * fewer than ten people, and no part of it is about one household. Fails with `REFUSED_MODEL` where no family has answered.
 */
export function familyImpact(input: FamilyImpactInput): Result<FamilyImpactFound> {
  const { rows, spec, show, showNested } = input;
  const measures = {
    distress: measureOf(spec.distress),
    conflict: measureOf(spec.conflict),
    outcome: measureOf(spec.outcome),
    children: measureOf(spec.children),
  };
  const waves = familiesByWave(rows, measures);
  const wave = spec.wave === null ? fullestWave(waves) : waves.find((one) => one.wave === spec.wave);
  if (!wave) {
    return fail(
      'REFUSED_MODEL',
      waves.length === 0 ? 'No family has answered.' : `There is no wave “${spec.wave}” of families.`,
      waves.length === 0
        ? 'Nothing was computed. Import an extract of families.'
        : `Nothing was computed. The waves are: ${waves.map((one) => one.wave).join(', ')}.`,
    );
  }
  // The steps are chosen together, before any other count is told.
  const flow = flowOf(wave, show, showNested);
  const { parts, crossover, mediation } = relations(input, wave, measures);
  const result: FamilyImpactResult = {
    wave: wave.wave,
    waveWasChosen: spec.wave === null,
    ...parts,
    measures,
    flow,
    scores: allScores(wave, measures, show),
    children: childrenOf(wave.households, measures.children, show, input.showParts),
    waves: waves.map((one) => ({
      wave: one.wave,
      count: one.flow.complete < leastPeople ? null : one.flow.complete,
      withheld: one.flow.complete < leastPeople ? fewerThanTen : null,
    })),
  };
  return ok({ result, lastDay: wave.lastDay, crossover, mediation });
}

type Measures = FamilyImpactResult['measures'];
type Relations = {
  readonly parts: Pick<
    FamilyImpactResult,
    'linkage' | 'unlinkedBecause' | 'crossover' | 'mediation' | 'spillover' | 'differences'
  >;
  readonly crossover: CrossoverFound['moments'] | null;
  readonly mediation: MediationFound['moments'] | null;
};

function relations(input: FamilyImpactInput, wave: FamiliesOfWave, measures: Measures): Relations {
  const { spec, show } = input;
  const { households, flow } = wave;
  const { windowDays, samples, seed } = spec;
  const unlinkedBecause = whyUnlinked(spec, flow.complete, show);
  const values = familyValues(households, measures, { ...input.exposure, windowDays });
  const apart: FamilyRefused = { refused: unlinkedBecause ?? '' };
  const couples = households.filter(isLinked).map((household) => coupleValues(household, measures));
  const column = (at: number): number[] => couples.map((four) => four[at] ?? Number.NaN);
  const crossover =
    unlinkedBecause === null
      ? crossoverOf({
          couples: {
            officerDistress: column(0),
            partnerDistress: column(1),
            officerOutcome: column(2),
            partnerOutcome: column(3),
          },
          complete: flow.complete,
          measures,
          samples,
          seed,
          show,
        })
      : apart;
  const mediation =
    unlinkedBecause === null ? mediationOf({ values, measures, windowDays, samples, seed, show }) : apart;
  return {
    parts: {
      linkage: unlinkedBecause === null ? 'linked' : 'unlinked',
      unlinkedBecause,
      crossover: 'told' in crossover ? crossover.told : crossover,
      mediation: 'told' in mediation ? mediation.told : mediation,
      spillover: spilloverOf(values, measures, windowDays, show),
      differences: [measures.distress, measures.outcome].flatMap(
        (measure) => differenceOf(households, measure, unlinkedBecause === null, show) ?? [],
      ),
    },
    crossover: 'moments' in crossover ? crossover.moments : null,
    mediation: 'moments' in mediation ? mediation.moments : null,
  };
}

function whyUnlinked({ households }: FamilyImpactSpec, complete: number, show: ShowCount): string | null {
  const told = show(complete);
  if (households === 'unlinked')
    return 'Officers and partners were asked for as two samples, so nothing is said of couples.';
  if (complete >= leastCouples) return null;
  const there = complete === 0 ? 'No couple is' : told === null ? 'Fewer than 10 couples are' : `${told} couples are`;
  return `${there} complete, and ${leastCouples} are needed to take them together: officers and partners are two samples here, and nothing is said of couples.`;
}

function allScores({ households }: FamiliesOfWave, measures: Measures, show: ShowCount): FamilyScores[] {
  const asked: readonly (readonly ['officer' | 'partner' | 'parent' | 'adult_child', FamilyMeasure])[] = [
    ['officer', measures.distress],
    ['officer', measures.conflict],
    ['officer', measures.outcome],
    ['partner', measures.distress],
    ['partner', measures.outcome],
    ['partner', measures.conflict],
    ['parent', measures.distress],
    ['adult_child', measures.distress],
  ];
  return asked.flatMap(([member, measure]) => scoresOf(households, member, measure, show) ?? []);
}
