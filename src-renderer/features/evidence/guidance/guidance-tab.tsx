import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { HeldEvidence, HeldGuidance } from '#shared/contract/evidence-studies.ts';
import type { ReviewView } from '#shared/contract/review-shapes.ts';
import { errorOf } from '../../../bridge/client.ts';
import { useOperation } from '../../../bridge/hooks.ts';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { formatInstant } from '../../../ui/format.ts';
import { QueryGate } from '../../../ui/query-gate.tsx';
import { EmptyState, Facts, Panel, Stack } from '../../../ui/surface.tsx';
import { useEvidenceCommand } from '../use-evidence-command.ts';
import { GuidanceDialog } from './guidance-dialog.tsx';
import { guidanceText as text } from './text.ts';

export function GuidanceTab({ view: { review } }: { readonly view: ReviewView }) {
  const held = useOperation('evidence.held', { review });
  return <QueryGate query={held}>{(evidence) => <Advised review={review} evidence={evidence} />}</QueryGate>;
}

function Advised({ review, evidence }: { readonly review: string; readonly evidence: HeldEvidence }) {
  const [isEntering, setEntering] = useState(false);
  const { guidance, outcomes } = evidence;
  const enter = (
    <Button disabled={outcomes.length === 0} onClick={() => setEntering(true)}>
      {text.enter}
    </Button>
  );
  return (
    <Stack>
      {guidance.length === 0 ? (
        <Panel>
          <EmptyState
            icon="plan"
            title={text.emptyTitle}
            text={outcomes.length === 0 ? text.needsOutcome : text.emptyText}
            action={enter}
          />
        </Panel>
      ) : (
        <>
          {guidance.map((one) => (
            <GuidancePanel key={one.guidance.guidance} held={one} />
          ))}
          <div>{enter}</div>
        </>
      )}
      {isEntering ? (
        <GuidanceDialog
          review={review}
          outcomes={outcomes.map(({ outcome }) => outcome)}
          taken={guidance.map((one) => one.guidance.guidance)}
          onClose={() => setEntering(false)}
        />
      ) : null}
    </Stack>
  );
}

function GuidancePanel({ held: { review, guidance, at, by } }: { readonly held: HeldGuidance }) {
  const navigate = useNavigate();
  const start = useEvidenceCommand('plan.startAction');
  const begin = async () => {
    const begun = await start.run({ guidance: { review, guidance: guidance.guidance } });
    if (begun) await navigate({ to: '/plan/$action', params: { action: begun.action } });
  };
  return (
    <Panel
      title={`${guidance.guidance}: ${guidance.what}`}
      actions={
        <Button size="xs" loading={start.isPending} onClick={() => void begin()}>
          {text.start}
        </Button>
      }
    >
      <Stack>
        {start.isError ? <ErrorPanel error={errorOf(start.error)} /> : null}
        <Facts
          facts={[
            { term: text.who, value: guidance.who },
            { term: text.strength, value: text.strengths[guidance.strength] },
            { term: text.certainty, value: guidance.certainty },
            { term: text.outcomes, value: guidance.outcomes.join(', ') },
            { term: text.reason, value: guidance.reason },
            { term: text.saved, value: text.savedBy(formatInstant(at), by) },
          ]}
        />
      </Stack>
    </Panel>
  );
}
