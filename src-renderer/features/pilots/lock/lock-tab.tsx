import { Button } from '@mantine/core';
import { useState } from 'react';
import type { PilotView } from '#shared/contract/pilots.ts';
import { useMemory } from '../../../bridge/memory.ts';
import { hasRole, useSession } from '../../../bridge/session.ts';
import { formatInstant } from '../../../ui/format.ts';
import { Lines } from '../../../ui/reading.tsx';
import { Facts, Notice, Panel, Stack } from '../../../ui/surface.tsx';
import { draftMemory, isSamePlan } from '../plan/draft.ts';
import { Lacking } from '../plan/standing.tsx';
import { CouldSeePanel } from './could-see-panel.tsx';
import { EndPanel } from './end-panel.tsx';
import { LockDialog } from './lock-dialog.tsx';
import { lockText as text } from './text.ts';

type Props = { readonly view: PilotView };

/** The lock: what it means and what it waits for, or who locked what and when. */
export function LockTab({ view }: Props) {
  return (
    <Stack>
      {view.lock === null ? <NotLocked view={view} /> : <LockedPanel lock={view.lock} />}
      <CouldSeePanel people={view.couldSeeOutcomes} isLocked={view.lock !== null} />
      <EndPanel view={view} />
    </Stack>
  );
}

function NotLocked({ view }: Props) {
  if (view.drop === null) return <BeforePanel view={view} />;
  return (
    <Notice>
      <p>{text.dropped}</p>
    </Notice>
  );
}

function BeforePanel({ view }: Props) {
  const isEvaluator = hasRole(useSession(), 'evaluator');
  const draft = useMemory(draftMemory)[view.pilot];
  const [locking, setLocking] = useState(false);
  const isUnsaved = draft !== undefined && !isSamePlan(draft.plan, view.plan);
  const isReady = view.gaps.length === 0 && !isUnsaved;
  return (
    <Panel
      title={text.title}
      actions={
        isEvaluator ? (
          <Button disabled={!isReady} onClick={() => setLocking(true)}>
            {text.lock}
          </Button>
        ) : null
      }
    >
      <Stack>
        <Lines lines={text.meaning} />
        {isUnsaved ? (
          <Notice tone="warn">
            <p>{text.unsaved}</p>
          </Notice>
        ) : null}
        {view.gaps.length > 0 ? (
          <Lacking gaps={view.gaps} />
        ) : (
          <Notice tone="good">
            <p>{text.ready(view.version)}</p>
          </Notice>
        )}
        {isEvaluator ? null : (
          <Notice>
            <p>{text.othersLock}</p>
          </Notice>
        )}
      </Stack>
      {locking ? <LockDialog view={view} onClose={() => setLocking(false)} /> : null}
    </Panel>
  );
}

function LockedPanel({ lock }: { readonly lock: NonNullable<PilotView['lock']> }) {
  return (
    <Panel title={text.locked} note={text.lockedNote}>
      <Facts
        facts={[
          { term: text.version, value: String(lock.version) },
          { term: text.by, value: lock.by },
          { term: text.at, value: formatInstant(lock.at) },
          { term: text.hash, value: <code>{lock.hash}</code> },
          { term: text.seedHash, value: <code>{lock.seedHash}</code> },
        ]}
      />
    </Panel>
  );
}
