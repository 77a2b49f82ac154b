import type { PilotPlan } from '#shared/domain/pilot.ts';
import { armsToDraw } from '#shared/domain/pilot-gaps.ts';
import { Facts, Panel } from '../../../ui/surface.tsx';
import { allocationText as text } from './text.ts';

/** By which rules chance decides, and what nobody knows before it does. */
export function RulesPanel({ plan }: { readonly plan: PilotPlan }) {
  const { allocation, design } = plan;
  const arms = armsToDraw(plan);
  return (
    <Panel title={text.rules} note={text.rulesNote}>
      <Facts
        facts={[
          {
            term: design === 'stepped-wedge' ? text.sequences : text.arms,
            value: arms.length === 0 ? text.notSaid : arms.map(({ arm, share }) => `${arm} ${share}`).join(', '),
          },
          { term: text.blockSizes, value: allocation === null ? text.notSaid : allocation.blockSizes.join(', ') },
          { term: text.strata, value: allocation?.byStratum === false ? text.together : text.byStratum },
          { term: text.concealed, value: text.concealedWords },
        ]}
      />
    </Panel>
  );
}
