import type { PilotPlan } from '#shared/domain/pilot.ts';
import { Facts, Panel } from '../../../ui/surface.tsx';
import { analysisFacts, designFacts, ideaFacts, outcomeFacts } from './plan-words.ts';
import { PowerSpec } from './power-spec.tsx';
import { planText as text } from './text.ts';

/** A plan to be read. */
export function PlanReading({ plan }: { readonly plan: PilotPlan }) {
  return (
    <>
      <Panel title={text.steps.idea}>
        <Facts facts={ideaFacts(plan)} />
      </Panel>
      <Panel title={text.steps.design}>
        <Facts facts={designFacts(plan)} />
      </Panel>
      <Panel title={text.steps.outcomes} note={text.daysNote}>
        <Facts facts={outcomeFacts(plan)} />
      </Panel>
      <Panel title={text.steps.analysis}>
        <Facts facts={analysisFacts(plan)} />
      </Panel>
      {plan.sampleSize?.by === 'power' ? (
        <Panel title={text.steps.size}>
          <PowerSpec spec={plan.sampleSize.spec} />
        </Panel>
      ) : null}
    </>
  );
}
