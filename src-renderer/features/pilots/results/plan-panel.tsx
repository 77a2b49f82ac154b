import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { PilotEvaluationResult } from '#shared/domain/pilot-evaluation-result.ts';
import { formatDate } from '../../../ui/format.ts';
import { Facts, Notice, Panel, Stack } from '../../../ui/surface.tsx';
import { WorkedOut } from '../../../ui/worked-out.tsx';
import { resultText as text } from './text.ts';

type Props = { readonly answer: AnalysisResult; readonly result: PilotEvaluationResult };

/** The plan that it was evaluated by, and first of all what was done otherwise. */
export function PlanPanel({ answer, result: { plan, to } }: Props) {
  const { deviations, couldSeeOutcomes } = plan;
  const saw = couldSeeOutcomes.map(({ users, roles, why }) => text.couldSeeUsers(users, roles, why));
  return (
    <Stack>
      {deviations.length === 0 ? null : (
        <Notice tone="warn" title={text.deviations}>
          {deviations.map(({ at, what, reason }) => (
            <p key={at}>{text.deviation(what, reason, at)}</p>
          ))}
        </Notice>
      )}
      <Panel title={text.byPlan(plan.version, plan.lockedAt)} actions={<WorkedOut result={answer} />}>
        <Facts
          facts={[
            { term: text.to, value: formatDate(to) },
            { term: text.couldSee, value: saw.length === 0 ? text.couldSeeNobody : saw.join('; ') },
            { term: text.hash, value: <code>{plan.hash}</code> },
          ]}
        />
      </Panel>
    </Stack>
  );
}
