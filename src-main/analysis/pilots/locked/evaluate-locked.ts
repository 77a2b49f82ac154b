import { isoOfDay } from '#shared/domain/dates.ts';
import type { PilotDesign } from '#shared/domain/pilot.ts';
import type { PilotEvaluation, PilotRefused } from '#shared/domain/pilot-evaluation.ts';
import type { PilotComparison, PilotEvaluationResult } from '#shared/domain/pilot-evaluation-result.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import type { MayShow, MayShowTable } from '../../peers/period.ts';
import { orRefused } from '../evaluation/estimate.ts';
import { evaluatePilot } from '../evaluation/evaluate-pilot.ts';
import { guidelineFor } from '../guidelines/guideline-for.ts';
import type { TwoArms } from '../join/arms-input.ts';
import { joinPilot, outcomesToJoin, pairsOf } from '../join/join-pilot.ts';
import { fewestToTell, isOfUnits, type Joined, peopleWords, type ToJoin } from '../join/joined.ts';
import type { LockedPlan, PilotRecords } from '../join/records.ts';
import type { PilotEvaluationSpec } from '../join/spec.ts';
import { adverseEventsOf } from './adverse-events.ts';
import { deliveryIn, doseResponseIn, withDelivery } from './delivery.ts';
import { refuseEarly } from './follow-up-due.ts';
import { mayTellOffered, withCosts } from './pilot-costs.ts';
import { recruitmentOf } from './recruitment.ts';

type Shown = { readonly mayShow: MayShow; readonly mayShowTable: MayShowTable };

export type EvaluatedPilot = {
  readonly result: PilotEvaluationResult;
  /** Scripts for R, in the order of the comparisons; null where one was refused. */
  readonly scripts: readonly (string | null)[];
  readonly warnings: readonly string[];
};

type Compared = {
  readonly comparison: PilotComparison;
  readonly script: string | null;
  readonly hidden: readonly string[];
  readonly warnings: readonly string[];
};

/**
 * The evaluation of a pilot by its locked plan: each offered arm against the comparison, two at a time.
 * @throws ExpectedError REFUSED_MODEL where nothing of it can be had, or may be told
 */
export function evaluateLocked(
  records: PilotRecords,
  { plan, told }: LockedPlan,
  spec: PilotEvaluationSpec,
  shown: Shown,
): EvaluatedPilot {
  const { design } = plan;
  const enrolled = records.participants.filter(({ notEnrolledReason }) => notEnrolledReason === null);
  if (design === null || (enrolled.length === 0 && !(isOfUnits(design) && records.members.size > 0))) {
    throw nobody(spec.pilot);
  }
  const join = outcomesToJoin(records, plan, spec);
  const to = spec.asOf ?? (join.primary.knownTo === null ? null : isoOfDay(join.primary.knownTo));
  refuseEarly(join, design);
  const pairs = pairsOf(plan, design);
  const compared = pairs.map((pair) => compare(join, design, pair, { ...shown, asOf: to ?? '', arms: pairs.length }));
  const hidden = new Set(compared.flatMap((one) => one.hidden));
  const result: PilotEvaluationResult = {
    ...{ pilot: plan.pilot, title: plan.title, design, plan: told },
    ...{ to: to ?? '', minimum: spec.minimum },
    recruitment: recruitmentOf(records.participants, hidden, shown.mayShow),
    comparisons: compared.map(({ comparison }) => comparison),
    adverseEvents: adverseEventsOf(records.adverseEvents, records.participants, shown),
    guideline: guidelineFor(design),
  };
  const warnings = [...new Set([...leftOutWords(records.unused.size), ...compared.flatMap((one) => one.warnings)])];
  return { result, scripts: compared.map(({ script }) => script), warnings };
}

function compare(
  join: ToJoin,
  design: PilotDesign,
  pair: TwoArms,
  told: Shown & { readonly asOf: string; readonly arms: number },
): Compared {
  const joined = joinPilot(join, design, pair);
  const { records, plan, spec } = join;
  const delivery = deliveryIn(joined, records, plan, spec, told);
  const estimate = (): PilotEvaluation =>
    withDelivery(withCosts(evaluatePilot(joined.input, optionsOf(join)), joined, join, told.arms), delivery);
  // Of several arms one that cannot be told leaves the others; alone it is the answer.
  const evaluation = told.arms === 1 ? estimate() : orRefused(estimate);
  const isTold = 'refused' in evaluation || mayTellOffered(evaluation);
  const { script, shown } = withoutScript(evaluation);
  return {
    comparison: {
      ...pair,
      evaluation: shown,
      delivery: delivery === null || isTold ? delivery : { ...delivery, ...nobodyCounted },
      doseResponse: doseResponseIn(joined, records, spec),
    },
    script,
    hidden: 'refused' in evaluation ? [] : hiddenArms(evaluation, joined),
    warnings: [...joined.warnings, ...('refused' in evaluation ? [] : evaluation.warnings)],
  };
}

function withoutScript(evaluation: PilotEvaluation | PilotRefused) {
  if ('refused' in evaluation) return { script: null, shown: evaluation };
  const { r, ...shown } = evaluation;
  return { script: r, shown };
}

const nobodyCounted = { people: null, byDose: { none: null, part: null, enough: null } };

/** That somebody of a family answered is theirs to tell. */
const fewestFamilies = 10;

function isOfFamilies({ planned: { measure } }: ToJoin['primary']): boolean {
  return measure.of === 'score' && measure.answeredIn === 'families';
}

function optionsOf({ plan: { analysis }, spec, primary }: ToJoin) {
  return {
    minimum: spec.minimum,
    minimumTakingPart: isOfFamilies(primary) ? fewestFamilies : fewestToTell,
    deltas: analysis.tippingPointDeltas,
    subgroups: analysis.subgroups,
  };
}

/** Arms of which the flow does not tell how many were allocated. */
function hiddenArms({ flow }: PilotEvaluation, { arm, comparison }: Joined): string[] {
  return flow.flatMap(({ arm: side, steps }) => {
    const [first] = steps;
    if (first?.step !== 'allocated' || first.count !== null) return [];
    return [(side === 'offered' ? arm : comparison) ?? 'enrolled'];
  });
}

function leftOutWords(leftOut: number): string[] {
  const words = peopleWords(leftOut);
  return words === null
    ? []
    : [`${words} asked when they withdrew that nothing of theirs is used: they are in no figure here.`];
}

function nobody(pilot: string): ExpectedError {
  return new ExpectedError(
    'REFUSED_MODEL',
    `Nobody is enrolled in ${pilot}.`,
    'Nothing was computed. Import its pilot_enrolments, as the plan names the pilot, and run it again.',
  );
}
