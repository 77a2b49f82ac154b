import { createMemory, useMemory } from '../../bridge/memory.ts';
import { hasRole, useSession } from '../../bridge/session.ts';
import { type ReportGoal, ReportMaker } from '../../ui/report-maker.tsx';
import { SignpostingPanel } from './signposting-panel.tsx';
import { text } from './text.ts';

const goalMemory = createMemory<ReportGoal>({ purpose: '', folder: '' });

/** The sheet that a force hands to its families, for those who may let a report out. */
export function SummarySheet({ wave }: { readonly wave: string | null }) {
  const session = useSession();
  const goal = useMemory(goalMemory);
  if (!hasRole(session, 'analyst') && !hasRole(session, 'evaluator')) return null;
  return (
    <>
      <ReportMaker
        title={text.sheetTitle}
        note={text.sheetNote}
        spec={wave === null ? { template: 'family-summary' } : { template: 'family-summary', wave }}
        suggestedName={text.sheetTitle}
        goal={goal}
        onGoal={(part) => goalMemory.set((now) => ({ ...now, ...part }))}
      />
      <SignpostingPanel />
    </>
  );
}
