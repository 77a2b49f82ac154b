import type { PilotPlan } from '#shared/domain/pilot.ts';
import type { PilotEvaluation } from '#shared/domain/pilot-evaluation.ts';
import type { PilotDelivery, PilotDoseResponse } from '#shared/domain/pilot-evaluation-result.ts';
import { counted, plainShare } from '../../exposure/words.ts';
import type { MayShow, MayShowTable } from '../../peers/period.ts';
import { orRefused } from '../evaluation/estimate.ts';
import { followUpOf } from '../evaluation/people.ts';
import { doseResponse } from '../fidelity/dose-response.ts';
import { pilotFidelity } from '../fidelity/fidelity.ts';
import { deliveryOf } from '../fidelity/person-dose.ts';
import type { Joined } from '../join/joined.ts';
import type { PilotRecords } from '../join/records.ts';
import type { PilotEvaluationSpec } from '../join/spec.ts';
import { sessionsEach } from '../join/taking-part.ts';

/** As in `pilot-fidelity` where nothing else is said. */
const usual = { arms: null, toleranceMinutes: 60, minimum: 5 };

/**
 * Sessions of those who were offered them, as `pilot-fidelity` has them, against the number that the plan wants for each; null where the plan has
 * none, or none is recorded.
 * @param asOf last day that counts, ISO
 */
export function deliveryIn(
  { offered }: Joined,
  records: PilotRecords,
  plan: PilotPlan,
  { pilot, enoughShare }: PilotEvaluationSpec,
  { asOf, ...shown }: { readonly asOf: string; readonly mayShow: MayShow; readonly mayShowTable: MayShowTable },
): PilotDelivery | null {
  if (plan.sessions === null || records.attended.length === 0) return null;
  const spec = { ...usual, asOf, pilot, enoughShare, sessionsEach: plan.sessions.planned };
  const enrolled = offered.map(({ person, cluster, arm, allocatedDay, consentedDay, withdrawnDay }) => ({
    ...{ person, cluster, arm, withdrawnDay },
    fromDay: allocatedDay ?? consentedDay,
  }));
  const delivery = deliveryOf({ ...records, enrolled, leftOut: records.unused.size }, spec);
  return { ...pilotFidelity(delivery, spec, shown).all, enoughShare };
}

/** What was delivered in a sentence; null where it is withheld. */
export function deliveryWords({ sessionsEach, enoughShare }: PilotDelivery): string | null {
  if (sessionsEach === null) return null;
  return `Those offered it came to ${counted(sessionsEach, 'session', 'sessions')} each on average; enough is ${plainShare(enoughShare)} of those planned.`;
}

/** The evaluation with what was delivered as its word on implementation. */
export function withDelivery(evaluation: PilotEvaluation, delivery: PilotDelivery | null): PilotEvaluation {
  const words = delivery === null ? null : deliveryWords(delivery);
  if (words === null) return evaluation;
  const { standards } = evaluation;
  const emmie = standards.emmie.map((row) => (row.dimension === 'implementation' ? { ...row, words } : row));
  return { ...evaluation, standards: { ...standards, emmie } };
}

/** How the primary outcome goes with sessions attended, among those who were offered them; null in designs that do not follow people. */
export function doseResponseIn(
  { input, offered }: Joined,
  records: PilotRecords,
  { asOf }: PilotEvaluationSpec,
): PilotDoseResponse | null {
  const sessions = sessionsEach(records, asOf);
  if (sessions === null || !('people' in input)) return null;
  const followUp = followUpOf(input.primary);
  const places = input.people.flatMap((person, at) => (person.offered ? [at] : []));
  const rows = places.map((at, place) => ({
    sessions: sessions.get(offered[place]?.person ?? -1) ?? 0,
    outcome: followUp[at] ?? null,
    baseline: input.primary.baseline[at] ?? null,
    cluster: input.people[at]?.cluster ?? null,
  }));
  const found = orRefused(() => doseResponse(rows));
  return { exploratory: true, found: 'refused' in found ? found : found.estimate };
}
