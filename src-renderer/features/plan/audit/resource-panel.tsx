import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ResourceView } from '#shared/contract/plan.ts';
import { maturityName } from '#shared/domain/plan-themes.ts';
import { errorOf } from '../../../bridge/client.ts';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { formatDate } from '../../../ui/format.ts';
import { Lines } from '../../../ui/reading.tsx';
import { Notice, Panel, Stack } from '../../../ui/surface.tsx';
import { text as planText } from '../text.ts';
import { usePlanCommand } from '../use-plan-command.ts';
import { RateDialog } from './rate-dialog.tsx';
import { auditText as text } from './text.ts';

/** One resource: what its rating rests on, every rating so far, and the action that closes its gap. */
export function ResourcePanel({ resource }: { readonly resource: ResourceView }) {
  const [rating, setRating] = useState(false);
  const navigate = useNavigate();
  const start = usePlanCommand('plan.startAction');
  const begin = async () => {
    const { guidance } = resource;
    const begun = await start.run({ resource: resource.resource, ...(guidance === null ? {} : { guidance }) });
    if (begun) void navigate({ to: '/plan/$action', params: { action: begun.action } });
  };
  return (
    <Panel
      title={resource.title}
      note={resource.evidence}
      actions={
        <>
          <Button size="xs" variant="default" onClick={() => setRating(true)}>
            {text.rateAgain}
          </Button>
          {resource.gap > 0 ? (
            <Button size="xs" loading={start.isPending} onClick={() => void begin()}>
              {text.startAction}
            </Button>
          ) : null}
        </>
      }
    >
      <Stack>
        {resource.warnings.length > 0 ? (
          <Notice tone="warn" title={planText.lookAgain}>
            <Lines lines={resource.warnings} />
          </Notice>
        ) : null}
        <div>
          <strong>{text.ratings}</strong>
          <Lines
            lines={resource.ratings.map(({ maturity, assessedOn, by }) =>
              text.rated(text.level(maturity, maturityName(maturity)), formatDate(assessedOn), by),
            )}
          />
        </div>
        {start.isError ? <ErrorPanel error={errorOf(start.error)} /> : null}
      </Stack>
      {rating ? <RateDialog resource={resource} taken={[]} onClose={() => setRating(false)} /> : null}
    </Panel>
  );
}
