import { Button } from '@mantine/core';
import { useState } from 'react';
import type { OutputOf } from '#shared/contract/index.ts';
import type { PilotView } from '#shared/contract/pilots.ts';
import { isRandomised } from '#shared/domain/pilot.ts';
import { useOperation } from '../../../bridge/hooks.ts';
import { hasRole, useSession } from '../../../bridge/session.ts';
import { QueryGate } from '../../../ui/query-gate.tsx';
import { EmptyState, Notice, Panel, Stack } from '../../../ui/surface.tsx';
import { AllocateDialog } from './allocate-dialog.tsx';
import { AllocationTables } from './allocation-tables.tsx';
import { RulesPanel } from './rules-panel.tsx';
import { allocationText as text } from './text.ts';

type Props = { readonly view: PilotView };

/** Who is in which arm, and how chance put them there. */
export function AllocationTab({ view }: Props) {
  if (!isRandomised(view.plan.design)) {
    return (
      <Panel>
        <EmptyState icon="question" title={text.noneTitle} text={text.none} />
      </Panel>
    );
  }
  return (
    <Stack>
      <RulesPanel plan={view.plan} />
      {view.lock === null ? (
        <Panel>
          <EmptyState icon="lock" title={text.beforeTitle} text={text.before} />
        </Panel>
      ) : (
        <Allocated view={view} />
      )}
    </Stack>
  );
}

function Allocated({ view }: Props) {
  const { pilot, status, plan } = view;
  const mayAllocate = hasRole(useSession(), 'evaluator') && status === 'locked';
  const held = useOperation('pilots.allocations', { pilot });
  const [allocating, setAllocating] = useState(false);
  const [drawn, setDrawn] = useState<OutputOf<'pilots.allocate'> | null>(null);
  const what = plan.design === 'randomised' ? 'people' : 'clusters';
  return (
    <>
      {drawn === null ? null : (
        <Notice tone="good" announce>
          <p>
            {text.allocated(
              drawn.allocated,
              what,
              drawn.arms.map(({ arm, allocated }) => text.armCount(arm, allocated)).join(', '),
            )}
          </p>
        </Notice>
      )}
      <QueryGate query={held}>
        {({ allocations, isReproduced }) => (
          <>
            {isReproduced === null || allocations.length === 0 ? null : (
              <Notice tone={isReproduced ? 'good' : 'bad'}>
                <p>{isReproduced ? text.reproduced : text.notReproduced}</p>
              </Notice>
            )}
            <AllocationTables
              allocations={allocations}
              plan={plan}
              what={what}
              actions={mayAllocate ? <Button onClick={() => setAllocating(true)}>{text.allocate}</Button> : null}
            />
          </>
        )}
      </QueryGate>
      {allocating ? (
        <AllocateDialog pilot={pilot} what={what} onClose={() => setAllocating(false)} onDrawn={setDrawn} />
      ) : null}
    </>
  );
}
