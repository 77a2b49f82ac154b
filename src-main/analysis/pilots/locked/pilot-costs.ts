import type { PilotEstimate, PilotEvaluation } from '#shared/domain/pilot-evaluation.ts';
import { economicsOf, withEconomics } from '../evaluation/economics.ts';
import { fewestToTell, type Joined, type ToJoin } from '../join/joined.ts';

/** Whether the number of those who were offered the pilot may be told beside who answered. */
export function mayTellOffered({ flow }: Pick<PilotEvaluation, 'flow'>): boolean {
  const first = flow.find(({ arm }) => arm === 'offered')?.steps[0];
  return first === undefined || first.step !== 'allocated' || first.count !== null;
}

/** The evaluation with what the pilot cost; as it is, with the reason among its warnings, where that cannot be told. */
export function withCosts(evaluation: PilotEvaluation, joined: Joined, join: ToJoin, arms: number): PilotEvaluation {
  const { costGbp } = join.records;
  if (costGbp === null) return evaluation;
  const unsaid = whyUnsaid(evaluation, joined, arms);
  if (unsaid !== null) return { ...evaluation, warnings: [...evaluation.warnings, unsaid] };
  const { change } = evaluation;
  return withEconomics(
    evaluation,
    economicsOf({
      costGbp,
      peopleOffered: joined.offered.length,
      improvement: 'refused' in change ? null : change.improvement,
      daysLost: daysLostIn(evaluation, joined, join),
      dayGbp: join.spec.dayGbp,
    }),
  );
}

function whyUnsaid(evaluation: PilotEvaluation, { offered }: Joined, arms: number): string | null {
  if (arms > 1) return 'The costs are of all arms together, so what each of them cost is not known.';
  if (offered.length < fewestToTell)
    return 'The enrolments do not say who was offered the pilot, so its cost is of nobody.';
  return mayTellOffered(evaluation)
    ? null
    : 'What the pilot cost for each person is withheld: it would tell how few of them did not answer.';
}

/** Days lost are people’s own where people are compared, and not a mean of areas and periods. */
function daysLostIn({ primary, secondaries }: PilotEvaluation, { input }: Joined, join: ToJoin): PilotEstimate | null {
  if (input.design === 'pre-post' || !('people' in input)) return null;
  const isDays = ({ planned: { measure } }: ToJoin['primary']): boolean =>
    measure.of === 'absence' && measure.count === 'days' && measure.reason === 'all';
  if (isDays(join.primary)) return primary;
  const found = secondaries[join.secondaries.findIndex(isDays)]?.found;
  return found === undefined || 'refused' in found ? null : found;
}
