import { dayOfIso } from '#shared/domain/dates.ts';
import { outcomesOf, type PilotDesign, type PilotPlan } from '#shared/domain/pilot.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { joinAreas } from './areas-input.ts';
import { joinArms, type TwoArms } from './arms-input.ts';
import type { Joined, ToJoin } from './joined.ts';
import { measured } from './measured-outcome.ts';
import type { PilotRecords } from './records.ts';
import { joinSeries } from './series-input.ts';
import type { PilotEvaluationSpec } from './spec.ts';
import { joinWedge } from './wedge-input.ts';

/** A locked plan has both. @throws ExpectedError BAD_INPUT where it has not, which the lock refuses */
export function outcomesToJoin(records: PilotRecords, plan: PilotPlan, spec: PilotEvaluationSpec): ToJoin {
  const lastDay = spec.asOf === null ? null : dayOfIso(spec.asOf);
  const [primary, ...secondaries] = outcomesOf(plan).map((outcome, at) =>
    measured(outcome, records, { lastDay, norms: at === 0 ? spec.norms : null }),
  );
  if (!primary || plan.primary === null) {
    throw new ExpectedError('BAD_INPUT', `The plan of ${plan.pilot} has no primary outcome.`, 'Nothing was computed.');
  }
  return { records, plan, spec, primary, secondaries };
}

/** Every offered arm with the one it is compared with; designs without arms have one pair. */
export function pairsOf({ arms }: PilotPlan, design: PilotDesign): TwoArms[] {
  if (design !== 'randomised' && design !== 'cluster-randomised' && design !== 'weighting') {
    return [{ arm: null, comparison: null }];
  }
  const comparison = arms.find(({ isComparison }) => isComparison)?.arm ?? null;
  return arms.flatMap(({ arm, isComparison }) => (isComparison ? [] : [{ arm, comparison }]));
}

/** The rows of a pilot as the estimators of its design take them. @throws ExpectedError REFUSED_MODEL */
export function joinPilot(join: ToJoin, design: PilotDesign, pair: TwoArms): Joined {
  switch (design) {
    case 'stepped-wedge':
      return joinWedge(join);
    case 'difference-in-differences':
      return joinAreas(join);
    case 'interrupted-time-series':
      return joinSeries(join);
    default:
      return joinArms(join, design, pair);
  }
}
