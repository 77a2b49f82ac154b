import { useState } from 'react';
import type { PilotView } from '#shared/contract/pilots.ts';
import { hasRole, useSession } from '../../../bridge/session.ts';
import { Notice, Stack } from '../../../ui/surface.tsx';
import { PlanForm } from './plan-form.tsx';
import { PlanReading } from './plan-reading.tsx';
import { planText as text } from './text.ts';
import { VersionsPanel } from './versions-panel.tsx';

/** The plan: to be written while it is not locked, to be read from then on. */
export function PlanTab({ view }: { readonly view: PilotView }) {
  const isEvaluator = hasRole(useSession(), 'evaluator');
  // Fields that hold what is typed begin anew where the changes are discarded.
  const [discards, setDiscards] = useState(0);
  const isOpen = view.lock === null && view.drop === null;
  const mayWrite = isEvaluator && isOpen;
  return (
    <Stack>
      {mayWrite ? (
        <PlanForm key={`${view.hash} ${discards}`} view={view} onDiscarded={() => setDiscards(discards + 1)} />
      ) : (
        <>
          <Notice>
            <p>{isOpen ? text.readersNote : view.drop === null ? text.lockedNote : text.droppedNote}</p>
          </Notice>
          <PlanReading plan={view.plan} />
        </>
      )}
      <VersionsPanel versions={view.versions} />
    </Stack>
  );
}
