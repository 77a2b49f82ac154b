import type { PilotDesign } from '#shared/domain/pilot.ts';
import type {
  PilotClustering,
  PilotEstimate,
  PilotFlowOfArm,
  PilotFurther,
  PilotMissing,
  PilotRefused,
} from '#shared/domain/pilot-evaluation.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { effectOf } from './absolute-effect.ts';
import { clustersOf } from './cluster-estimates.ts';
import { clusteringOf } from './clustering.ts';
import { orRefused } from './estimate.ts';
import { flowOf } from './flow.ts';
import { missingScores } from './missing-scores.ts';
import { otherDesigns } from './other-designs.ts';
import {
  type EvaluationOptions,
  type Found,
  followUpOf,
  isKnown,
  type PilotPerson,
  type PilotScores,
} from './people.ts';
import type { ToldEvaluation } from './r-script.ts';
import { reliableChangeByArm } from './reliable-change-by-arm.ts';
import { secondaryOutcomes } from './secondaries.ts';
import { standardsOf } from './standards.ts';
import { subgroupEffects } from './subgroups.ts';

export type CommonParts = {
  readonly design: PilotDesign;
  /** Whether people count in the teams or areas they were allocated with. */
  readonly clustered: boolean;
  readonly people: readonly PilotPerson[];
  readonly scores: PilotScores;
  readonly secondaries: readonly PilotScores[];
  readonly options: EvaluationOptions;
  readonly limits: readonly string[];
};

/**
 * What every evaluation of people in two arms says around its main estimate.
 * @param others what `further` was found by, for warnings and scripts
 * @param estimate the same estimator for another outcome
 * @throws ExpectedError REFUSED_MODEL where an arm has too few people with a score to be told of
 */
export function evaluationOf(
  { design, clustered, people, scores, secondaries, options, limits }: CommonParts,
  main: Found<PilotEstimate>,
  further: readonly PilotFurther[],
  others: readonly (Found<PilotEstimate> | PilotRefused)[],
  estimate: (scores: PilotScores) => PilotEstimate,
): { readonly told: ToldEvaluation; readonly fits: readonly Found<PilotEstimate>[] } {
  refuseFew(people, scores, options.minimum);
  const primary = effectOf(main.estimate, people, scores);
  const clustering = clustered ? clusteringOfPeople(people, scores) : null;
  const change = orRefused(() => reliableChangeByArm(people, scores, options.minimum, clustering?.designEffect));
  const flow = flowOf(people, scores, options.minimumTakingPart);
  const fits = [main, ...others].flatMap((part) => ('refused' in part ? [] : [part]));
  const another = (other: PilotScores): PilotEstimate => {
    refuseFew(people, other, options.minimum);
    return estimate(other);
  };
  const told: ToldEvaluation = {
    outcome: scores.name,
    flow,
    ...otherDesigns,
    clustering,
    primary,
    further,
    change,
    missing: orRefused(() => asFlowTells(missingScores(people, scores, { ...options, clustered }), flow)),
    secondaries: secondaryOutcomes(secondaries, another),
    subgroups: options.subgroups.map((subgroup) => {
      const effects = orRefused(() =>
        subgroupEffects(people, scores, subgroup, { minimum: options.minimum, clustered }),
      );
      return 'refused' in effects ? { subgroup, ...effects } : effects;
    }),
    standards: standardsOf(design, {
      effect: primary.absolute.words,
      subgroups: options.subgroups.length,
      fidelityRecorded: people.some(({ adhered }) => isKnown(adhered)),
    }),
    limits,
    warnings: [...new Set(fits.flatMap(({ warnings }) => warnings))],
  };
  return { told, fits };
}

/** Patterns add up to the steps of the flow: where one of them is withheld, so are the patterns of that arm. */
function asFlowTells(missing: PilotMissing, flow: readonly PilotFlowOfArm[]): PilotMissing {
  const hidden = flow.filter(({ steps }) => steps.some(({ count }) => count === null)).map(({ arm }) => arm);
  return {
    ...missing,
    patterns: missing.patterns.map((row) => (hidden.includes(row.arm) ? { ...row, people: null } : row)),
  };
}

function clusteringOfPeople(people: readonly PilotPerson[], scores: PilotScores): PilotClustering | null {
  const clusters = clustersOf(people);
  return clusteringOf(
    followUpOf(scores).flatMap((score, at) =>
      score === null ? [] : [{ cluster: clusters[at] ?? '', offered: people[at]?.offered === true, score }],
    ),
  );
}

function refuseFew(people: readonly PilotPerson[], scores: PilotScores, minimum: number): void {
  const followUp = followUpOf(scores);
  for (const arm of [true, false]) {
    const count = people.filter(({ offered }, at) => offered === arm && isKnown(followUp[at])).length;
    if (count >= minimum) continue;
    throw new ExpectedError(
      'REFUSED_MODEL',
      `Fewer than ${minimum} people ${arm ? 'offered the pilot' : 'of the comparison'} have a score of ${scores.name} at “${scores.primaryWave}”.`,
      'Nothing was computed, because a figure of so few could tell of one of them.',
    );
  }
}
